"""Names of datasets in datasets fields that are not spelt as they are officially.

Another name for a dataset is no misspelling: "SST2" is written "SST-2", but "Yelp" or "PTB" stay
what the keeper of the list chose to write.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from fedkg.lint.editable import Stretch, stretches
from fedkg.model import Entry, Reading
from fedkg.read.names import split_datasets
from fedkg.resolve import Vocabulary
from fedkg.resolve.vocabulary.tables import name_key

_SEPARATOR = re.compile(r"([,;，、；]|\s(?:and|&)\s)")
_MARKUP = re.compile(r"[|\[\]<>*`\\]")

Replacement = tuple[int, int, str, str]
"""Line (from 1), start in it, the field as it stands, the field as it should be."""


def spellings(
    reading: Reading, lines: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Replacement]:
    """Yield the datasets fields with a misspelt name, in order.

    A field is left alone unless its words stand at one place only, from its entry's line to that
    of the next entry, and are no part of the entry's title.
    """
    wanted = [(entry, _spelt(entry.listed.datasets or "", vocabulary)) for entry in reading.entries]
    wanted = [(entry, spelt) for entry, spelt in wanted if spelt != (entry.listed.datasets or "")]
    if not wanted:
        return
    editable: dict[int, list[Stretch]] = {}
    for stretch in stretches(lines):
        editable.setdefault(stretch.line, []).append(stretch)
    ends = _ends(reading.entries, len(lines))
    found: dict[tuple[int, int], Replacement] = {}
    for entry, spelt in wanted:
        field = entry.listed.datasets or ""
        places = list(_places(field, range(entry.line, ends[entry.line]), lines, editable))
        if len(places) == 1 and field not in entry.listed.title:
            found[places[0]] = (*places[0], field, spelt)
    yield from (found[place] for place in sorted(found))


def _ends(entries: Sequence[Entry], last: int) -> dict[int, int]:
    """Return, for the line of each entry, the line where the next one begins."""
    numbers = sorted({entry.line for entry in entries})
    return dict(zip(numbers, [*numbers[1:], last + 1], strict=True))


def _places(
    field: str,
    numbers: range,
    lines: Sequence[str],
    editable: Mapping[int, Sequence[Stretch]],
) -> Iterator[tuple[int, int]]:
    """Yield where a field stands as a whole, as (line, start)."""
    whole = re.compile(rf"(?<![\w/-]){re.escape(field)}(?![\w/-])")
    for number in numbers:
        for stretch in editable.get(number, ()):
            for match in whole.finditer(lines[number - 1], stretch.start, stretch.end):
                yield number, match.start()


def _spelt(field: str, vocabulary: Vocabulary) -> str:
    """Return a datasets field with each misspelt name as it is spelt officially."""
    return "".join(_spelt_part(part, vocabulary) for part in _SEPARATOR.split(field))


def _spelt_part(part: str, vocabulary: Vocabulary) -> str:
    name = part.strip(" .…:")
    known = vocabulary.dataset(name) if name else None
    if known is None or known.name == name or not _is_misspelt(name, known.name):
        return part
    is_one_name = split_datasets(known.name) == (known.name,) and not _MARKUP.search(known.name)
    return part.replace(name, known.name, 1) if is_one_name else part


def _is_misspelt(name: str, official: str) -> bool:
    """Whether two names differ in case, spaces, punctuation or a final "s" alone."""
    return name_key(name).removesuffix("s") == name_key(official).removesuffix("s")
