"""Reading the vocabulary files: TOML tables, checked field by field, for curators to mend."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from fedkg.errors import InputError
from fedkg.ids import fold

_DATASET_WORDS = frozenset({"", "data", "dataset", "datasets"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a vocabulary file, for example the third `[[dataset]]`."""

    file: Path
    label: str
    fields: dict[str, Any]

    def text(self, field: str) -> str:
        """Return a text that must be there and not be blank."""
        value = self.fields.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f'needs {field} = "…"')
        return value

    def optional_text(self, field: str) -> str | None:
        """Return a text, or None where the row has no such field."""
        return self.text(field) if field in self.fields else None

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of texts; none where the row has no such field."""
        value = self.fields.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"needs {field} to be a list of texts")
        return tuple(value)

    def count(self, field: str) -> int | None:
        """Return a positive whole number, or None where the row has no such field."""
        value = self.fields.get(field)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.error(f"needs {field} to be a positive whole number")
        return value

    def only(self, *allowed: str) -> None:
        """Refuse a field that nobody reads: most often a misspelt one."""
        unknown = sorted(set(self.fields) - set(allowed))
        if unknown:
            raise self.error(f"has the unknown field {unknown[0]}: use {', '.join(allowed)}")

    def error(self, complaint: str) -> InputError:
        """Return the error that says what is wrong with this row."""
        return InputError(f"{self.file}: {self.label} {complaint}.")


def read_file(file: Path) -> Row:
    """Return the whole of a TOML file as one row. Raises InputError when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return Row(file, "the file", tomllib.load(stream))
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}): restore the file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: is not valid TOML ({error}): mend that line.") from error


def rows(whole: Row, kind: str) -> list[Row]:
    """Return the `[[kind]]` tables of a file, each labelled by its name or its number."""
    tables = whole.fields.get(kind, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise whole.error(f"needs [[{kind}]] tables, not one {kind}")
    return [
        Row(whole.file, f"{kind} {table.get('name', table.get('heading', number))!r}", table)
        for number, table in enumerate(tables, start=1)
    ]


def index(
    entries: Iterable[tuple[Row, T, Iterable[str]]], key: Callable[[str], str]
) -> dict[str, T]:
    """Return key → value for every spelling; a spelling that two rows claim is an error."""
    found: dict[str, T] = {}
    owner: dict[str, str] = {}
    for row, value, spellings in entries:
        for spelling in spellings:
            place = key(spelling)
            if not place:
                raise row.error(f"has the spelling {spelling!r} without letter or digit: remove it")
            if place in owner:
                raise row.error(
                    f"repeats {spelling!r}, which {owner[place]} already has: keep it in one place"
                )
            owner[place] = row.label
            found[place] = value
    return found


def name_key(words: str) -> str:
    """Return what two spellings of one name share: case, spaces and punctuation do not count.

    "+" and "&" are words: HumanEval+ is not HumanEval, and "Computers & Security" is spelt both
    ways.
    """
    return fold(words.replace("+", " plus ").replace("&", " and "))


def dataset_key(words: str) -> str:
    """Return `name_key` without a leading "the" and a trailing "dataset", "datasets" or "data"."""
    parts = words.split()
    while parts and fold(parts[-1]) in _DATASET_WORDS and "+" not in parts[-1]:
        parts.pop()
    if len(parts) > 1 and parts[0].lower() == "the":
        del parts[0]
    return name_key(" ".join(parts))
