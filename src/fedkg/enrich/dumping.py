"""A dump of a source → what it says of the papers of a build."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fedkg.enrich.dumps import read_dump
from fedkg.enrich.found import Found
from fedkg.errors import InputError

SHOWN_AT_MOST = 10
_TOLD_EACH = 20_000


@dataclass(slots=True)
class Dumped:
    """How many records of a dump were read, and which were not: how many, and the first few."""

    read: int = 0
    unread: int = 0
    shown: list[str] = field(default_factory=list)


def take_dump(
    source: str,
    file: Path,
    found: Found,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Dumped:
    """Read a dump; what it says of papers goes to `found`, with the day of the file.

    `tell` is told how many bytes are read, and how many there are. Raises InputError for a file
    that cannot be opened.
    """
    dumped = Dumped()
    try:
        with file.open("rb") as opened:
            about = os.fstat(opened.fileno())
            day = datetime.fromtimestamp(about.st_mtime, UTC).date()
            for dumped.read, answer in enumerate(read_dump(source, opened), 1):
                for one in answer.failures:
                    dumped.unread += 1
                    if len(dumped.shown) < SHOWN_AT_MOST:
                        dumped.shown.append(f"{file}, line {one.line}: {one.reason}")
                found.add(answer, day)
                if dumped.read % _TOLD_EACH == 0:
                    tell(opened.tell(), about.st_size)
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}): name a dump.") from error
    return dumped
