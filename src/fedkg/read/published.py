"""The IRIs that were once published, and what replaced those that a correction took away."""

from collections.abc import Mapping
from pathlib import Path

from fedkg.read.rows import Row, rows_of

KEY_COLUMNS = ("thing",)
"""One row a thing, as the path of its IRI under the base: `paper/arxiv-2312.06353`."""
ALIAS_COLUMNS = ("former", "now", "reason")
"""One row a former IRI: its path, that of the thing it leads to, and why."""


def read_keys(path: Path) -> frozenset[str]:
    """Return the paths of a `keys.csv`. Raises InputError."""
    things: set[str] = set()
    for row in rows_of(path, KEY_COLUMNS):
        thing = _path(row, "thing")
        if thing in things:
            raise row.error(f"{thing} stands twice: remove one row")
        things.add(thing)
    return frozenset(things)


def read_aliases(path: Path) -> Mapping[str, frozenset[str]]:
    """Return where the former paths of an `aliases.csv` lead, each to one. Raises InputError.

    A former path stands once and leads to a thing of its own kind, and no chain ends where it
    began.
    """
    aliases: dict[str, str] = {}
    for row in rows_of(path, ALIAS_COLUMNS):
        former, now = _path(row, "former"), _path(row, "now")
        row.filled("reason")
        if former in aliases:
            raise row.error(f"{former} stands twice: remove one row")
        if former.partition("/")[0] != now.partition("/")[0]:
            raise row.error(f"{former} and {now} are of two kinds: let it lead to its own kind")
        aliases[former] = now
        if _ends(aliases, former) == former:
            raise row.error(f"{former} leads back to itself: remove a row of the circle")
    return {former: frozenset({_ends(aliases, former)}) for former in aliases}


def _ends(aliases: Mapping[str, str], path: str) -> str:
    """Return the last path of a chain, or `path` itself for a circle through it."""
    at = path
    while at in aliases and aliases[at] != path:
        at = aliases[at]
    return path if aliases.get(at) == path else at


def _path(row: Row, column: str) -> str:
    path = row.filled(column)
    kind, _, key = path.partition("/")
    if not kind or not key or path != path.strip():
        raise row.error(f"{column} is {path!r}: write a kind and a key, like person/yaliang-li")
    return path
