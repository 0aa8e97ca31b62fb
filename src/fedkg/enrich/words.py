"""Titles, names and dates as services write them → plain words and dates of known precision."""

import html
import re

from fedkg.enrich.decoding import OddShapeError
from fedkg.model import PartialDate
from fedkg.text import tidy

TITLE_AT_MOST = 2000
NAME_AT_MOST = 500
PRINTED_AT_MOST = 500

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(
    r"</?(?:(?:mml|jats):[\w-]+|i|b|u|p|em|strong|sub|sup|sc|scp|tt|br|span|italic|bold"
    r"|inline-formula|tex-math|math|mi|mn|mo|mrow|msub|msup|msubsup|mtext)"
    r"(?:\s+[\w:-]{1,40}=(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')){0,20}\s*/?>",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-\d{1,2})?)?(?!\d)", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = range(1000, 3000)


def plain(words: str) -> str:
    """Return words without tags and entities; those of "&amp;amp;", escaped twice, as well."""
    if "&" in words:
        words = _ENTITY.sub(_character, _ENTITY.sub(_character, words))
    if "<" in words:
        words = _TAG.sub("", words)
    return tidy(words)


def title_of(words: str) -> str:
    """Return a title as plain words. Raises OddShapeError where it is none."""
    title = plain(words)
    if not title:
        raise OddShapeError("it has no title")
    if len(title) > TITLE_AT_MOST:
        raise OddShapeError(f"its title has over {TITLE_AT_MOST} characters")
    return title


def name_of(words: str) -> str:
    """Return the name of a person as plain words. Raises OddShapeError where it is none."""
    name = plain(words)
    if not name:
        raise OddShapeError("an author has no name")
    if len(name) > NAME_AT_MOST:
        raise OddShapeError(f"the name of an author has over {NAME_AT_MOST} characters")
    return name


def venue_of(words: str) -> str | None:
    """Return where something appeared, in plain words; None where nothing, or too much, is said."""
    venue = plain(words)
    return venue if 0 < len(venue) <= TITLE_AT_MOST else None


def printed(words: str) -> str:
    """Return a reference as printed, in plain words, shortened."""
    return plain(words)[:PRINTED_AT_MOST].rstrip()


def partial_date(year: int | None, month: int | None = None) -> PartialDate | None:
    """Return a date as far as it is one: a 13th month leaves the year, year 0 nothing."""
    if year is None or year not in _YEARS:
        return None
    return PartialDate(year, month if month in range(1, 13) else None)


def date_of(words: str) -> PartialDate | None:
    """Return the year, and the month where it is there, of "2024", "2024-10" or "2024-10-23"."""
    match = _DATE.match(words)
    return partial_date(int(match[1]), int(match[2] or 0)) if match else None


def month_of(words: str) -> int | None:
    """Return the month that "July", "Sept. 5-9" or "7" begins with."""
    start = words.strip().lower()
    if start.isascii() and start.isdigit():
        return int(start[:3])
    return _MONTHS.index(start[:3]) + 1 if start[:3] in _MONTHS else None


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())
