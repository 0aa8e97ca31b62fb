"""Entries → works: which entries describe one paper, and whose each identifier is.

Pairs of units that share a block are weighed; the best pairs are joined first, unless that would
bring together two units with evidence of being different. So the order of lists and entries
changes nothing. Then every identifier that several works state goes to the one with the best
evidence for it, or to none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fedkg.ids import Identifier, arxiv_month
from fedkg.model import Entry, Evidence, PartialDate
from fedkg.resolve.blocking import pairs
from fedkg.resolve.evidence import SAME, Weigher, is_objection, total
from fedkg.resolve.units import LINK, Unit, units_of

_ONE_A_WORK = ("arxiv", "acl", "ieee")


Works = tuple[tuple[int, ...], ...]
"""Each work as the positions of its entries, sorted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two units that were compared (positions of their entries), and what came of it."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Rejection:
    """An identifier (or link) that an entry states and its work does not have.

    `others` are entries of the works that state it too; `own` says that they are of the same work,
    which has another identifier of that scheme.
    """

    entry: int
    identifier: Identifier
    others: tuple[int, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """The works (positions of entries), what they do not have, and how it was decided."""

    works: Works
    rejections: tuple[Rejection, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


Curate = Callable[[Works], Works]
"""Joins and parts works as a curator decided."""


def group_entries(
    entries: Sequence[Entry],
    authors: Sequence[tuple[str, ...]] | None = None,
    curate: Curate = lambda works: works,
) -> Grouping:
    """Return which entries describe the same work. Independent of the order of entries.

    `authors` are those known of each entry, where more is known than it states.
    """
    units = units_of(entries, authors)
    weigher = Weigher.of(units)
    weighed = {(a, b): weigher.weigh(units[a], units[b]) for a, b in pairs(units, weigher.counts)}
    clusters = _Clusters(units, weigher, weighed)
    clusters.join_best_first()
    works = tuple(sorted(curate(clusters.works())))
    owners = _Owners(entries, works)
    owners.settle()
    rejections = tuple(sorted(owners.rejections, key=lambda r: (r.entry, r.identifier)))
    work_of = {entry: at for at, work in enumerate(works) for entry in work}
    return Grouping(works, rejections, tuple(clusters.comparisons(work_of)))


@dataclass
class _Clusters:
    """Units on their way to works."""

    units: Sequence[Unit]
    weigher: Weigher
    weighed: Mapping[tuple[int, int], tuple[Evidence, ...]]
    cluster_of: list[int] = field(default_factory=list)
    inside: dict[int, list[int]] = field(default_factory=dict)

    def join_best_first(self) -> None:
        self.cluster_of = list(range(len(self.units)))
        self.inside = {position: [position] for position in self.cluster_of}
        scored = ((total(evidence), pair) for pair, evidence in self.weighed.items())
        for _, (one, other) in sorted((-s, pair) for s, pair in scored if s >= SAME):
            self._join(one, other)

    def works(self) -> Works:
        """Return the positions of entries, by work."""
        return tuple(
            tuple(sorted(entry for unit in units for entry in self.units[unit].entries))
            for units in self.inside.values()
        )

    def comparisons(self, work_of: Mapping[int, int]) -> Iterable[Comparison]:
        """Yield what a person would ask about: what was joined, or apart in spite of a sign."""
        for (one, other), evidence in sorted(self.weighed.items()):
            mine, theirs = self.units[one].entries, self.units[other].entries
            same = work_of[mine[0]] == work_of[theirs[0]]
            if evidence and (same or any(item.weight > 2 for item in evidence)):
                yield Comparison(mine, theirs, evidence, same)

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self.cluster_of[one], self.cluster_of[other]))
        if low == high or self._is_forbidden(low, high):
            return
        for unit in self.inside[high]:
            self.cluster_of[unit] = low
        self.inside[low] += self.inside.pop(high)

    def _is_forbidden(self, low: int, high: int) -> bool:
        """Whether two units of the clusters are different works.

        Where entries of the same two titles are one work elsewhere, thinner entries of them are no
        objection.
        """
        titles = {(a, b): self._titles(a, b) for a in self.inside[low] for b in self.inside[high]}
        weighed = {(a, b): self._evidence(min(a, b), max(a, b)) for a, b in titles}
        known = {titles[pair] for pair, evidence in weighed.items() if total(evidence) >= SAME}
        return any(
            is_objection(evidence) and titles[pair] not in known
            for pair, evidence in weighed.items()
        )

    def _titles(self, one: int, other: int) -> tuple[str, str]:
        return self.units[one].name.full, self.units[other].name.full

    def _evidence(self, one: int, other: int) -> tuple[Evidence, ...]:
        known = self.weighed.get((one, other))
        return self.weigher.weigh(self.units[one], self.units[other]) if known is None else known


