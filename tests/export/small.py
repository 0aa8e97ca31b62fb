"""Small graphs of papers of any words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from fedkg.export.source import Source, all_papers
from fedkg.namespaces import CITO, DCTERMS, FKG, FOAF, RDF, SKOS, XSD
from fedkg.store.engine import Engine

BASE = "https://w3id.org/fedkg/"
HOSTILE = (
    'A, "title", with\nlines\r\nand\rmore; of\ttabs',
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "controls \x00 \x07 \x1b \x85 \u2028 \ufeff \ufffe \U0001fffe end",
    "<b>&amp;]]></b> {{7*7}} \u202e 何炳胜 \U0001f600",
    " ",
)
"""Titles and names that want to be more than text."""


@dataclass
class Said:
    """What a small graph says of a paper."""

    title: str
    year: int | None = None
    authors: Sequence[str] = ()
    datasets: Sequence[str] = ()
    cites: Sequence[int] = ()


@dataclass
class Small:
    """A graph under construction."""

    store: ox.Store = field(default_factory=ox.Store)

    def add(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        """Add a statement on a thing below the base."""
        named = ox.NamedNode(BASE + subject)
        self.store.add(ox.Quad(named, ox.NamedNode(predicate), value))


def paper(number: int) -> str:
    """Return the IRI of a paper of a small graph."""
    return f"{BASE}paper/p{number:05}"


def small(papers: Sequence[Said]) -> Source:
    """Return a graph of some papers, numbered from 0, all of them chosen."""
    graph = Small()
    for number, said in enumerate(papers):
        _add_paper(graph, f"paper/p{number:05}", said)
    store = Engine(graph.store)
    return Source(store, BASE, all_papers(store))


def _add_paper(graph: Small, here: str, said: Said) -> None:
    graph.add(here, f"{RDF}type", ox.NamedNode(f"{FKG}Paper"))
    graph.add(here, f"{FKG}listed", ox.Literal(True))
    graph.add(here, f"{DCTERMS}title", ox.Literal(said.title))
    if said.year:
        year = str(said.year)
        graph.add(here, f"{DCTERMS}issued", ox.Literal(year, datatype=ox.NamedNode(f"{XSD}gYear")))
        graph.add(here, f"{FKG}year", ox.Literal(said.year))
    for position, name in enumerate(said.authors, 1):
        role, person = f"authorship/{here}/{position}", f"person/{name.encode().hex()}"
        graph.add(here, f"{FKG}authorship", ox.NamedNode(BASE + role))
        graph.add(here, f"{DCTERMS}creator", ox.NamedNode(BASE + person))
        graph.add(role, f"{FKG}position", ox.Literal(position))
        graph.add(role, f"{FKG}author", ox.NamedNode(BASE + person))
        graph.add(person, f"{FOAF}name", ox.Literal(name))
    for name in said.datasets:
        dataset = f"dataset/{name.encode().hex()}"
        graph.add(here, f"{FKG}usesDataset", ox.NamedNode(BASE + dataset))
        graph.add(dataset, f"{SKOS}prefLabel", ox.Literal(name))
    for cited in said.cites:
        graph.add(here, f"{CITO}cites", ox.NamedNode(paper(cited)))
