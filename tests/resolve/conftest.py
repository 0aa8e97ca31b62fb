"""Entries as the lists write them, and what becomes of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

import pytest

from fedkg import resources
from fedkg.ids import identifiers_of, web_url
from fedkg.model import (
    Collection,
    Entry,
    Finding,
    Heading,
    Link,
    Paper,
    PaperList,
    PartialDate,
    Reading,
    Stated,
    Words,
)
from fedkg.pipeline import shipped, shipped_facts
from fedkg.read import read_source
from fedkg.resolve import Facts, Vocabulary, resolve
from fedkg.resolve.kind import is_paper
from fedkg.resolve.records import authors_known


def entry(
    title: str,
    link: str | None = None,
    at: str = "fedllm:1",
    *,
    headings: tuple[str, ...] = (),
    other_links: tuple[str, ...] = (),
    **fields: object,
) -> Entry:
    """Return an entry that claims to be a paper, as if read from `at` ("fm-fl:160")."""
    name, line = at.split(":")
    links = tuple(Link("link", url) for url in other_links)
    address = web_url(link) if link else None
    addresses = [*filter(None, [address]), *other_links]
    found = dict.fromkeys(one for url in addresses for one in identifiers_of(url))
    made = Entry(
        list=name,
        line=int(line),
        headings=tuple(Heading(words, words) for words in headings),
        listed=Words(title, link, links),
        title=title,
        link=address,
        identifiers=tuple(found),
        claims_paper=True,
    )
    return replace(made, **fields)


def month(text: str) -> PartialDate:
    """Return a date from "2024" or "2024-04"."""
    year, _, number = text.partition("-")
    return PartialDate(int(year), int(number) if number else None)


def readings_of(entries: Iterable[Entry]) -> list[Reading]:
    """Return the entries as read from the lists that they name."""
    by_list = groupby(sorted(entries, key=lambda one: one.list), key=lambda one: one.list)
    return [Reading(PaperList(name, name), tuple(found)) for name, found in by_list]


def works_of(collection: Collection) -> list[list[str]]:
    """Return the places of the entries of each paper: which entries are one work."""
    works: dict[str, list[str]] = {}
    for stated in collection.statements:
        if stated.describes:
            place = f"{stated.entry.list}:{stated.entry.line}"
            works.setdefault(stated.describes, []).append(place)
    return sorted(sorted(places) for places in works.values())


def stated_at(collection: Collection, place: str) -> Stated:
    """Return what the only entry at a place ("fm-fl:160") states."""
    name, line = place.split(":")
    here = [s for s in collection.statements if (s.entry.list, s.entry.line) == (name, int(line))]
    assert len(here) == 1, f"{len(here)} entries stand at {place}"
    return here[0]


def paper_at(collection: Collection, place: str) -> Paper:
    """Return the paper that the only entry at a place describes."""
    key = stated_at(collection, place).describes
    return next(paper for paper in collection.papers if paper.key == key)


def paper_titled(collection: Collection, start: str) -> Paper:
    """Return the only paper whose title begins so."""
    found = [paper for paper in collection.papers if paper.title.startswith(start)]
    assert len(found) == 1, f"{len(found)} papers are titled “{start}…”"
    return found[0]


def identifiers_in(paper: Paper) -> set[str]:
    """Return the identifiers of all versions of a paper: "arxiv:2404.11536"."""
    return {str(found) for version in paper.versions for found in version.identifiers}


def findings_of(collection: Collection, kind: str) -> list[Finding]:
    """Return the findings of one kind."""
    return [finding for finding in collection.findings if finding.kind == kind]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabularies that ship."""
    return Vocabulary.load(resources.vocabulary_dir(), resources.ontology_dir() / "techniques.ttl")


@pytest.fixture(scope="session")
def resolve_lists(vocabulary: Vocabulary) -> Callable[[list[Reading]], Collection]:
    """Return `resolve_lists(readings)`: the collection that whole lists make."""

    def resolve_with_what_ships(readings: list[Reading]) -> Collection:
        return resolve(readings, vocabulary)

    return resolve_with_what_ships


@pytest.fixture(scope="session")
def resolved(vocabulary: Vocabulary) -> Callable[..., Collection]:
    """Return `resolved(*entries, records=…)`: the collection that entries and facts make."""

    def resolve_entries(*entries: Entry, **facts: object) -> Collection:
        return resolve(readings_of(entries), vocabulary, Facts(**facts))

    return resolve_entries


@pytest.fixture(scope="session")
def five_readings() -> list[Reading]:
    """The five lists that ship, as they are read."""
    return [read_source(source) for source in shipped()]


@pytest.fixture(scope="session")
def five_lists(five_readings: list[Reading], vocabulary: Vocabulary) -> Collection:
    """The five lists that ship, resolved."""
    return resolve(five_readings, vocabulary)


@pytest.fixture(scope="session")
def what_ships() -> Facts:
    """The facts and the decisions that ship with the five lists."""
    return shipped_facts(shipped())


@pytest.fixture(scope="session")
def whole(five_readings: list[Reading], vocabulary: Vocabulary, what_ships: Facts) -> Collection:
    """The five lists with all that ships: what `fedkg build` makes of them."""
    return resolve(five_readings, vocabulary, what_ships)


@pytest.fixture(scope="session")
def listed_papers(
    five_readings: list[Reading], vocabulary: Vocabulary, what_ships: Facts
) -> tuple[list[Entry], list[tuple[str, ...]]]:
    """The entries of the five lists that are papers, and the authors known of each."""
    listed = [one for reading in five_readings for one in reading.entries]
    entries = [one for one in listed if is_paper(one, vocabulary)]
    return entries, authors_known(entries, what_ships.records)
