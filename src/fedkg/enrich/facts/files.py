"""Files of facts: read line by line within bounds, and merged with what was found anew."""

import fcntl
import heapq
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from fedkg.enrich.decoding import OddShapeError, decoded, number_in, table, text_in
from fedkg.enrich.dumps.bounds import Bounds, DumpError, chunks_of, lines_of
from fedkg.enrich.facts.lines import LINE_AT_MOST, Fact, fact_of, line_of, place_of
from fedkg.errors import InputError

SUFFIX = ".jsonl"
FORM = 1
"""Version of the form of the lines. Raise it when an older fedkg could misread a newer file."""
FACTS_AT_MOST = 20_000_000
_BOUNDS = Bounds(line=LINE_AT_MOST)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def facts_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of facts in a folder, sorted. Raises InputError where it is not there."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError as error:
        raise InputError(
            f"The facts in {folder} cannot be read ({error.strerror}): name a folder with --facts."
        ) from error
    return tuple(path for path in found if not path.name.startswith("."))


def path_of(folder: Path, source: str) -> Path:
    """Return where the facts of a source are kept in a folder."""
    return folder / f"{source}{SUFFIX}"


def slug_of(file: Path) -> str:
    """Return the source of a file of facts: its name. Raises InputError for what is no slug."""
    if not _SLUG.fullmatch(file.stem):
        raise InputError(f"{file} is no name of a source: use lower-case letters, digits, hyphens.")
    return file.stem


def read_facts(file: Path) -> Iterator[Fact]:
    """Yield the facts of a file, in its order. Raises InputError with the line and the remedy."""
    source = slug_of(file)
    number, before, told = 0, "", None
    for number, line in _numbered(file):
        if told is not None:
            raise _damaged(file, number, "it stands behind the end")
        try:
            if number == 1:
                _check_head(line, source)
            elif (told := _end(line)) is None:
                fact = fact_of(line, source)
                before = _behind(before, place_of(fact))
                yield fact
        except OddShapeError as error:
            raise _damaged(file, number, str(error)) from error
    if told != number - 2:
        raise _damaged(file, max(number, 1), "the end, which says how many facts there are, is not")


def merged(source: str, known: Iterable[Fact], found: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the lines of a file: what was known, and what was found, which is newer.

    `known` are in their order; `found` are lines by their places. Nothing that was known is lost:
    a service that has forgotten something is no proof against it.
    """
    yield json.dumps({"fedkg-facts": FORM, "source": source}).encode() + b"\n"
    # Of two lines in one place the first is taken.
    fresh = ((place, 0, line) for place, line in sorted(found.items()))
    kept = ((place_of(fact), 1, line_of(fact)) for fact in known)
    count = 0
    for _, same in groupby(heapq.merge(fresh, kept), lambda one: one[0]):
        count += 1
        yield next(same)[2]
    yield json.dumps({"facts": count}).encode() + b"\n"


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Make a folder of facts, and let one run at a time write in it: the others wait.

    What a run that was killed has left beside its file is removed.
    Raises InputError where it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written ({error.strerror}): name another folder with --facts."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released by the kernel, even after a kill
        for stale in folder.glob(f".*{SUFFIX}.*.part"):
            stale.unlink()
        yield


def _numbered(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with file.open("rb") as opened:
            for number, line in lines_of(chunks_of(opened, _BOUNDS), _BOUNDS.line):
                if line is None:
                    raise _damaged(file, number, f"it is longer than {_BOUNDS.line} bytes")
                if number > FACTS_AT_MOST:
                    raise InputError(f"{file} has over {FACTS_AT_MOST:,} facts: leave some out.")
                yield number, line
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}): mend or remove it.") from error
    except DumpError as error:
        raise InputError(f"{file} cannot be read ({error}): remove it.") from error


def _check_head(line: bytes, source: str) -> None:
    said = table(decoded(line))
    if number_in(said, "fedkg-facts") != FORM:
        raise OddShapeError(f"it is no file of facts of the form {FORM}")
    if text_in(said, "source") != source:
        raise OddShapeError(f"its source is not {source}, as the name of the file says")


def _behind(before: str, place: str) -> str:
    if place <= before:
        raise OddShapeError("it does not come behind the line before it")
    return place


def _end(line: bytes) -> int | None:
    """Return how many facts the last line counts; None for another line."""
    return number_in(table(decoded(line)), "facts") if line.startswith(b'{"facts"') else None


def _damaged(file: Path, number: int, reason: str) -> InputError:
    return InputError(
        f"{file}, line {number}: {reason}: restore the file, or remove it and run fedkg enrich."
    )
