"""What findings are made of: everything that resolution knows, put together once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fedkg.ids import Identifier
from fedkg.model import Entry, Finding, Paper, Person, Reading, Stated, StatedRecord
from fedkg.resolve.curation import Applied
from fedkg.resolve.papers import Grouping
from fedkg.resolve.places import Stating
from fedkg.resolve.things import Things
from fedkg.resolve.vocabulary import Vocabulary

_NAMED_AT_MOST = 3
_NO_STATING = Stating()


@dataclass(frozen=True, slots=True)
class RejectedWords:
    """Words in a field (`link`, `authors`, …) of an entry (its key) that a person rejected."""

    entry: str
    field: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What was read and resolved.

    `described` are the entries that describe a paper, in the positions that `grouping` speaks of;
    `silent` are the others. `statings` go by the key of an entry.
    """

    readings: Sequence[Reading]
    described: Sequence[Stated]
    silent: Sequence[Stated]
    statings: Mapping[str, Stating]
    grouping: Grouping
    things: Things
    vocabulary: Vocabulary
    papers: Sequence[Paper] = ()
    people: Sequence[Person] = ()
    records: Sequence[StatedRecord] = ()
    rejected: Sequence[RejectedWords] = ()
    _members: dict[str, tuple[Stated, ...]] = field(init=False, repr=False)
    _refused: dict[str, frozenset[Identifier]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Gather the entries of each paper, and the identifiers that each entry was refused."""
        object.__setattr__(self, "_members", _members(self.described))
        object.__setattr__(self, "_refused", _refused(self.described, self.grouping))

    @property
    def works(self) -> Mapping[str, tuple[Stated, ...]]:
        """The entries of each paper (key), by list and line."""
        return self._members

    def stating(self, stated: Stated) -> Stating:
        """Return where an entry says that its work appeared."""
        return self.statings.get(stated.key, _NO_STATING)

    def accepted(self, stated: Stated) -> frozenset[Identifier]:
        """Return the identifiers of an entry that are its work's."""
        return frozenset(stated.entry.identifiers) - self._refused.get(stated.key, frozenset())


def rejected_words(
    applied: Iterable[Applied], entry_keys: Sequence[str]
) -> tuple[RejectedWords, ...]:
    """Return the words that curation rejected; `entry_keys` go by the positions it was given."""
    return tuple(
        RejectedWords(entry_keys[one.entry], one.field, one.words, decision.decision.reason)
        for decision in applied
        for one in decision.rejected
    )


def at(entry: Entry) -> str:
    """Return where an entry stands: "fm-fl:160"."""
    return f"{entry.list}:{entry.line}"


def place(stated: Stated) -> tuple[str, int, str]:
    """Return what entries are sorted by: list, line, key."""
    return stated.entry.list, stated.entry.line, stated.key


def finding(kind: str, sentence: str, stated: Stated, *about: str) -> Finding:
    """Return a finding at an entry, about it and other things (IRI paths)."""
    entry = stated.entry
    return Finding(kind, sentence, entry.list, entry.line, (f"entry/{stated.key}", *about))


def paths(members: Iterable[Stated], but: Stated) -> tuple[str, ...]:
    """Return the IRI paths of entries but one, sorted."""
    return tuple(sorted(f"entry/{other.key}" for other in members if other.key != but.key))


def first_paths(members: Iterable[Stated]) -> tuple[str, ...]:
    """Return the IRI path of the first entry in each list, by list."""
    first: dict[str, Stated] = {}
    for member in sorted(members, key=place):
        first.setdefault(member.entry.list, member)
    return tuple(f"entry/{member.key}" for member in first.values())


def named(parts: Iterable[str], join: str = " and ") -> str:
    """Return the first few of the parts as words, saying how many more there are."""
    every = list(dict.fromkeys(parts))
    shown = every[:_NAMED_AT_MOST]
    more = len(every) - len(shown)
    return join.join(shown) + (f" and {more} more" if more else "")


def titled(entries: Iterable[Entry]) -> str:
    """Return the titles of entries, each with the first place where it stands."""
    return named(f"“{title}” ({where})" for title, where in _first_places(entries))


def _first_places(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for entry in sorted(entries, key=lambda e: (e.list, e.line)):
        first.setdefault(entry.title, at(entry))
    yield from sorted(first.items())


def _members(described: Iterable[Stated]) -> dict[str, tuple[Stated, ...]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for stated in sorted(described, key=place):
        if stated.describes:
            found[stated.describes].append(stated)
    return {paper: tuple(found[paper]) for paper in sorted(found)}


def _refused(described: Sequence[Stated], grouping: Grouping) -> dict[str, frozenset[Identifier]]:
    found: dict[str, set[Identifier]] = defaultdict(set)
    for rejection in grouping.rejections:
        found[described[rejection.entry].key].add(rejection.identifier)
    return {key: frozenset(identifiers) for key, identifiers in found.items()}
