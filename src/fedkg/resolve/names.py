"""What the title of an entry calls its work: a full title, a short name, or a label alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from fedkg.ids import fold

_LABEL_WORDS_AT_MOST = 4
_SHORT_WORDS_AT_MOST = 3
_PARENTHESIS = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_PARTS = re.compile(r"\s*/\s*|\s+or\s+")
_SHORT = re.compile(r"^\s*([^:：]{2,40}?)\s*(?:[:：]\s+|\s+[-–—]\s+)(?=\S)")
_WORD_EDGE = re.compile(r"[\s\-–—/:]+")
_COINED = re.compile(r"[A-Z]{2,}|[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]")
_TELLING_WORDS = 5
_LONG_TITLE = 6
_TYPO = 75
_ABBREVIATION_AT_MOST = 40
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "in",
        "on",
        "with",
        "and",
        "to",
        "via",
        "by",
        "towards",
        "toward",
        "using",
        "from",
        "under",
        "over",
        "at",
        "as",
    ]
)
"""Words whose presence in a title tells no work from another."""


@dataclass(frozen=True, slots=True)
class Name:
    """The names in one title, folded for comparing.

    `full` is the whole title. `short` is what stands before a colon ("fedkseed"). `parts` are the
    names of a label ("FedLoRA / pFedLoRA" has two); a full title has none. `rest` is what stands
    behind the short name. `sequence` are the title's words in order, hyphens parting them; `spaced`
    the same, hyphens joining them. `is_coined`: the title holds a coined name or an acronym.
    """

    full: str
    short: str | None
    rest: str | None
    parts: frozenset[str]
    words: frozenset[str]
    sequence: tuple[str, ...] = ()
    spaced: tuple[str, ...] = ()
    is_coined: bool = False

    @property
    def is_label(self) -> bool:
        """Whether the title is a label such as "FlexLoRA" rather than a title in full."""
        return bool(self.parts)


def name_of(title: str) -> Name:
    """Return the names in a title.

    >>> name_of("pFL (pFedPrompt)").parts == frozenset({"pfl", "pfedprompt"})
    True
    """
    sequence = tuple(filter(None, map(fold, _WORD_EDGE.split(title))))
    spaced = tuple(filter(None, map(fold, title.split())))
    words = frozenset(spaced)
    match = _short_in(title)
    if match:
        rest = title[match.end() :]
        told = fold(rest) if len(rest.split()) >= _TELLING_WORDS else None
        return Name(fold(title), fold(match.group(1)), told, frozenset(), words, sequence, spaced)
    whole = fold(title) or title.strip()
    if not is_label(title):
        return Name(whole, None, None, frozenset(), words, sequence, spaced)
    inside = _PARENTHESIS.search(title)
    named = _PARTS.split(_PARENTHESIS.sub("", title))
    if inside and len(inside.group(1).split()) == 1:
        named.append(inside.group(1))
    parts = frozenset(filter(None, map(fold, named)))
    return Name(
        whole, None, None, parts or frozenset({whole}), words, sequence, spaced, is_coined(title)
    )


def is_label(title: str) -> bool:
    """Return whether a title is a label such as "FlexLoRA" rather than a title in full."""
    if _short_in(title):
        return False
    bare = _PARENTHESIS.sub("", title)
    count = len(bare.split())
    return count <= _SHORT_WORDS_AT_MOST or (count <= _LABEL_WORDS_AT_MOST and is_coined(bare))


def _short_in(title: str) -> re.Match[str] | None:
    """Return the short name before the colon of a title in full."""
    match = _SHORT.match(title)
    return match if match and len(match.group(1).split()) <= _SHORT_WORDS_AT_MOST else None


def likeness(one: Name, other: Name) -> int:
    """Return how alike two different full titles are: 6 almost the same, 4 alike, 0 not.

    Almost the same are titles that differ in small words, in the spelling of a word or two
    (Indel similarity of 75 and more), or in the short name before the colon; alike, long titles of
    which one has one word more.
    """
    if one.rest and one.rest == other.rest:
        return 6
    left = sorted(one.words - other.words - SMALL_WORDS)
    right = sorted(other.words - one.words - SMALL_WORDS)
    if not left and not right:
        return 6
    if len(left) == len(right) <= 2:
        likely = all(fuzz.ratio(a, b) >= _TYPO for a, b in zip(left, right, strict=True))
        return 6 if likely else 0
    is_long = min(len(one.words), len(other.words)) >= _LONG_TITLE
    return 4 if is_long and len(left) + len(right) == 1 else 0


def are_similar(one: Name, other: Name) -> bool:
    """Return whether two full titles are one, or almost."""
    return one.full == other.full or likeness(one, other) > 0


def is_coined(text: str) -> bool:
    """Return whether a text holds a coined name or an acronym: "FedKSeed", "LP-FL", "PEFT"."""
    return bool(_COINED.search(text))


def spells(label: str, words: tuple[str, ...]) -> int:
    """Return how many consecutive words of a title a label abbreviates, 0 for none.

    "fedit" abbreviates three words of "… Federated Instruction Tuning": each gives its beginning,
    in order, and nothing is left over. What is longer than 40 letters abbreviates nothing.
    """
    if len(label) > _ABBREVIATION_AT_MOST:
        return 0
    return max((_spelled(label, words[start:]) for start in range(len(words))), default=0)


def _spelled(label: str, words: tuple[str, ...]) -> int:
    """Return how many words from the first on a label spells: the most, where there is a choice."""
    reached, best = {0}, 0
    for count, word in enumerate(words, 1):
        reached = {end for at in reached for end in _ends(label, at, word)}
        if len(label) in reached:
            best = count
        if not reached:
            break
    return best


def _ends(label: str, at: int, word: str) -> Iterator[int]:
    """Yield where in the label beginnings of a word end that stand there at a position."""
    for end, (mine, theirs) in enumerate(zip(label[at:], word, strict=False), at + 1):
        if mine != theirs:
            break
        yield end
