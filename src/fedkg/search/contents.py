"""What goes into an index: papers, the things that they are connected with, and the lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fedkg.search.answers import Answer


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A listed paper. `issued` is "2024-05", "2024" or "", `values` are paths by facet.

    `people` are the paths of its authors, `repositories` those of its code; `years` and `venues`
    are what each list (path) states of it.
    """

    path: str
    title: str
    others: tuple[str, ...] = ()
    issued: str = ""
    venue: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    years: Mapping[str, frozenset[str]] = field(default_factory=dict)
    venues: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A thing with names. `broader` are the paths of those that it counts for too."""

    path: str
    kind: str
    name: str
    others: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list: what it is called, where it comes from, and what was found in it by kind.

    `entries` are their paths in the order of their lines.
    """

    path: str
    title: str
    source: str = ""
    licence: str = ""
    retrieved: str = ""
    entries: tuple[str, ...] = ()
    papers: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that an index is made of. The papers may be read once."""

    papers: Iterable[PaperRow]
    things: tuple[ThingRow, ...] = ()
    lists: tuple[ListRow, ...] = ()
    answers: tuple[Answer, ...] = ()
