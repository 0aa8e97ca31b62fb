"""The citations of a paper, as its page shows them: what it cites, and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fedkg.model import Store
from fedkg.namespaces import PREAMBLE

_MOST_CITING = 200
"""Citing papers that a page names."""
_MOST_COUNTED = 10_000
"""As many of them are counted: beyond that, it is "10,000 or more"."""
_REACH = 5_000
"""Steps from a paper over another to a third that a page looks at: some 20 ms."""
_MOST_NEAR = 10
"""Papers that a page shows of those cited together with it, and of those that share references."""

_STANDING = """SELECT ?stating ?total WHERE {
  { SELECT (COUNT(DISTINCT ?p) AS ?stating) WHERE {
    VALUES ?some { fkg:Whole fkg:Partly } ?p fkg:referencesKnown ?some ; fkg:listed true } }
  { SELECT (COUNT(DISTINCT ?p) AS ?total) WHERE { ?p fkg:listed true } }
}"""
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE {{ SELECT ?a ?b WHERE {{ {pattern} }} LIMIT {most} }}"
_BEFORE = "<{iri}> cito:cites ?b . ?a cito:cites ?b"
_BESIDE = "?b cito:cites <{iri}>, ?a"
_CITING = "?a cito:cites <{iri}> ; fkg:listed true"
_CITED_BY = """SELECT ?paper ?title ?year ?listed WHERE {{
  {{ SELECT ?paper WHERE {{ ?paper cito:cites <{iri}> ; fkg:listed true }}
     ORDER BY ?paper LIMIT {most} }}
  ?paper dcterms:title ?title
  OPTIONAL {{ ?paper fkg:year ?year }} OPTIONAL {{ ?paper fkg:listed ?listed }}
}} ORDER BY ?title ?paper"""
_COUNTED = """SELECT ?paper ?title ?year ?listed ?n WHERE {{
  {{ SELECT ?paper (COUNT(DISTINCT ?via) AS ?n) WHERE {{ {pattern} }} GROUP BY ?paper }}
  ?paper dcterms:title ?title
  OPTIONAL {{ ?paper fkg:year ?year }} OPTIONAL {{ ?paper fkg:listed ?listed }}
}} ORDER BY DESC(?n) ?year ?title"""
_CITES = "<{iri}> cito:cites ?paper OPTIONAL {{ ?via cito:cites ?paper ; fkg:listed true }}"
_CITES_ALONE = "<{iri}> cito:cites ?paper"
_COCITED = "?via cito:cites <{iri}>, ?paper ; fkg:listed true FILTER (?paper != <{iri}>)"
_SHARED = """<{iri}> cito:cites ?via . ?paper cito:cites ?via ; fkg:listed true
  FILTER (?paper != <{iri}>)"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Of how many listed papers the references are known, whole or in part, and out of how many."""

    stating: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """A paper near another by citations, and by how many. `number` is 0 where nobody counted."""

    iri: str
    name: str
    year: str
    is_listed: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Citations:
    """What a paper cites (the most cited first), what cites it, and what goes with it.

    `citing` is how many listed papers cite it, `at_least` where there are more. `together` and
    `shared` are the first papers that are cited together with it, and that share references with
    it; None where there is more to look at than a page has time for.
    """

    cites: Sequence[Near]
    cited_by: Sequence[Near]
    citing: int
    at_least: bool
    together: Sequence[Near] | None
    shared: Sequence[Near] | None


def read_standing(store: Store) -> Standing:
    """Return what all citations of a store are out of; raises QueryError, and what it raises."""
    ((stating, total),) = _asked(store, _STANDING)
    return Standing(int(stating), int(total))


def read_citations(store: Store, iri: str) -> Citations:
    """Return the citations of a paper; raises QueryError, and what the store raises."""
    cites, shared = _citing(store, iri)
    cited_by = _near(store, _CITED_BY.format(iri=iri, most=_MOST_CITING))
    citing = len(cited_by)
    if citing == _MOST_CITING:
        citing = _count(store, _CITING.format(iri=iri), _MOST_COUNTED)
    together = _together(store, iri) if cited_by else ()
    return Citations(cites, cited_by, citing, citing == _MOST_COUNTED, together, shared)


def _citing(store: Store, iri: str) -> tuple[Sequence[Near], Sequence[Near] | None]:
    """Return what a paper cites, and what shares references with it."""
    reach = _count(store, _BEFORE.format(iri=iri), _REACH)
    if not reach:
        return (), ()
    if reach == _REACH:
        return _near(store, _counted(_CITES_ALONE, iri)), None
    shared = _counted(_SHARED, iri, _MOST_NEAR)
    return _near(store, _counted(_CITES, iri)), _near(store, shared)


def _together(store: Store, iri: str) -> Sequence[Near] | None:
    if _count(store, _BESIDE.format(iri=iri), _REACH) == _REACH:
        return None
    return _near(store, _counted(_COCITED, iri, _MOST_NEAR))


def _counted(pattern: str, iri: str, most: int | None = None) -> str:
    query = _COUNTED.format(pattern=pattern.format(iri=iri))
    return query if most is None else f"{query} LIMIT {most}"


def _count(store: Store, pattern: str, most: int) -> int:
    """Return how many solutions a pattern has, counted up to a number."""
    ((number,),) = _asked(store, _COUNT.format(pattern=pattern, most=most))
    return int(number)


def _near(store: Store, query: str) -> Sequence[Near]:
    return tuple(
        Near(iri, title, year, listed != "false", *map(int, number))
        for iri, title, year, listed, *number in _asked(store, query)
    )


def _asked(store: Store, query: str) -> Sequence[Sequence[str]]:
    rows = store.select(PREAMBLE + query).rows
    return [["" if one is None else one.value for one in row] for row in rows]
