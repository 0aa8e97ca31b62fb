"""The words of an index: how many names have each, and which are spelled nearly like another."""

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from fedkg.ids import fold

_NEAR_AT_MOST = 8
_SHORT, _LONG = 3, 6
"""Letters from which on a word may have one typo, and two."""
_NEAR_KEPT = 10_000
"""Words whose neighbours are remembered."""


class Vocabulary:
    """The words of an index, without diacritics and in lower case, each with how many rows have it.

    SQLite's full text knows no typos: a word that is spelled wrong is replaced by its neighbours
    (optimal string alignment distance: Boytsov, ACM J. Experimental Algorithmics 16, 2011).
    """

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._rows = rows
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in rows:
            if len(word) >= _SHORT and not word.isdigit():  # a number is no typo of another
                self._by_letter[_first_letter(word)].append(word)
        self._near: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, database: sqlite3.Connection) -> "Vocabulary":
        """Return the words of the full text of a database."""
        database.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, things, row)")
        return cls(dict(database.execute("SELECT term, doc FROM temp.words")))

    def rows(self, word: str) -> int:
        """Return how many rows have a word."""
        return self._rows.get(word, 0)

    def near(self, word: str) -> tuple[str, ...]:
        """Return words that a word may be a typo of, the nearest first; they begin as it does."""
        if len(word) < _SHORT or word.isdigit():
            return ()
        if word not in self._near:
            if len(self._near) >= _NEAR_KEPT:
                self._near = {}
            typos = 2 if len(word) >= _LONG else 1
            words = self._by_letter.get(_first_letter(word), [])
            found = extract(
                word, words, scorer=OSA.distance, score_cutoff=typos, limit=_NEAR_AT_MOST
            )
            self._near[word] = tuple(one for one, _, _ in found)
        return self._near[word]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the full text cuts them, each once: no marks, lower case."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)
    )
    cut = "".join(one if one.isalnum() else " " for one in unicodedata.normalize("NFC", bare))
    return tuple(dict.fromkeys(cut.lower().split()))


def _first_letter(word: str) -> str:
    return word[0] if word[0].isascii() else fold(word[0])[:1] or word[0]
