"""A gold standard: what it says of entries, and whether it has the entries of the lists."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fedkg.errors import FedkgError
from fedkg.model import Collection, Entry

_LINES_AT_MOST = 20

EntryId = tuple[str, int, str]
"""An entry: the slug of its list, its line, its title as listed (one space between words)."""


class MisfitError(FedkgError):
    """Lists and gold standard that do not fit each other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works, and why they are easily taken for one ("tempting"), or may be one ("unsure")."""

    kind: str
    work: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold standard. `works` gives the work of every entry, "" for an entry that is no paper.

    `fields` are the rows of `fields.toml`; `models` has the facts of the models that they name.
    """

    works: Mapping[EntryId, str]
    pairs: tuple[Pair, ...]
    fields: tuple[Mapping[str, Any], ...]
    models: Mapping[str, Mapping[str, Any]]

    def of_kind(self, kind: str) -> list[Pair]:
        """Return the pairs of works of one kind."""
        return [pair for pair in self.pairs if pair.kind == kind]


@dataclass(frozen=True, slots=True)
class Score:
    """A measure: how many of how many are right, the least that will do, and what is wrong."""

    name: str
    right: int
    of: int
    at_least: float
    errors: tuple[str, ...] = ()

    @property
    def accuracy(self) -> float:
        """The share that is right; 1 where there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0

    @property
    def suffices(self) -> bool:
        """Whether the threshold is met."""
        return self.accuracy >= self.at_least

    def __str__(self) -> str:
        mark = "" if self.suffices else f"  BELOW {self.at_least}"
        return f"{self.name:<15} {self.accuracy:.3f}  ({self.right} of {self.of}){mark}"


def load(folder: Path) -> Gold:
    """Read `works.csv`, `pairs.csv` and `fields.toml` of a folder.

    Raises MisfitError where one is missing, cannot be read, or names an entry or work wrongly.
    """
    try:
        entries = _rows(folder / "works.csv")
        pairs = tuple(Pair(**row) for row in _rows(folder / "pairs.csv"))
        fields = tomllib.loads((folder / "fields.toml").read_text(encoding="utf-8"))
        works = {(row["list"], int(row["line"]), row["title"]): row["work"] for row in entries}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MisfitError(f"{folder}: cannot be read as a gold standard: {error}.") from error
    if len(works) != len(entries):
        raise MisfitError(f"{folder / 'works.csv'}: an entry stands there twice: remove one.")
    strangers = {work for pair in pairs for work in (pair.work, pair.other)} - set(works.values())
    if strangers:
        raise MisfitError(f"{folder / 'pairs.csv'}: {sorted(strangers)} are no works: mend them.")
    return Gold(works, pairs, tuple(fields.get("entry", ())), fields.get("models", {}))


def check_fit(gold: Gold, collection: Collection) -> None:
    """Raise MisfitError that says where, unless both have the same entries."""
    read = {entry_id(stated.entry) for stated in collection.statements}
    fields = {entry_of(row) for row in gold.fields}
    misfits = {
        "not in the lists": (gold.works.keys() | fields) - read,
        "not in works.csv": read - gold.works.keys(),
    }
    lines = [f"{why}: {place(one)}" for why, some in misfits.items() for one in sorted(some)]
    if lines:
        shown = lines[:_LINES_AT_MOST]
        more = [f"and {len(lines) - len(shown)} more"] if len(lines) > len(shown) else []
        told = "\n  ".join([*shown, *more])
        raise MisfitError(f"Lists and gold standard do not have the same entries:\n  {told}")


def entry_id(entry: Entry) -> EntryId:
    """Return what a gold standard knows an entry by."""
    return entry.list, entry.line, " ".join(entry.listed.title.split())


def entry_of(row: Mapping[str, Any]) -> EntryId:
    """Return the entry that a row of `fields.toml` is about."""
    return row["list"], row["line"], row["title"]


def place(entry: EntryId) -> str:
    """Return an entry for a person: fedllm:38 'FedPref: …'."""
    title = entry[2] if len(entry[2]) <= 60 else f"{entry[2][:59]}…"
    return f"{entry[0]}:{entry[1]} {title!r}"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
