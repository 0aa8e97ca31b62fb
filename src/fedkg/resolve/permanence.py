"""No IRI that was published dies: it is there, or it leads to what replaced it.

What lasts is what people cite: papers, people, venues, editions, datasets, models, families,
repositories and lists. An entry, a finding or a decision is named by its words and is gone when
a list's maintainer changes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from fedkg.errors import InvalidGraphError
from fedkg.ids import slug, told_apart
from fedkg.model import Collection, Named
from fedkg.resolve.keys import Leads

_SHOWN = 5


def lasting_paths(collection: Collection) -> frozenset[str]:
    """Return the paths of the things that are there: `paper/arxiv-2312.06353`."""
    return frozenset(_paths(collection))


def with_former_paths(collection: Collection, former: Leads) -> Collection:
    """Return the collection with those former paths that lead to its things.

    A former path that is a thing again, or another key of a paper, needs no alias. What is said
    here outweighs what the collection knows: a person may know which of several is meant.
    """
    there = lasting_paths(collection)
    other_keys = _other_keys(collection)
    known = {path: set(led) for path, led in collection.former_paths}
    said = {path: {other_keys.get(now, now) for now in led} for path, led in former.items()}
    kept = {
        path: tuple(sorted(led & there))
        for path, led in (*known.items(), *said.items())
        if led & there and path not in there and path not in other_keys
    }
    return replace(collection, former_paths=tuple(sorted(kept.items())))


def former_names(kind: str, spellings: Iterable[tuple[str, Iterable[str]]]) -> Leads:
    """Return the paths that things of other lists would have, from their keys and all their names.

    Which spelling names a thing, and whether another shares its slug, depends on what lists are
    read.
    """
    claims: dict[str, dict[str, str]] = defaultdict(dict)
    for key, names in spellings:
        for name in names:
            claims[slug(name)][name] = key
    leads: dict[str, set[str]] = defaultdict(set)
    for bare, keys in claims.items():
        for name, key in keys.items():
            if bare:
                leads[f"{kind}/{bare}"].add(f"{kind}/{key}")
            if not bare or len(set(keys.values())) > 1:
                leads[f"{kind}/{told_apart(bare, name)}"].add(f"{kind}/{key}")
    return leads


def spellings_of(things: Iterable[Named]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the key and all names of each thing."""
    for thing in things:
        yield thing.key, (thing.name, *thing.aliases)


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
