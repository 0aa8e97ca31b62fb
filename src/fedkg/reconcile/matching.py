"""Queries → candidates with scores from 0 to 100, the best first (0.2, section 4.5).

A name counts as it resembles, each constraint that can be compared a quarter of a name: what the
graph does not state speaks neither for nor against a thing. An identifier settles the matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fedkg.reconcile.evidence import agreement
from fedkg.reconcile.facts import Facts, Stated
from fedkg.reconcile.identifiers import orcid_of, papers_named, papers_of
from fedkg.reconcile.queries import Query
from fedkg.reconcile.resemblance import EXACT, OTHER_NAME, asked_as, resemblance
from fedkg.reconcile.schema import PROPERTIES, TYPE_OF_KIND, TYPES, Property, type_named

_WEIGHT = 0.25
"""Of a constraint, where a name has 1."""
_WORTH_NAMING = 50.0
_GOOD = 75.0
"""A candidate this good ends the search for others."""
_COMPARED = 20
"""Candidates by name of which constraints are compared."""
_RELATED = 500
"""Things with the values of a query without a name that are compared, the first by path."""
_OTHER_TYPE = 0.9
"""What is left of the score of a thing of another type, where a type only should fit."""
_Values = Mapping[str, Mapping[str, Sequence[Stated]]]
"""Values by property and thing (path)."""
_LIKELY, _AHEAD = 90.0, 10.0
"""A name this good matches where all constraints agree and no other candidate is this near."""


class Candidate(Protocol):
    """A thing that words may name."""

    @property
    def path(self) -> str:
        """Where it is: `paper/arxiv-2312.06353`."""
        ...

    @property
    def kind(self) -> str:
        """What its path begins with."""
        ...

    @property
    def name(self) -> str:
        """Its main name."""
        ...

    @property
    def others(self) -> tuple[str, ...]:
        """Its other names."""
        ...

    @property
    def year(self) -> int | None:
        """That of a paper."""
        ...


class Circles(Protocol):
    """Finds what words may name, in ever wider circles."""

    def around(self, text: str, kinds: Iterable[str]) -> Iterator[Sequence[Candidate]]:
        """Yield candidates of some kinds, circle by circle."""
        ...


@dataclass(slots=True)
class Result:
    """A candidate with its score. `features` are what the score is made of, from 0 to 100."""

    path: str
    kind: str
    name: str
    score: float
    match: bool = False
    description: str = ""
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Asked:
    """A query on its way: the kinds it is about, and the paths that its identifiers mean."""

    query: Query
    text: str
    kinds: tuple[str, ...]
    paths: list[str]
    orcids: list[str]
    results: list[Result] = field(default_factory=list)


def reconcile(
    queries: Mapping[str, Query], circles: Circles, facts: Facts
) -> dict[str, list[Result]]:
    """Return the results of a batch of queries; the graph is asked once for all of them."""
    asked = {key: _read(query, facts) for key, query in queries.items()}
    _identify(asked.values(), facts)
    for one in asked.values():
        if not one.results and one.text and one.kinds:
            one.results = _by_name(one, circles)
    _by_things([one for one in asked.values() if not one.results and not one.text], facts)
    _weigh(asked.values(), facts)
    return {key: _ranked(one) for key, one in asked.items()}


def _read(query: Query, facts: Facts) -> _Asked:
    text = query.text or next(
        (words for one in query.constraints if one.property == "name" for _, words in one.values),
        "",
    )
    own = facts.path(text)
    paths, orcids = [*([own] if own else []), *papers_named(text)], [orcid_of(text)]
    for constraint in query.constraints:
        for _, words in constraint.values:
            paths += papers_of(constraint.property, words)
            orcids += [orcid_of(words)] if constraint.property == "orcid" else []
    return _Asked(query, text, _kinds(query), paths, [one for one in orcids if one])


def _kinds(query: Query) -> tuple[str, ...]:
    """Return the kinds of things that a query is about (section 4.1, type_strict)."""
    known = {type_named(name) for name in query.types}
    if not known or query.strictness == "should":
        return tuple(one.kind for one in TYPES.values())
    if query.strictness == "all" and len(known) > 1:
        return ()  # nothing is of two types
    return tuple(one.kind for one in TYPES.values() if one in known)


def _identify(asked: Iterable[_Asked], facts: Facts) -> None:
    """Give the queries that hold an identifier the one thing that it names."""
    asked = list(asked)
    people = facts.people(orcid for one in asked for orcid in one.orcids)
    for one in asked:
        one.paths += [people[orcid] for orcid in one.orcids if orcid in people]
    things = facts.things(path for one in asked for path in one.paths)
    for one in asked:
        found = {
            things[path].path: things[path]
            for path in one.paths
            if path in things and things[path].kind in one.kinds
        }
        for thing in found.values():
            is_one = len(found) == 1
            result = Result(thing.path, thing.kind, thing.name, EXACT, match=is_one)
            result.features["identifier"] = EXACT
            one.results.append(result)


def _by_name(asked: _Asked, circles: Circles) -> list[Result]:
    spelled = asked_as(asked.text, asked.kinds)
    found: list[Result] = []
    for circle in circles.around(asked.text, asked.kinds):
        for one in circle:
            name = resemblance(spelled, one.kind, one.name, one.others)
            if name >= _WORTH_NAMING:
                result = Result(one.path, one.kind, one.name, name, description=_about(one))
                result.features["name"] = name
                found.append(result)
        if any(one.score >= _GOOD for one in found):
            break
    found.sort(key=lambda one: (-one.score, one.path))
    exact = [one for one in found if one.score >= OTHER_NAME]
    if len(exact) == 1:
        exact[0].match = True
    return found[: max(_COMPARED, asked.query.limit)]


def _by_things(asked: Iterable[_Asked], facts: Facts) -> None:
    """Give queries without a name what has all the things that they name as values."""
    wishes = [(one, wish) for one in asked if (wish := _wish(one, facts))]
    found = facts.having([wish for _, wish in wishes], _RELATED)
    things = facts.things(path for paths in found for path in paths)
    for (one, _), paths in zip(wishes, found, strict=True):
        one.results = [
            Result(path, things[path].kind, things[path].name, 0.0)
            for path in paths
            if path in things and things[path].kind in one.kinds
        ]


def _wish(asked: _Asked, facts: Facts) -> list[tuple[Property, str]]:
    return [
        (PROPERTIES[one.property], path)
        for one in asked.query.constraints
        if one.property in PROPERTIES and PROPERTIES[one.property].form == "thing"
        for id_, _ in one.values
        if (path := facts.path(id_))
    ]


def _about(candidate: Candidate) -> str:
    """Return what tells a candidate from its namesakes."""
    if candidate.year is not None:
        return str(candidate.year)
    return f"also {', '.join(candidate.others[:3])}" if candidate.others else ""


def _weigh(asked: Iterable[_Asked], facts: Facts) -> None:
    """Count the constraints in: each property is asked for once, of all things that need it."""
    needed: dict[str, set[str]] = defaultdict(set)
    weighed = [one for one in asked if one.query.constraints]
    for one in weighed:
        for constraint in one.query.constraints:
            needed[constraint.property].update(result.path for result in one.results)
    values = {
        name: facts.values(PROPERTIES[name], sorted(paths))
        for name, paths in sorted(needed.items())
        if name in PROPERTIES and name != "name" and paths
    }
    for one in weighed:
        for result in one.results:
            if "identifier" not in result.features:
                _count(one, result, values)


def _count(asked: _Asked, result: Result, values: _Values) -> None:
    total, weight = (result.score, 1.0) if asked.text else (0.0, 0.0)
    for constraint in asked.query.constraints:
        stated = values.get(constraint.property, {}).get(result.path, ())
        if constraint.property == "name" or not stated or not constraint.values:
            continue
        agrees = agreement(PROPERTIES[constraint.property], constraint.values, stated)
        result.features[constraint.property] = agrees
        result.match = result.match and agrees >= _WORTH_NAMING
        total, weight = total + _WEIGHT * agrees, weight + _WEIGHT
    result.score = total / weight if weight else 0.0


def _ranked(asked: _Asked) -> list[Result]:
    preferred = {type_ for name in asked.query.types if (type_ := type_named(name)) is not None}
    if asked.query.strictness == "should" and preferred:
        for one in asked.results:
            if TYPE_OF_KIND[one.kind] not in preferred:
                one.score *= _OTHER_TYPE
                one.match = False
    ranked = sorted(asked.results, key=lambda one: (-one.score, one.path))
    if ranked and not any(one.match for one in ranked):
        behind = ranked[1].score if len(ranked) > 1 else 0.0
        ranked[0].match = _is_likely(ranked[0]) and ranked[0].score - behind >= _AHEAD
    return ranked[: asked.query.limit]


def _is_likely(result: Result) -> bool:
    """Return whether a name is good and everything else that is known agrees."""
    others = [value for feature, value in result.features.items() if feature != "name"]
    return result.features.get("name", 0.0) >= _LIKELY and bool(others) and min(others) >= _LIKELY
