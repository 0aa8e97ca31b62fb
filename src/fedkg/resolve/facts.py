"""Facts from elsewhere → the papers they are about: which record, which citation, whose.

A record is a paper's only where its title and its identifiers do not disagree. What matches nothing
is returned with the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fedkg.ids import Identifier, fold
from fedkg.model import Paper, Record, Reference, ReferenceList
from fedkg.resolve.names import Name, name_of, spells

_ONE_A_WORK = frozenset({"arxiv", "acl", "ieee"})
"""Schemes in which a work has one identifier, so that two different ones are two works."""

_SIMILAR = 0.8
_TELLING = 3


class Match(StrEnum):
    """How a work of a source was found among the papers."""

    BOTH = "identifier and title"
    IDENTIFIER = "identifier"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Described:
    """A record and the key of the paper it describes.

    `identifiers` are those of the record that may be the paper's: its own already, or nobody's.
    """

    record: Record
    paper: str
    match: Match
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A reference and the keys of the papers it links; `by_title` are the titles that found one."""

    reference: Reference
    citing: str
    cited: str
    by_title: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A fact that is about no paper of the collection, or does not say which, and why."""

    fact: Record | Reference | ReferenceList
    reason: str


@dataclass(frozen=True, slots=True)
class Citations:
    """What is known of citations; `lists` has the papers whose lists were read: whole or not."""

    linked: tuple[Linked, ...] = ()
    lists: Mapping[str, bool] = field(default_factory=dict)
    unmatched: tuple[Unmatched, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The papers that facts may be about.

    `owners` says whose an identifier is. `titles` are all titles of a paper, by its key; `named`
    are the papers that a folded title names. `disputed` identifiers are those that entries of
    several works state: they prove nothing.
    """

    owners: Mapping[Identifier, str]
    titles: Mapping[str, tuple[str, ...]]
    named: Mapping[str, frozenset[str]]
    disputed: frozenset[Identifier] = frozenset()

    @classmethod
    def of(
        cls,
        titles: Mapping[str, Iterable[str]],
        owners: Mapping[Identifier, str],
        disputed: Iterable[Identifier] = (),
    ) -> "Known":
        """Return the papers of these titles (by paper key) and identifiers."""
        named: dict[str, set[str]] = defaultdict(set)
        for paper, listed in titles.items():
            for title in listed:
                named[fold(title)].add(paper)
        return cls(
            dict(owners),
            {paper: tuple(sorted(set(listed))) for paper, listed in titles.items()},
            {title: frozenset(papers) for title, papers in named.items() if title},
            frozenset(disputed),
        )

    @classmethod
    def of_papers(cls, papers: Iterable[Paper], disputed: Iterable[Identifier] = ()) -> "Known":
        """Return what resolved papers are known by."""
        titles = {}
        owners: dict[Identifier, str] = {}
        for paper in papers:
            titles[paper.key] = (paper.title, *paper.alternatives)
            owners |= {i: paper.key for version in paper.versions for i in version.identifiers}
        return cls.of(titles, owners, disputed)


def describe(
    records: Sequence[Record], known: Known
) -> tuple[tuple[Described, ...], tuple[Unmatched, ...]]:
    """Return which records describe which papers, and the others, in the order given.

    An identifier that several works share, in the lists or among the records of a source, is no
    evidence: then the title decides alone. The order of the records decides nothing.
    """
    disputed = known.disputed | {one for _, one in identifiers_disputed(records)}
    outcomes = [_describe(record, known, disputed) for record in records]
    return (
        tuple(one for one in outcomes if isinstance(one, Described)),
        tuple(one for one in outcomes if isinstance(one, Unmatched)),
    )


def link(
    references: Iterable[Reference], lists: Iterable[ReferenceList], known: Known
) -> Citations:
    """Return which papers cite which, whose reference lists are known, and what matched nothing.

    A work given by title is found by that title alone: every letter and digit of it counts, case
    and punctuation do not.
    """
    linked: list[Linked] = []
    unmatched: list[Unmatched] = []
    read: dict[str, bool] = {}
    for reference in references:
        outcome = _link(reference, known)
        if isinstance(outcome, Linked):
            linked.append(outcome)
        else:
            unmatched.append(outcome)
    for one in lists:
        paper = _find(one.citing, known)
        if paper is None:
            unmatched.append(Unmatched(one, _missing(one.citing)))
        else:
            read[paper] = one.is_whole or read.get(paper, False)
    return Citations(tuple(linked), dict(sorted(read.items())), tuple(unmatched))


