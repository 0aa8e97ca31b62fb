"""A list's file → its reading: bytes, size and encoding come first."""

import gc
import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import replace

from fedkg.errors import InputError
from fedkg.model import Failure, PaperList, Reading
from fedkg.processes import processes
from fedkg.read.catalogue import Source
from fedkg.read.reader import read_markdown

BYTES_AT_MOST = 20_000_000
"""A larger file is one Failure."""
_MUCH = 1_000_000
"""From this many bytes on (some 3,000 entries), reading in two processes is worth their start."""
_LINE_END = re.compile(r"\r\n?|\n")


def read_source(source: Source) -> Reading:
    """Return all that the list of a source says. Raises InputError when it cannot be opened."""
    return read_bytes(content_of(source), source.paper_list)


def read_bytes(content: bytes, paper_list: PaperList) -> Reading:
    """Return all that a list says. Never raises; a file that is too large is one Failure.

    Text is UTF-8, with or without a byte order mark; other bytes become U+FFFD.
    """
    known = replace(paper_list, sha256=hashlib.sha256(content).hexdigest())
    if len(content) > BYTES_AT_MOST:
        reason = f"the file has over {BYTES_AT_MOST} bytes; split it"
        failure = Failure(known.slug, 1, content[:80].decode("utf-8", "replace"), reason)
        return Reading(replace(known, title=known.title or known.slug), failures=(failure,))
    return read_markdown(content.decode("utf-8-sig", "replace"), known)


def read_all(lists: Sequence[tuple[bytes, PaperList]]) -> list[Reading]:
    """Return what each of several lists says, as `read_bytes` does.

    Much is read by two processes side by side: then raises InputError when one of them is killed.
    """
    if len(lists) < 2 or sum(len(content) for content, _ in lists) < _MUCH:
        return [read_bytes(*one) for one in lists]
    died = InputError(
        "A process that read lists died, perhaps for want of memory: free some and try again."
    )
    with processes(died) as run:
        return run(_read_alone, lists)


def _read_alone(content: bytes, paper_list: PaperList) -> Reading:
    """Return what a list says, in a process that does nothing else.

    Looking for garbage would take a sixth of the time: nearly all stays until the list is read.
    """
    gc.disable()
    try:
        return read_bytes(content, paper_list)
    finally:
        gc.enable()


def lines_of(content: bytes) -> tuple[str, ...]:
    """Return the lines of a list as text, without their ends (CommonMark 0.31, section 2.1)."""
    return tuple(_LINE_END.split(content.decode("utf-8-sig", "replace")))


def content_of(source: Source) -> bytes:
    """Return the bytes of a list, no more than are needed to see that it is too large.

    Raises InputError when it cannot be opened.
    """
    if source.path is None:
        return sys.stdin.buffer.read(BYTES_AT_MOST + 1)
    try:
        with source.path.open("rb") as file:
            return file.read(BYTES_AT_MOST + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        sentence = f"The list {source.path} cannot be read ({reason}): check the path."
        raise InputError(sentence) from error
