"""The other keys of papers: those that lead to one, and those that may mean several.

A paper's key goes by the lists that are read. Another list may bring a stronger identifier, a
better title, a second work of the title or of the link: the key of before leads on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from fedkg.ids import Identifier, told_apart
from fedkg.model import Paper
from fedkg.resolve.keys import Leads
from fedkg.resolve.works import Works, entitled, title_key


def other_keys(
    papers: Sequence[Paper], works: Works, more: Mapping[int, frozenset[Identifier]]
) -> Mapping[str, Set[str]]:
    """Return by which keys papers may have been known, and the keys of those papers.

    Every other identifier and listed title of a paper is one; but not an identifier that another
    paper has. `more` are identifiers that records add, by work.
    """
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for paper, bare, name in _names(papers, works, more):
        names[bare][name].add(paper)
    known: dict[str, set[str]] = defaultdict(set)
    for bare, owners in names.items():
        for name, claimants in owners.items():
            known[bare] |= claimants
            if len(owners) > 1:
                known[told_apart(bare, name)] |= claimants
    return {key: owners - {key} for key, owners in known.items()}


def with_aliases(
    papers: Sequence[Paper], others: Mapping[str, Set[str]]
) -> tuple[tuple[Paper, ...], Leads]:
    """Return the papers by key, each with the other keys that lead to it alone, and the rest.

    The rest are the paths that several papers share: without the others, each would be one's own.
    """
    taken = {paper.key for paper in papers}
    free = {key: owners for key, owners in others.items() if key not in taken}
    mine: dict[str, list[str]] = defaultdict(list)
    for key, owners in sorted(free.items()):
        if len(owners) == 1:
            mine[next(iter(owners))].append(key)
    named = (replace(paper, former_keys=tuple(mine[paper.key])) for paper in papers)
    shared = {
        f"paper/{key}": {f"paper/{owner}" for owner in owners}
        for key, owners in free.items()
        if len(owners) > 1
    }
    return tuple(sorted(named, key=lambda paper: paper.key)), shared


def keys_of_papers(
    others: Mapping[str, Set[str]], works: Works, papers: Sequence[str]
) -> Mapping[str, Set[str]]:
    """Return the other keys that each paper may have had; `papers` are the keys, by work.

    What it was refused in favour of another is among them, and the keys of papers that share one
    with it: before another list told them apart, they may have been one.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for key, owners in others.items():
        for owner in owners:
            found[owner].add(key)
    work_of = {entry: at for at, work in enumerate(works) for entry in work}
    for rejection in works.grouping.rejections:
        found[papers[work_of[rejection.entry]]].add(rejection.identifier.key)
    together = [owners for owners in others.values() if len(owners) > 1]
    shared = [set(owners).union(*(found[owner] for owner in owners)) for owners in together]
    for owners, keys in zip(together, shared, strict=True):
        for owner in owners:
            found[owner] |= keys
    return found


def _names(
    papers: Sequence[Paper], works: Works, more: Mapping[int, frozenset[Identifier]]
) -> Iterator[tuple[str, str, str]]:
    """Yield the key of a paper, and a key with the name that it would be of."""
    held: set[Identifier] = set()
    shared_titles = _shared_titles(works)
    for at, (paper, work) in enumerate(zip(papers, works, strict=True)):
        identifiers = works.identifiers(work) | more.get(at, frozenset())
        held |= identifiers
        for identifier in identifiers:
            yield paper.key, identifier.key, str(identifier)
        for title in {paper.title, *(works.entries[i].title for i in work)}:
            yield paper.key, title_key(title), f"title:{title}"
            if title in shared_titles:
                for entry in work:
                    yield paper.key, title_key(title), entitled(title, works.keys[entry])
    # Without the list that corrects it, an identifier that is now nobody's would be the paper's.
    work_of = {entry: at for at, work in enumerate(works) for entry in work}
    for rejection in works.grouping.rejections:
        if rejection.own or rejection.identifier not in held:
            key = papers[work_of[rejection.entry]].key
            yield key, rejection.identifier.key, str(rejection.identifier)


def _shared_titles(works: Works) -> Set[str]:
    """Return the titles of entries of several works."""
    holders: dict[str, set[int]] = defaultdict(set)
    for at, work in enumerate(works):
        for entry in work:
            holders[works.entries[entry].title].add(at)
    return {title for title, found in holders.items() if len(found) > 1}
