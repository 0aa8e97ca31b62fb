"""Why these entries are one paper: every entry, what was weighed, and what was rejected."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fedkg.model import Store, Term
from fedkg.why.terms import ask, iri, iris

_REJECTED = ("shared-link", "link-title-mismatch")
_NAMESAKES = ("possible-homonym",)
_HEADINGS = {
    "joined": {"same"},
    "kept apart": {"different"},
    "corrected by a curator": {
        "wrong-link",
        "wrong-fields",
        "rename",
        "split-person",
        "same-person",
    },
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry (IRI) stands: the slug of its list, and the line. Written "fm-fl:160"."""

    entry: str
    list: str
    line: int

    def __str__(self) -> str:
        return f"{self.list}:{self.line}"


@dataclass(frozen=True, slots=True)
class ListedAs:
    """An entry of a paper: where it stands, its title and its link as listed."""

    place: Place
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A decision (IRI) on entries: its kind, the evidence with its weights, the reason."""

    decision: str
    places: tuple[Place, ...]
    titles: tuple[str, ...]
    outcome: str
    evidence: tuple[str, ...]
    reason: str = ""

    @property
    def weight(self) -> int:
        """The sum of the weights, as in "shared-arxiv +5 (2312.06353)"."""
        return sum(int(item.split(" ", 2)[1]) for item in self.evidence)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding (IRI), and its sentence."""

    finding: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that made a paper what it is."""

    entries: tuple[ListedAs, ...]
    decisions: tuple[Weighed, ...]
    rejected: tuple[Found, ...]
    namesakes: tuple[Found, ...]

    @property
    def decided(self) -> tuple[tuple[str, tuple[Weighed, ...]], ...]:
        """The decisions below what a heading says of them: "joined" and the like."""
        below = (
            (heading, tuple(one for one in self.decisions if one.outcome in outcomes))
            for heading, outcomes in _HEADINGS.items()
        )
        return tuple((heading, decisions) for heading, decisions in below if decisions)


def explain(store: Store, paper: str) -> Explanation:
    """Return the entries of a paper (IRI), the decisions on them, and what was rejected.

    `namesakes` are findings on those of its authors whose name may be several people's.
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
    for heading, decided in explanation.decided:
        yield f"{heading}:"
        yield from (line for one in decided for line in _decision_lines(one))
    if len(explanation.entries) > 1 and not explanation.decisions:
        yield "joined: all entries carry the same title and link"
    for heading, findings in (
        ("rejected:", explanation.rejected),
        ("authors who may be several people:", explanation.namesakes),
    ):
        if findings:
            yield heading
            yield from (f"  {one.sentence}" for one in findings)


def _decision_lines(decision: Weighed) -> Iterator[str]:
    sign = " ≠ " if decision.outcome == "different" else " = "
    yield f"  {sign.join(f'“{title}”' for title in decision.titles)}"
    yield f"    {', '.join(map(str, decision.places))}"
    if decision.evidence:
        yield f"    {decision.weight:+d}: {', '.join(decision.evidence)}"
    if decision.reason:
        yield f"    decided by a person: {decision.reason}"


def _entries(store: Store, paper: str) -> tuple[ListedAs, ...]:
    rows = ask(
        store,
        f"""SELECT ?entry ?list ?line ?title (COALESCE(?listed, "") AS ?link) WHERE {{
          ?entry fkg:describes {iri(paper)} ; fkg:inList ?list ; fkg:line ?line ;
            fkg:titleAsListed ?title . OPTIONAL {{ ?entry fkg:linkAsListed ?listed }} }}
          ORDER BY ?list ?line ?title""",
    )
    return tuple(ListedAs(_place(*row[:3]), row[3].value, row[4].value) for row in rows)


def _decisions(store: Store, paper: str) -> Iterable[Weighed]:
    found = ask(
        store,
        f"""SELECT DISTINCT ?decision ?outcome (COALESCE(?why, "") AS ?reason) WHERE {{
          ?decision a fkg:Decision ; rdfs:comment ?outcome ; fkg:about ?entry .
          ?entry fkg:describes {iri(paper)} .
          OPTIONAL {{ ?decision fkg:reason ?why }} }} ORDER BY ?decision""",
    )
    decided = iris(decision.value for decision, _, _ in found)
    about = _by_decision(
        store,
        f"""SELECT ?decision ?entry ?list ?line ?title WHERE {{ VALUES ?decision {{ {decided} }}
          ?decision fkg:about ?entry . ?entry fkg:inList ?list ; fkg:line ?line ;
            fkg:titleAsListed ?title }} ORDER BY ?list ?line""",
    )
    evidence = _by_decision(
        store,
        f"""SELECT ?decision ?item WHERE {{ VALUES ?decision {{ {decided} }}
          ?decision fkg:evidence ?item }} ORDER BY ?item""",
    )
    for decision, outcome, reason in found:
        entries = about[decision.value]
        yield Weighed(
            decision.value,
            tuple(_place(*row[:3]) for row in entries),
            tuple(dict.fromkeys(row[3].value for row in entries)),
            outcome.value,
            tuple(row[0].value for row in evidence[decision.value]),
            reason.value,
        )


def _by_decision(store: Store, query: str) -> Mapping[str, list[tuple[Term, ...]]]:
    """Return the rows of a query by the decision that their first column names."""
    found: dict[str, list[tuple[Term, ...]]] = defaultdict(list)
    for decision, *row in ask(store, query):
        found[decision.value].append(tuple(row))
    return found


def _findings(store: Store, names: tuple[str, ...], about: str) -> tuple[Found, ...]:
    """Return the findings of some kinds, one of those that say the same.

    `about` is a pattern for their ?about, and the engine is to begin there: so the rest follows.
    """
    kinds = ", ".join(f'"{kind}"' for kind in names)
    rows = ask(
        store,
        f"""SELECT DISTINCT ?finding ?sentence WHERE {{
          {about} . ?finding fkg:about ?about ; fkg:findingKind ?kind ; rdfs:comment ?sentence
          FILTER (?kind IN ({kinds})) }} ORDER BY ?sentence ?finding""",
    )
    first = {sentence.value: finding.value for finding, sentence in reversed(rows)}
    return tuple(Found(first[sentence], sentence) for sentence in sorted(first))


def _place(entry: Term, paper_list: Term, line: Term) -> Place:
    return Place(entry.value, paper_list.value.rsplit("/list/", 1)[-1], int(line.value))
