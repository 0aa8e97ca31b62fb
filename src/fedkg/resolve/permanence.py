"""No IRI that was published dies: it is there, or it leads to what replaced it.

What lasts is what people cite: papers, people, venues, editions, datasets, models, families,
repositories and lists. An entry, a finding or a decision is named by its words and is gone when
a list's maintainer changes them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from fedkg.errors import InvalidGraphError
from fedkg.ids import slug
from fedkg.model import Collection, Named

_SHOWN = 5


def lasting_paths(collection: Collection) -> frozenset[str]:
    """Return the paths of the things that are there: `paper/arxiv-2312.06353`."""
    return frozenset(_paths(collection))


def with_former_paths(collection: Collection, aliases: Mapping[str, str]) -> Collection:
    """Return the collection with those former paths that lead to one of its things.

    A former path that is a thing again, or another key of a paper, needs no alias.
    """
    there = lasting_paths(collection)
    known = {old: now for old, now in collection.former_paths if old not in there}
    other_keys = _other_keys(collection)
    kept = {
        former: other_keys.get(now, now)
        for former, now in aliases.items()
        if former not in there and former not in other_keys
    } | known
    return replace(
        collection,
        former_paths=tuple(sorted((old, now) for old, now in kept.items() if now in there)),
    )


def former_spellings(kind: str, things: Sequence[Named]) -> dict[str, str]:
    """Return the paths by other spellings of things, and where they lead.

    Which spelling names a thing that no vocabulary knows depends on what lists are read.
    """
    taken = {thing.key for thing in things}
    meant: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        for spelling in thing.aliases:
            meant[slug(spelling)].add(thing.key)
    return {
        f"{kind}/{key}": f"{kind}/{min(keys)}"
        for key, keys in meant.items()
        if key and key not in taken and len(keys) == 1
    }


def check_permanence(collection: Collection, published: Set[str]) -> None:
    """Raise InvalidGraphError when a published path neither is there nor leads anywhere."""
    led = _other_keys(collection).keys() | dict(collection.former_paths).keys()
    lost = sorted(published - lasting_paths(collection) - led)
    if lost:
        some = ", ".join(lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
        raise InvalidGraphError(
            f"Nothing was published: {len(lost)} published IRIs would be lost ({some}); "
            "add a row to data/aliases.csv that says what replaced each."
        )


def _other_keys(collection: Collection) -> dict[str, str]:
    return {
        f"paper/{key}": f"paper/{paper.key}"
        for paper in collection.papers
        for key in paper.former_keys
    }


def _paths(collection: Collection) -> Iterator[str]:
    for kind, things in (
        ("paper", collection.papers),
        ("person", collection.people),
        ("venue", collection.venues),
        ("edition", collection.editions),
        ("dataset", collection.datasets),
        ("model", collection.models),
        ("family", collection.families),
        ("repository", collection.repositories),
    ):
        for thing in things:
            yield f"{kind}/{thing.key}"
    for one in collection.lists:
        yield f"list/{one.slug}"
