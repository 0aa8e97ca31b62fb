"""What is said of an item: its names, and statements of properties with values of four types.

Wikibase takes texts of one line without blanks around them, and labels of a certain length: a
value here has that form, whatever it was made from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LABEL_MOST = 250
"""Characters of a label or a description."""
STRING_MOST = 1_500
"""Characters of a string or a text."""

_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def folded(text: str) -> str:
    """Return a text in one line, without blanks around it."""
    return _BLANK.sub(" ", text).strip()


def shortened(text: str) -> str:
    """Return a text as a label: folded, and cut behind a word where it is too long for one."""
    words = folded(text)
    if len(words) <= LABEL_MOST:
        return words
    cut = words[: LABEL_MOST - 2]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip()} …"


@dataclass(frozen=True, slots=True)
class Item:
    """Another item, by its id such as Q42."""

    qid: str


@dataclass(frozen=True, slots=True)
class String:
    """A string, an identifier or a URL: the property says which."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", folded(self.text))


@dataclass(frozen=True, slots=True)
class Monolingual:
    """A text in a language; "und" is one that is not known."""

    language: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", folded(self.text))


@dataclass(frozen=True, slots=True)
class Time:
    """A year, a month or a day: "2024", "2024-05", "2024-05-06"."""

    date: str

    @property
    def precision(self) -> int:
        """How exact it is, in Wikibase's numbers: 9, 10 or 11."""
        return 9 + self.date.count("-")

    @property
    def instant(self) -> str:
        """The date as Wikibase writes it, with 00 for what is not known."""
        year, month, day = (*self.date.split("-"), "00", "00")[:3]
        return f"+{year}-{month}-{day}T00:00:00Z"


Value = Item | String | Monolingual | Time

PROPERTIES: Mapping[str, str] = {
    "P31": "wikibase-item",
    "P50": "wikibase-item",
    "P356": "external-id",
    "P577": "time",
    "P813": "time",
    "P818": "external-id",
    "P820": "string",
    "P854": "url",
    "P921": "wikibase-item",
    "P953": "url",
    "P1433": "wikibase-item",
    "P1476": "monolingualtext",
    "P1545": "string",
    "P1932": "string",
    "P2093": "string",
    "P2860": "wikibase-item",
    "P4510": "wikibase-item",
}
"""Every property that is stated, and the data type that Wikidata gives it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A property and its value: a qualifier, or a part of a reference."""

    property: str
    value: Value


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of an item and its value, with qualifiers and the reference.

    One that `is_distinct` stands beside another of the same value instead of adding to it.
    """

    property: str
    value: Value
    qualifiers: tuple[Pair, ...] = ()
    reference: tuple[Pair, ...] = ()
    is_distinct: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """What is to be added to an item: `qid` is "" for one that is not there yet.

    `label` and `description` are English; "" says nothing.
    """

    qid: str
    label: str = ""
    description: str = ""
    statements: tuple[Statement, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the item has to be created."""
        return not self.qid