def identifiers_disputed(records: Iterable[Record]) -> frozenset[tuple[str, Identifier]]:
    """Return the identifiers that a source gives to works of different names, each with it."""
    names: dict[tuple[str, Identifier], list[Name]] = defaultdict(list)
    for record in records:
        for identifier in record.identifiers:
            names[record.source, identifier].append(name_of(record.title))
    return frozenset(
        given
        for given, held in names.items()
        if any(not _are_similar(one, held[0]) for one in held)
    )


def _describe(
    record: Record, known: Known, disputed: frozenset[Identifier]
) -> Described | Unmatched:
    sure = [i for i in record.identifiers if i not in disputed]
    owners = {known.owners[i] for i in sure if i in known.owners}
    named = known.named.get(fold(record.title), frozenset())
    both = owners & named
    if len(both) == 1:
        return _described(record, next(iter(both)), Match.BOTH, known, sure)
    if len(both or owners) > 1:
        return Unmatched(record, "its identifiers belong to several papers")
    if owners:
        paper = next(iter(owners))
        if named or not names_agree(record.title, known.titles[paper]):
            return Unmatched(record, "its identifier belongs to a paper of another title")
        return _described(record, paper, Match.IDENTIFIER, known, sure)
    if len(named) != 1:
        reason = "several papers have its title" if named else "it is about no listed paper"
        return Unmatched(record, reason)
    paper = next(iter(named))
    if _has_other_identifiers(paper, sure, known):
        return Unmatched(record, "the paper of its title has other identifiers")
    return _described(record, paper, Match.TITLE, known, sure)


def _described(
    record: Record, paper: str, match: Match, known: Known, sure: Sequence[Identifier]
) -> Described:
    mine = (i for i in record.identifiers if known.owners.get(i) == paper)
    free = (i for i in sure if i not in known.owners)
    return Described(record, paper, match, tuple(sorted({*mine, *free})))


def names_agree(title: str, others: Iterable[str]) -> bool:
    """Whether a title can be that of a work whose identifier it has.

    Titles in full agree where they are similar. A label such as "FlexLoRA" agrees with a title that
    has it for its short name, that it abbreviates, or that has no short name.
    """
    mine = name_of(title)
    names = [name_of(other) for other in others]
    if mine.is_label:
        return any(name.short in mine.parts or name.parts & mine.parts for name in names)
    if any(_are_similar(mine, name) for name in names if not name.is_label):
        return True
    labels = {part for name in names for part in name.parts}
    if mine.short in labels or any(spells(part, mine.sequence) >= _TELLING for part in labels):
        return True
    return all(name.is_label for name in names) and mine.short is None


def _are_similar(one: Name, other: Name) -> bool:
    """Whether two titles are the same but for the short name, or for a word or two.

    The measure is the Jaccard index of their words: |A ∩ B| / |A ∪ B|, at least 0.8 (Jaccard,
    "The distribution of the flora in the alpine zone", 1912).
    """
    if one.full == other.full or (one.rest is not None and one.rest in {other.rest, other.full}):
        return True
    if other.rest is not None and other.rest == one.full:
        return True
    shared = len(one.words & other.words)
    return shared >= _SIMILAR * len(one.words | other.words) > 0


def _has_other_identifiers(paper: str, stated: Iterable[Identifier], known: Known) -> bool:
    schemes = {i.scheme for i in stated if i.scheme in _ONE_A_WORK}
    return any(owner == paper and i.scheme in schemes for i, owner in known.owners.items())


def _link(reference: Reference, known: Known) -> Linked | Unmatched:
    papers = []
    for work in (reference.citing, reference.cited):
        paper = _find(work, known)
        if paper is None:
            return Unmatched(reference, _missing(work))
        papers.append(paper)
    citing, cited = papers
    if citing == cited:
        return Unmatched(reference, "both works are one paper")
    titles = [work for work in (reference.citing, reference.cited) if isinstance(work, str)]
    return Linked(reference, citing, cited, tuple(titles))


def _find(work: Identifier | str, known: Known) -> str | None:
    if isinstance(work, Identifier):
        return known.owners.get(work)
    named = known.named.get(fold(work), frozenset())
    return next(iter(named)) if len(named) == 1 else None


def _missing(work: Identifier | str) -> str:
    words = str(work) if isinstance(work, Identifier) else f"“{work}”"
    return f"{words} names no paper of the collection, or several"
