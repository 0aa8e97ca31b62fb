"""The formats that a graph can be taken away in: one row each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fedkg.export.bibliographies.biblatex import biblatex
from fedkg.export.bibliographies.bibtex import bibtex
from fedkg.export.bibliographies.cff import cff
from fedkg.export.bibliographies.csl import csl_json
from fedkg.export.bibliographies.ris import ris
from fedkg.export.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is for, how its files end, and the function that writes it.

    `write` yields the bytes of a whole file, part by part.
    """

    purpose: str
    suffix: str
    write: Callable[[Source], Iterator[bytes]]


FORMATS: Mapping[str, Format] = {
    "bibtex": Format("citations for LaTeX with BibTeX, of any age", ".bib", bibtex),
    "biblatex": Format("citations for LaTeX with biblatex and biber", ".bib", biblatex),
    "ris": Format("citations for EndNote, Mendeley and Zotero", ".ris", ris),
    "csl-json": Format("citations for Zotero, Pandoc and citeproc", ".json", csl_json),
    "cff": Format("references of a CITATION.cff, as GitHub reads it", ".cff", cff),
}
"""By the name that the command line takes."""
