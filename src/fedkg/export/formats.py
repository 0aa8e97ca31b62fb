"""The formats that a graph can be taken away in: one row each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from fedkg.export.bibliographies.csl import csl_json
from fedkg.export.source import Source
from fedkg.export.tables.model import TABLES
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


_CSV = {
    f"csv-{name}": Format(
        f"{name} as a table for pandas, R and spreadsheets",
        ".csv",
        partial(table_csv, table),
        frozenset({"safe"}),
    )
    for name, table in TABLES.items()
}

FORMATS: Mapping[str, Format] = {
    "csl-json": Format("citations for Zotero, Pandoc and citeproc", ".json", csl_json),
    **_CSV,
}
"""By the name that the command line takes."""
