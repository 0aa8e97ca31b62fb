"""BibTeX → records: bytes → blocks → values → people and dates."""

from pathlib import Path

from fedkg.errors import InputError
from fedkg.ids import slug
from fedkg.model import Failure, Record
from fedkg.read.bibtex.reader import BYTES_AT_MOST, read_bibtex

__all__ = ["BYTES_AT_MOST", "read_bibtex", "read_bibtex_file"]


def read_bibtex_file(file: Path, base: str) -> tuple[tuple[Record, ...], tuple[Failure, ...], str]:
    """Return the records of a `.bib` file, what could not be read, and the slug of the source.

    Its primary source is the graph of its facts under `base`: a file says not where it is
    published, nor when it was read. Raises InputError when it cannot be opened.
    """
    name = slug(file.stem)
    if not name:
        raise InputError(f"{file} gives the bibliography no name: rename it.")
    try:
        with file.open("rb") as opened:
            content = opened.read(BYTES_AT_MOST + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise InputError(f"The bibliography {file} cannot be read ({reason}).") from error
    records, failures = read_bibtex(content, name, f"{base}graph/facts/{name}", None)
    return records, failures, name
