"""Entries → units: what is compared when works are told apart.

A unit is all entries that carry the same title and the same identifiers; within it there is
nothing to decide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from fedkg.ids import Identifier, fold, repository_of
from fedkg.model import Entry
from fedkg.resolve.names import Name, name_of
from fedkg.resolve.people import name_key

LINK = "link"
"""Scheme of a link without an identifier: entries of one work share it, but it names no work."""

_SERVERS = {"arxiv", "arxivpreprint", "preprint", "openreview"}
"""Where every year's papers appear: to be there in two years says nothing."""

_BRANCH_STEPS = 4  # owner, name, "tree", branch


@dataclass(frozen=True, slots=True)
class Unit:
    """Entries (positions) of one title and one set of identifiers, and what they say together.

    `claims` are the identifiers and links; `authors` are folded names; `branches` are folded names
    of branches in code links; `appearances` are (folded venue of publication, year).
    """

    key: str
    entries: tuple[int, ...]
    name: Name
    claims: frozenset[Identifier]
    authors: frozenset[str]
    repositories: frozenset[tuple[str, str, str]]
    branches: frozenset[str]
    appearances: frozenset[tuple[str, int]]
    years: frozenset[int]

    @property
    def identifiers(self) -> frozenset[Identifier]:
        """The claims that name a work in a registry."""
        return frozenset(claim for claim in self.claims if claim.scheme != LINK)

    @property
    def known_as(self) -> frozenset[str]:
        """The short names and label names of the work, folded."""
        return self.name.parts | ({self.name.short} if self.name.short else frozenset())


def units_of(
    entries: Sequence[Entry], authors: Sequence[tuple[str, ...]] | None = None
) -> list[Unit]:
    """Return the units of entries, sorted by key: their order does not depend on that of entries.

    `authors` are those known of each entry; by default, those it states.
    """
    known = [entry.authors for entry in entries] if authors is None else authors
    groups: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        groups[_key(entry)].append(position)
    return [_unit(key, groups[key], entries, known) for key in sorted(groups)]


def claims_of(entry: Entry) -> frozenset[Identifier]:
    """Return the identifiers of an entry; its link where it has none."""
    if entry.identifiers or entry.link is None:
        return frozenset(entry.identifiers)
    address = entry.link.split("://", 1)[1].removeprefix("www.").rstrip("/")
    return frozenset({Identifier(LINK, address)})


def shared_repositories(units: Iterable[Unit]) -> frozenset[tuple[str, str, str]]:
    """Return the repositories that several titles link: they tell no work from another."""
    titles: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for unit in units:
        for repository in unit.repositories:
            titles[repository].add(unit.name.full)
    return frozenset(repository for repository, names in titles.items() if len(names) > 2)


def word_counts(units: Iterable[Unit]) -> Counter[str]:
    """Return in how many titles each word stands."""
    titles = {unit.name.full: unit.name.words for unit in units}
    return Counter(word for words in titles.values() for word in words)


def _key(entry: Entry) -> str:
    claims = " ".join(sorted(str(claim) for claim in claims_of(entry)))
    return f"{fold(entry.title) or entry.title}\x1f{claims}"


def _unit(
    key: str,
    positions: Sequence[int],
    entries: Sequence[Entry],
    authors: Sequence[tuple[str, ...]],
) -> Unit:
    members = [entries[position] for position in positions]
    code = [url for entry in members for url in entry.repositories]
    return Unit(
        key=key,
        entries=tuple(positions),
        name=name_of(members[0].title),
        claims=claims_of(members[0]),
        authors=frozenset(name_key(name) for at in positions for name in authors[at]),
        repositories=frozenset(filter(None, map(repository_of, code))),
        branches=frozenset(filter(None, map(_branch, code))),
        appearances=frozenset(
            (fold(entry.venue), entry.date.year)
            for entry in members
            if entry.venue and entry.date and fold(entry.venue) not in _SERVERS
        ),
        years=frozenset(entry.date.year for entry in members if entry.date),
    )


def _branch(url: str) -> str | None:
    """Return the branch that a link into a repository names: `…/tree/FedKSeed`."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    if repository_of(url) and len(steps) == _BRANCH_STEPS and steps[2] == "tree":
        return fold(steps[3])
    return None
