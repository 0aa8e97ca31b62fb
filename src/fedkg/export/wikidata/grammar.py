"""Commands of QuickStatements, version 1: lines of fields between tabs.

(https://www.wikidata.org/wiki/Help:QuickStatements, "Command sequence syntax".) A string stands in
quotation marks and is read up to the last one of its field: those within it stand as they are, and
there is no way to escape a tab or the end of a line, so these become blanks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

CREATE = "CREATE"
LAST = "LAST"
LABEL_MOST = 250
"""Characters of a label or a description."""
STRING_MOST = 1_500
"""Characters of a string or a text."""

_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
Pair = tuple[str, str]
"""A property and a value, as fields."""


@dataclass(frozen=True, slots=True)
class Command:
    """A statement on an item (a QID or LAST), with its qualifiers and its reference."""

    item: str
    property: str
    value: str
    qualifiers: Sequence[Pair] = ()
    reference: Sequence[Pair] = ()

    def to_line(self) -> str:
        """Return the line, without its end."""
        pairs = (*self.qualifiers, *self.reference)
        return "\t".join(
            (self.item, self.property, self.value, *(x for pair in pairs for x in pair))
        )


def folded(text: str) -> str:
    """Return a text in one line, without blanks around it."""
    return _BLANK.sub(" ", text).strip()


def string(text: str) -> str:
    """Return a string."""
    return f'"{folded(text)}"'


def label(text: str) -> str:
    """Return a label or a description: no longer than an item may have, cut behind a word."""
    words = folded(text)
    if len(words) > LABEL_MOST:
        cut = words[: LABEL_MOST - 2]
        words = f"{(cut.rpartition(' ')[0] or cut).rstrip()} …"
    return f'"{words}"'


def monolingual(language: str, text: str) -> str:
    """Return a text in a language."""
    return f"{language}:{string(text)}"


def time(date: str) -> str:
    """Return a year, a month or a day ("2024", "2024-05", "2024-05-06") with its precision."""
    year, month, day = (*date.split("-"), "00", "00")[:3]
    precision = {0: 9, 1: 10, 2: 11}[date.count("-")]
    return f"+{year}-{month}-{day}T00:00:00Z/{precision}"
