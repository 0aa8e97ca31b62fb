"""Printed references: "Authors. Title. Venue, 2020." and 'Authors. "Title." Venue (2020).'."""

import re
from dataclasses import dataclass

from fedkg.read.dates import DatedWords, parse_date, take_apart
from fedkg.read.names import looks_like_names, split_authors

_NUMBER = re.compile(r"^\s*(?:\[\d{1,4}\]|\d{1,4}\.)\s+")
_LABEL = re.compile(r"^[^\s.,:][^.,:]{0,38}:\s+(?=\S)")
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\bet al)[.?!]\s+")
_QUOTED = re.compile(r"^(.{4,2000}?)([.,]?)\s*[\"“]([^\"”]{8,400})[\"”][.,]?\s*(.*)$")
_TITLE_WORDS_AT_LEAST = 3
_LENGTH_AT_MOST = 3000


@dataclass(frozen=True, slots=True)
class Citation:
    """A printed reference taken apart. `is_certain` where it names people and a year or venue."""

    authors: str
    title: str
    dated: DatedWords | None
    is_certain: bool


def parse_citation(words: str) -> Citation | None:
    """Return the reference that the words are, or None.

    A reference begins with people (after a number or a short label such as "FedAvg:"), then the
    title as a sentence or in quotation marks, then where and when.
    """
    if len(words) > _LENGTH_AT_MOST:
        return None
    text = _LABEL.sub("", _NUMBER.sub("", words), count=1)
    quoted = _QUOTED.match(text)
    if quoted:
        authors, mark, title, rest = quoted.groups()
        is_list = mark or len(split_authors(authors)) > 1
        return _citation(authors, title, rest) if is_list else None
    parts = _SENTENCE_END.split(text, maxsplit=2)
    if len(parts) < 2:
        return None
    end = len(parts[0]) + len(parts[1])
    mark = text[end + 2 : end + 3] if len(text) > end + 2 else ""
    title = parts[1].rstrip(". ") + (mark if mark in "?!" else "")
    return _citation(parts[0], title, parts[2] if len(parts) > 2 else "")


def _citation(authors: str, title: str, rest: str) -> Citation | None:
    people = split_authors(authors)
    if not looks_like_names(authors) or len(title.split()) < _TITLE_WORDS_AT_LEAST:
        return None
    place = rest.strip(" .,*")
    dated = take_apart(place) if place and len(place) <= 120 else None
    is_certain = len(people) >= 2 or parse_date(rest) is not None
    return Citation(authors.strip(" ."), title.strip(" .,"), dated, is_certain)
