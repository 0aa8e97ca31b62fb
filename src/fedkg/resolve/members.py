"""Entries and records of one work, put together as its paper."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fedkg.ids import Identifier
from fedkg.model import (
    Assignment,
    Authorship,
    Basis,
    Entry,
    Paper,
    Record,
    Stated,
    Version,
)
from fedkg.resolve.people import People
from fedkg.resolve.places import Keys, Stating, edition_of
from fedkg.resolve.things import Things
from fedkg.resolve.titles import alternatives_of, title_of
from fedkg.resolve.versions import versions_of
from fedkg.resolve.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Member:
    """An entry that describes a paper, with all that was made of it."""

    entry: Entry
    stating: Stating
    accepted: frozenset[Identifier]
    stated: Stated
    techniques: tuple[tuple[str, Basis], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What sources other than lists, and curators, say of a work."""

    records: tuple[Record, ...] = ()
    identifiers: frozenset[Identifier] = frozenset()
    title: str | None = None


def techniques_stated(entry: Entry, vocabulary: Vocabulary) -> tuple[tuple[str, Basis], ...]:
    """Return the techniques that headings above an entry stand for, and that its title names."""
    by_section = ((one, Basis.SECTION) for one in vocabulary.techniques_of(entry.section))
    by_title = ((one, Basis.TITLE) for one in vocabulary.techniques_in(entry.title))
    return (*by_section, *by_title)


def stated_of(
    entry: Entry,
    position: int,
    key: str,
    paper: str,
    stating: Stating,
    keys: Keys,
    things: Things,
    people: People,
    techniques: Iterable[tuple[str, Basis]],
) -> Stated:
    """Return what an entry states, in terms of resolved things."""
    labels = filter(None, (edition_of(place) for place in stating.places))
    return Stated(
        entry,
        key,
        describes=paper,
        venues=_unique(keys.venues[place.venue] for place in stating.places),
        editions=_unique(keys.editions[label] for label in labels),
        authors=_unique(people.key(name, position) for name in entry.authors),
        datasets=_unique(things.dataset_keys.get(words) for words in entry.datasets),
        models=_unique(things.model_keys.get(words) for words in entry.models),
        techniques=_unique(technique for technique, _ in techniques),
        repositories=_unique(things.repository_keys[url] for url in entry.repositories),
    )


def paper_of(
    key: str,
    members: Sequence[Member],
    known: Known,
    authorships: tuple[Authorship, ...],
    keys: Keys,
) -> Paper:
    """Return the paper that the members describe."""
    entries = [one.entry for one in members]
    given = [(one.entry, one.stating, one.accepted) for one in members]
    versions, preferred = versions_of(key, given, known.identifiers)
    title = known.title or title_of(entries, _entries_of(preferred, members))
    return Paper(
        key=key,
        title=title,
        alternatives=alternatives_of(entries, title),
        versions=tuple(_keyed(version, keys) for version in versions),
        preferred=preferred.key if preferred else None,
        authorships=authorships,
        datasets=_union(one.stated.datasets for one in members),
        models=_union(one.stated.models for one in members),
        assignments=_assignments(members),
        repositories=_union(one.stated.repositories for one in members),
    )


def _entries_of(version: Version | None, members: Sequence[Member]) -> list[Entry]:
    """Return the entries that state a version: its venue, or one of its identifiers."""
    if version is None:
        return []
    return [
        one.entry
        for one in members
        if any(place.venue == version.venue for place in one.stating.places)
        or one.accepted & set(version.identifiers)
    ]


def _keyed(version: Version, keys: Keys) -> Version:
    return replace(
        version,
        venue=keys.venues[version.venue] if version.venue else None,
        edition=keys.editions[version.edition] if version.edition else None,
    )


def _assignments(members: Iterable[Member]) -> tuple[Assignment, ...]:
    """Return the techniques of the members, each with the entries that it comes from."""
    entries: dict[tuple[str, Basis], list[str]] = defaultdict(list)
    for one in members:
        for technique, basis in one.techniques:
            entries[technique, basis].append(one.stated.key)
    return tuple(
        Assignment(technique, basis, tuple(sorted(keys)))
        for (technique, basis), keys in sorted(entries.items())
    )


def _unique(keys: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({key for group in groups for key in group}))
