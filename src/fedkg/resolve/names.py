"""What the title of an entry calls its work: a full title, a short name, or a label alone."""

import re
from dataclasses import dataclass

from fedkg.ids import fold

_LABEL_WORDS_AT_MOST = 4
_SHORT_WORDS_AT_MOST = 3
_PARENTHESIS = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_PARTS = re.compile(r"\s*/\s*|\s+or\s+")
_SHORT = re.compile(r"^\s*([^:：]{2,40}?)\s*(?:[:：]\s+|\s+[-–—]\s+)(?=\S)")
_TELLING_WORDS = 5
_SIMILAR = 0.8


@dataclass(frozen=True, slots=True)
class Name:
    """The names in one title, folded for comparing.

    `full` is the whole title. `short` is what stands before a colon ("fedkseed"). `parts` are the
    names of a label ("FedLoRA / pFedLoRA" has two); a full title has none. `rest` is what stands
    behind the short name.
    """

    full: str
    short: str | None
    rest: str | None
    parts: frozenset[str]
    words: frozenset[str]

    @property
    def is_label(self) -> bool:
        """Whether the title is a label such as "FlexLoRA" rather than a title in full."""
        return bool(self.parts)


def name_of(title: str) -> Name:
    """Return the names in a title.

    >>> name_of("pFL (pFedPrompt)").parts == frozenset({"pfl", "pfedprompt"})
    True
    """
    words = frozenset(filter(None, (fold(word) for word in title.split())))
    match = _SHORT.match(title)
    if match and len(match.group(1).split()) <= _SHORT_WORDS_AT_MOST:
        rest = title[match.end() :]
        told = fold(rest) if len(rest.split()) >= _TELLING_WORDS else None
        return Name(fold(title), fold(match.group(1)), told, frozenset(), words)
    whole = fold(title) or title.strip()
    bare = _PARENTHESIS.sub("", title)
    if len(bare.split()) > _LABEL_WORDS_AT_MOST:
        return Name(fold(title), None, None, frozenset(), words)
    inside = _PARENTHESIS.search(title)
    named = _PARTS.split(bare)
    if inside and len(inside.group(1).split()) == 1:
        named.append(inside.group(1))
    parts = frozenset(filter(None, map(fold, named)))
    return Name(whole, None, None, parts or frozenset({whole}), words)


def are_similar(one: Name, other: Name) -> bool:
    """Return whether two full titles are the same but for a word or two, or for the short name.

    The measure is the Jaccard index of their words: |A ∩ B| / |A ∪ B|, at least 0.8 (Jaccard,
    "The distribution of the flora in the alpine zone", 1912).
    """
    if one.rest and one.rest == other.rest:
        return True
    shared = len(one.words & other.words)
    return shared >= _SIMILAR * len(one.words | other.words) > 0
