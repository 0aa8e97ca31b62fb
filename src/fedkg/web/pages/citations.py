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
_STEPS = """SELECT ?before ?beside WHERE {{
  {{ SELECT (COUNT(*) AS ?before) WHERE {{
    SELECT ?a ?b WHERE {{ <{iri}> cito:cites ?b . ?a cito:cites ?b }} LIMIT {most} }} }}
  {{ SELECT (COUNT(*) AS ?beside) WHERE {{
    SELECT ?a ?b WHERE {{ ?b cito:cites <{iri}>, ?a }} LIMIT {most} }} }}
}}"""
_NUMBER = """SELECT (COUNT(*) AS ?n) WHERE {{
  SELECT ?a WHERE {{ ?a cito:cites <{iri}> ; fkg:listed true }} LIMIT {most}
}}"""
_CITED_BY = """SELECT ?paper ?title ?year ?listed WHERE {{
  {{ SELECT ?paper WHERE {{ ?paper cito:cites <{iri}> ; fkg:listed true }}
     ORDER BY ?paper LIMIT {most} }}
  OPTIONAL {{ ?paper dcterms:title ?title }}
  OPTIONAL {{ ?paper fkg:year ?year }} OPTIONAL {{ ?paper fkg:listed ?listed }}
}} ORDER BY ?title ?paper"""
_COUNTED = """SELECT ?paper ?title ?year ?listed ?n WHERE {{
  {{ SELECT ?paper (COUNT(DISTINCT ?via) AS ?n) WHERE {{ {pattern} }} GROUP BY ?paper }}
  OPTIONAL {{ ?paper dcterms:title ?title }}
  OPTIONAL {{ ?paper fkg:year ?year }} OPTIONAL {{ ?paper fkg:listed ?listed }}
}} ORDER BY DESC(?n) ?year ?title"""
_CITES = "<{iri}> cito:cites ?paper OPTIONAL {{ ?via cito:cites ?paper ; fkg:listed true }}"
_CITES_ALONE = "<{iri}> cito:cites ?paper"
_TOGETHER = "?via cito:cites <{iri}>, ?paper ; fkg:listed true FILTER (?paper != <{iri}>)"
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
    ((stating, total),) = _numbers(store, _STANDING)
    return Standing(stating, total)


def read_citations(store: Store, iri: str) -> Citations:
    """Return the citations of a paper; raises QueryError, and what the store raises."""
    ((before, beside),) = _numbers(store, _STEPS.format(iri=iri, most=_REACH))
    cited_by = _near(store, _CITED_BY.format(iri=iri, most=_MOST_CITING)) if beside else ()
    citing = len(cited_by)
    if citing == _MOST_CITING:
        ((citing,),) = _numbers(store, _NUMBER.format(iri=iri, most=_MOST_COUNTED))
    return Citations(
        _near(store, _counted(_CITES if before < _REACH else _CITES_ALONE, iri)) if before else (),
        cited_by,
        citing,
        citing == _MOST_COUNTED,
        _nearest(store, _TOGETHER, iri, beside),
        _nearest(store, _SHARED, iri, before),
    )


def _nearest(store: Store, pattern: str, iri: str, steps: int) -> Sequence[Near] | None:
    """Return the papers that a pattern counts most; None where that are too many steps."""
    if steps in (0, _REACH):
        return None if steps else ()
    return _near(store, f"{_counted(pattern, iri)} LIMIT {_MOST_NEAR}")


def _counted(pattern: str, iri: str) -> str:
    return _COUNTED.format(pattern=pattern.format(iri=iri))


def _numbers(store: Store, query: str) -> Sequence[Sequence[int]]:
    return [[int(cell) for cell in row] for row in _asked(store, query)]


def _near(store: Store, query: str) -> Sequence[Near]:
    return tuple(
        Near(iri, title or iri, year, listed != "false", *map(int, number))
        for iri, title, year, listed, *number in _asked(store, query)
    )


def _asked(store: Store, query: str) -> Sequence[Sequence[str]]:
    rows = store.select(PREAMBLE + query).rows
    return [["" if one is None else one.value for one in row] for row in rows]
