"""Where a paper is listed: its entries side by side in the words of their lists, and findings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from fedkg.ids import fold
from fedkg.model import Store, Term
from fedkg.namespaces import FKG, PREAMBLE
from fedkg.why import headings_of

_LISTED = """SELECT ?entry ?list ?title ?line ?p ?o (SAMPLE(?name) AS ?label) WHERE {{
  ?entry fkg:describes <{iri}> ; fkg:inList ?list ; fkg:line ?line ; ?p ?o .
  ?list dcterms:title ?title
  FILTER (?p IN ({asked}))
  OPTIONAL {{ ?o skos:prefLabel|rdfs:label|schema:codeRepository ?name }}
}} GROUP BY ?entry ?list ?title ?line ?p ?o ORDER BY ?title ?line ?entry ?label ?o"""
# What is said of a finding stands in both branches: behind them, the engine would begin with all.
_FINDINGS = """SELECT ?finding ?kind ?severity ?sentence ?entry WHERE {{
  {{ ?finding fkg:about <{iri}> ; fkg:findingKind ?kind ; fkg:severity ?severity ;
      rdfs:comment ?sentence }}
  UNION {{ ?entry fkg:describes <{iri}> . ?finding fkg:about ?entry ; fkg:findingKind ?kind ;
      fkg:severity ?severity ; rdfs:comment ?sentence }}
}} ORDER BY ?kind ?sentence ?finding ?entry"""
_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Field:
    """What an entry says: the property of its words, and of what they state, normalised.

    An entry may state several values of a field of `one` value, such as the preprint and the
    conference: two agree on it when they share a value, on any other when they state the same.
    """

    noun: str
    words: str
    states: str = ""
    one: bool = False


FIELDS = (
    Field("title", "titleAsListed", "statesTitle", one=True),
    Field("link", "linkAsListed", "statesIdentifier", one=True),
    Field("authors", "authorsAsListed", "statesAuthor"),
    Field("venue", "venueAsListed", "statesVenue", one=True),
    Field("date", "dateAsListed", "statesYear", one=True),
    Field("code", "codeAsListed", "statesRepository"),
    Field("datasets", "datasetsAsListed", "statesDataset"),
    Field("models", "modelsAsListed", "statesModel"),
    Field("other link", "otherLink"),
)
NOUNS = {field.words: field.noun for field in FIELDS}
"""What the words of an entry are called."""

_ASKED = ", ".join(f"fkg:{name}" for one in FIELDS for name in (one.words, one.states) if name)
_READ = {"link", "venue", "date"}
"""Fields whose values are shown where they differ: of others, words and values look alike."""


@dataclass(frozen=True, slots=True)
class Column:
    """An entry (IRI): its list (IRI) and the title of that, its line and headings."""

    entry: str
    list: str
    title: str
    line: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What an entry says in a field, as it stands there, and what that was read as."""

    words: tuple[str, ...]
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A field and its cells, in the order of the columns; whether entries disagree on it."""

    noun: str
    differs: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The entries of a paper side by side."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found doubtful (IRI) about a paper, or about some of its entries (IRIs)."""

    finding: str
    kind: str
    severity: str
    sentence: str
    entries: tuple[str, ...]


_Entries = Mapping[str, Mapping[str, Mapping[str, str]]]
"""entry → property → value → its name"""


def read_comparison(store: Store, iri: str) -> Comparison:
    """Return the entries that describe a paper (IRI), by list and line."""
    heads: dict[str, tuple[str, str, str]] = {}
    said: dict[str, dict[str, dict[str, str]]] = {}
    for entry, list_, title, line, p, o, name in _select(store, _LISTED, iri):
        if entry and list_ and title and line and p and o:
            heads[entry.value] = (list_.value, title.value, line.value)
            values = said.setdefault(entry.value, defaultdict(dict))
            values[p.value.removeprefix(FKG)][o.value] = name.value if name else o.value
    headings = headings_of(store, heads)
    columns = tuple(Column(entry, *head, headings[entry]) for entry, head in heads.items())
    return Comparison(columns, tuple(_rows(said)))


def read_findings(store: Store, iri: str) -> tuple[Finding, ...]:
    """Return what was found about a paper (IRI) or its entries, the gravest first."""
    about: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for finding, kind, severity, sentence, entry in _select(store, _FINDINGS, iri):
        if finding and kind and severity and sentence:
            found = about[finding.value, kind.value, severity.value, sentence.value]
            found.extend([entry.value] if entry else [])
    findings = (Finding(*told, tuple(entries)) for told, entries in about.items())
    return tuple(sorted(findings, key=lambda one: _gravity(one.severity)))


def _select(store: Store, query: str, iri: str) -> Sequence[tuple[Term | None, ...]]:
    return store.select(PREAMBLE + query.format(iri=iri, asked=_ASKED)).rows


def _gravity(severity: str) -> int:
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)


def _rows(said: _Entries) -> Iterator[Row]:
    for field in FIELDS:
        stated = [entry.get(field.states, {}) for entry in said.values()]
        differs = _differ(field, stated)
        words = [tuple(entry.get(field.words, ())) for entry in said.values()]
        if differs or any(words):
            shown = stated if differs and field.noun in _READ else [{}] * len(words)
            read = [tuple(values.values()) for values in shown]
            yield Row(field.noun, differs, tuple(map(Cell, words, read)))


def _differ(field: Field, stated: Sequence[Mapping[str, str]]) -> bool:
    """Tell whether entries disagree; one that states nothing agrees with all."""
    if field.states == "statesTitle":
        return _disagree([{fold(title) for title in values} for values in stated], field.one)
    if field.states == "statesIdentifier":
        schemes = {value.partition(":")[0] for values in stated for value in values}
        return any(_disagree([_of(scheme, ids) for ids in stated], field.one) for scheme in schemes)
    return _disagree([set(values) for values in stated], field.one)


def _of(scheme: str, identifiers: Mapping[str, str]) -> Set[str]:
    return {one for one in identifiers if one.startswith(f"{scheme}:")}


def _disagree(stated: Sequence[Set[str]], one: bool) -> bool:
    stating = [values for values in stated if values]
    if one:
        return any(first.isdisjoint(second) for first, second in combinations(stating, 2))
    return any(values != stating[0] for values in stating)
