"""What open services say → the papers that it is about: by identifiers, never by a title alone.

A service's record may give a paper more identifiers. Those find what services say of the paper, and
nothing else: they are no identifiers of the paper itself, give it no key, and never make one
paper of two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from fedkg.ids import Identifier, fold
from fedkg.model import Record, Reference, ReferenceList, StatedRecord
from fedkg.resolve.facts import (
    Citations,
    Described,
    Known,
    Linked,
    Match,
    Unmatched,
    identifiers_disputed,
    names_agree,
)

_SEVERAL = "its identifiers belong to several papers"


@dataclass(frozen=True, slots=True)
class Served:
    """What services say; a source here is none of the facts that ship, or of bibliographies."""

    records: tuple[Record, ...] = ()
    references: tuple[Reference, ...] = ()
    reference_lists: tuple[ReferenceList, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        """The slugs of the sources."""
        said = chain[Record | Reference | ReferenceList](
            self.records, self.references, self.reference_lists
        )
        return frozenset(one.source for one in said)


@dataclass(frozen=True, slots=True)
class ServedCitations:
    """What services say of citations; `outside` counts by source what is about unlisted works."""

    citations: Citations = field(default_factory=Citations)
    outside: Mapping[str, int] = field(default_factory=dict)


class Owners:
    """Whose an identifier is: one paper's, or several papers' where sources do not agree."""

    def __init__(self, owners: Mapping[Identifier, str]) -> None:
        self._own = owners
        self._said: dict[Identifier, set[str]] = defaultdict(set)

    def add(self, paper: str, identifiers: Iterable[Identifier]) -> None:
        """Take note that a record of a paper has these identifiers."""
        for one in identifiers:
            self._said[one].add(paper)

    def of(self, identifiers: Iterable[Identifier]) -> set[str]:
        """Return the papers that any of these belongs to.

        What a paper has by itself is not changed by what services say of it.
        """
        found: set[str] = set()
        for one in identifiers:
            if one in self._own:
                found.add(self._own[one])
            else:
                found |= self._said.get(one, frozenset())
        return found


def describe_served(
    records: Sequence[Record], known: Known
) -> tuple[tuple[Described, ...], tuple[Unmatched, ...]]:
    """Return which records of services describe which papers, and the others.

    First those that have an identifier of a paper, then those that have one which only a record
    found so gives it. A record is refused where its identifiers are several papers', or where its
    title is that of another work. The order of the records decides nothing.
    """
    disputed = identifiers_disputed(records)
    owners = Owners(known.owners)
    outcomes = [_describe(one, owners, known, disputed) for one in records]
    for found in outcomes:
        if isinstance(found, Described):
            owners.add(found.paper, _sure(found.record, disputed))
    outcomes = [
        _describe(one, owners, known, disputed) if found is None else found
        for one, found in zip(records, outcomes, strict=True)
    ]
    return (
        tuple(one for one in outcomes if isinstance(one, Described)),
        tuple(
            Unmatched(record, "it is about no listed paper") if one is None else one
            for record, one in zip(records, outcomes, strict=True)
            if not isinstance(one, Described)
        ),
    )


def served_citations(
    served: Served, records: Iterable[StatedRecord], known: Known
) -> ServedCitations:
    """Return which papers cite which, and whose reference lists are known, as services say it.

    `records` are all that describe papers: what those of services are known by finds works too.
    """
    owners = _owners(served, records, known)
    linked: list[Linked] = []
    unmatched: list[Unmatched] = []
    outside: Counter[str] = Counter()
    for reference in served.references:
        found = _link(reference, owners)
        if isinstance(found, Linked):
            linked.append(found)
        elif found:
            unmatched.append(found)
        else:
            outside[reference.source] += 1
    read: dict[str, bool] = {}
    for one in served.reference_lists:
        papers = owners.of(_names(one.citing))
        if len(papers) == 1:
            paper = papers.pop()
            read[paper] = one.is_whole or read.get(paper, False)
        elif papers:
            unmatched.append(Unmatched(one, _SEVERAL))
        else:
            outside[one.source] += 1
    return ServedCitations(Citations(tuple(linked), read, tuple(unmatched)), outside)


def together(one: Citations, other: Citations) -> Citations:
    """Return what two kinds of sources say of citations; a list that either has whole is whole."""
    lists = {
        paper: one.lists.get(paper, False) or other.lists.get(paper, False)
        for paper in sorted({*one.lists, *other.lists})
    }
    return Citations(one.linked + other.linked, lists, one.unmatched + other.unmatched)


def _owners(served: Served, records: Iterable[StatedRecord], known: Known) -> Owners:
    sources = {record.source for record in served.records}
    mine = [one for one in records if one.record.source in sources]
    disputed = identifiers_disputed([one.record for one in mine])
    owners = Owners(known.owners)
    for one in mine:
        owners.add(one.paper, _sure(one.record, disputed))
    return owners


def _sure(record: Record, disputed: frozenset[tuple[str, Identifier]]) -> list[Identifier]:
    return [one for one in record.identifiers if (record.source, one) not in disputed]


def _describe(
    record: Record, owners: Owners, known: Known, disputed: frozenset[tuple[str, Identifier]]
) -> Described | Unmatched | None:
    """Return whose a record is, or why it is nobody's; None where no identifier leads anywhere."""
    papers = owners.of(_sure(record, disputed))
    if len(papers) > 1:
        return Unmatched(record, _SEVERAL)
    if not papers:
        return None
    paper = papers.pop()
    named = known.named.get(fold(record.title), frozenset())
    if paper in named:
        return Described(record, paper, Match.BOTH, ())
    if named or not names_agree(record.title, known.titles[paper]):
        return Unmatched(record, "its identifier belongs to a paper of another title")
    return Described(record, paper, Match.IDENTIFIER, ())


def _link(reference: Reference, owners: Owners) -> Linked | Unmatched | None:
    citing = owners.of((*_names(reference.citing), *reference.citing_also))
    cited = owners.of((*_names(reference.cited), *reference.cited_also))
    if not citing or not cited:
        return None
    if len(citing) > 1 or len(cited) > 1:
        several = reference.citing if len(citing) > 1 else reference.cited
        return Unmatched(reference, f"the identifiers of {several} belong to several papers")
    if citing == cited:
        return Unmatched(reference, "both works are one paper")
    return Linked(reference, citing.pop(), cited.pop())


def _names(work: Identifier | str) -> tuple[Identifier, ...]:
    return (work,) if isinstance(work, Identifier) else ()
