"""What a service answers, in our own values: all of it, or a failure with a sentence."""

import reprlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from fedkg.enrich.decoding import OddShapeError
from fedkg.model import Failure, Record, Reference, ReferenceList

RAW_AT_MOST = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer, or one line of a dump, says.

    `lists` has the works whose reference list is known, whole or partly; of a work that is not
    among them nothing is known, which is not the same as no reference. A `Failure` stands for a
    part that could not be read: its line is that of a dump, or the place in the answer, from 1.
    `not_found` are the places, from 0, of what was asked for and is not there; `next_page` is
    whatever the service wants to hear to go on.
    """

    records: tuple[Record, ...] = ()
    references: tuple[Reference, ...] = ()
    lists: tuple[ReferenceList, ...] = ()
    failures: tuple[Failure, ...] = ()
    not_found: tuple[int, ...] = ()
    next_page: str | None = None

    def with_absent(self, places: tuple[int, ...]) -> "Answer":
        """Return the same answer with the places of what was not found."""
        return replace(self, not_found=places)

    def to_next_page(self, next_page: str | None) -> "Answer":
        """Return the same answer with where it goes on."""
        return replace(self, next_page=next_page)


def failed(source: str, raw: object, reason: str, place: int = 1) -> Answer:
    """Return the answer that is nothing but a failure."""
    return Answer(failures=(Failure(source, place, _shown(raw), reason),))


def attempt(
    source: str, parse: Callable[[T], Answer], part: T, place: int = 1, raw: object = None
) -> Answer:
    """Return what a part of an answer says, or its failure when it is not of its shape."""
    try:
        return parse(part)
    except OddShapeError as error:
        return failed(source, part if raw is None else raw, str(error), place)


def joined(answers: Iterable[Answer]) -> Answer:
    """Return several answers of one page as one, in their order."""
    parts = tuple(answers)
    return Answer(
        tuple(one for part in parts for one in part.records),
        tuple(one for part in parts for one in part.references),
        tuple(one for part in parts for one in part.lists),
        tuple(one for part in parts for one in part.failures),
    )


def each_once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return the references without repetitions of a pair of works; the first of each stays."""
    found: dict[tuple[object, object], Reference] = {}
    for one in references:
        found.setdefault((one.citing, one.cited), one)
    return tuple(found.values())


def _shown(raw: object) -> str:
    """Return the start of what failed; of what is large or deep, no more than is shown."""
    if isinstance(raw, bytes):
        return raw[:RAW_AT_MOST].decode("utf-8", "replace")
    shown = raw[:RAW_AT_MOST] if isinstance(raw, str) else reprlib.repr(raw)[:RAW_AT_MOST]
    return shown.encode("utf-8", "replace").decode()
