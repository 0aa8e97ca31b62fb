"""What a measure says: rows, and how much is known behind them; as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fedkg.network.reading import Paper

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Known:
    """Of how many papers the reference list is known: whole, in part, and out of how many."""

    whole: int
    partly: int
    total: int

    @classmethod
    def of(cls, papers: Iterable[Paper]) -> "Known":
        """Count the papers whose citations are the ground of an answer."""
        counted = [paper.known for paper in papers]
        return cls(counted.count("whole"), counted.count("partly"), len(counted))

    @property
    def stating(self) -> int:
        """Papers whose references are known, whole or in part."""
        return self.whole + self.partly

    def __str__(self) -> str:
        return (
            f"References are known of {self.stating} of {self.total} papers ({self.whole} whole,"
            f" {self.partly} in part); what the others cite is not known, and is not zero."
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a measure, and sentences that a reader needs with them.

    `columns` are those of every row. `known` is the ground of the whole answer.
    """

    measure: str
    columns: Sequence[str]
    rows: Sequence[Row]
    known: Known
    notes: Sequence[str] = ()


def as_csv(answer: Answer) -> Iterator[bytes]:
    """Yield a header and a line for each row; the last two columns are the denominator."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([*answer.columns, "stating", "total"])
    for row in answer.rows:
        cells = [_text(row[name]) for name in answer.columns]
        writer.writerow([*cells, answer.known.stating, answer.known.total])
    yield written.getvalue().encode()


def as_json(answer: Answer) -> Iterator[bytes]:
    """Yield an object with the measure, what is known, the notes and the rows."""
    known = answer.known
    told = {
        "measure": answer.measure,
        "known": {"whole": known.whole, "partly": known.partly, "papers": known.total},
        "notes": [str(known), *answer.notes],
        "rows": [{name: row[name] for name in answer.columns} for row in answer.rows],
    }
    yield json.dumps(told, ensure_ascii=False, indent=1).encode()
    yield b"\n"


FORMATS: Mapping[str, Callable[[Answer], Iterator[bytes]]] = {"csv": as_csv, "json": as_json}
"""By the name that the command line takes."""


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return "" if cell is None else str(cell)
