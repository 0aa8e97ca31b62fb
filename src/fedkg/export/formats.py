"""The formats that a graph can be taken away in: one row each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fedkg.export.bibliographies.biblatex import biblatex
from fedkg.export.bibliographies.bibtex import bibtex
from fedkg.export.bibliographies.cff import cff
from fedkg.export.bibliographies.csl import csl_json
from fedkg.export.bibliographies.ris import ris
from fedkg.export.networks.graph import cytoscape, gexf, graphml
from fedkg.export.networks.vosviewer import vosviewer
from fedkg.export.rdf import n_quads, n_triples, written_as
from fedkg.export.source import Source
from fedkg.export.tables.datapackage import datapackage, is_datapackage
from fedkg.export.tables.model import TABLES
from fedkg.export.tables.parquet import table_parquet
from fedkg.export.tables.separated import table_csv
from fedkg.export.wikidata.batch import quickstatements, wikibase_json


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is for, how its files end, and the function that writes it.

    `write` yields the bytes of a whole file, part by part; `takes` names the options of a source
    that it heeds. A format of RDF `is_rdf`: it takes statements, any that there are, where the
    others take papers.
    """

    purpose: str
    suffix: str
    write: Callable[[Source], Iterator[bytes]]
    takes: frozenset[str] = frozenset()
    is_rdf: bool = False


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A format of several files in a folder.

    `write` yields their bytes, part by part, each with the name of its file; `replaces` says of a
    folder that is there whether it is an earlier export, and nothing else.
    """

    purpose: str
    write: Callable[[Source], Iterator[tuple[str, bytes]]]
    replaces: Callable[[Path], bool]
    takes: frozenset[str] = frozenset()


_CSV = {
    f"csv-{name}": Format(
        f"{name} as a table for pandas, R and spreadsheets",
        ".csv",
        partial(table_csv, table),
        frozenset({"safe"}),
    )
    for name, table in TABLES.items()
}
_PARQUET = {
    f"parquet-{name}": Format(
        f"{name} as a Parquet table", ".parquet", partial(table_parquet, table)
    )
    for name, table in TABLES.items()
}
_NETWORK = frozenset({"network"})
_NETWORKS = {
    "graphml": Format("a network for igraph, Gephi, yEd, networkx", ".graphml", graphml, _NETWORK),
    "gexf": Format("a network for Gephi", ".gexf", gexf, _NETWORK),
    "cytoscape": Format("a network for Cytoscape (JSON)", ".cyjs", cytoscape, _NETWORK),
    "vosviewer": Format("a network for VOSviewer (JSON)", ".json", vosviewer, _NETWORK),
}


def _rdf(purpose: str, suffix: str, write: Callable[[Source], Iterator[bytes]]) -> Format:
    return Format(purpose, suffix, write, is_rdf=True)


FORMATS: Mapping[str, Format | FolderFormat] = {
    "nquads": _rdf("the graph as it is stored, sorted: all named graphs", ".nq", n_quads),
    "trig": _rdf("the same to read: all named graphs", ".trig", written_as("application/trig")),
    "jsonld": _rdf("the same as JSON-LD, expanded", ".jsonld", written_as("application/ld+json")),
    "ntriples": _rdf("its triples, a line each", ".nt", n_triples),
    "turtle": _rdf("its triples to read", ".ttl", written_as("text/turtle")),
    "rdfxml": _rdf("its triples as RDF/XML", ".rdf", written_as("application/rdf+xml")),
    "bibtex": Format("citations for LaTeX with BibTeX, of any age", ".bib", bibtex),
    "biblatex": Format("citations for LaTeX with biblatex and biber", ".bib", biblatex),
    "ris": Format("citations for EndNote, Mendeley and Zotero", ".ris", ris),
    "csl-json": Format("citations for Zotero, Pandoc and citeproc", ".json", csl_json),
    "cff": Format("references of a CITATION.cff, as GitHub reads it", ".cff", cff),
    **_CSV,
    **_PARQUET,
    "datapackage": FolderFormat(
        "a folder of the four CSV tables, described (Frictionless)", datapackage, is_datapackage
    ),
    **_NETWORKS,
    "quickstatements": Format("statements for Wikidata (QuickStatements)", ".qs", quickstatements),
    "wikibase-json": Format("the same items for a Wikibase of one's own", ".json", wikibase_json),
}
"""By the name that the command line takes."""
