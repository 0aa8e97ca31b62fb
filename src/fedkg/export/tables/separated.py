"""Tables as CSV: RFC 4180, in UTF-8, with a header, lines ended by CR LF."""

import csv
import io
from collections.abc import Iterable, Iterator

from fedkg.export.source import Source
from fedkg.export.tables.model import Cell, Row, Table
from fedkg.export.works import works

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""


def table_csv(table: Table, source: Source) -> Iterator[bytes]:
    """Yield a table of the papers of a source, work by work."""
    safe = source.options.safe
    yield lines([table.header])
    for work in works(source):
        if found := lines(table.rows(work), safe=safe):
            yield found


def lines(rows: Iterable[Row], *, safe: bool = False) -> bytes:
    """Return rows as CSV; None is an empty cell. `safe` puts an apostrophe before formulas."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows(map(_safe, row) if safe else row for row in rows)
    return written.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
