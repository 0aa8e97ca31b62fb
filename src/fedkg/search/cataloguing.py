"""The catalogue of the listed papers: their order, and the sets that they belong to."""

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import combinations

from fedkg.search.contents import ListRow, PaperRow, ThingRow
from fedkg.search.layout import AUTHORS, FACETS, bitmap

_TEAMED = ("technique", "venue", "edition", "dataset", "model", "family")
"""The facets whose pages tell who writes most of their papers."""
_COUNTED = ("venue", "dataset", "model", "technique")


class Cataloguer:
    """Takes papers one by one, in any order, and writes the catalogue of all."""

    def __init__(self) -> None:
        self._papers: list[tuple[str, str, str, str]] = []
        self._people: list[tuple[str, ...]] = []
        self._repositories: set[str] = set()
        self._agreements: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
        self._members: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(_array))

    def add(self, paper: PaperRow) -> None:
        """Take a paper."""
        at = len(self._papers)
        self._papers.append((paper.path, paper.issued, paper.title.casefold(), paper.venue))
        self._people.append(paper.people)
        if paper.repositories:
            self._members["code"]["yes"].append(at)
            self._repositories.update(paper.repositories)
        if paper.issued:
            self._members["year"][paper.issued[:4]].append(at)
        for field, stated in (("year", paper.years), ("venue", paper.venues)):
            for one, other in combinations(sorted(stated), 2):
                self._agreements[one, other, field].append(stated[one] & stated[other] != set())
        for facet, paths in paper.values.items():
            for path in paths:
                self._members[facet][path].append(at)

    def write(
        self, database: sqlite3.Connection, things: Iterable[ThingRow], lists: Iterable[ListRow]
    ) -> None:
        """Write the catalogue; things name the sets, and tell which count for which."""
        totals = list(self._totals())  # before what is narrower counts for what is broader
        known = {thing.path: thing for thing in things}
        self._widen(known)
        order = sorted(range(len(self._papers)), key=self._newest)
        places = _places(order)
        rows = ((places[at], paper[0]) for at, paper in enumerate(self._papers))
        database.executemany("INSERT INTO papers VALUES (?, ?)", rows)
        database.executemany("INSERT INTO sets VALUES (?, ?, ?, ?)", self._sets(places, known))
        database.executemany("INSERT INTO totals VALUES (?, ?, ?)", totals)
        database.executemany("INSERT INTO orders VALUES (?, ?)", self._orders(places))
        for facet in _TEAMED:
            for path, members in self._members[facet].items():
                self._write_authors(database, path, members, known)
        _write_lists(database, lists)
        database.executemany(
            "INSERT INTO agreements VALUES (?, ?, ?, ?, ?)",
            [(*pair, len(found), sum(found)) for pair, found in self._agreements.items()],
        )

    def _widen(self, known: dict[str, ThingRow]) -> None:
        """Let papers of a narrower thing count for each broader one: a model for its family."""
        for facet in ("model", "technique"):
            direct = {path: set(members) for path, members in self._members[facet].items()}
            wide: dict[str, set[int]] = defaultdict(set)
            for path, members in direct.items():
                for above in _above(path, known):
                    wide[above] |= members
            for path, members in wide.items():
                kind = path.partition("/")[0]
                self._members[kind][path] = array("I", sorted(members))

    def _newest(self, at: int) -> tuple[int, int, str, str]:
        path, issued, title, _ = self._papers[at]
        year, _, month = issued.partition("-")
        return -int(year or 0), -int(month or 0), title, path

    def _sets(
        self, places: Sequence[int], known: dict[str, ThingRow]
    ) -> Iterator[tuple[str, str, str, bytes]]:
        for facet in FACETS:
            for path, members in self._members[facet].items():
                name = known[path].name if path in known else path
                yield facet, path, name, bitmap((places[at] for at in members), len(places))

    def _orders(self, places: Sequence[int]) -> Iterator[tuple[str, bytes]]:
        """Yield each order beside the newest first: the positions as they come in it."""
        listed = Counter(at for members in self._members["list"].values() for at in members)
        keys: dict[str, Callable[[int], tuple[object, ...]]] = {
            "title": lambda at: (self._papers[at][2], places[at]),
            "venue": lambda at: (
                not self._papers[at][3],
                self._papers[at][3].casefold(),
                places[at],
            ),
            "lists": lambda at: (-listed[at], places[at]),
        }
        for name, key in keys.items():
            order = sorted(range(len(places)), key=key)
            yield name, array("I", (places[at] for at in order)).tobytes()

    def _totals(self) -> Iterator[tuple[str, int, int]]:
        people = {person for team in self._people for person in team}
        yield "person", len(people), sum(bool(team) for team in self._people)
        for facet in _COUNTED:
            members = self._members[facet]
            yield facet, len(members), len({at for found in members.values() for at in found})
        yield "repository", len(self._repositories), len(self._members["code"]["yes"])

    def _write_authors(
        self,
        database: sqlite3.Connection,
        path: str,
        members: Sequence[int],
        known: dict[str, ThingRow],
    ) -> None:
        teams = [team for at in members if (team := self._people[at])]
        tally = Counter(person for team in teams for person in team)
        most = nsmallest(AUTHORS, ((-papers, person) for person, papers in tally.items()))
        database.execute("INSERT INTO teams VALUES (?, ?, ?)", (path, len(tally), len(teams)))
        database.executemany(
            "INSERT INTO authors VALUES (?, ?, ?, ?, ?)",
            [
                (path, place, person, known[person].name if person in known else person, -negative)
                for place, (negative, person) in enumerate(most)
            ],
        )


def _array() -> "array[int]":
    return array("I")


def _places(order: Sequence[int]) -> Sequence[int]:
    """Return the position of each paper, given the papers in the order of their positions."""
    places = array("I", bytes(4 * len(order)))
    for position, at in enumerate(order):
        places[at] = position
    return places


def _above(path: str, known: dict[str, ThingRow]) -> set[str]:
    """Return a thing and all that is broader than it; a circle ends where it began."""
    found: set[str] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += known[one].broader if one in known else ()
    return found


def _write_lists(database: sqlite3.Connection, lists: Iterable[ListRow]) -> None:
    for one in lists:
        row = (
            *(one.path, one.title, one.source, one.licence, one.retrieved),
            *(len(one.entries), one.papers),
        )
        database.execute("INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        entries = ((one.path, place, entry) for place, entry in enumerate(one.entries))
        database.executemany("INSERT INTO entries VALUES (?, ?, ?)", entries)
        found = ((one.path, kind, number) for kind, number in one.findings.items())
        database.executemany("INSERT INTO findings VALUES (?, ?, ?)", found)
