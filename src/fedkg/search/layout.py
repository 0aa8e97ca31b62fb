"""How an index is laid out: one SQLite file beside the graph, written with each build.

`things` is the full text over names, its rows together by kind: `kinds` says from which to which.
The rest is the catalogue of the listed papers: each has a
position, the newest first, and each set of papers is a bitmap in which bit i stands for position i
(bitmap indexes: O'Neil and Quass, Improved Query Performance with Variant Indexes, SIGMOD 1997).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

VERSION = 2
"""Of this layout: raise it with each change to it."""

SCHEMA = f"""\
PRAGMA user_version = {VERSION};
CREATE VIRTUAL TABLE things USING fts5(
  path UNINDEXED, kind UNINDEXED, name, others, year UNINDEXED,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE TABLE kinds (kind TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE papers (position INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE sets (
  facet TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, papers BLOB NOT NULL,
  PRIMARY KEY (facet, path)) WITHOUT ROWID;
CREATE TABLE authors (
  path TEXT NOT NULL, place INTEGER NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
  papers INTEGER NOT NULL, PRIMARY KEY (path, place)) WITHOUT ROWID;
CREATE TABLE teams (
  path TEXT PRIMARY KEY, people INTEGER NOT NULL, papers INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE orders (name TEXT PRIMARY KEY, positions BLOB NOT NULL);
CREATE TABLE answers (name TEXT PRIMARY KEY, answer TEXT NOT NULL);
CREATE TABLE totals (noun TEXT PRIMARY KEY, things INTEGER NOT NULL, papers INTEGER NOT NULL);
CREATE TABLE lists (
  path TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, licence TEXT NOT NULL,
  retrieved TEXT NOT NULL, entries INTEGER NOT NULL, papers INTEGER NOT NULL);
CREATE TABLE entries (
  list TEXT NOT NULL, place INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (list, place)
) WITHOUT ROWID;
CREATE TABLE agreements (
  list TEXT NOT NULL, other TEXT NOT NULL, field TEXT NOT NULL, papers INTEGER NOT NULL,
  alike INTEGER NOT NULL, PRIMARY KEY (list, other, field)) WITHOUT ROWID;
CREATE TABLE findings (
  list TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (list, kind));
"""

FACETS = ("technique", "venue", "edition", "year", "dataset", "model", "family", "list", "code")
"""What papers are told apart by."""

AUTHORS = 12
"""How many authors of the most papers of a thing are kept."""


def is_index(file: Path) -> bool:
    """Return whether a file is an index in this layout."""
    if not file.is_file():
        return False
    try:
        with opened(file) as database:
            ((version,),) = database.execute("PRAGMA user_version")
            return bool(version == VERSION)
    except sqlite3.DatabaseError:
        return False


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open an index, which nobody changes any more, for reading."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        yield database


def bitmap(positions: Iterable[int], papers: int) -> bytes:
    """Return the set of some positions among so many papers."""
    bits = bytearray((papers + 7) // 8)
    for position in positions:
        bits[position >> 3] |= 1 << (position & 7)
    return bytes(bits)
