"""Records of other sources → the works they describe, and what they add to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fedkg.ids import Identifier, fold
from fedkg.model import Entry, Record, StatedRecord
from fedkg.resolve.facts import Described, Unmatched, describe
from fedkg.resolve.facts import Known as KnownPapers
from fedkg.resolve.members import Known
from fedkg.resolve.people import People
from fedkg.resolve.services import describe_served
from fedkg.resolve.works import Works

_ONE_A_WORK = ("arxiv", "acl", "ieee")


@dataclass(frozen=True, slots=True)
class RecordsOfWorks:
    """The records that describe works, by the work's place, and those that describe none."""

    described: Mapping[int, tuple[Described, ...]]
    unmatched: tuple[Unmatched, ...]

    @property
    def identifiers(self) -> dict[int, frozenset[Identifier]]:
        """The identifiers that records give each work."""
        return {
            at: frozenset(i for one in found for i in one.identifiers)
            for at, found in self.described.items()
        }

    def known(self, work: int, titles: Mapping[int, str]) -> Known:
        """Return what is known of a work beside its entries."""
        found = self.described.get(work, ())
        return Known(
            tuple(one.record for one in found),
            frozenset(i for one in found for i in one.identifiers),
            titles.get(work),
        )


def records_of(
    works: Works, records: Sequence[Record], served: Sequence[Record] = ()
) -> RecordsOfWorks:
    """Return which records describe which works; `served` are those of services."""
    titles = {str(at): [works.entries[i].title for i in work] for at, work in enumerate(works)}
    owners = {i: str(at) for at, work in enumerate(works) for i in works.identifiers(work)}
    known = KnownPapers.of(titles, owners, disputed(works))
    described, unmatched = describe(_ordered(records), known)
    served_too, refused = describe_served(_ordered(served), known)
    found: dict[int, list[Described]] = defaultdict(list)
    for one in (*described, *served_too):
        found[int(one.paper)].append(one)
    return RecordsOfWorks({at: tuple(ones) for at, ones in found.items()}, unmatched + refused)


def disputed(works: Works) -> frozenset[Identifier]:
    """Return the identifiers that entries of several works state."""
    return frozenset(r.identifier for r in works.grouping.rejections if not r.own)


def authors_known(entries: Sequence[Entry], records: Sequence[Record]) -> list[tuple[str, ...]]:
    """Return the authors of each entry, or those of the one record of its title.

    A record of the title whose identifiers disagree with the entry's is no witness.
    """
    by_title: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_title[fold(record.title)].append(record)
    return [entry.authors or _recorded(entry, by_title[fold(entry.title)]) for entry in entries]


def stated_records(
    found: RecordsOfWorks, paper_keys: Sequence[str], people: People, works: Works
) -> tuple[StatedRecord, ...]:
    """Return what records state, in terms of papers and persons."""
    places = [work[0] for work in works]
    stated = [
        StatedRecord(
            one.record,
            paper_keys[at],
            tuple(dict.fromkeys(people.key(name, places[at]) for name in one.record.authors)),
            one.identifiers,
        )
        for at, ones in found.described.items()
        for one in ones
    ]
    return tuple(sorted(stated, key=lambda one: (one.record.source, one.paper, one.record.key)))


def _ordered(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record.source, record.key))


def _recorded(entry: Entry, records: Sequence[Record]) -> tuple[str, ...]:
    agreeing = [record for record in records if not _disagree(entry, record)]
    return agreeing[0].authors if len(agreeing) == 1 else ()


def _disagree(entry: Entry, record: Record) -> bool:
    for scheme in _ONE_A_WORK:
        mine = {i.value for i in entry.identifiers if i.scheme == scheme}
        theirs = {i.value for i in record.identifiers if i.scheme == scheme}
        if mine and theirs and not mine & theirs:
            return True
    return False
