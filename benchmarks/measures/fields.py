"""Datasets, models, venues, years and authors of entries, compared with a careful person's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Self

from fedkg.ids import fold
from fedkg.model import Collection, Model, Named, Paper, Stated, Venue, Version
from measures.standard import EntryId, Gold, Score, entry_id, entry_of, place

FIELD_AT_LEAST = 0.98


@dataclass(frozen=True, slots=True)
class Expected:
    """A value that should be there.

    "GSM8K", one of two names: "GPT | GPT-1", or optional: "GPT ?".
    """

    names: tuple[str, ...]
    is_optional: bool = False

    @classmethod
    def of(cls, words: str) -> Self:
        """Read a value as it stands in `fields.toml`."""
        return cls(tuple(words.removesuffix(" ?").split(" | ")), words.endswith(" ?"))

    def fits(self, thing: Named) -> bool:
        """Whether a thing goes by one of the names: its own, or another that the graph gives it."""
        full = (thing.full,) if isinstance(thing, Venue) and thing.full else ()
        known = {fold(name) for name in (thing.name, *thing.aliases, *full)}
        return any(fold(name) in known for name in self.names)


class Kept:
    """What the graph keeps of what entries state: values that were rejected are gone."""

    def __init__(self, collection: Collection) -> None:
        self._stated = {entry_id(one.entry): one for one in collection.statements}
        self._papers = {paper.key: paper for paper in collection.papers}
        self._things: Mapping[str, Mapping[str, Named]] = {
            "authors": {one.key: one for one in collection.people},
            "datasets": {one.key: one for one in collection.datasets},
            "models": {one.key: one for one in collection.models},
            "venue": {one.key: one for one in collection.venues},
        }

    def values(self, entry: EntryId, field: str) -> list[Named]:
        """Return the things that a field of an entry names, as far as its paper has them."""
        stated, paper = self._both(entry)
        if field == "venue":
            version = self.version(entry)
            keys = (version.venue,) if version and version.venue else ()
        else:
            keys = getattr(stated, field)
        kept = _of_paper(paper, field)
        return [self._things[field][key] for key in keys if key in kept]

    def version(self, entry: EntryId) -> Version | None:
        """Return the version that an entry speaks of, a published one before a preprint."""
        stated, paper = self._both(entry)
        versions = paper.versions if paper else ()
        return next((one for one in versions if one.venue in stated.venues), None)

    def _both(self, entry: EntryId) -> tuple[Stated, Paper | None]:
        stated = self._stated[entry]
        return stated, self._papers.get(stated.describes or "")


def measure_fields(gold: Gold, collection: Collection) -> list[Score]:
    """Return the accuracy of each field: the share of entries that have all its values, no other.

    An entry where neither side has a value does not count. Authors must be in order. Two names of
    the gold standard that became one thing are an error more.
    """
    kept = Kept(collection)
    scores = [_values(gold, kept, field) for field in ("datasets", "models", "venue", "authors")]
    return [*scores, _years(gold, kept), _model_facts(gold, collection)]


def _of_paper(paper: Paper | None, field: str) -> set[str]:
    """Return the keys that a paper has in a field."""
    if paper is None:
        return set()
    if field == "venue":
        return {version.venue for version in paper.versions if version.venue}
    if field == "authors":
        return {authorship.person for authorship in paper.authorships}
    return set(getattr(paper, field))


def _values(gold: Gold, kept: Kept, field: str) -> Score:
    total = 0
    errors: list[str] = []
    names: dict[str, set[str]] = defaultdict(set)
    for row in (row for row in gold.fields if field in row):
        expected = [Expected.of(words) for words in _texts(row[field])]
        found = kept.values(entry_of(row), field)
        if found or not all(one.is_optional for one in expected):
            total += 1
            wrong = (_sequence if field == "authors" else _set)(expected, found)
            errors += [f"{field}: {place(entry_of(row))}: {wrong}"] if wrong else []
        for one in (one for one in expected if len(one.names) == 1):
            for thing in filter(one.fits, found):
                names[thing.key].add(one.names[0])
    joined = [
        f"{field}: {key} stands for {' and for '.join(sorted(several))}"
        for key, several in sorted(names.items())
        if len(set(map(fold, several))) > 1
    ]
    right = total - len(errors)
    return Score(field, right, total + len(joined), FIELD_AT_LEAST, (*errors, *joined))


def _sequence(expected: Sequence[Expected], found: Sequence[Named]) -> str:
    """Return what is wrong with values in order, or "" where nothing is."""
    if all(a and b and a.fits(b) for a, b in zip_longest(expected, found)):
        return ""
    return f"is {[one.name for one in found]}, should be {[one.names[0] for one in expected]}"


def _set(expected: Sequence[Expected], found: Sequence[Named]) -> str:
    """Return what is wrong with values in any order, or "" where nothing is."""
    lacks = [e.names[0] for e in expected if not e.is_optional and not any(map(e.fits, found))]
    has = [one.name for one in found if not any(e.fits(one) for e in expected)]
    return " and ".join(
        f"{what} {names}" for what, names in (("lacks", lacks), ("has", has)) if names
    )


def _years(gold: Gold, kept: Kept) -> Score:
    rows = [row for row in gold.fields if "year" in row]
    errors = []
    for row in rows:
        right = row["year"] if isinstance(row["year"], list) else [row["year"]]
        version = kept.version(entry_of(row))
        found = version.issued.year if version and version.issued else None
        if found not in right:
            errors.append(f"year: {place(entry_of(row))}: is {found}, should be {right[0]}")
    return Score("year", len(rows) - len(errors), len(rows), FIELD_AT_LEAST, tuple(errors))


def _model_facts(gold: Gold, collection: Collection) -> Score:
    """Compare family and number of parameters of each model that the gold standard describes."""
    families = {family.key: family for family in collection.families}
    total = sum(map(len, gold.models.values()))
    errors = []
    for name, facts in gold.models.items():
        model = next((m for m in collection.models if Expected.of(name).fits(m)), None)
        family = families.get(model.family or "") if model else None
        errors += [f"model facts: {name}: {wrong}" for wrong in _wrong_facts(facts, model, family)]
    return Score("model facts", total - len(errors), total, FIELD_AT_LEAST, tuple(errors))


def _wrong_facts(
    facts: Mapping[str, Any], model: Model | None, family: Named | None
) -> Iterator[str]:
    if "family" in facts and not (family and Expected.of(facts["family"]).fits(family)):
        yield f"its family is {family and family.name}, should be {facts['family']}"
    parameters = model.parameters if model else None
    if facts.get("parameters", parameters) != parameters:
        yield f"it has {parameters} parameters, should have {facts['parameters']}"


def _texts(value: str | Iterable[str]) -> list[str]:
    return [text for text in ([value] if isinstance(value, str) else value) if text]
