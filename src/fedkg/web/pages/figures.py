"""The figures of the first page: what the graph holds, each with what it is out of."""

from dataclasses import dataclass

from fedkg.model import Rows, Store, Term

_PREFIXES = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fkg: <https://w3id.org/fedkg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_SPDX = "https://spdx.org/licenses/"
_LISTED = "?paper fkg:listed true"
_COUNTED = (
    ("people", f"{_LISTED} ; dcterms:creator ?thing"),
    ("venues", f"{_LISTED} ; fkg:version/fkg:venue ?thing"),
    ("datasets", f"{_LISTED} ; fkg:usesDataset ?thing"),
    ("models", f"{_LISTED} ; fkg:usesModel ?thing"),
    ("techniques", f"{_LISTED} ; fkg:technique ?thing"),
    ("code repositories", f"{_LISTED} ; fkg:repository ?thing"),
)
_LISTS = """\
SELECT ?title ?source ?licence (COUNT(?entry) AS ?entries) (COUNT(DISTINCT ?paper) AS ?papers)
WHERE {
  ?list a fkg:PaperList ; dcterms:title ?title .
  OPTIONAL { ?list dcterms:source ?source }
  OPTIONAL { ?list dcterms:license ?licence }
  OPTIONAL { ?entry fkg:inList ?list . OPTIONAL { ?entry fkg:describes ?paper } }
}
GROUP BY ?list ?title ?source ?licence
ORDER BY ?title
"""


@dataclass(frozen=True, slots=True)
class Count:
    """`things` different ones ("42 datasets"), known for `papers` of the listed papers."""

    noun: str
    things: int
    papers: int


@dataclass(frozen=True, slots=True)
class ListFigures:
    """A list: its entries, the papers that they describe, where it comes from."""

    title: str
    source: str | None
    licence: str | None
    entries: int
    papers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the graph holds. `papers` are the listed ones, the denominator of every count."""

    papers: int
    counts: tuple[Count, ...]
    lists: tuple[ListFigures, ...]


def read_figures(store: Store) -> Figures:
    """Ask a store for its figures; raises QueryError."""
    papers = _select(store, f"SELECT (COUNT(DISTINCT ?paper) AS ?n) WHERE {{ {_LISTED} }}")
    counts = tuple(_count(store, *counted) for counted in _COUNTED)
    lists = tuple(_list_figures(row) for row in _select(store, _LISTS).rows)
    return Figures(_number(papers.rows[0][0]), counts, lists)


def _select(store: Store, query: str) -> Rows:
    return store.select(_PREFIXES + query)


def _count(store: Store, noun: str, pattern: str) -> Count:
    things, papers = "(COUNT(DISTINCT ?thing) AS ?things)", "(COUNT(DISTINCT ?paper) AS ?papers)"
    row = _select(store, f"SELECT {things} {papers} WHERE {{ {pattern} }}").rows[0]
    return Count(noun, _number(row[0]), _number(row[1]))


def _list_figures(row: tuple[Term | None, ...]) -> ListFigures:
    title, source, licence, entries, papers = row
    return ListFigures(
        title.value if title else "",
        source.value if source else None,
        licence.value.removeprefix(_SPDX) if licence else None,
        _number(entries),
        _number(papers),
    )


def _number(term: Term | None) -> int:
    return int(term.value) if term else 0
