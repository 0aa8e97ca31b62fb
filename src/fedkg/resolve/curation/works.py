"""Same and different: works as the rules made them → works as a person has them.

Entries that must not be together are told apart within their work: each other entry of it stays
with what it is most like.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from fedkg.ids import fold
from fedkg.model import Entry
from fedkg.resolve.curation.decisions import (
    Applied,
    CuratedDecision,
    Different,
    Rename,
    Same,
    sorted_applied,
)
from fedkg.resolve.curation.matching import Listing

Works = tuple[tuple[int, ...], ...]
"""Each work as the positions of its entries, sorted."""


def apply_to_works(
    entries: Sequence[Entry], works: Sequence[Sequence[int]], decisions: Iterable[CuratedDecision]
) -> tuple[Works, tuple[Applied, ...]]:
    """Return the works after every `same` and `different`, and what was applied.

    Decisions of other kinds are left alone. Raises InputError for a decision that fits no entry,
    and for decisions that contradict each other.
    """
    listing = Listing(entries)
    applied = [
        Applied(decision, listing.positions(decision))
        for decision in decisions
        if isinstance(decision, Same | Different)
    ]
    joined = [one for one in applied if isinstance(one.decision, Same)]
    parted = [one for one in applied if isinstance(one.decision, Different)]
    forbidden = {frozenset(pair) for one in parted for pair in combinations(one.entries, 2)}
    _check(joined, parted, entries)
    touched = {position for one in applied for position in one.entries}
    untouched = [tuple(sorted(work)) for work in works if not touched & set(work)]
    concerned = [work for work in works if touched & set(work)]
    made = _Clusters([position for work in concerned for position in work], forbidden)
    for one in joined:
        for position in one.entries[1:]:
            made.join(one.entries[0], position)
    for first, second in _most_alike_first(entries, concerned):
        if not made.is_forbidden(first, second):
            made.join(first, second)
    return tuple(sorted([*untouched, *made.clusters()])), sorted_applied(applied)


def renamed(
    entries: Sequence[Entry], works: Sequence[Sequence[int]], decisions: Iterable[CuratedDecision]
) -> tuple[dict[int, str], tuple[Applied, ...]]:
    """Return the title that a `rename` gives a work, by the work's place in `works`.

    Raises InputError for a decision that fits no entry, or entries of several works, and for two
    that give one work different titles.
    """
    listing = Listing(entries)
    work_of = {position: at for at, work in enumerate(works) for position in work}
    titles: dict[int, Rename] = {}
    applied = []
    for decision in decisions:
        if isinstance(decision, Rename):
            positions = listing.positions(decision)
            concerned = {work_of[position] for position in positions}
            if len(concerned) > 1:
                raise decision.error(
                    f"renames {len(concerned)} works at once: decide that its entries are the "
                    'same with kind = "same", or name those of one work'
                )
            other = titles.setdefault(concerned.pop(), decision)
            if other.title != decision.title:
                raise _contradiction([other, decision], "give one work two titles")
            applied.append(Applied(decision, positions))
    return {at: decision.title for at, decision in titles.items()}, sorted_applied(applied)


class _Clusters:
    """Positions on their way to works; some pairs of them may never be together."""

    def __init__(self, positions: Iterable[int], forbidden: Iterable[frozenset[int]] = ()) -> None:
        self._cluster_of = {position: position for position in positions}
        self._members = {position: [position] for position in self._cluster_of}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for pair in forbidden:
            one, other = pair
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        """Put two positions, and all that is with them, together."""
        kept, gone = self._cluster_of[one], self._cluster_of[other]
        if kept != gone:
            for position in self._members[gone]:
                self._cluster_of[position] = kept
            self._members[kept] += self._members.pop(gone)

    def are_together(self, one: int, other: int) -> bool:
        """Whether two positions are in one cluster."""
        return self._cluster_of[one] == self._cluster_of[other]

    def is_forbidden(self, one: int, other: int) -> bool:
        """Whether joining two positions would bring together what must be apart."""
        others = self._members[self._cluster_of[other]]
        mine = self._members[self._cluster_of[one]]
        return any(not self._apart[position].isdisjoint(others) for position in mine)

    def clusters(self) -> list[tuple[int, ...]]:
        """Return the clusters, each sorted."""
        return [tuple(sorted(members)) for members in self._members.values()]


@dataclass(frozen=True, slots=True)
class _Face:
    """What an entry shows for comparing; `order` settles ties by what the lists say."""

    order: tuple[str, int, str, int]
    title: str
    signs: frozenset[object]
    authors: frozenset[str]

    def unlikeness(self, other: "_Face") -> tuple[bool, bool, float]:
        """Return how little two entries share: of the title, then of links, then of authors."""
        every = self.authors | other.authors
        share = len(self.authors & other.authors) / len(every) if every else 0.0
        return self.title != other.title, self.signs.isdisjoint(other.signs), -share


def _most_alike_first(
    entries: Sequence[Entry], works: Iterable[Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of entries that are in one work, in an order that is not that of works."""
    faces = [sorted((_face(at, entries[at]) for at in work), key=_order) for work in works]
    pairs = (pair for work in faces for pair in combinations(work, 2))
    for one, other in sorted(pairs, key=lambda p: (p[0].unlikeness(p[1]), p[0].order, p[1].order)):
        yield one.order[-1], other.order[-1]


def _order(face: _Face) -> tuple[str, int, str, int]:
    return face.order


def _face(position: int, entry: Entry) -> _Face:
    return _Face(
        order=(entry.list, entry.line, entry.listed.title, position),
        title=fold(entry.title),
        signs=frozenset(entry.identifiers) or frozenset(filter(None, [entry.link])),
        authors=frozenset(fold(name) for name in entry.authors),
    )


def _check(joined: Sequence[Applied], parted: Sequence[Applied], entries: Sequence[Entry]) -> None:
    """Refuse what `different` tells apart and `same`, perhaps by way of a third, puts together."""
    together = _Clusters({position for one in [*joined, *parted] for position in one.entries})
    for one in joined:
        for position in one.entries[1:]:
            together.join(one.entries[0], position)
    for apart in parted:
        for first, second in combinations(apart.entries, 2):
            if together.are_together(first, second):
                guilty = [o.decision for o in joined if together.are_together(o.entries[0], first)]
                titles = " and ".join(f"“{entries[p].title}”" for p in (first, second))
                raise _contradiction(
                    [*guilty, apart.decision], f"say of {titles} that they are one work and not"
                )


def _contradiction(decisions: Sequence[CuratedDecision], what: str) -> Exception:
    first, *others = sorted(decisions, key=lambda decision: decision.label)
    named = " and ".join(other.label.rpartition(": ")[2] for other in others)
    return first.error(f"and {named} {what}: keep one of them")
