"""CSV files that a person keeps by hand: their rows, and errors that name the line."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fedkg.errors import InputError

_TRUTH = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file, its fields by column, and where it stands."""

    path: Path
    line: int
    fields: Mapping[str, str]

    def error(self, what: str) -> InputError:
        """Return the error that something about this row is."""
        return InputError(f"{self.path}, line {self.line}: {what}.")

    def filled(self, column: str) -> str:
        """Return a field that may not be empty. Raises InputError."""
        if not self.fields[column]:
            raise self.error(f"the column {column} is empty: fill it in")
        return self.fields[column]

    def truth(self, column: str) -> bool:
        """Return a field of yes or no. Raises InputError for anything else."""
        if self.fields[column] not in _TRUTH:
            raise self.error(f"{column} is {self.fields[column]!r}: write yes or no")
        return _TRUTH[self.fields[column]]


def rows_of(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a file whose first line names exactly these columns. Raises InputError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if next(reader, None) != list(columns):
                raise InputError(f"{path}, line 1: the columns must be {','.join(columns)}.")
            line = reader.line_num
            for values in reader:
                yield _row(path, line + 1, columns, values)
                line = reader.line_num
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): restore it.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no CSV in UTF-8 ({error}): mend it.") from error


def _row(path: Path, line: int, columns: tuple[str, ...], values: list[str]) -> Row:
    if len(values) != len(columns):
        raise InputError(
            f"{path}, line {line}: {len(values)} fields stand where {len(columns)} belong: check "
            "its commas and quotation marks."
        )
    return Row(path, line, dict(zip(columns, values, strict=True)))
