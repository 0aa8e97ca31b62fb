"""Lists inside a field: authors, datasets, models, as lists write them."""

import re

from fedkg.read.mend import mend

_SEPARATOR = re.compile(r"\s*(?:[,;，、；]|(?:(?<=\s)|(?<=[,;]))(?:and|&)(?=\s))\s*", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*[(（][^()（）]*[)）]")
_ET_AL = re.compile(r"\b(?:et\.?\s*al\b\.?|and others\b|等\b)", re.IGNORECASE)
_SIZE = re.compile(
    r"[~<>≈≤≥]{0,2}\s*\d+(?:\.\d+)?\s*(?:[kmbt]|million|billion)?(?:\s*(?:parameters?|params?))?"
    r"(?:\s*models?)?",
    re.IGNORECASE,
)
_DATASET_WORD = re.compile(r"\s+data\s?sets?$", re.IGNORECASE)
_SUFFIX = re.compile(r"\b(?:Jr|Sr|[A-Z])\.$")
_NAME = re.compile(r"[^\W\d_]['’`.\w-]*(?:\s+['’`\w.-]+){1,5}")
_CAPITAL = re.compile(r"(?:^|\s)[^\W\d_a-zà-öø-ÿ]")
_ARTICLE = re.compile(r"(?:a|the)\s", re.IGNORECASE)
_INVERTED = re.compile(
    r"^\s*([^\W\d_][\w'’-]+),\s*([^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’.-]*){0,2}),\s*et\.?\s*al\b\.?"
)
"""One author, surname first, then "et al.": the MLA Handbook's form for three and more."""
_NAMES_LENGTH = 4000


def split_authors(text: str) -> tuple[str, ...]:
    """Return the full names of an author field in order: "A, B, and C." gives A, B, C.

    Affiliations in parentheses and "et al." are no names; "Baruch, Moran, et al." is one name.
    """
    text = _INVERTED.sub(r"\2 \1, et al.", text)
    names = (_trim_name(part) for part in _SEPARATOR.split(_plain(text)))
    return tuple(dict.fromkeys(name for name in names if any(c.isalpha() for c in name)))


def split_datasets(text: str) -> tuple[str, ...]:
    """Return the dataset names of a field: "X, Y and Z dataset." gives X, Y, Z."""
    parts = (_DATASET_WORD.sub("", part) for part in _split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def split_models(text: str) -> tuple[str, ...]:
    """Return the model names of a field; bare sizes ("3B", "150M Model") are no names."""
    return tuple(dict.fromkeys(part for part in _split(text) if not _SIZE.fullmatch(part)))


def looks_like_names(text: str) -> bool:
    """Return whether a text is a list of people: mostly parts of two to six capitalised words."""
    if len(text) > _NAMES_LENGTH:
        return False
    if _INVERTED.fullmatch(text.strip()):
        return True
    parts = [part for part in _SEPARATOR.split(_plain(text)) if part.strip(" .")]
    good = sum(1 for part in parts if _is_name(_trim_name(part)))
    return bool(parts) and good >= 0.75 * len(parts)


def _is_name(part: str) -> bool:
    is_phrase = _ARTICLE.match(part) is not None
    return not is_phrase and bool(_NAME.fullmatch(part)) and len(_CAPITAL.findall(part)) > 1


def _plain(text: str) -> str:
    return _ET_AL.sub(",", _PARENTHESIS.sub("", mend(text)))


def _split(text: str) -> tuple[str, ...]:
    parts = _SEPARATOR.split(mend(text))
    return tuple(part.strip(" .…:") for part in parts if part.strip(" .…:"))


def _trim_name(name: str) -> str:
    name = name.strip(" \t*_:-")
    keeps_point = " " in name and _SUFFIX.search(name)
    return name if keeps_point else name.strip(".").strip()
