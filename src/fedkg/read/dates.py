"""Dates as lists write them: "2024-07", "Dec 2024", "Sep 23", "ICLR'24", "2025-13--19 Jul"."""

import re
from dataclasses import dataclass

from fedkg.model import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19|20)\d{2}"
_YEAR_MONTH = re.compile(
    rf"(?<!\d)({_YEAR})\s?[-/.]\s?(\d{{1,2}})(?!\d)|(?<!\d)({_YEAR})年(\d{{1,2}})月"
)
_YEAR_ALONE = re.compile(rf"(?<!\d)({_YEAR})(?!\d)年?")
_MONTH_NAME = re.compile(rf"(?<![a-z]){_MONTH}(?![a-z])", re.IGNORECASE)
# "Mon" is what a template leaves where the month was to be filled in.
_LEADING = re.compile(
    rf"^\s*(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH}|mon)(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,)?,?"
    rf"\s+(?:{_YEAR}|'?\d{{2}})(?![\d\w])",
    re.IGNORECASE,
)
_MONTH_SHORT_YEAR = re.compile(rf"(?<![a-z]){_MONTH}\s+['’]?(\d{{2}})(?!\d)", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z&)])\s?['’‘`]\s?(\d{2})(?!\d)")
_ATTACHED_YEAR = re.compile(rf"(?<=[A-Za-z]{{2}})(?:({_YEAR})|([0-3]\d))(?![\w])")
_HYPHEN_YEAR = re.compile(r"(?<=[A-Z]{3})-(1[5-9]|2\d)(?![\w.-])")
_PAGES = re.compile(r"(?:[\s,:]+\d+(?:\s?\(\d+\))?)?[\s,:]+\d+\s?[-–]+\s?\d+\s*$")
_TAIL_NUMBERS = re.compile(r",[\s\d,:;().–-]*\d[\s\d,:;().–-]*$")
_VOLUME = re.compile(r"[\s,.;]+(?:vol|no|pp|pages?)\.?(?:\s*\d.*)?$", re.IGNORECASE)
_PUBLISHER = re.compile(r"(?<=[a-zA-Z])\.\s+(?:IEEE|ACM|Springer|PMLR|Elsevier)[\s,.]*$")
_EMPTIED = re.compile(r"\(\s*\)|\[\s*\]|（\s*）")
_EDGE = " ,;:/-–.，；：。、"
_LEADING_IN = re.compile(r"^\s*in:?\s+(?=[A-Z])", re.IGNORECASE)
# Its digits look like a year and a month: "arXiv:2012.15486" is neither.
_ARXIV_NUMBER = re.compile(r"arxiv\s*:\s*\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)

_LENGTH_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class DatedWords:
    """Words such as "Dec 2024 NeurIPS Workshop", taken apart.

    `date_words` are those that state nothing but a date; `rest` is what remains as it stands, and
    `bare` is that without its year ("NEURIPS 2024" → "NEURIPS").
    """

    date: PartialDate | None
    date_words: str | None
    rest: str | None
    bare: str | None


def parse_date(text: str) -> PartialDate | None:
    """Return the year, and the month where it is stated, of a text that holds a date."""
    if len(text) > _LENGTH_AT_MOST:
        return None
    text = _ARXIV_NUMBER.sub(" ", text)
    match = _YEAR_MONTH.search(text)
    if match:
        year, month = (int(part) for part in match.groups() if part)
        if 1 <= month <= 12:
            return PartialDate(year, month)
    match = _YEAR_ALONE.search(text)
    if match:
        return PartialDate(int(match.group(1)), _month_in(text))
    match = _MONTH_SHORT_YEAR.search(text)
    if match:
        return PartialDate(2000 + int(match.group(2)), _month_in(text))
    match = _SHORT_YEAR.search(text) or _HYPHEN_YEAR.search(text)
    if match:
        return PartialDate(_century(int(match.group(1))))
    match = _ATTACHED_YEAR.search(text)
    if match:
        year = int(match.group(1) or _century(int(match.group(2))))
        return PartialDate(year)
    return None


def take_apart(text: str) -> DatedWords:
    """Return the date and the other words of an annotation."""
    if len(text) > _LENGTH_AT_MOST:
        return DatedWords(None, None, text, None)
    date = parse_date(text)
    leading = _LEADING.match(text)
    if leading:
        rest = text[leading.end() :].strip(" ,;:-")
        return DatedWords(date, leading.group().strip(), rest or None, _without_year(rest))
    bare = _without_year(text)
    if bare is None:
        return DatedWords(date, text.strip() if date else None, None, None)
    return DatedWords(date, None, text.strip(), bare)


def _without_year(text: str) -> str | None:
    text = _ARXIV_NUMBER.sub(" ", text)
    for pattern in (_YEAR_MONTH, _YEAR_ALONE, _SHORT_YEAR, _HYPHEN_YEAR, _ATTACHED_YEAR):
        text = pattern.sub(" ", text)
    for pattern in (_VOLUME, _PAGES, _TAIL_NUMBERS, _PUBLISHER, _LEADING_IN, _EMPTIED):
        text = pattern.sub("", text)
    bare = _without_odd_brackets(" ".join(text.split()))
    return bare if sum(char.isalpha() for char in bare) > 1 else None


def _without_odd_brackets(text: str) -> str:
    """Return words without what stands around them; a bracket stays where it has its other half."""
    bare = text.strip(_EDGE)
    for opening, closing in ("()", "[]", "（）"):
        if bare.count(opening) != bare.count(closing) or bare.startswith(opening):
            bare = bare.strip(opening + closing)
    return bare.strip(_EDGE)


def _month_in(text: str) -> int | None:
    match = _MONTH_NAME.search(text)
    return _MONTHS.index(match.group(1)[:3].lower()) + 1 if match else None


def _century(year: int) -> int:
    return 2000 + year if year < 60 else 1900 + year
