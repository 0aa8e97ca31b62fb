"""The full text over the names of things: how it is asked."""

import re
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fedkg.search.layout import opened

_WORD = re.compile(r"\w+")
_WORDS_AT_MOST = 12
_SECONDS = 2.0
_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock."""
_BEGIN, _END = "\x02", "\x03"
"""Around what was found; no name holds them, since names are cleaned when they are read."""
_RANGES = "SELECT kind, first, last FROM kinds"
_NUMBER = "SELECT count(*) FROM things WHERE things MATCH ? AND rowid BETWEEN ? AND ?"
_BEST = """\
SELECT rowid FROM things
WHERE things MATCH ? AND rank MATCH 'bm25(0.0, 0.0, 10.0, 4.0)' AND rowid BETWEEN ? AND ?
ORDER BY rank LIMIT ? OFFSET ?"""
_NEXT = """\
SELECT rowid FROM things WHERE things MATCH ? AND rowid BETWEEN ? AND ? LIMIT ? OFFSET ?"""
_FIRST = """\
SELECT rowid FROM (SELECT rowid, name FROM things WHERE things MATCH ? LIMIT ?)
ORDER BY name = ? COLLATE NOCASE DESC, rowid LIMIT ?"""
_HIT = """\
SELECT path, kind, highlight(things, 2, ?, ?), highlight(things, 3, ?, ?), year FROM things
WHERE things MATCH ? AND rowid = ?"""
_LOOKED_AT = 500
"""Hits that are looked at for what is offered while somebody types."""
WEIGHED = 20_000
"""Hits up to which they are weighed; more come in the order of the index."""

Part = tuple[str, bool]
"""A piece of a text, and whether it was looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: `name` and `others` in parts."""

    path: str
    kind: str
    name: tuple[Part, ...]
    others: tuple[Part, ...]
    year: int | None

    @property
    def text(self) -> str:
        """The name as one text."""
        return "".join(text for text, _ in self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: some of the hits, and how many there are by kind."""

    hits: tuple[Hit, ...] = ()
    kinds: Mapping[str, int] | None = None

    @property
    def number(self) -> int:
        """How many there are of all kinds."""
        return sum((self.kinds or {}).values())


class TooSlowError(Exception):
    """A search took too long and was ended."""


class SearchIndex:
    """An index in a file. Each search opens it: threads share nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def is_there(self) -> bool:
        """Whether there is such a file."""
        return self._file.is_file()

    def search(self, words: str, kind: str = "", *, most: int = 20, skip: int = 0) -> Found:
        """Return the things whose names have all these words, or begin with them, the best first.

        Case and diacritics do not count; what is called just that comes first. `kind` leaves those
        of one kind. Raises TooSlowError.
        """
        match = _match(words)
        if not match:
            return Found()
        with self._asked() as database:
            ranges = {name: (first, last) for name, first, last in database.execute(_RANGES)}
            kinds = _numbers(database, match, ranges)
            least, last = ranges.get(kind, (0, 0)) if kind else (0, sys.maxsize)
            number = kinds.get(kind, 0) if kind else sum(kinds.values())
            asked = (match, least, last, most, skip)
            rows = database.execute(_BEST if number <= WEIGHED else _NEXT, asked)
            hits = _hits(database, match, rows)
        wanted = words.strip().casefold()
        return Found(tuple(sorted(hits, key=lambda hit: hit.text.casefold() != wanted)), kinds)

    def first(self, words: str, most: int) -> tuple[Hit, ...]:
        """Return some of the things that `search` finds, for words that may not be whole yet.

        What is called just that comes first, then those that the index begins with: they are not
        weighed against each other, since short words find too many. Raises TooSlowError.
        """
        match = _match(words)
        if not match:
            return ()
        with self._asked() as database:
            asked = (match, _LOOKED_AT, words.strip(), most)
            return _hits(database, match, database.execute(_FIRST, asked))

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        until = time.monotonic() + _SECONDS
        with opened(self._file) as database:
            database.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            try:
                yield database
            except sqlite3.OperationalError as error:
                if time.monotonic() > until:
                    raise TooSlowError from error
                raise


def _match(words: str) -> str:
    """Return the query of the index for words, "" where there are none."""
    return " ".join(f'"{word}"*' for word in _WORD.findall(words)[:_WORDS_AT_MOST])


def _numbers(
    database: sqlite3.Connection, match: str, ranges: Mapping[str, tuple[int, int]]
) -> Mapping[str, int]:
    """Return how many hits there are of each kind that has any, the most first."""
    found = {
        kind: int(database.execute(_NUMBER, (match, first, last)).fetchone()[0])
        for kind, (first, last) in ranges.items()
    }
    most_first = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return {kind: number for kind, number in most_first if number}


def _hits(database: sqlite3.Connection, match: str, rows: Iterable[tuple[int]]) -> tuple[Hit, ...]:
    """Return the hits at some rows: only they are highlighted, which takes longer than to find."""
    marks = (_BEGIN, _END, _BEGIN, _END, match)
    return tuple(_hit(*database.execute(_HIT, (*marks, row)).fetchone()) for (row,) in rows)


def _hit(path: str, kind: str, name: str, others: str, year: int | None) -> Hit:
    return Hit(path, kind, _parts(name), _parts(others), year)


def _parts(text: str) -> tuple[Part, ...]:
    """Cut a highlighted text into what was looked for and what stands between."""
    found = []
    for at, piece in enumerate(re.split(f"[{_BEGIN}{_END}]", text)):
        if piece:
            found.append((piece, at % 2 == 1))
    return tuple(found)
