"""Keys of entries, and of things that are known by a name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from fedkg.ids import digest, disambiguate, slug
from fedkg.model import Entry

Leads = Mapping[str, Set[str]]
"""Paths that are no thing's own (`person/li-wei`), and the paths of the things each may mean."""


def entry_keys(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the key of each entry: `<list>/<12 hex of headings, title and link as listed>`.

    The same words under the same headings again get `-2`, `-3`, … in the order of lines; so a line
    may move without a change of key.
    """
    seen: Counter[str] = Counter()
    keys = {}
    for entry in sorted(entries, key=lambda e: (e.list, e.line)):
        headings = (heading.as_listed for heading in entry.headings)
        key = f"{entry.list}/{digest(*headings, entry.listed.title, entry.listed.link or '')}"
        seen[key] += 1
        keys[id(entry)] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return tuple(keys[id(entry)] for entry in entries)


def keyed(names: Iterable[str]) -> dict[str, str]:
    """Return a key for each canonical name, all different."""
    return disambiguate({name: slug(name) for name in sorted(set(names))})


def merged(*parts: Leads) -> Leads:
    """Return where each path of any part leads."""
    whole: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for path, now in part.items():
            whole[path] |= now
    return whole


def canonical(spellings: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return for each folded name its commonest spelling and the others; ties by code point."""
    result = {}
    for folded, listed in spellings.items():
        counts = Counter(listed)
        best = min(counts, key=lambda name: (-counts[name], name))
        result[folded] = (best, tuple(sorted(set(counts) - {best})))
    return result


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the second parts of the pairs, gathered by the first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