@dataclass
class _Owners:
    """Works and the identifiers that several of them state."""

    entries: Sequence[Entry]
    works: Works
    claims: list[set[Identifier]] = field(default_factory=list)
    rejections: set[Rejection] = field(default_factory=set)
    stated: Mapping[Identifier, int] = field(default_factory=dict)

    def settle(self) -> None:
        self.claims = [set(entry.identifiers) for entry in self.entries]
        stated: dict[Identifier, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, work in enumerate(self.works):
            for entry in work:
                for identifier in self.claims[entry]:
                    stated[identifier][at].append(entry)
        self.stated = {identifier: len(works) for identifier, works in stated.items()}
        for identifier in sorted(stated):
            if len(stated[identifier]) > 1:
                self._award(identifier, stated[identifier])
        for work in self.works:
            self._keep_one_identifier_a_scheme(work)

    def _award(self, identifier: Identifier, claimants: Mapping[int, list[int]]) -> None:
        """Leave an identifier to the only work with the best evidence for it, or to none."""
        scores = {
            at: 0 if self._has_its_own(identifier, at) else self._evidence(identifier, at, stating)
            for at, stating in claimants.items()
        }
        best = max(scores.values())
        owners = [at for at, score in scores.items() if score == best and best > 0]
        owner = owners[0] if len(owners) == 1 else None
        for at, stating in claimants.items():
            if at != owner:
                others = tuple(sorted(e for a, more in claimants.items() if a != at for e in more))
                self._reject(stating, identifier, others)

    def _has_its_own(self, identifier: Identifier, at: int) -> bool:
        """Whether entries of a work state another identifier of the scheme, and no other work's."""
        return identifier.scheme in _ONE_A_WORK and any(
            other.scheme == identifier.scheme and other != identifier and self.stated[other] == 1
            for entry in self.works[at]
            for other in self.claims[entry]
        )

    def _evidence(self, identifier: Identifier, at: int, stating: Sequence[int]) -> int:
        """Count what speaks for a work: a date that is the id's month, and agreement of lists."""
        work = self.works[at]
        month = arxiv_month(identifier.value) if identifier.scheme == "arxiv" else None
        dated = month is not None and any(
            self.entries[entry].date == PartialDate(*month) for entry in work
        )
        lists = {self.entries[entry].list for entry in work}
        agreed = len({self.entries[entry].list for entry in stating}) > 1
        return 2 * dated + 2 * agreed + (len(lists) > 1)

    def _keep_one_identifier_a_scheme(self, work: Sequence[int]) -> None:
        """Where entries of one work state two arXiv ids (say), the one stated most stays.

        A title in full counts before a label.
        """
        for scheme in _ONE_A_WORK:
            stating: dict[Identifier, list[int]] = defaultdict(list)
            for entry in work:
                for identifier in self.claims[entry]:
                    if identifier.scheme == scheme:
                        stating[identifier].append(entry)
            kept = min(stating, key=lambda i: (-self._weight(stating[i]), i), default=None)
            for identifier, members in stating.items():
                if identifier != kept:
                    keepers = tuple(stating[kept]) if kept else ()
                    self._reject(members, identifier, keepers, own=True)

    def _weight(self, members: Sequence[int]) -> int:
        words = (len(self.entries[entry].title.split()) for entry in members)
        return sum(3 if count > 4 else 1 for count in words)

    def _reject(
        self,
        members: Iterable[int],
        identifier: Identifier,
        others: tuple[int, ...],
        *,
        own: bool = False,
    ) -> None:
        for entry in members:
            self.claims[entry].discard(identifier)
            self.rejections.add(Rejection(entry, identifier, others, own))


__all__ = ["LINK", "Comparison", "Grouping", "Rejection", "group_entries"]
