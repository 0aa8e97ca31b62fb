"""Which things of the graph are known to be which items of Wikidata: `wikidata.csv`."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fedkg.errors import InputError
from fedkg.export.files import write_file

_COLUMNS = ["key", "qid", "source"]
_QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)
_PAPER = "paper/"


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a thing, by its path below the graph's base, and where that is from.

    A `qid` of "" says that an item was looked for and is not there; the source says when.
    """

    path: str
    qid: str
    source: str

    @property
    def key(self) -> str:
        """The path, or the plain key of a paper."""
        key = self.path.removeprefix(_PAPER)
        return self.path if "/" in key else key


@dataclass(frozen=True, slots=True)
class Known:
    """The rows of a file, in their order."""

    rows: tuple[Row, ...] = ()

    @property
    def items(self) -> Mapping[str, str]:
        """Items by path."""
        return {row.path: row.qid for row in self.rows if row.qid}

    @property
    def absent(self) -> frozenset[str]:
        """The paths of what was looked for and is not there."""
        return frozenset({row.path for row in self.rows} - self.items.keys())


def read_known(file: Path) -> Known:
    """Return what a file says; a key without a slash is that of a paper (`person/yaliang-li`).

    An item may stand below a row that says that there was none: it was made since. Raises
    InputError, with the line, for a row that does not say what the item is or where that is known
    from, or says it twice.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            lines = list(csv.reader(opened, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read ({error}): give a CSV file.") from error
    if not lines or lines[0] != _COLUMNS:
        raise InputError(f"{file}, line 1: the columns have to be {', '.join(_COLUMNS)}.")
    return Known(tuple(_rows(file, lines[1:])))


def add_known(file: Path, rows: Sequence[Row]) -> None:
    """Add rows at the end of a file, which is made if need be; what is in it stays as it is.

    Raises ExportError where it cannot be written; then it is what it was before.
    """
    if not rows and file.exists():
        return
    before = file.read_bytes() if file.exists() else b"key,qid,source\n"
    end = "\r\n" if b"\r\n" in before else "\n"
    text = io.StringIO()
    if not before.endswith(b"\n"):
        text.write(end)
    csv.writer(text, lineterminator=end).writerows([row.key, row.qid, row.source] for row in rows)
    write_file([before, text.getvalue().encode()], file)


def _rows(file: Path, lines: Sequence[Sequence[str]]) -> Iterator[Row]:
    qids: dict[str, str] = {}
    taken: set[str] = set()
    for number, line in enumerate(lines, 2):
        key, qid, source = [cell.strip() for cell in line] if len(line) == 3 else ("", "", "")
        if not key or not source or (qid and not _QID.fullmatch(qid)):
            raise InputError(
                f"{file}, line {number}: give a key, an item such as Q42 and a source; without an "
                "item, the row says that it was looked for and is not there."
            )
        path = key if "/" in key else f"{_PAPER}{key}"
        is_made_since = qid and qids.get(path) == ""
        if (path in qids and not is_made_since) or qid in taken:
            raise InputError(f"{file}, line {number}: {key} or {qid} stands there twice.")
        qids[path] = qid
        if qid:
            taken.add(qid)
        yield Row(path, qid, source)
