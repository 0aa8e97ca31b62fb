"""What words may name, typos and all: from the index of names, in ever wider circles."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

from fedkg.search.layout import opened
from fedkg.search.names import TooSlowError
from fedkg.search.vocabulary import Vocabulary, words_of

_ROWS = 300
"""Names that a circle yields of a range of the index."""
_WORDS_AT_MOST = 24
_FEW = 3
"""Words of a name up to which each may be a typo of another, even when it is a word itself."""
_LEFT_OUT_OF = 8
"""The rarest words, of which any one may be missing."""
_PAIRED = 4
"""The rarest words, of which two are enough."""
_STEPS = 10_000
_APART = ("paper", "person")
"""The kinds that are many: all others are looked through together."""
_FOUND = """\
SELECT path, kind, name, others, year FROM things
WHERE things MATCH ? AND rowid BETWEEN ? AND ? {order} LIMIT ?"""
_FIRST = _FOUND.format(order="")
_BEST = _FOUND.format(order="ORDER BY rank")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that words may name; `others` are its other names, `year` that of a paper."""

    path: str
    kind: str
    name: str
    others: tuple[str, ...] = ()
    year: int | None = None


class Candidates:
    """An index in a file. Each batch opens it: threads share nothing but its words."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def is_there(self) -> bool:
        """Whether there is such a file."""
        return self._file.is_file()

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        with opened(self._file) as database:
            return Vocabulary.of(database)

    @contextmanager
    def opened(self, seconds: float) -> Iterator["Circles"]:
        """Open the index for a batch of questions; raises TooSlowError where it takes longer."""
        words = self._vocabulary
        until = time.monotonic() + seconds
        with opened(self._file) as database:
            database.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            try:
                yield Circles(database, words, until)
            except sqlite3.OperationalError as error:
                if time.monotonic() > until:
                    raise TooSlowError from error
                raise


class Circles:
    """Asks an open index."""

    def __init__(self, database: sqlite3.Connection, words: Vocabulary, until: float) -> None:
        self._database = database
        self._words = words
        self._until = until
        rows = database.execute("SELECT kind, first, last FROM kinds ORDER BY first")
        self._ranges: dict[str, tuple[int, int]] = {kind: (one, last) for kind, one, last in rows}

    def around(self, text: str, kinds: Iterable[str]) -> Iterator[list[Candidate]]:
        """Yield what a text may name, of some kinds, in ever wider circles.

        All words as they are; all, or what they may be typos of; all but one; two of the rarest.
        A caller who has found what it wants goes no further.
        """
        words = _worth_asking(words_of(text))
        wanted = frozenset(kinds)
        seen: set[str] = set()
        for match, is_best in self._matches(words):
            if time.monotonic() > self._until:
                raise TooSlowError
            found = [
                one for one in self._rows(match, wanted, is_best=is_best) if one.path not in seen
            ]
            seen.update(one.path for one in found)
            yield found

    def _matches(self, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
        """Yield the queries of the circles, and whether only the best rows are wanted of each."""
        if not words:
            return
        joined = "".join(words)
        whole = f' OR "{joined}"' if len(words) > 1 else ""  # GSM-8K and GSM8K are one name
        exact = [[word] for word in words]
        # Where there may be more than are looked at, namesakes must be among them.
        is_best = len(words) <= _FEW and min(map(self._words.rows, words)) > _ROWS
        yield f"({_all(exact)}){whole}", is_best and all(len(word) > 1 for word in words)
        spelled = [[word] if self._is_word(word) else self._nearly(word) for word in words]
        known = self._known(spelled)
        telling = sorted((one for one in known if len(one[0]) > 1), key=self._number)
        rarest = telling[:_LEFT_OUT_OF]
        if rarest and spelled != exact:
            yield _all(rarest), False
        if len(words) <= _FEW:  # one of them may be another word than was meant
            near = [self._nearly(word) for word in words]
            if near != spelled:
                yield _all(self._known(near)), False
        # A word that is none, or a short one, is the likeliest to be wrong.
        doubtful = sorted(rarest, key=lambda one: (self._is_word(one[0]), len(one[0])))
        for wrong in doubtful if len(rarest) > 1 else ():
            yield _all([one for one in rarest if one is not wrong]), False
        if len(telling) >= _PAIRED:
            yield _any_of(combinations(telling[:_PAIRED], 2)), False

    def _is_word(self, word: str) -> bool:
        return len(word) == 1 or self._words.rows(word) > 0

    def _nearly(self, word: str) -> list[str]:
        return list(dict.fromkeys([word, *self._words.near(word)]))

    def _known(self, groups: Iterable[list[str]]) -> list[list[str]]:
        return [group for group in groups if len(group[0]) == 1 or self._number(group)]

    def _number(self, group: Iterable[str]) -> int:
        return sum(map(self._words.rows, group))

    def _rows(self, match: str, kinds: frozenset[str], *, is_best: bool) -> Iterator[Candidate]:
        for first, last in self._spans(kinds):
            asked = (match, first, last, _ROWS)
            rows = self._database.execute(_BEST if is_best else _FIRST, asked)
            for path, kind, name, others, year in rows:
                if kind in kinds:
                    names = tuple(others.split(" · ")) if others else ()
                    yield Candidate(path, kind, name, names, year)

    def _spans(self, kinds: frozenset[str]) -> Iterator[tuple[int, int]]:
        topics = [span for kind, span in self._ranges.items() if kind in kinds - {*_APART}]
        if topics:
            yield min(first for first, _ in topics), max(last for _, last in topics)
        yield from (self._ranges[kind] for kind in _APART if kind in kinds and kind in self._ranges)


def _worth_asking(words: Sequence[str]) -> Sequence[str]:
    """Return the first words, of initials the first: to look for them takes longest."""
    initials = [word for word in words if len(word) == 1][1:]
    if len(initials) + 1 >= len(words):
        return words[:_WORDS_AT_MOST]
    return [word for word in words if word not in initials][:_WORDS_AT_MOST]


def _all(groups: Iterable[Sequence[str]]) -> str:
    """Return the query for one word of each group; a single letter begins a word."""
    groups = list(groups)
    return " AND ".join(
        f'("{group[0]}"*)' if len(group[0]) == 1 and len(groups) > 1 else f"({_any(group)})"
        for group in groups
    )


def _any(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _any_of(choices: Iterable[Iterable[Sequence[str]]]) -> str:
    return " OR ".join(f"({_all(groups)})" for groups in choices)
