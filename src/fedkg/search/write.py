"""A collection → the index of its names, written once with each build."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from rdflib import Graph, URIRef

from fedkg.model import Collection
from fedkg.namespaces import FKG, RDF, SKOS
from fedkg.search.index import SCHEMA

_Row = tuple[str, str, str, str, int | None]
"""Path, kind, name, other names, year."""


def write_index(collection: Collection, techniques: Path, target: Path) -> None:
    """Write the index of a collection, and of the scheme of techniques (Turtle), to a new file."""
    with closing(sqlite3.connect(target)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
        rows = (*_papers(collection), *_things(collection), *_techniques(techniques))
        database.executemany("INSERT INTO things VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
        database.execute("INSERT INTO things (things) VALUES ('optimize')")
        database.commit()


def _papers(collection: Collection) -> Iterator[_Row]:
    for paper in collection.papers:
        version = paper.preferred_version
        year = version.issued.year if version and version.issued else None
        yield f"paper/{paper.key}", "paper", paper.title, _joined(paper.alternatives), year


def _things(collection: Collection) -> Iterator[_Row]:
    for kind, things in (
        ("person", collection.people),
        ("dataset", collection.datasets),
        ("model", collection.models),
        ("family", collection.families),
    ):
        for thing in things:
            yield f"{kind}/{thing.key}", kind, thing.name, _joined(thing.aliases), None
    for venue in collection.venues:
        names = (*venue.aliases, *filter(None, [venue.full]))
        yield f"venue/{venue.key}", "venue", venue.name, _joined(names), None
    for one in collection.lists:
        yield f"list/{one.slug}", "list", one.title, "", None


def _techniques(file: Path) -> Iterator[_Row]:
    scheme = Graph().parse(file)
    concepts = scheme.subjects(URIRef(f"{RDF}type"), URIRef(f"{FKG}Technique"))
    for concept in sorted(concepts, key=str):
        name = str(scheme.value(concept, URIRef(f"{SKOS}prefLabel")))
        others = sorted(map(str, scheme.objects(concept, URIRef(f"{SKOS}altLabel"))))
        key = str(concept).rpartition("/")[2]
        yield f"technique/{key}", "technique", name, _joined(others), None


def _joined(names: Iterable[str]) -> str:
    return " · ".join(names)
