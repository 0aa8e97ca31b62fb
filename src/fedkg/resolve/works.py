"""Works: which entries are one, what identifiers each has, and the keys of their papers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fedkg.ids import Identifier, digest, disambiguate, slug
from fedkg.model import Entry
from fedkg.resolve.papers import Grouping
from fedkg.resolve.titles import title_of


@dataclass(frozen=True, slots=True)
class Works:
    """Entries that describe papers, their keys, and how they were grouped into works.

    `accepted` are the identifiers of each entry that are its work's. Iterating gives the works,
    each as the positions of its entries.
    """

    entries: Sequence[Entry]
    keys: Sequence[str]
    grouping: Grouping
    accepted: Sequence[frozenset[Identifier]]

    @classmethod
    def of(cls, entries: Sequence[Entry], keys: Sequence[str], grouping: Grouping) -> "Works":
        """Return the works of a grouping."""
        rejected: dict[int, set[Identifier]] = defaultdict(set)
        for rejection in grouping.rejections:
            rejected[rejection.entry].add(rejection.identifier)
        accepted = [frozenset(e.identifiers) - rejected[i] for i, e in enumerate(entries)]
        return cls(entries, keys, grouping, accepted)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return iter(self.grouping.works)

    def identifiers(self, work: Sequence[int]) -> frozenset[Identifier]:
        """Return the identifiers of a work that its entries state."""
        return frozenset(i for entry in work for i in self.accepted[entry])


def paper_keys(
    works: Works, more: Mapping[int, frozenset[Identifier]], titles: Mapping[int, str]
) -> list[str]:
    """Return the key of each work: of its strongest identifier, else of its title.

    `more` are identifiers that records add, `titles` those that a curator gave, by work.
    """
    named = [
        titles.get(at) or title_of([works.entries[e] for e in work])
        for at, work in enumerate(works)
    ]
    holders = Counter(named)
    names: dict[str, str] = {}
    for at, (work, title) in enumerate(zip(works, named, strict=True)):
        known = works.identifiers(work) | more.get(at, frozenset())
        found = sorted(known, key=lambda i: (i.rank, i))
        name = str(found[0]) if found else f"title:{title}"
        if not found and holders[title] > 1:  # the entries tell works of one title apart
            name = entitled(title, min(works.keys[e] for e in work))
        names[name] = found[0].key if found else title_key(title)
    return list(disambiguate(names).values())


def title_key(title: str) -> str:
    """Return the key of a paper that has no identifier: `title-<slug>`."""
    return f"title-{slug(title) or digest(title, length=8)}"


def entitled(title: str, entry: str) -> str:
    """Return the name of one of several papers of a title: by the least key of its entries."""
    return f"title:{title}\x1f{entry}"
