"""Readings and facts → a collection: the stages of resolving in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from fedkg.model import (
    Authorship,
    Collection,
    Decision,
    Entry,
    Reading,
    Stated,
)
from fedkg.resolve.aliases import keys_of_papers, other_keys, with_aliases
from fedkg.resolve.citing import (
    outside_sentences,
    stated_citations,
    unmatched_sentences,
    with_citations,
)
from fedkg.resolve.curation import (
    Applied,
    CuratedDecision,
    apply_to_entries,
    apply_to_works,
    curate_people,
    recorded,
    renamed,
    suffix_of,
)
from fedkg.resolve.facts import Known as KnownPapers
from fedkg.resolve.facts import link
from fedkg.resolve.findings import Context, findings_of, rejected_words
from fedkg.resolve.given import NO_FACTS, Facts
from fedkg.resolve.keys import entry_keys, merged
from fedkg.resolve.kind import is_paper
from fedkg.resolve.members import Member, paper_of, stated_of, techniques_stated
from fedkg.resolve.papers import Grouping, group_entries
from fedkg.resolve.people import (
    Curated,
    Mention,
    People,
    authorships_of,
    former_people,
    identity_on,
    mark_of,
    people_of,
)
from fedkg.resolve.permanence import with_former_paths
from fedkg.resolve.places import Keys, all_places, editions_of, stating_of, venue_entities
from fedkg.resolve.records import (
    RecordsOfWorks,
    authors_known,
    disputed,
    records_of,
    stated_records,
)
from fedkg.resolve.services import served_citations, together
from fedkg.resolve.things import things_of
from fedkg.resolve.vocabulary import Vocabulary
from fedkg.resolve.works import Works, paper_keys


def resolve(
    readings: Sequence[Reading], vocabulary: Vocabulary, facts: Facts = NO_FACTS
) -> Collection:
    """Return the papers, people, venues and things that readings and facts state.

    The order of the lists, of their entries and of the facts changes nothing. Raises InputError
    for a curator's decision that fits nothing.
    """
    readings = _in_order(readings)
    # Whether an entry is a paper goes by what is listed: a wrong link is one to a paper.
    papers = [is_paper(entry, vocabulary) for one in readings for entry in one.entries]
    readings, curated = _curated(readings, facts.curation)
    entries = [entry for reading in readings for entry in reading.entries]
    all_keys = entry_keys(entries)
    described = [entry for entry, yes in zip(entries, papers, strict=True) if yes]
    keys = [key for key, yes in zip(all_keys, papers, strict=True) if yes]
    silent = [
        Stated(entry, key)
        for entry, key, yes in zip(entries, all_keys, papers, strict=True)
        if not yes
    ]
    grouping, joined = _grouped(described, facts)
    works = Works.of(described, keys, grouping)
    titles, titled = renamed(described, grouping.works, facts.curation)
    found = records_of(works, facts.records, facts.served.records)
    paper_of_work = paper_keys(works, found.identifiers, titles)
    describes = {i: key for work, key in zip(works, paper_of_work, strict=True) for i in work}
    people, known_people = _people(works, found, facts.curation, describes)
    statings = [stating_of(e, works.accepted[i], vocabulary) for i, e in enumerate(described)]
    places = all_places(statings, [*works.accepted, *found.identifiers.values()])
    place_keys = Keys.of(places)
    things = things_of(described, vocabulary)
    techniques = [techniques_stated(entry, vocabulary) for entry in described]
    members = [
        Member(
            entry,
            stating,
            works.accepted[i],
            stated_of(entry, i, keys[i], describes[i], stating, place_keys, things, people, named),
            named,
        )
        for i, (entry, stating, named) in enumerate(
            zip(described, statings, techniques, strict=True)
        )
    ]
    made = [
        paper_of(
            paper_of_work[at],
            [members[i] for i in work],
            found.known(at, titles),
            _authorships(works, at, found, people),
            place_keys,
        )
        for at, work in enumerate(works)
    ]
    others = other_keys(made, works, found.identifiers)
    aliased, shared = with_aliases(made, others)
    stated = [member.stated for member in members]
    records = stated_records(found, paper_of_work, people, works)
    known = KnownPapers.of_papers(aliased, disputed(works))
    said = link(facts.references, facts.reference_lists, known)
    served = served_citations(facts.served, records, known)
    citations = together(said, served.citations)
    finished = with_citations(aliased, citations)
    findings = findings_of(
        Context(
            readings=readings,
            described=stated,
            silent=silent,
            statings={member.stated.key: member.stating for member in members},
            grouping=works.grouping,
            things=things,
            vocabulary=vocabulary,
            papers=finished,
            people=people.persons,
            records=records,
            rejected=rejected_words(curated, all_keys),
        )
    )
    named = _named(works, found, people, paper_of_work)
    former = (
        shared,
        place_keys.former,
        things.former,
        people.former,
        former_people(named, keys_of_papers(others, works, paper_of_work)),
    )
    collection = Collection(
        lists=tuple(reading.paper_list for reading in readings),
        statements=tuple(sorted(stated + silent, key=lambda one: one.key)),
        papers=finished,
        people=people.persons,
        venues=venue_entities(places, vocabulary, place_keys.venues),
        editions=editions_of(places, place_keys),
        datasets=things.datasets,
        models=things.models,
        families=things.families,
        repositories=things.repositories,
        findings=findings,
        decisions=_decisions(works, [(curated, all_keys), (joined + titled + known_people, keys)]),
        records=records,
        citations=stated_citations(citations),
        unmatched=unmatched_sentences([*found.unmatched, *citations.unmatched])
        + outside_sentences(served.outside),
        failures=tuple(f for reading in readings for f in reading.failures) + facts.failures,
    )
    return with_former_paths(collection, merged(*former))


def _in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return the lists by slug, each with its entries in the order of its lines."""
    return [
        replace(reading, entries=tuple(sorted(reading.entries, key=lambda entry: entry.line)))
        for reading in sorted(readings, key=lambda reading: reading.paper_list.slug)
    ]


