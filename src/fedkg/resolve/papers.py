"""Entries → works: which entries describe one paper, and whose each identifier is.

Both the title and the identifiers are checked, because lists err in both: different papers carry
one link, and short names carry another paper's link. Three steps, each on the outcome of the one
before, so that the order of lists and entries changes nothing:

1. Entries with one full title, or one label and no identifiers against it, are one work.
2. A label that is the short name of exactly one work belongs to it, unless identifiers disagree.
3. Works that share an identifier are one where their names agree. Where names disagree they stay
   apart, and the identifier goes to the only one with evidence for it, or to none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from fedkg.ids import Identifier, arxiv_month
from fedkg.model import Entry, PartialDate
from fedkg.resolve.names import Name, are_similar, name_of

LINK = "link"
"""Scheme of a link without an identifier: entries of one work share it, but it names no work."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """An identifier (or link) that an entry states and its work does not have, and why."""

    entry: int
    identifier: Identifier
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The works, each as the positions of its entries, and the identifiers they do not have."""

    works: tuple[tuple[int, ...], ...]
    rejections: tuple[Rejection, ...]


def group_entries(entries: Sequence[Entry]) -> Grouping:
    """Return which entries describe the same work. Independent of the order of entries."""
    return _Grouper(entries).run()


@dataclass
class _Grouper:
    entries: Sequence[Entry]
    names: list[Name] = field(default_factory=list)
    claims: list[set[Identifier]] = field(default_factory=list)
    group_of: list[int] = field(default_factory=list)
    rejections: set[Rejection] = field(default_factory=set)

    def run(self) -> Grouping:
        self.names = [name_of(entry.title) for entry in self.entries]
        self.claims = [_claims(entry) for entry in self.entries]
        self.group_of = list(range(len(self.entries)))
        self._join_equal_titles()
        self._join_labels_to_short_names()
        self._settle_identifiers()
        self._keep_one_identifier_a_scheme()
        works = sorted(tuple(sorted(members)) for members in self._groups().values())
        order = sorted(self.rejections, key=lambda r: (r.entry, r.identifier))
        return Grouping(tuple(works), tuple(order))

    # -- groups

    def _groups(self) -> dict[int, list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for entry, group in enumerate(self.group_of):
            groups[group].append(entry)
        return groups

    def _join(self, groups: Iterable[int]) -> None:
        joined = set(groups)
        target = min(joined)
        self.group_of = [target if group in joined else group for group in self.group_of]

    def _identifiers(self, members: Iterable[int]) -> set[Identifier]:
        return {claim for entry in members for claim in self.claims[entry]}

    def _is_label(self, members: Iterable[int]) -> bool:
        return all(self.names[entry].is_label for entry in members)

    def _short_names(self, members: Iterable[int]) -> set[str]:
        """Return the short names and label names by which a work is known."""
        found: set[str] = set()
        for entry in members:
            name = self.names[entry]
            found |= name.parts | ({name.short} if name.short else set())
        return found

    # -- step 1

    def _join_equal_titles(self) -> None:
        by_title: dict[tuple[str, frozenset[Identifier]], int] = {}
        for entry, name in enumerate(self.names):
            strong = frozenset(c for c in self.claims[entry] if c.scheme != LINK)
            against = strong if name.is_label else frozenset()
            first = by_title.setdefault((name.full, against), entry)
            self.group_of[entry] = first

    # -- step 2

    def _join_labels_to_short_names(self) -> None:
        groups = self._groups()
        by_short: dict[str, set[int]] = defaultdict(set)
        for group, members in groups.items():
            if not self._is_label(members):
                for short in {n.short for n in (self.names[m] for m in members) if n.short}:
                    by_short[short].add(group)
        for group, members in sorted(groups.items()):
            if not self._is_label(members):
                continue
            found = {work for part in self._short_names(members) for work in by_short.get(part, ())}
            if len(found) == 1:
                self._join_label(group, members, next(iter(found)), groups)

    def _join_label(
        self, label: int, members: list[int], work: int, groups: Mapping[int, list[int]]
    ) -> None:
        mine, theirs = self._identifiers(members), self._identifiers(groups[work])
        against = [i for i in mine if any(i.scheme == t.scheme for t in theirs) and i not in theirs]
        against = [identifier for identifier in against if identifier.scheme != LINK]
        owners = {i: self._owners_elsewhere(i, {label, work}, groups) for i in against}
        if not all(owners.values()):
            return  # the label has an identifier of its own: perhaps another work of that name
        for identifier, others in owners.items():
            self._reject(members, identifier, others)
        self._join((label, work))

    def _owners_elsewhere(
        self, identifier: Identifier, but: set[int], groups: Mapping[int, list[int]]
    ) -> tuple[int, ...]:
        """Return the entries of fully titled works, other than `but`, that carry an identifier."""
        return tuple(
            entry
            for group, members in sorted(groups.items())
            if group not in but and not self._is_label(members)
            for entry in members
            if identifier in self.claims[entry]
        )

    # -- step 3

    def _settle_identifiers(self) -> None:
        for identifier in sorted(self._identifiers(range(len(self.entries)))):
            claimants = {
                group: members
                for group, members in self._groups().items()
                if identifier in self._identifiers(members)
            }
            if len(claimants) > 1:
                self._settle(identifier, claimants)

    def _settle(self, identifier: Identifier, claimants: Mapping[int, list[int]]) -> None:
        parent = {group: group for group in claimants}
        for one, other in combinations(sorted(claimants), 2):
            if self._names_agree(claimants[one], claimants[other], claimants.values()):
                low, high = sorted((parent[one], parent[other]))
                parent = {g: low if p == high else p for g, p in parent.items()}
        works: dict[int, list[int]] = defaultdict(list)
        for group, root in parent.items():
            works[root].extend(claimants[group])
        for root in works:
            self._join(group for group, target in parent.items() if target == root)
        if len(works) > 1:
            self._award(identifier, list(works.values()))

    def _names_agree(
        self, one: list[int], other: list[int], claimants: Iterable[list[int]]
    ) -> bool:
        """Whether two works that share an identifier have names that can be one work's.

        Two full titles agree where they are similar. A label agrees with a work that is known by
        that name, or that has no short name when no other label claims it.
        """
        full_one = [self.names[e] for e in one if not self.names[e].is_label]
        full_other = [self.names[e] for e in other if not self.names[e].is_label]
        if full_one and full_other:
            return any(are_similar(a, b) for a in full_one for b in full_other)
        if _share_name(self._short_names(one), self._short_names(other)):
            return True
        if not full_one and not full_other:
            return False
        full, label = (one, other) if full_one else (other, one)
        if self._short_names(full):
            return False
        labels = [c for c in claimants if self._is_label(c)]
        mine = self._short_names(label)
        return all(_share_name(mine, self._short_names(rival)) for rival in labels)

    def _award(self, identifier: Identifier, works: list[list[int]]) -> None:
        """Leave an identifier to the only work with the best evidence for it, or to none."""
        scores = [self._evidence(identifier, members) for members in works]
        best = max(scores)
        owner = works[scores.index(best)] if best > 0 and scores.count(best) == 1 else None
        for members in works:
            if members is not owner:
                rivals = tuple(sorted(e for other in works if other is not members for e in other))
                self._reject(members, identifier, rivals)

    def _evidence(self, identifier: Identifier, members: list[int]) -> int:
        """Count what speaks for a work: a date that is the id's month, a title known in full."""
        month = arxiv_month(identifier.value) if identifier.scheme == "arxiv" else None
        dated = month is not None and any(
            self.entries[entry].date == PartialDate(*month) for entry in members
        )
        lists = {self.entries[entry].list for entry in members}
        known = not self._is_label(members) and any(
            self.names[entry].is_label and identifier in self.claims[entry] for entry in members
        )
        return 2 * dated + (known and len(lists) > 1)

    def _reject(
        self, members: Iterable[int], identifier: Identifier, others: tuple[int, ...]
    ) -> None:
        for entry in members:
            if identifier in self.claims[entry]:
                self.claims[entry].discard(identifier)
                self.rejections.add(Rejection(entry, identifier, others))

    def _keep_one_identifier_a_scheme(self) -> None:
        """Where entries of one work state two arXiv ids (say), the one stated most stays."""
        for members in self._groups().values():
            for scheme in ("arxiv", "acl", "ieee"):
                found = sorted(i for i in self._identifiers(members) if i.scheme == scheme)
                count = {i: sum(1 for e in members if i in self.claims[e]) for i in found}
                kept = min(found, key=lambda i: (-count[i], i), default=None)
                for identifier in found:
                    if identifier != kept:
                        keepers = tuple(e for e in members if kept in self.claims[e])
                        self._reject(members, identifier, keepers)


def _claims(entry: Entry) -> set[Identifier]:
    if entry.identifiers or entry.link is None:
        return set(entry.identifiers)
    address = entry.link.split("://", 1)[1].removeprefix("www.").rstrip("/")
    return {Identifier(LINK, address)}


def _share_name(one: set[str], other: set[str]) -> bool:
    return bool(one & other)
