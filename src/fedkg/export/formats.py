"""The formats that a graph can be taken away in: one row each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fedkg.export.bibliographies.csl import csl_json
from fedkg.export.networks.graph import cytoscape, gexf, graphml
from fedkg.export.networks.vosviewer import vosviewer
from fedkg.export.source import Source
from fedkg.export.tables.datapackage import datapackage, is_datapackage
from fedkg.export.tables.model import TABLES
from fedkg.export.tables.parquet import table_parquet
from fedkg.export.tables.separated import table_csv


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is for, how its files end, and the function that writes it.

    `write` yields the bytes of a whole file, part by part; `takes` names the options of a source
    that it heeds.
    """

    purpose: str
    suffix: str
    write: Callable[[Source], Iterator[bytes]]
    takes: frozenset[str] = frozenset()


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

FORMATS: Mapping[str, Format | FolderFormat] = {
    "csl-json": Format("citations for Zotero, Pandoc and citeproc", ".json", csl_json),
    **_CSV,
    **_PARQUET,
    "datapackage": FolderFormat(
        "a folder of the four CSV tables, described (Frictionless)", datapackage, is_datapackage
    ),
    **_NETWORKS,
}
"""By the name that the command line takes."""
