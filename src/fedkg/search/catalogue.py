"""The catalogue as pages ask it: which papers, how many, and what goes with them."""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from fedkg.search.answers import Answer
from fedkg.search.layout import FACETS, opened

NONE = "-"
"""The value of a facet that stands for the papers of which nothing of it is stated."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: its path (`dataset/gsm8k`, `2024`), its name, and its papers."""

    path: str
    name: str
    papers: int

    @property
    def number(self) -> int:
        """How many papers it has."""
        return self.papers.bit_count()


@dataclass(frozen=True, slots=True)
class Tally:
    """A thing, and how many of some papers are connected with it."""

    path: str
    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class Team:
    """Who writes the papers of a thing: `people` in all, on `papers` that state any; the first."""

    people: int = 0
    papers: int = 0
    first: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two lists say of the papers that both hold: `alike` of `papers` of which both say it.

    `field` is "year" or "venue".
    """

    list: str
    other: str
    field: str
    papers: int
    alike: int


@dataclass(frozen=True, slots=True)
class ListFigures:
    """A list: where it comes from, its entries and papers, and its findings by kind."""

    path: str
    title: str
    source: str
    licence: str
    retrieved: str
    entries: int
    papers: int
    findings: Mapping[str, int]


class Catalogue:
    """The listed papers of a build and the sets that they belong to, read from an index.

    A set of papers is an integer: bit i stands for the paper at position i, the newest first.
    """

    def __init__(self, file: Path) -> None:
        """Take an index; nothing is read before it is asked."""
        self._file = file

    @property
    def is_there(self) -> bool:
        """Whether there is such an index."""
        return self._file.is_file()

    @cached_property
    def size(self) -> int:
        """How many papers there are."""
        ((number,),) = self._rows("SELECT count(*) FROM papers")
        return int(number)

    @property
    def all(self) -> int:
        """The set of all papers."""
        return (1 << self.size) - 1

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, Value]]:
        """The values of each facet by path, those of the most papers first; years by year."""
        found: dict[str, list[Value]] = {facet: [] for facet in FACETS}
        for facet, path, name, papers in self._rows("SELECT facet, path, name, papers FROM sets"):
            found[facet].append(Value(path, name, int.from_bytes(papers, "little")))
        for facet, values in found.items():
            values.sort(key=_by_year if facet == "year" else _by_number)
        return {facet: {one.path: one for one in values} for facet, values in found.items()}

    @cached_property
    def totals(self) -> Mapping[str, tuple[int, int]]:
        """How many different things of a kind there are, and of how many papers any is stated."""
        rows = self._rows("SELECT noun, things, papers FROM totals")
        return {noun: (things, papers) for noun, things, papers in rows}

    @cached_property
    def lists(self) -> tuple[ListFigures, ...]:
        """The lists by title."""
        findings: dict[str, dict[str, int]] = {}
        for path, kind, number in self._rows("SELECT list, kind, number FROM findings"):
            findings.setdefault(path, {})[kind] = number
        rows = self._rows(
            "SELECT path, title, source, licence, retrieved, entries, papers FROM lists "
            "ORDER BY title, path"
        )
        return tuple(ListFigures(*(*row, findings.get(row[0], {}))) for row in rows)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """How far each two lists agree; each pair once, the list that sorts first as `list`."""
        rows = self._rows("SELECT list, other, field, papers, alike FROM agreements")
        return tuple(Agreement(*row) for row in rows)

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers to the questions of the first page, by the names of their queries."""
        found: dict[str, Answer] = {}
        for name, written in self._rows("SELECT name, answer FROM answers"):
            kept = json.loads(written)
            rows = tuple(tuple((text, path) for text, path in row) for row in kept.pop("rows"))
            found[name] = Answer(columns=tuple(kept.pop("columns")), rows=rows, **kept)
        return found

    def entries(self, path: str, skip: int, most: int) -> tuple[str, ...]:
        """Return the paths of some entries of a list, in the order of their lines."""
        asked = "SELECT entry FROM entries WHERE list = ? AND place BETWEEN ? AND ? ORDER BY place"
        return tuple(entry for (entry,) in self._rows(asked, path, skip, skip + most - 1))

    def papers_of(self, path: str) -> int | None:
        """Return the papers of a thing, None where the catalogue does not keep them."""
        value = self.facets.get(path.partition("/")[0], {}).get(path)
        return None if value is None else value.papers

    def stating(self, facet: str) -> int:
        """Return the papers of which anything of a facet is stated."""
        return self._stating[facet]

    @cached_property
    def _stating(self) -> Mapping[str, int]:
        return {facet: _union(values.values()) for facet, values in self.facets.items()}

    def chosen(self, facet: str, paths: Iterable[str]) -> int:
        """Return the papers that have any of some values of a facet, or `NONE`."""
        found = 0
        for path in paths:
            if path == NONE:
                found |= self.all & ~self.stating(facet)
            elif path in self.facets[facet]:
                found |= self.facets[facet][path].papers
        return found

    def tally(self, facet: str, papers: int) -> tuple[Tally, ...]:
        """Return how many of some papers have each value of a facet, the most first; 0 is none."""
        counted = (
            Tally(one.path, one.name, (one.papers & papers).bit_count())
            for one in self.facets[facet].values()
        )
        found = [one for one in counted if one.papers]
        if facet != "year":
            found.sort(key=lambda one: (-one.papers, one.name.casefold(), one.path))
        return tuple(found)

    @cached_property
    def things(self) -> int:
        """How many things have a name."""
        ((last,),) = self._rows("SELECT coalesce(max(rowid), 0) FROM things")
        return int(last)

    def things_from(self, skip: int, most: int) -> tuple[str, ...]:
        """Return the paths of things that have a name, in the order of the index."""
        asked = "SELECT path FROM things WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
        return tuple(path for (path,) in self._rows(asked, skip, skip + most))

    def team(self, path: str) -> Team:
        """Return who writes the papers of a thing."""
        rows = self._rows("SELECT people, papers FROM teams WHERE path = ?", path)
        if not rows:
            return Team()
        asked = "SELECT person, name, papers FROM authors WHERE path = ? ORDER BY place"
        ((people, papers),) = rows
        return Team(people, papers, tuple(Tally(*row) for row in self._rows(asked, path)))

    def page(self, papers: int, order: str, skip: int, most: int) -> tuple[str, ...]:
        """Return the paths of some of the papers, in an order, after so many."""
        bits = papers.to_bytes((self.size + 7) // 8, "little")
        found = []
        for position in self._order(order):
            if bits[position >> 3] >> (position & 7) & 1:
                if skip:
                    skip -= 1
                    continue
                found.append(position)
                if len(found) == most:
                    break
        return self.paths(found)

    def paths(self, positions: Sequence[int]) -> tuple[str, ...]:
        """Return the paths of the papers at some positions, in their order."""
        asked = "SELECT path FROM papers WHERE position = ?"
        with opened(self._file) as database:
            return tuple(database.execute(asked, (at,)).fetchone()[0] for at in positions)

    def positions(self, paths: Iterable[str]) -> tuple[int, ...]:
        """Return the positions of the papers that are listed among some paths."""
        asked = "SELECT position FROM papers WHERE path = ?"
        with opened(self._file) as database:
            rows = (database.execute(asked, (path,)).fetchone() for path in paths)
            return tuple(row[0] for row in rows if row is not None)

    def _order(self, name: str) -> Iterable[int]:
        plain = name.removeprefix("-")
        order = self._orders[plain]
        return reversed(order) if name.startswith("-") else order

    @cached_property
    def _orders(self) -> Mapping[str, Sequence[int]]:
        orders: dict[str, Sequence[int]] = {"newest": range(self.size)}
        for name, positions in self._rows("SELECT name, positions FROM orders"):
            orders[name] = array("I", positions)
        return orders

    def _rows(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        with opened(self._file) as database:
            return database.execute(query, given).fetchall()


def _union(values: Iterable[Value]) -> int:
    found = 0
    for one in values:
        found |= one.papers
    return found


def _by_number(value: Value) -> tuple[object, ...]:
    return -value.number, value.name.casefold(), value.path


def _by_year(value: Value) -> tuple[object, ...]:
    return (value.path,)
