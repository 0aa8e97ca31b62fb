"""A paper as an item: facts alone, each with where it was read.

What a statement points to has to be an item: without a known one (`known`), the statement is left
out, and nothing is guessed from a name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from unicodedata import name
from urllib.parse import urlsplit

from fedkg.export.wikidata.model import (
    Entity,
    Item,
    Monolingual,
    Pair,
    Statement,
    String,
    Time,
    Value,
    folded,
    shortened,
)
from fedkg.export.works import Work

_SCHOLARLY_ARTICLE = Item("Q13442814")
_OPEN = ("arxiv.org", "aclanthology.org", "openreview.net", "proceedings.mlr.press")
"""Hosts whose pages of a paper give all of it."""


def entity_of(
    work: Work,
    items: Mapping[str, str],
    source: tuple[Pair, ...],
    cited: Sequence[str] = (),
    arxiv_class: str = "",
) -> Entity:
    """Return a paper as an item, which is new where none is known among `items` (by IRI).

    An item that is there keeps its label, its description and the names of its authors, some of
    which it may hold as people. `source` refers each statement to where it was read; `arxiv_class`
    is the primary class of its arXiv id, or "".
    """
    qid = items.get(work.iri, "")
    statements = (
        *(_classed(one, arxiv_class) for one in _facts(work, source)),
        *_authors(work, not qid, items, source),
        *(
            Statement(property_, Item(thing), (), source)
            for property_, things in _things(work, cited).items()
            for thing in dict.fromkeys(items[iri] for iri in things if iri in items)
        ),
    )
    if qid:
        return Entity(qid, statements=statements)
    label = shortened(work.title) if _language(work.title) == "en" else ""
    return Entity("", label, shortened(_description(work)), statements)


def reference(work: Work, address: str = "", read: str = "") -> tuple[Pair, ...]:
    """Return where a paper's facts were read and when (P854, P813).

    That is the list, where its address is known; else what it links to.
    """
    url = address or (work.urls[0] if work.urls else "")
    found = (Pair("P854", String(url)),) if url else ()
    return (*found, Pair("P813", Time(read))) if read else found


def _facts(work: Work, source: tuple[Pair, ...]) -> Iterator[Statement]:
    return (Statement(property_, value, (), source) for property_, value in _values(work))


def _classed(statement: Statement, arxiv_class: str) -> Statement:
    """Return the statement of an arXiv id with its class (P820), any other as it is.

    No list states classes, and the bibliography that does may be published nowhere: the statement
    refers to the page of arXiv that shows both, without a day, since nobody read it there.
    """
    if statement.property != "P818" or not arxiv_class or not isinstance(statement.value, String):
        return statement
    page = Pair("P854", String(f"https://arxiv.org/abs/{statement.value.text}"))
    return replace(statement, qualifiers=(Pair("P820", String(arxiv_class)),), reference=(page,))


def _values(work: Work) -> Iterator[tuple[str, Value]]:
    yield "P31", _SCHOLARLY_ARTICLE
    yield "P1476", Monolingual(_language(work.title), work.title)
    if doi := work.identifiers.get("doi"):
        yield "P356", String(doi.upper())
    if arxiv := work.identifiers.get("arxiv"):
        yield "P818", String(arxiv)
    if work.issued:
        yield "P577", Time(work.issued)
    for url in work.urls:
        host = urlsplit(url).hostname or ""
        if host.removeprefix("www.") in _OPEN:
            yield "P953", String(url)


def _language(title: str) -> str:
    """Return "en" for a title in Latin letters above all, else that it is not known ("und")."""
    letters = [letter for letter in title if letter.isalpha()]
    latin = sum(name(letter, "").startswith("LATIN") for letter in letters)
    return "en" if 2 * latin >= len(letters) else "und"


def _authors(
    work: Work, is_new: bool, items: Mapping[str, str], source: tuple[Pair, ...]
) -> Iterator[Statement]:
    """Yield an author as an item with the name as it stands there, or as a name, never as both."""
    often = Counter(folded(author.name) for author in work.authors if author.iri not in items)
    for at, author in enumerate(work.authors, 1):
        ordinal, called = Pair("P1545", String(str(at))), String(author.name)
        if author.iri in items:
            named = (ordinal, Pair("P1932", called))
            yield Statement("P50", Item(items[author.iri]), named, source)
        elif is_new:
            yield Statement("P2093", called, (ordinal,), source, often[called.text] > 1)


def _things(work: Work, cited: Sequence[str]) -> Mapping[str, Sequence[str]]:
    return {
        "P1433": [work.venue.iri] if work.venue and work.kind != "preprint" else [],
        "P921": [one.iri for one in work.techniques],
        "P4510": [one.iri for one in (*work.datasets, *work.models)],
        "P2860": cited,
    }


def _description(work: Work) -> str:
    return f"scholarly article published in {work.year}" if work.year else "scholarly article"
