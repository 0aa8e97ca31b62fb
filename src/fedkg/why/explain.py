"""Why these entries are one paper: every entry, what was weighed, and what was rejected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fedkg.model import Store
from fedkg.why.terms import ask, iri

_REJECTED = ("shared-link", "link-title-mismatch")
_NAMESAKES = ("possible-homonym",)
_HEADINGS = {
    "joined:": {"same"},
    "kept apart:": {"different"},
    "corrected by a curator:": {
        "wrong-link",
        "wrong-fields",
        "rename",
        "split-person",
        "same-person",
    },
}


@dataclass(frozen=True, slots=True)
class ListedAs:
    """An entry of a paper: where it stands, its title and its link as listed."""

    place: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A decision on entries (places): its kind, the evidence with its weights, the reason."""

    places: tuple[str, ...]
    titles: tuple[str, ...]
    outcome: str
    evidence: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that made a paper what it is."""

    entries: tuple[ListedAs, ...]
    decisions: tuple[Weighed, ...]
    rejected: tuple[str, ...]
    namesakes: tuple[str, ...]


def explain(store: Store, paper: str) -> Explanation:
    """Return the entries of a paper (IRI), the decisions on them, and what was rejected.

    `namesakes` are sentences on those of its authors whose name may be several people's.
    """
    return Explanation(
        _entries(store, paper),
        tuple(_decisions(store, paper)),
        _findings(store, _REJECTED, f"?about fkg:describes {iri(paper)}"),
        _findings(store, _NAMESAKES, f"{iri(paper)} dcterms:creator ?about"),
    )


def render_explanation(explanation: Explanation) -> str:
    """Return an explanation as text, ending in a newline."""
    return "".join(f"{line}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"{len(explanation.entries)} entries:"
    for entry in explanation.entries:
        yield f"  {entry.place}  {entry.title}"
        if entry.link:
            yield f"    {entry.link}"
    for heading, outcomes in _HEADINGS.items():
        decided = [one for one in explanation.decisions if one.outcome in outcomes]
        if decided:
            yield heading
            yield from (line for one in decided for line in _decision_lines(one))
    if len(explanation.entries) > 1 and not explanation.decisions:
        yield "joined: all entries carry the same title and link"
    for heading, sentences in (
        ("rejected:", explanation.rejected),
        ("authors who may be several people:", explanation.namesakes),
    ):
        if sentences:
            yield heading
            yield from (f"  {sentence}" for sentence in sentences)


def _decision_lines(decision: Weighed) -> Iterator[str]:
    sign = " ≠ " if decision.outcome == "different" else " = "
    yield f"  {sign.join(f'“{title}”' for title in decision.titles)}"
    yield f"    {', '.join(decision.places)}"
    if decision.evidence:
        total = sum(_weight(item) for item in decision.evidence)
        yield f"    {total:+d}: {', '.join(decision.evidence)}"
    if decision.reason:
        yield f"    decided by a person: {decision.reason}"


def _weight(evidence: str) -> int:
    """Return the weight in "shared-arxiv +5 (2312.06353)"."""
    return int(evidence.split(" ", 2)[1])


def _entries(store: Store, paper: str) -> tuple[ListedAs, ...]:
    rows = ask(
        store,
        f"""SELECT ?list ?line ?title (COALESCE(?listed, "") AS ?link) WHERE {{
          ?entry fkg:describes {iri(paper)} ; fkg:inList ?list ; fkg:line ?line ;
            fkg:titleAsListed ?title . OPTIONAL {{ ?entry fkg:linkAsListed ?listed }} }}
          ORDER BY ?list ?line ?title""",
    )
    return tuple(ListedAs(_place(r[0].value, r[1].value), r[2].value, r[3].value) for r in rows)


def _decisions(store: Store, paper: str) -> Iterable[Weighed]:
    found = ask(
        store,
        f"""SELECT DISTINCT ?decision ?outcome (COALESCE(?why, "") AS ?reason) WHERE {{
          ?decision a fkg:Decision ; rdfs:comment ?outcome ; fkg:about ?entry .
          ?entry fkg:describes {iri(paper)} .
          OPTIONAL {{ ?decision fkg:reason ?why }} }} ORDER BY ?decision""",
    )
    for decision, outcome, reason in found:
        about = ask(
            store,
            f"""SELECT ?list ?line ?title WHERE {{ {iri(decision.value)} fkg:about ?entry .
              ?entry fkg:inList ?list ; fkg:line ?line ; fkg:titleAsListed ?title }}
              ORDER BY ?list ?line""",
        )
        evidence = ask(
            store,
            f"SELECT ?item WHERE {{ {iri(decision.value)} fkg:evidence ?item }} ORDER BY ?item",
        )
        yield Weighed(
            tuple(_place(row[0].value, row[1].value) for row in about),
            tuple(dict.fromkeys(row[2].value for row in about)),
            outcome.value,
            tuple(row[0].value for row in evidence),
            reason.value,
        )


def _findings(store: Store, names: tuple[str, ...], about: str) -> tuple[str, ...]:
    """Return the sentences of findings of some kinds; `about` is a pattern for their ?about."""
    kinds = " ".join(f'"{kind}"' for kind in names)
    rows = ask(
        store,
        f"""SELECT DISTINCT ?sentence WHERE {{
          VALUES ?kind {{ {kinds} }}
          ?finding a fkg:Finding ; fkg:findingKind ?kind ; rdfs:comment ?sentence ;
            fkg:about ?about .
          {about} }} ORDER BY ?sentence""",
    )
    return tuple(row[0].value for row in rows)


def _place(paper_list: str, line: str) -> str:
    return f"{paper_list.rsplit('/list/', 1)[-1]}:{line}"
