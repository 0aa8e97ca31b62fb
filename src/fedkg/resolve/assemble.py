"""Readings → a collection: everything that was resolved, put together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fedkg.ids import Identifier, digest, disambiguate, slug
from fedkg.model import (
    Assignment,
    Basis,
    Collection,
    Edition,
    Entry,
    Finding,
    Paper,
    Reading,
    Stated,
    Version,
)
from fedkg.resolve.findings import (
    conflict_findings,
    entry_findings,
    reading_findings,
    shared_link_findings,
)
from fedkg.resolve.keys import entry_keys, keyed
from fedkg.resolve.kind import is_paper
from fedkg.resolve.papers import Grouping, group_entries
from fedkg.resolve.people import authorships_of, people_of, person_keys
from fedkg.resolve.places import (
    ARXIV_PLACE,
    Place,
    Stating,
    edition_of,
    stating_of,
    venue_entities,
    versions_of,
)
from fedkg.resolve.things import Things, things_of
from fedkg.resolve.titles import alternatives_of, title_of
from fedkg.resolve.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Evidence:
    """An entry that describes a paper, with all that was made of it."""

    entry: Entry
    stating: Stating
    accepted: frozenset[Identifier]
    stated: Stated


@dataclass(frozen=True, slots=True)
class _Keys:
    """The key of every venue, edition and person, by name."""

    venues: Mapping[str, str]
    editions: Mapping[str, str]
    people: Mapping[str, str]


def resolve(readings: Sequence[Reading], vocabulary: Vocabulary) -> Collection:
    """Return the papers, people, venues and things that readings state.

    The order of the lists and of their entries changes nothing.
    """
    readings = _in_order(readings)
    entries = [entry for reading in readings for entry in reading.entries]
    entry_key = dict(zip(map(id, entries), entry_keys(entries), strict=True))
    described = [entry for entry in entries if is_paper(entry, vocabulary)]
    grouping = group_entries(described)
    accepted = _accepted(described, grouping)
    statings = [stating_of(e, accepted[i], vocabulary) for i, e in enumerate(described)]
    things = things_of(described, vocabulary)
    people, by_name = people_of(described)
    places = _places(statings, accepted)
    keys = _keys(places, by_name)
    described_keys = [entry_key[id(entry)] for entry in described]
    paper_keys = _paper_keys(described, described_keys, grouping, accepted)
    describes = {i: key for work, key in zip(grouping.works, paper_keys, strict=True) for i in work}
    evidence = [
        _Evidence(
            entry,
            statings[i],
            accepted[i],
            _stated(
                entry, entry_key[id(entry)], describes[i], statings[i], keys, things, vocabulary
            ),
        )
        for i, entry in enumerate(described)
    ]
    papers = [
        _paper(key, [evidence[i] for i in work], keys)
        for work, key in zip(grouping.works, paper_keys, strict=True)
    ]
    stated = [one.stated for one in evidence]
    silent = [Stated(e, entry_key[id(e)]) for e in entries if not is_paper(e, vocabulary)]
    return Collection(
        lists=tuple(reading.paper_list for reading in readings),
        statements=tuple(sorted(stated + silent, key=lambda one: one.key)),
        papers=_with_aliases(papers, evidence, grouping),
        people=people,
        venues=venue_entities(places, vocabulary, keys.venues),
        editions=_editions(places, keys),
        datasets=things.datasets,
        models=things.models,
        families=things.families,
        repositories=things.repositories,
        findings=_findings(readings, evidence, silent, grouping, things, vocabulary),
        failures=tuple(failure for reading in readings for failure in reading.failures),
    )


def _in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return the lists by slug, each with its entries in the order of its lines."""
    return [
        replace(reading, entries=tuple(sorted(reading.entries, key=lambda entry: entry.line)))
        for reading in sorted(readings, key=lambda reading: reading.paper_list.slug)
    ]


def _accepted(entries: Sequence[Entry], grouping: Grouping) -> list[frozenset[Identifier]]:
    rejected: dict[int, set[Identifier]] = defaultdict(set)
    for rejection in grouping.rejections:
        rejected[rejection.entry].add(rejection.identifier)
    return [frozenset(entry.identifiers) - rejected[i] for i, entry in enumerate(entries)]


def _places(statings: Iterable[Stating], accepted: Iterable[frozenset[Identifier]]) -> list[Place]:
    places = [place for stating in statings for place in stating.places]
    if any(identifier.scheme == "arxiv" for group in accepted for identifier in group):
        places.append(ARXIV_PLACE)
    return places


def _keys(places: Iterable[Place], people: Mapping[str, str]) -> _Keys:
    places = list(places)
    labels = filter(None, (edition_of(place) for place in places))
    return _Keys(keyed(place.venue for place in places), keyed(labels), people)


