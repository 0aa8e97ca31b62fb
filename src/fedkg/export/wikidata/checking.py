"""What sightings say of papers, beside what is known: new rows, and what does not agree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from fedkg.export.wikidata.answers import Sighting
from fedkg.export.wikidata.identifiers import Identifier
from fedkg.export.wikidata.known import Known, Row


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that are new, and a sentence for each disagreement, which no row comes from."""

    rows: tuple[Row, ...]
    disagreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen by the identifiers of one paper; `is_whole` when all were looked for."""

    path: str
    by: Mapping[Identifier, Sequence[Sighting]]
    is_whole: bool

    @property
    def qids(self) -> Sequence[str]:
        """The items, each once."""
        found = (one.qid for sightings in self.by.values() for one in sightings)
        return list(dict.fromkeys(filter(None, found)))

    @property
    def source(self) -> str:
        """Where it was seen, by what, and when."""
        first = next(iter(self.by.values()))[0]
        tried = ", ".join(
            f"{one.scheme.property} {one.value}"
            for one, sightings in self.by.items()
            if not self.qids or any(sighting.qid for sighting in sightings)
        )
        return f"{first.service}, {'' if self.qids else 'no item with '}{tried}, {first.day}"

    def __str__(self) -> str:
        said = (
            f"its {one} is that of {' and '.join(qids)}"
            for one, sightings in self.by.items()
            if (qids := sorted({sighting.qid for sighting in sightings} - {""}))
        )
        return f"{self.path.removeprefix('paper/')}: {', '.join(said)}"


def check(
    identifiers: Sequence[Identifier], sightings: Sequence[Sighting], known: Known
) -> Checked:
    """Compare what was seen of papers with each other and with what is known.

    A paper gets an item when all that was seen says the same, nothing that is known says otherwise
    and no other paper has that item. It gets a row without an item when each of its identifiers was
    looked for and none has one.
    """
    found = list(_seen(identifiers, sightings))
    items, absent = known.items, known.absent
    owners: dict[str, set[str]] = defaultdict(set)
    for path, qid in items.items():
        owners[qid].add(path)
    for seen in found:
        for qid in seen.qids:
            owners[qid].add(seen.path)
    rows: list[Row] = []
    disagreements: list[str] = []
    for seen in found:
        if complaint := _complaint(seen, items, owners):
            disagreements.append(complaint)
        elif seen.path not in items and (seen.qids or _is_news(seen, absent)):
            rows.append(Row(seen.path, "".join(seen.qids), seen.source))
    return Checked(tuple(rows), tuple(disagreements))


def _seen(identifiers: Sequence[Identifier], sightings: Sequence[Sighting]) -> Iterator[_Seen]:
    by_value: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_value[sighting.value].append(sighting)
    by_path: dict[str, list[Identifier]] = defaultdict(list)
    for identifier in identifiers:
        by_path[identifier.path].append(identifier)
    for path, own in by_path.items():
        by = {one: by_value[one.value] for one in own if one.value in by_value}
        if by:
            yield _Seen(path, by, len(by) == len(own))


def _complaint(seen: _Seen, items: Mapping[str, str], owners: Mapping[str, set[str]]) -> str | None:
    """Return the sentence that says what does not agree, if anything does not."""
    if len(seen.qids) > 1:
        return f"{seen}: see which of these items is the paper, and merge them or name one."
    for qid in seen.qids:
        stated = items.get(seen.path, qid)
        if stated != qid:
            return f"{seen}, and the file names {stated}: see which of them is the paper."
        if others := sorted(owners[qid] - {seen.path}):
            also = " and ".join(path.removeprefix("paper/") for path in others)
            return f"{seen}, which is also that of {also}: see which of them it is."
    return None


def _is_news(seen: _Seen, absent: Set[str]) -> bool:
    """Return whether a paper without an item was not known to have none."""
    return seen.is_whole and seen.path not in absent
