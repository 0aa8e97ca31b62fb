"""The lists to compare with: those that ship with fedkg, or those of a built graph.

A graph holds every word of its lists as it stands, so its entries are read from it as the forms
of a list are: the same words give the same entry. What a graph does not keep is no loss here:
entries that describe no paper, the counts behind headings, and the texts of further links.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from fedkg import resources
from fedkg.errors import InputError
from fedkg.ids import Identifier
from fedkg.model import Entry, Heading, Link, PaperList, Reading, Store, Term
from fedkg.namespaces import FKG, SKOS
from fedkg.read import read_source, shipped_sources
from fedkg.read.draft import Draft, finish
from fedkg.read.line import Work

SHIPPED = "shipped"
"""The name of the lists that ship with fedkg, where a graph directory may stand."""

_ENTRIES = f"""PREFIX fkg: <{FKG}>
SELECT ?entry ?property ?value WHERE {{
  ?entry a fkg:Entry ; fkg:describes ?paper ; ?property ?value .
}}"""
_SECTIONS = f"""PREFIX fkg: <{FKG}>
PREFIX skos: <{SKOS}>
SELECT ?section ?property ?value WHERE {{
  ?section a fkg:Section ; ?property ?value .
  FILTER(?property IN (skos:prefLabel, skos:broader))
}}"""

_Properties = Mapping[str, list[str]]


def others_of(name: str) -> tuple[Reading, ...]:
    """Return the lists of a graph directory, or with `shipped` those that ship with fedkg.

    Raises InputError where there is no graph, GraphDirectoryError for one that cannot be used.
    """
    if name == SHIPPED:
        catalogue = resources.data_dir() / "lists.toml"
        return tuple(map(read_source, shipped_sources(catalogue, resources.lists_dir())))
    from fedkg.store.builds import GraphDirectory  # the engine, only where it is needed
    from fedkg.store.engine import open_current

    directory = GraphDirectory(Path(name))
    if directory.current() is None:
        raise InputError(f"{name} holds no graph: build one there with fedkg build --dir {name}.")
    return readings_of(open_current(directory)[1])


def readings_of(store: Store) -> tuple[Reading, ...]:
    """Return the entries of a graph that describe papers, list by list, sorted by slug."""
    sections = _subjects(store, _SECTIONS)
    entries: dict[str, list[Entry]] = defaultdict(list)
    for found in _subjects(store, _ENTRIES).values():
        entry = _entry(found, sections)
        if entry is not None:
            entries[entry.list].append(entry)
    return tuple(
        Reading(PaperList(slug, slug), tuple(sorted(found, key=lambda entry: entry.line)))
        for slug, found in sorted(entries.items())
    )


def _subjects(store: Store, query: str) -> dict[str, dict[str, list[str]]]:
    """Return what a query for triples found, as subject → property → values in order."""
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(query).rows:
        subject, name, value = map(_value, row)
        subjects[subject][name].append(value)
    for properties in subjects.values():
        for values in properties.values():
            values.sort()
    return subjects


def _value(term: Term | None) -> str:
    return term.value if term else ""


def _entry(found: _Properties, sections: Mapping[str, _Properties]) -> Entry | None:
    slug = _one(found, "inList").rpartition("/")[2]
    others = tuple(Link("", url) for url in found.get(f"{FKG}otherLink", ()))
    link = _one(found, "linkAsListed") or None
    work = Work(_one(found, "titleAsListed"), int(_one(found, "line") or 1), link, others)
    draft = Draft(
        work,
        venue=_one(found, "venueAsListed"),
        date=_one(found, "dateAsListed"),
        authors=_one(found, "authorsAsListed"),
        datasets=_one(found, "datasetsAsListed"),
        models=_one(found, "modelsAsListed"),
        code=_one(found, "codeAsListed"),
        claims_paper=True,
    )
    headings = tuple(_headings(_one(found, "section"), sections))[::-1]
    entry = finish(slug, headings, draft)
    if not isinstance(entry, Entry):
        return None
    stated = (text.partition(":") for text in found.get(f"{FKG}statesIdentifier", ()))
    named = tuple(Identifier(scheme, value) for scheme, _, value in stated)
    return replace(entry, identifiers=named)


def _headings(section: str, sections: Mapping[str, _Properties]) -> Iterator[Heading]:
    """Yield the headings above an entry, innermost first."""
    seen: set[str] = set()
    while section and section not in seen:
        seen.add(section)
        properties = sections.get(section, {})
        for label in properties.get(f"{SKOS}prefLabel", ())[:1]:
            yield Heading(label, label)
        section = next(iter(properties.get(f"{SKOS}broader", ())), "")


def _one(found: _Properties, name: str) -> str:
    return next(iter(found.get(f"{FKG}{name}", ())), "")