def _curated(
    readings: Sequence[Reading], curation: tuple[CuratedDecision, ...]
) -> tuple[list[Reading], tuple[Applied, ...]]:
    """Return the readings with a curator's corrections of links and fields."""
    entries = [entry for reading in readings for entry in reading.entries]
    corrected, applied = apply_to_entries(entries, curation)
    rest = iter(corrected)
    made = [
        replace(reading, entries=tuple(next(rest) for _ in reading.entries)) for reading in readings
    ]
    return made, applied


def _grouped(entries: Sequence[Entry], facts: Facts) -> tuple[Grouping, tuple[Applied, ...]]:
    """Return the works by rule, then as a curator joined and parted them."""
    applied: tuple[Applied, ...] = ()

    def curate(works: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
        nonlocal applied
        made, applied = apply_to_works(entries, works, facts.curation)
        return made

    grouping = group_entries(entries, authors_known(entries, facts.records), curate)
    return grouping, applied


def _people(
    works: Works,
    found: RecordsOfWorks,
    curation: tuple[CuratedDecision, ...],
    describes: Mapping[int, str],
) -> tuple[People, tuple[Applied, ...]]:
    """Return the people; `describes` gives the paper (key) of an entry (position)."""
    mentions = [
        Mention(name, position, at)
        for at, work in enumerate(works)
        for position, names in _author_lists(works, at, work, found)
        for name in names
    ]
    names: list[list[str]] = [[] for _ in works.entries]
    for mention in mentions:
        names[mention.position].append(mention.name)
    curated, applied = curate_people(works.entries, works.grouping.works, curation, names)

    def identity_of(key: str, position: int) -> str:
        decided = curated.identity_of(key, position)
        return decided if decided != key else identity_on(key, describes[position])

    known = Curated(
        identity_of,
        curated.orcids,
        curated.is_curated,
        lambda identity: suffix_of(identity) or mark_of(identity),
    )
    return people_of(mentions, known), applied


def _author_lists(
    works: Works, at: int, work: Sequence[int], found: RecordsOfWorks
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the author lists of a work, each with the position of an entry of the work."""
    for position in work:
        yield position, works.entries[position].authors
    for one in found.described.get(at, ()):
        yield work[0], one.record.authors


def _named(
    works: Works, found: RecordsOfWorks, people: People, papers: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield each name as it stands, with the keys of its paper and of its person."""
    for at, work in enumerate(works):
        for position, names in _author_lists(works, at, work, found):
            for name in names:
                yield name, papers[at], people.key(name, position)


def _authorships(
    works: Works, at: int, found: RecordsOfWorks, people: People
) -> tuple[Authorship, ...]:
    work = works.grouping.works[at]
    lists = [names for _, names in _author_lists(works, at, work, found)]
    return authorships_of(lists, lambda name: people.key(name, work[0]))


def _decisions(
    works: Works, curated: Sequence[tuple[tuple[Applied, ...], Sequence[str]]]
) -> tuple[Decision, ...]:
    """Return why entries are one work or are not, and what curators decided."""
    weighed = [
        Decision(
            "same" if comparison.same else "different",
            tuple(f"entry/{works.keys[i]}" for i in (*comparison.one, *comparison.other)),
            comparison.evidence,
        )
        for comparison in works.grouping.comparisons
    ]
    decided = [one for applied, keys in curated for one in recorded(applied, keys)]
    return tuple(sorted(weighed + decided, key=lambda one: (one.about, one.kind, one.reason)))
