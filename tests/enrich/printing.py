"""Answers in the words of the cases: a line a fact, its fields below it."""

from collections.abc import Iterator

from fedkg.enrich.answer import Answer
from fedkg.model import AuthorId, Record, Reference


def printed(answer: Answer) -> str:
    """Return all that an answer says."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    for record in answer.records:
        yield from _record(record)
    for reference in answer.references:
        yield from _reference(reference)
    for one in answer.lists:
        yield f"LIST of {one.citing}: {one.references}, {'whole' if one.is_whole else 'partly'}"
    for place in answer.not_found:
        yield f"NOT FOUND {place}"
    for failure in answer.failures:
        yield f"FAILURE {failure.line} {failure.reason}"
    if answer.next_page is not None:
        yield f"NEXT {answer.next_page}"


def _record(record: Record) -> Iterator[str]:
    yield f"RECORD {record.key} {record.title}"
    yield f"  at {record.primary_source}"
    yield f"  identifiers {' '.join(map(str, record.identifiers))}"
    known = record.author_ids or [None] * len(record.authors)
    for name, who in zip(record.authors, known, strict=True):
        yield f"  author {', '.join((name, *_told(who)))}"
    if record.is_truncated:
        yield "  and others"
    if record.date:
        yield f"  date {record.date}"
    if record.venue:
        yield f"  venue {record.venue}"


def _told(who: AuthorId | None) -> Iterator[str]:
    if who and who.orcid:
        yield f"orcid {who.orcid}"
    if who and who.key:
        yield f"key {who.key}"


def _reference(one: Reference) -> Iterator[str]:
    yield f"{_names(one.citing, one.citing_also)} cites {_names(one.cited, one.cited_also)}"
    yield f"  at {one.primary_source}"
    if one.printed_as:
        yield f"  as {one.printed_as}"


def _names(first: object, others: tuple[object, ...]) -> str:
    return " = ".join(map(str, (first, *others)))
