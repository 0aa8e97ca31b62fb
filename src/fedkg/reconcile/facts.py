"""What the graph says of many things at once: which there are, and the values of a property."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fedkg.ids import web_url
from fedkg.model import Store, Term
from fedkg.namespaces import PREAMBLE
from fedkg.reconcile.schema import NAMES, TYPE_OF_KIND, Property

_AT_ONCE = 500
"""Things that one query names."""
_MAIN = "dcterms:title|foaf:name|skos:prefLabel"
_THINGS = """SELECT ?given ?thing (MIN(?one) AS ?name) WHERE {{
  VALUES ?given {{ {given} }}
  ?given dcterms:isReplacedBy? ?thing .
  ?thing {main} ?one
}} GROUP BY ?given ?thing"""
_ORCIDS = "SELECT ?given ?thing WHERE {{ VALUES ?given {{ {given} }} ?thing fkg:orcid ?given }}"
_VALUES = (
    "SELECT DISTINCT ?thing ?value WHERE {{ VALUES ?thing {{ {given} }} ?thing {path} ?value }}"
)
_NAMED = """SELECT ?thing ?value (MIN(?main) AS ?name)
  (GROUP_CONCAT(DISTINCT ?one; SEPARATOR="\\u001f") AS ?names) WHERE {{
  {{ SELECT DISTINCT ?thing ?value WHERE {{ VALUES ?thing {{ {given} }} ?thing {path} ?value }} }}
  ?value {main} ?main ; {names} ?one
}} GROUP BY ?thing ?value"""
_HAVING = """{{
  SELECT ({at} AS ?at) ?thing WHERE {{ SELECT DISTINCT ?thing WHERE {{ {patterns} }} }}
  ORDER BY ?thing LIMIT {most}
}}"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing (path), and what it is called."""

    path: str
    name: str

    @property
    def kind(self) -> str:
        """What its path begins with."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value: a text, or a thing (path) with its names."""

    text: str
    path: str = ""
    names: tuple[str, ...] = ()


class Facts:
    """A store whose things live under `base`, asked for many at a time."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base

    def path(self, words: str) -> str:
        """Return the path of a thing that can be asked for, from its IRI or its path; else ""."""
        path = words.removeprefix(self._base)
        if path.partition("/")[0] not in TYPE_OF_KIND or not path.partition("/")[2]:
            return ""
        return path if self._iri(path) else ""

    def things(self, paths: Iterable[str]) -> Mapping[str, Named]:
        """Return the things that paths lead to, former ones too, by the paths given."""
        found: dict[str, Named] = {}
        for given in self._given(paths):
            for one, thing, name in self._rows(_THINGS.format(given=given, main=_MAIN)):
                path = self._path(thing)
                if path.partition("/")[0] in TYPE_OF_KIND:
                    found[self._path(one)] = Named(path, name.value)
        return found

    def people(self, orcids: Iterable[str]) -> Mapping[str, str]:
        """Return the paths of the people of ORCID iDs."""
        given = " ".join(f'"{one}"' for one in sorted(set(orcids)))
        rows = self._rows(_ORCIDS.format(given=given)) if given else ()
        return {orcid.value: self._path(thing) for orcid, thing in rows}

    def values(self, property_: Property, paths: Iterable[str]) -> Mapping[str, Sequence[Stated]]:
        """Return the values of a property of things, sorted by name."""
        found: dict[str, list[Stated]] = defaultdict(list)
        asked = _NAMED if property_.form == "thing" else _VALUES
        for given in self._given(paths):
            query = asked.format(given=given, path=f"({property_.path})", main=_MAIN, names=NAMES)
            for thing, value, *names in self._rows(query):
                found[self._path(thing)].append(self._stated(value, names))
        return {path: sorted(stated, key=lambda one: one.text) for path, stated in found.items()}

    def having(
        self, wanted: Sequence[Sequence[tuple[Property, str]]], most: int
    ) -> Sequence[Sequence[str]]:
        """Return for each of several wishes the first things (paths) that fulfil all of it.

        A wish is one or more properties, each with a value, which is a thing (path).
        """
        found: list[list[str]] = [[] for _ in wanted]
        parts = [
            _HAVING.format(at=at, patterns=" ".join(map(self._pattern, wish)), most=most)
            for at, wish in enumerate(wanted)
        ]
        asked = f"SELECT ?at ?thing WHERE {{ {' UNION '.join(parts)} }}"
        for at, thing in self._rows(asked) if parts else ():
            found[int(at.value)].append(self._path(thing))
        return found

    def _pattern(self, wanted: tuple[Property, str]) -> str:
        property_, path = wanted
        return f"?thing ({property_.path}) <{self._iri(path)}> ."

    def _stated(self, value: Term, names: Sequence[Term]) -> Stated:
        if value.kind != "iri":
            return Stated(value.value)
        called = [one for name in names for one in name.value.split("\x1f")]
        return Stated(value.value, self._path(value), tuple(dict.fromkeys(called)))

    def _given(self, paths: Iterable[str]) -> Iterator[str]:
        iris = [iri for path in dict.fromkeys(paths) if (iri := self._iri(path))]
        for at in range(0, len(iris), _AT_ONCE):
            yield " ".join(f"<{iri}>" for iri in iris[at : at + _AT_ONCE])

    def _iri(self, path: str) -> str | None:
        """Return an IRI that is safe in a query, and is that of no other path."""
        iri = f"{self._base}{path}"
        return iri if web_url(iri) == iri else None

    def _path(self, term: Term) -> str:
        return term.value.removeprefix(self._base)

    def _rows(self, query: str) -> Iterator[tuple[Term, ...]]:
        for row in self._store.select(PREAMBLE + query).rows:
            yield tuple(term for term in row if term is not None)
