"""A fact ↔ its line: a record, a reference list, or a reference, as JSON with few names."""

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from fedkg.enrich.decoding import (
    OddShapeError,
    Table,
    decoded,
    list_in,
    number_in,
    table,
    text,
    text_in,
)
from fedkg.enrich.words import NAME_AT_MOST, PRINTED_AT_MOST, TITLE_AT_MOST, date_of
from fedkg.ids import REMEMBERED, SCHEMES, SERVICE_SCHEMES, Identifier, is_orcid, web_url
from fedkg.model import AuthorId, PartialDate, Record, Reference, ReferenceList
from fedkg.text import tidy

Fact = Record | Reference | ReferenceList

LINE_AT_MOST = 8_000_000
PARTS_AT_MOST = 20_000
"""Authors of a work, or its identifiers."""

_KNOWN_SCHEMES = frozenset(SCHEMES + SERVICE_SCHEMES)
_VALUE = re.compile(r"[^\s\x00-\x1f\x7f]{1,500}")
_KEY_AT_MOST = 500
_CLASS = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2,}(?:-[a-z]+)?)?")


def line_of(fact: Fact) -> bytes:
    """Return the line of a fact, with its end; what is not known is left out."""
    said = {name: value for name, value in _said(fact) if value not in ("", None, [], False)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def place_of(fact: Fact) -> str:
    """Return by what a fact is known and sorted in the file of its source.

    Records come first, by their keys, then reference lists, then references.
    """
    if isinstance(fact, Record):
        return f"0\x1f{fact.key}"
    if isinstance(fact, ReferenceList):
        return f"1\x1f{fact.citing}"
    return f"2\x1f{fact.citing}\x1f{fact.cited}"


def fact_of(line: bytes, source: str) -> Fact:
    """Return the fact of a line. Raises OddShapeError for what is none."""
    said = table(decoded(line))
    if "record" in said:
        return _record(said, source)
    if "references" in said:
        return _reference_list(said, source)
    return _reference(said, source)


def reads_back(line: bytes, fact: Fact) -> bool:
    """Whether a line says its fact, all of it: one that does not would damage a file."""
    try:
        return len(line) <= LINE_AT_MOST and fact_of(line, fact.source) == fact
    except OddShapeError:
        return False


def _said(fact: Fact) -> list[tuple[str, object]]:
    if isinstance(fact, ReferenceList):
        return [
            ("citing", [str(fact.citing)]),
            ("references", fact.references),
            ("whole", fact.is_whole),
        ]
    when: list[tuple[str, object]] = [
        ("at", fact.primary_source),
        ("on", fact.retrieved.isoformat() if fact.retrieved else None),
    ]
    if isinstance(fact, Reference):
        return [
            ("citing", _names(fact.citing, fact.citing_also)),
            ("cited", _names(fact.cited, fact.cited_also)),
            ("printed", fact.printed_as),
            *when,
        ]
    return [
        ("record", fact.key),
        ("title", fact.title),
        ("authors", list(fact.authors)),
        ("author_ids", [[one.orcid or "", one.key or ""] for one in fact.author_ids]),
        ("truncated", fact.is_truncated),
        ("identifiers", [str(one) for one in fact.identifiers]),
        ("date", str(fact.date) if fact.date else None),
        ("venue", fact.venue),
        ("class", fact.arxiv_class),
        *when,
    ]


def _names(first: Identifier | str, others: Iterable[Identifier]) -> list[str]:
    return [str(first), *map(str, others)]


def _record(said: Table, source: str) -> Record:
    authors = tuple(_words(one, "an author", NAME_AT_MOST) for one in _parts(said, "authors"))
    who = tuple(_author_id(one) for one in _parts(said, "author_ids"))
    if len(who) not in {0, len(authors)}:
        raise OddShapeError("author_ids are not as many as authors")
    arxiv_class = text_in(said, "class")
    if arxiv_class and not _CLASS.fullmatch(arxiv_class):
        raise OddShapeError("class is none of arXiv")
    venue = text_in(said, "venue")
    return Record(
        source=source,
        key=_words(said.get("record"), "record", _KEY_AT_MOST),
        title=_words(said.get("title"), "title", TITLE_AT_MOST),
        primary_source=_address(said),
        retrieved=_day(said),
        authors=authors,
        is_truncated=_truth(said, "truncated"),
        identifiers=tuple(_identifier(one) for one in _parts(said, "identifiers")),
        date=_date(text_in(said, "date")),
        arxiv_class=arxiv_class,
        venue=_words(venue, "venue", TITLE_AT_MOST) if venue else None,
        author_ids=who,
    )


def _reference(said: Table, source: str) -> Reference:
    citing, cited = _works(said, "citing"), _works(said, "cited")
    words = text_in(said, "printed")
    return Reference(
        source=source,
        citing=citing[0],
        cited=cited[0],
        printed_as=_words(words, "printed", PRINTED_AT_MOST) if words else "",
        primary_source=_address(said),
        retrieved=_day(said),
        citing_also=citing[1:],
        cited_also=cited[1:],
    )


def _reference_list(said: Table, source: str) -> ReferenceList:
    count = number_in(said, "references")
    if count is None or count < 1:
        raise OddShapeError("references is no number from 1")
    return ReferenceList(source, _works(said, "citing")[0], count, _truth(said, "whole"))


def _works(said: Table, name: str) -> tuple[Identifier, ...]:
    found = tuple(_identifier(one) for one in _parts(said, name))
    if not found:
        raise OddShapeError(f"{name} has no identifier")
    return found


def _parts(said: Table, name: str) -> list[object]:
    found = list_in(said, name)
    if len(found) > PARTS_AT_MOST:
        raise OddShapeError(f"{name} has over {PARTS_AT_MOST} parts")
    return found


def _identifier(value: object) -> Identifier:
    return _identifier_of(text(value, "an identifier"))


# A work is named on the line of each work that cites it, and kept in memory once.
@lru_cache(REMEMBERED)
def _identifier_of(words: str) -> Identifier:
    scheme, _, rest = words.partition(":")
    if scheme not in _KNOWN_SCHEMES or not _VALUE.fullmatch(rest):
        raise OddShapeError("an identifier is not like doi:10.1145/3485447.3511988")
    return Identifier(scheme, rest)


def _author_id(value: object) -> AuthorId:
    if not isinstance(value, list) or len(value) != 2:
        raise OddShapeError("a part of author_ids is no pair")
    orcid, key = (text(one, "a part of author_ids") for one in value)
    if orcid and not is_orcid(orcid):
        raise OddShapeError("a part of author_ids is no ORCID iD")
    return AuthorId(orcid or None, key[:_KEY_AT_MOST] or None)


def _words(value: object, what: str, at_most: int) -> str:
    words = tidy(text(value, what))
    if not words or len(words) > at_most:
        raise OddShapeError(f"{what} is empty, or over {at_most} characters")
    return words


def _address(said: Table) -> str:
    address = text_in(said, "at")
    if web_url(address) != address:
        raise OddShapeError("at is no http(s) address")
    return address


def _day(said: Table) -> date:
    try:
        return date.fromisoformat(text_in(said, "on"))
    except ValueError:
        raise OddShapeError("on is no day like 2026-11-22") from None


def _date(words: str) -> PartialDate | None:
    found = date_of(words)
    if words and str(found) != words:
        raise OddShapeError("date is neither a year nor a month")
    return found


def _truth(said: Table, name: str) -> bool:
    value = said.get(name, False)
    if not isinstance(value, bool):
        raise OddShapeError(f"{name} is neither true nor false")
    return value
