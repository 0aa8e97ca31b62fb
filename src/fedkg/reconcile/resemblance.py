"""How alike two names are, from 0 to 100, whatever their case, diacritics and punctuation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from fedkg.ids import REMEMBERED

EXACT = 100.0
OTHER_NAME = 97.0
"""Just as an alias or another title."""
_ALIKE_AT_MOST = 96.0
_SHORT_NAME = 90.0
"""A title's short name, before its colon."""
_INITIALS = 85.0
_BEGINNING = 70.0
_TELLING = 12
"""Letters from which on the beginning of a title tells it from others."""
_OTHER_NUMBER = 0.85
"""What is left of the likeness of two names whose numbers differ: Llama-2-7B, Llama-2-13B."""
_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name as it is compared: its words in ASCII and lower case, and these without spaces."""

    words: tuple[str, ...]
    text: str
    whole: str

    @classmethod
    def of(cls, name: str) -> "Spelled":
        """Return a name without what does not count."""
        ascii_ = name if name.isascii() else anyascii(name)
        words = tuple(_RUN.sub(" ", ascii_.lower()).split())
        return cls(words, " ".join(words), "".join(words))

    @property
    def numbers(self) -> list[str]:
        """The numbers in it, whatever stands around them."""
        return sorted(_DIGITS.findall(self.text))


@lru_cache(REMEMBERED)
def _spelled(name: str) -> Spelled:
    return Spelled.of(name)


def asked_as(text: str, kinds: Iterable[str]) -> Spelled:
    """Return what is looked for; a person may be asked for as "García, José"."""
    if set(kinds) == {"person"} and text.count(",") == 1:
        family, _, given = text.partition(",")
        text = f"{given} {family}"
    return Spelled.of(text)


def resemblance(asked: Spelled, kind: str, name: str, others: Iterable[str] = ()) -> float:
    """Return how well what is asked for fits a thing of a kind: `EXACT` is its own name."""
    best = _of_one(asked, kind, name)
    for other in others if best < OTHER_NAME else ():
        found = _of_one(asked, kind, other)
        best = max(best, OTHER_NAME if found == EXACT else found)
    return best


def _of_one(asked: Spelled, kind: str, name: str) -> float:
    spelled = _spelled(name)
    if not asked.whole or not spelled.whole:
        return 0.0
    if asked.whole == spelled.whole:
        return EXACT
    alike = max(
        fuzz.ratio(asked.text, spelled.text), 0.98 * fuzz.token_sort_ratio(asked.text, spelled.text)
    )
    if asked.numbers != spelled.numbers:
        alike *= _OTHER_NUMBER
    alike = min(alike, _ALIKE_AT_MOST)
    if kind == "paper":
        return max(alike, _of_title(asked, name, spelled))
    if kind == "person" and _are_initials(asked.words, spelled.words):
        return max(alike, _INITIALS)
    return alike


def _of_title(asked: Spelled, title: str, spelled: Spelled) -> float:
    short, colon, _ = title.partition(":")
    if colon and _spelled(short).whole == asked.whole:
        return _SHORT_NAME
    if _TELLING <= len(asked.whole) < len(spelled.whole):
        beginning = fuzz.ratio(asked.whole, spelled.whole[: len(asked.whole)])
        share = len(asked.whole) / len(spelled.whole)
        if beginning >= _SHORT_NAME:  # a title that was cut short
            return beginning / EXACT * (_BEGINNING + (_SHORT_NAME - _BEGINNING) * share)
    return 0.0


def _are_initials(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names of people differ only in given names that one of them shortens."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    pairs = list(zip(one[:-1], other[:-1], strict=False))
    fits = all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)
    return fits and any(a != b for a, b in pairs)
