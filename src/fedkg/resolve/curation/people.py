"""Split and joined people: which person a name is, on the work where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fedkg.model import Entry
from fedkg.resolve.curation.decisions import (
    Applied,
    CuratedDecision,
    SamePerson,
    SplitPerson,
    sorted_applied,
)
from fedkg.resolve.curation.matching import Listing
from fedkg.resolve.people import name_key


@dataclass(frozen=True, slots=True)
class CuratedPeople:
    """Who is who by decision. An identity is a `name_key`, with `#` and a key for a split person.

    `split` maps a name key and the position of an entry to an identity, `joined` a name key to
    that of the whole; `orcids` go by identity.
    """

    split: Mapping[tuple[str, int], str] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)
    orcids: Mapping[str, str] = field(default_factory=dict)

    def identity_of(self, key: str, entry: int) -> str:
        """Return who a name (its `name_key`) is on the work of an entry (its position)."""
        return self.split.get((key, entry)) or self.joined.get(key, key)

    def is_curated(self, identity: str) -> bool:
        """Whether a decision made an identity what it is."""
        return "#" in identity or identity in self.joined.values()


def suffix_of(identity: str) -> str:
    """Return what tells a split person from others of the name, for the person's key; else ""."""
    return identity.partition("#")[2]


def curate_people(
    entries: Sequence[Entry],
    works: Sequence[Sequence[int]],
    decisions: Iterable[CuratedDecision],
    names: Sequence[Iterable[str]] | None = None,
) -> tuple[CuratedPeople, tuple[Applied, ...]]:
    """Return what `split-person` and `same-person` decide, for the whole works of their entries.

    `names` are the authors by position, where other sources than the entry are known. Raises
    InputError for a decision that fits no entry, for a name that is on none of its works, and for
    decisions that contradict each other.
    """
    stated = names if names is not None else [entry.authors for entry in entries]
    known = _Known(Listing(entries), _by_position(works), stated)
    found = [d for d in decisions if isinstance(d, SplitPerson | SamePerson)]
    splits = [one for one in found if isinstance(one, SplitPerson)]
    joins = [one for one in found if isinstance(one, SamePerson)]
    people = CuratedPeople(_split(splits, known), _joined(joins, known), _orcids(found, joins))
    return people, sorted_applied(Applied(one, known.listing.positions(one)) for one in found)


@dataclass(frozen=True, slots=True)
class _Known:
    listing: Listing
    work_of: Mapping[int, Sequence[int]]
    names: Sequence[Iterable[str]]

    def works(self, decision: CuratedDecision) -> list[Sequence[int]]:
        """Return the works of a decision's entries, one for each entry."""
        positions = self.listing.positions(decision)
        return [self.work_of.get(position, (position,)) for position in positions]

    def stands(self, name: str, work: Iterable[int]) -> bool:
        """Whether a name is among the authors of a work."""
        key = name_key(name)
        return any(key == name_key(other) for position in work for other in self.names[position])


def _by_position(works: Sequence[Sequence[int]]) -> dict[int, Sequence[int]]:
    return {position: work for work in works for position in work}


def _split(decisions: Iterable[SplitPerson], known: _Known) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], SplitPerson] = {}
    for decision in decisions:
        for entry, work in zip(decision.entries, known.works(decision), strict=True):
            if not known.stands(decision.name, work):
                raise decision.error(
                    f"is about {decision.name}, who is no author of {entry}: correct the decision "
                    "or remove it"
                )
            for position in work:
                other = found.setdefault((name_key(decision.name), position), decision)
                if other.key != decision.key:
                    raise decision.error(
                        f"and {other.label.rpartition(': ')[2]} say of {decision.name} on {entry} "
                        f"that the key is {decision.key} and {other.key}: keep one of them"
                    )
    return {place: _identity(decision) for place, decision in found.items()}


def _joined(decisions: Iterable[SamePerson], known: _Known) -> dict[str, str]:
    groups: list[set[str]] = []
    for decision in decisions:
        works = known.works(decision)
        for name in decision.names:
            if not any(known.stands(name, work) for work in works):
                raise decision.error(
                    f"is about {name}, who is an author of none of its entries: name one of "
                    "theirs, correct the decision or remove it"
                )
        groups.append({name_key(name) for name in decision.names})
    return {key: min(group) for group in _connected(groups) for key in group}


def _connected(groups: Iterable[set[str]]) -> list[set[str]]:
    """Return the groups, united where they share a member."""
    found: list[set[str]] = []
    for group in groups:
        touching = [other for other in found if other & group]
        found = [other for other in found if not other & group]
        found.append(group.union(*touching))
    return found


def _orcids(
    decisions: Iterable[SplitPerson | SamePerson], joins: Iterable[SamePerson]
) -> dict[str, str]:
    groups = _connected({name_key(name) for name in one.names} for one in joins)
    whole = {key: min(group) for group in groups for key in group}
    found: dict[str, tuple[str, CuratedDecision]] = {}
    for decision in decisions:
        if decision.orcid is None:
            continue
        if isinstance(decision, SplitPerson):
            identity = _identity(decision)
        else:
            identity = whole[name_key(decision.names[0])]
        orcid, other = found.setdefault(identity, (decision.orcid, decision))
        if orcid != decision.orcid:
            raise decision.error(
                f"and {other.label.rpartition(': ')[2]} give one person the ORCIDs "
                f"{decision.orcid} and {orcid}: keep one of them"
            )
    return {identity: orcid for identity, (orcid, _) in found.items()}


def _identity(decision: SplitPerson) -> str:
    return f"{name_key(decision.name)}#{decision.key}"
