"""Tables as Apache Parquet, by pyarrow, which is imported only here and only when it is used."""

import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from fedkg.errors import ExportError
from fedkg.export.source import Source
from fedkg.export.tables.model import Row, Table
from fedkg.export.works import works

_AT_ONCE = 100_000
"""Rows of a row group."""


def table_parquet(table: Table, source: Source) -> Iterator[bytes]:
    """Yield a table of the papers of a source, row group by row group; None is a null.

    Raises ExportError where pyarrow is not installed.
    """
    arrow, parquet = _pyarrow()
    schema = _schema(arrow, table)
    rows = chain.from_iterable(table.rows(work) for work in works(source))
    file = _Taken()
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while part := list(islice(rows, _AT_ONCE)):
            writer.write_table(_batch(arrow, schema, part))
            yield file.take()
    yield file.take()


class _Taken(io.BytesIO):
    """A file that is read while it is written, so that it is never whole in memory."""

    _before = 0

    def take(self) -> bytes:
        """Return what was written since the last time."""
        found = self.getvalue()
        self._before += len(found)
        self.seek(0)
        self.truncate()
        return found

    def tell(self) -> int:
        """Return where the whole file would be: its footer names places of it."""
        return self._before + super().tell()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportError(
            "Parquet needs pyarrow, which is not installed: pip install 'fedkg[tables]'."
        ) from error
    return pyarrow, pyarrow.parquet


def _schema(arrow: Any, table: Table) -> Any:
    """Return the columns, with their descriptions as metadata."""
    types = {"string": arrow.string(), "integer": arrow.int32()}
    return arrow.schema(
        [
            arrow.field(
                column.name,
                types[column.type],
                nullable=column.name not in table.key,
                metadata={"description": column.description},
            )
            for column in table.columns
        ],
        metadata={"title": table.title},
    )


def _batch(arrow: Any, schema: Any, rows: Sequence[Row]) -> Any:
    columns = zip(*rows, strict=True)
    arrays = [
        arrow.array(values, type=column.type)
        for values, column in zip(columns, schema, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)
