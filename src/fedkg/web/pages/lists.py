"""What the page of a list shows: its entries, how far it agrees with the others, its findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fedkg.model import FINDING_KINDS, Severity, Store
from fedkg.namespaces import PREAMBLE
from fedkg.search.catalogue import Agreement, Catalogue, ListFigures
from fedkg.web.pages.addresses import Addresses

ENTRIES = 100
"""Entries on one page."""
MOST_FINDINGS = 100
"""Findings that the page names, errors first."""

_ENTRIES = """SELECT ?entry ?line ?title ?paper ?heading WHERE {{
  VALUES ?entry {{ {entries} }}
  ?entry fkg:line ?line ; fkg:titleAsListed ?title
  OPTIONAL {{ ?entry fkg:describes ?paper }}
  OPTIONAL {{ ?entry fkg:section/skos:prefLabel ?heading }}
}} ORDER BY ?line ?entry"""
_FINDINGS = """SELECT ?finding ?kind ?severity ?sentence (MIN(?at) AS ?line) WHERE {{
  ?finding a fkg:Finding ; fkg:findingKind ?kind ; fkg:severity ?severity ; rdfs:comment ?sentence ;
    fkg:about ?about .
  {{ ?about fkg:inList <{iri}> ; fkg:line ?at }}
  UNION {{ ?about a fkg:PaperList FILTER (?about = <{iri}>) }}
}} GROUP BY ?finding ?kind ?severity ?sentence
ORDER BY (IF(?severity = "error", 0, IF(?severity = "warning", 1, 2))) ?kind ?line LIMIT {most}"""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry: where it stands, in the words of its list, and the paper that it describes."""

    iri: str
    line: int
    title: str
    paper: str
    heading: str


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding about a list or an entry of it; `line` is 0 where it is about no line."""

    iri: str
    kind: str
    severity: str
    sentence: str
    line: int


@dataclass(frozen=True, slots=True)
class KindFound:
    """How often a kind of finding was found, and what such a finding means."""

    kind: str
    title: str
    severity: Severity
    number: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Another list beside this one: the papers that both hold, and how far they agree on them.

    `years` and `venues` count the papers of which both state one, and those of them that agree.
    """

    path: str
    title: str
    shared: int
    years: tuple[int, int]
    venues: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ListPage:
    """What the page of a list shows; `only_here` papers are in no other list."""

    figures: ListFigures
    entries: tuple[ListedEntry, ...]
    page: int
    beside: tuple[Beside, ...]
    only_here: int
    kinds: tuple[KindFound, ...]
    findings: tuple[ListedFinding, ...]

    @property
    def pages(self) -> int:
        """How many pages its entries take."""
        return max(1, -(-self.figures.entries // ENTRIES))


def read_list(
    store: Store, catalogue: Catalogue, addresses: Addresses, path: str, page: int
) -> ListPage | None:
    """Return what a page of a list shows, None for a list that the catalogue does not know."""
    figures = next((one for one in catalogue.lists if one.path == path), None)
    if figures is None:
        return None
    iri = f"{addresses.base}{path}"
    own = catalogue.papers_of(path) or 0
    others = [one for one in catalogue.lists if one.path != path]
    elsewhere = catalogue.chosen("list", [one.path for one in others])
    return ListPage(
        figures,
        _entries(store, addresses, catalogue.entries(path, (page - 1) * ENTRIES, ENTRIES)),
        page,
        tuple(_beside(catalogue, path, other) for other in others),
        (own & ~elsewhere).bit_count(),
        _kinds(figures.findings),
        _findings(store, iri) if figures.findings else (),
    )


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    rows = store.select(PREAMBLE + query).rows
    return [tuple("" if one is None else one.value for one in row) for row in rows]


def _entries(store: Store, addresses: Addresses, paths: Sequence[str]) -> tuple[ListedEntry, ...]:
    query = _ENTRIES.format(entries=" ".join(f"<{addresses.base}{path}>" for path in paths))
    found: dict[str, ListedEntry] = {}
    for entry, line, title, paper, heading in _rows(store, query):
        found.setdefault(entry, ListedEntry(entry, int(line), title, paper, heading))
    return tuple(found.values())


def _findings(store: Store, iri: str) -> tuple[ListedFinding, ...]:
    return tuple(
        ListedFinding(finding, kind, severity, sentence, int(line or 0))
        for finding, kind, severity, sentence, line in _rows(
            store, _FINDINGS.format(iri=iri, most=MOST_FINDINGS)
        )
    )


def _kinds(findings: Mapping[str, int]) -> tuple[KindFound, ...]:
    """Return the kinds of findings in the order of their table: errors first."""
    return tuple(
        KindFound(name, kind.title, kind.severity, findings[name])
        for name, kind in FINDING_KINDS.items()
        if name in findings
    )


def _beside(catalogue: Catalogue, path: str, other: ListFigures) -> Beside:
    both = (catalogue.papers_of(path) or 0) & (catalogue.papers_of(other.path) or 0)
    pair = {path, other.path}
    agreed = {one.field: one for one in catalogue.agreements if {one.list, one.other} == pair}
    return Beside(
        other.path,
        other.title,
        both.bit_count(),
        _of(agreed.get("year")),
        _of(agreed.get("venue")),
    )


def _of(agreement: Agreement | None) -> tuple[int, int]:
    return (agreement.alike, agreement.papers) if agreement else (0, 0)
