"""Citations that are known → papers that cite papers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fedkg.model import Completeness, Paper, Record, Reference, StatedCitation
from fedkg.resolve.facts import Citations, Unmatched


def with_citations(papers: Sequence[Paper], citations: Citations) -> tuple[Paper, ...]:
    """Return the papers with those they cite, and with how much of their references is known."""
    cites: dict[str, set[str]] = defaultdict(set)
    for one in citations.linked:
        cites[one.citing].add(one.cited)
    return tuple(
        replace(
            paper,
            cites=tuple(sorted(cites[paper.key])),
            references=_completeness(paper.key, citations, cites),
        )
        for paper in papers
    )


def stated_citations(citations: Citations) -> tuple[StatedCitation, ...]:
    """Return the references that link two papers, sorted."""
    stated = (
        StatedCitation(one.reference, one.citing, one.cited, one.by_title)
        for one in citations.linked
    )
    return tuple(sorted(stated, key=_place))


def unmatched_sentences(unmatched: Iterable[Unmatched]) -> tuple[str, ...]:
    """Return a sentence for each fact that is about no paper of the collection, sorted."""
    return tuple(sorted(f"{_name(one)}: {one.reason}" for one in unmatched))


def outside_sentences(outside: Mapping[str, int]) -> tuple[str, ...]:
    """Return a sentence for each service: how much it says of works that no list names."""
    return tuple(
        f"{source}: {count:,} references and lists are not between papers of the collection"
        for source, count in sorted(outside.items())
    )


def _place(one: StatedCitation) -> tuple[str, ...]:
    said = one.reference
    works = (str(said.citing), str(said.cited))
    return said.source, one.citing, one.cited, said.primary_source, *works


def _completeness(key: str, citations: Citations, cites: dict[str, set[str]]) -> Completeness:
    whole = citations.lists.get(key)
    if whole:
        return Completeness.WHOLE
    return Completeness.PARTLY if whole is not None or cites[key] else Completeness.UNKNOWN


def _name(one: Unmatched) -> str:
    fact = one.fact
    if isinstance(fact, Record):
        return f"{fact.source}, record {fact.key} (“{fact.title}”)"
    if isinstance(fact, Reference):
        return f"{fact.source}, {fact.citing} cites {fact.cited}"
    return f"{fact.source}, reference list of {fact.citing}"