def _paper_keys(
    entries: Sequence[Entry],
    entry_keys: Sequence[str],
    grouping: Grouping,
    accepted: Sequence[frozenset[Identifier]],
) -> list[str]:
    """Return the key of each work: of its strongest identifier, else of its title."""
    titles = [title_of([entries[e] for e in work]) for work in grouping.works]
    holders = Counter(titles)
    names: dict[str, str] = {}
    for work, title in zip(grouping.works, titles, strict=True):
        found = sorted((i for e in work for i in accepted[e]), key=lambda i: (i.rank, i))
        name = str(found[0]) if found else f"title:{title}"
        if not found and holders[title] > 1:  # the entries tell works of one title apart
            name = f"{name}\x1f{min(entry_keys[e] for e in work)}"
        words = slug(title) or digest(title, length=8)
        names[name] = found[0].key if found else f"title-{words}"
    return list(disambiguate(names).values())


def _stated(
    entry: Entry,
    key: str,
    paper: str,
    stating: Stating,
    keys: _Keys,
    things: Things,
    vocabulary: Vocabulary,
) -> Stated:
    labels = filter(None, (edition_of(place) for place in stating.places))
    return Stated(
        entry,
        key,
        describes=paper,
        venues=_unique(keys.venues[place.venue] for place in stating.places),
        editions=_unique(keys.editions[label] for label in labels),
        authors=person_keys(entry, keys.people),
        datasets=_unique(things.dataset_keys.get(words) for words in entry.datasets),
        models=_unique(things.model_keys.get(words) for words in entry.models),
        techniques=vocabulary.techniques_of(entry.section),
        repositories=_unique(things.repository_keys[url] for url in entry.repositories),
    )


def _paper(key: str, members: Sequence[_Evidence], keys: _Keys) -> Paper:
    entries = [one.entry for one in members]
    versions, preferred = versions_of(
        key, [(one.entry, one.stating, one.accepted) for one in members]
    )
    title = title_of(entries, _entries_of(preferred, members))
    return Paper(
        key=key,
        title=title,
        alternatives=alternatives_of(entries, title),
        versions=tuple(_keyed_version(version, keys) for version in versions),
        preferred=preferred.key if preferred else None,
        authorships=authorships_of(entries, keys.people),
        datasets=_union(one.stated.datasets for one in members),
        models=_union(one.stated.models for one in members),
        assignments=_assignments(members),
        repositories=_union(one.stated.repositories for one in members),
    )


def _entries_of(version: Version | None, members: Sequence[_Evidence]) -> list[Entry]:
    """Return the entries that state a version: its venue, or one of its identifiers."""
    if version is None:
        return []
    return [
        one.entry
        for one in members
        if any(place.venue == version.venue for place in one.stating.places)
        or one.accepted & set(version.identifiers)
    ]


def _keyed_version(version: Version, keys: _Keys) -> Version:
    return replace(
        version,
        venue=keys.venues[version.venue] if version.venue else None,
        edition=keys.editions[version.edition] if version.edition else None,
    )


def _assignments(members: Iterable[_Evidence]) -> tuple[Assignment, ...]:
    entries: dict[str, list[str]] = defaultdict(list)
    for one in members:
        for technique in one.stated.techniques:
            entries[technique].append(one.stated.key)
    return tuple(
        Assignment(technique, Basis.SECTION, tuple(sorted(keys)))
        for technique, keys in sorted(entries.items())
    )


def _editions(places: Iterable[Place], keys: _Keys) -> tuple[Edition, ...]:
    found = {}
    for place in places:
        label = edition_of(place)
        if label and place.year:
            key = keys.editions[label]
            found[key] = Edition(key, label, keys.venues[place.venue], place.year)
    return tuple(found[key] for key in sorted(found))


def _with_aliases(
    papers: Sequence[Paper], evidence: Sequence[_Evidence], grouping: Grouping
) -> tuple[Paper, ...]:
    """Return the papers sorted by key, each with the other keys that lead to it alone.

    Every other identifier and listed title of a paper is an alias; a rejected identifier, or what
    two papers share, is none.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for paper, work in zip(papers, grouping.works, strict=True):
        for i in work:
            one = evidence[i]
            for key in (*(i.key for i in one.accepted), f"title-{slug(one.entry.title)}"):
                wanted[key].add(paper.key)
    taken = {paper.key for paper in papers}
    mine: dict[str, list[str]] = defaultdict(list)
    for key, owners in sorted(wanted.items()):
        if len(owners) == 1 and key not in taken and key != "title-":
            mine[next(iter(owners))].append(key)
    named = (replace(paper, former_keys=tuple(mine[paper.key])) for paper in papers)
    return tuple(sorted(named, key=lambda paper: paper.key))


def _findings(
    readings: Sequence[Reading],
    evidence: Sequence[_Evidence],
    silent: Sequence[Stated],
    grouping: Grouping,
    things: Things,
    vocabulary: Vocabulary,
) -> tuple[Finding, ...]:
    stated = [one.stated for one in evidence]
    statings = {one.stated.key: one.stating for one in evidence}
    statings |= {one.key: Stating() for one in silent}

    def every() -> Iterator[Finding]:
        yield from reading_findings(readings)
        yield from entry_findings([*stated, *silent], statings, things, vocabulary)
        yield from shared_link_findings(stated, grouping)
        yield from conflict_findings(stated, statings)

    return tuple(sorted(every(), key=lambda f: (f.list, f.line, f.kind, f.about, f.sentence)))


def _unique(keys: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({key for group in groups for key in group}))
