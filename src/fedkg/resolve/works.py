"""Works: which entries are one, what identifiers each has, and the keys that lead to it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fedkg.ids import Identifier, digest, disambiguate, slug
from fedkg.model import Entry, Paper
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
            name = f"{name}\x1f{min(works.keys[e] for e in work)}"
        words = slug(title) or digest(title, length=8)
        names[name] = found[0].key if found else f"title-{words}"
    return list(disambiguate(names).values())


def with_aliases(
    papers: Sequence[Paper], works: Works, more: Mapping[int, frozenset[Identifier]]
) -> tuple[Paper, ...]:
    """Return the papers sorted by key, each with the other keys that lead to it alone.

    Every other identifier and listed title of a paper is an alias; what two papers share is none,
    nor is an identifier that another paper has or that the paper was refused in favour of another.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    work_of = {entry: at for at, work in enumerate(works) for entry in work}
    for at, (paper, work) in enumerate(zip(papers, works, strict=True)):
        identifiers = works.identifiers(work) | more.get(at, frozenset())
        titles = {paper.title, *(works.entries[i].title for i in work)}
        for key in (*(i.key for i in identifiers), *(f"title-{slug(t)}" for t in titles)):
            wanted[key].add(paper.key)
    # Without the list that corrects it, such an identifier would be the paper's: its IRI must last.
    for rejection in works.grouping.rejections:
        if rejection.own:
            wanted[rejection.identifier.key].add(papers[work_of[rejection.entry]].key)
    taken = {paper.key for paper in papers}
    mine: dict[str, list[str]] = defaultdict(list)
    for key, owners in sorted(wanted.items()):
        if len(owners) == 1 and key not in taken and key != "title-":
            mine[next(iter(owners))].append(key)
    named = (replace(paper, former_keys=tuple(mine[paper.key])) for paper in papers)
    return tuple(sorted(named, key=lambda paper: paper.key))
