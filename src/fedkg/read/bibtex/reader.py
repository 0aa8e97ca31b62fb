"""Bytes of a BibTeX file → records and failures. bibtexparser finds the blocks."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import Block, Entry, ParsingFailedBlock, String

from fedkg.model import Failure, Record
from fedkg.read.bibtex.people import UnseparatedNamesError
from fedkg.read.bibtex.records import Row, UntitledError, record_of
from fedkg.read.bibtex.values import EXPANDED_AT_MOST, Abbreviations
from fedkg.read.blocks import RAW_AT_MOST

BYTES_AT_MOST = 20_000_000
"""A larger file is one Failure."""


@dataclass(frozen=True, slots=True)
class _Origin:
    source: str
    primary_source: str
    retrieved: date | None

    def failure(self, line: int, raw: str, reason: str) -> Failure:
        return Failure(self.source, line, raw[:RAW_AT_MOST], reason)


def read_bibtex(
    content: bytes, source: str, primary_source: str, retrieved: date | None
) -> tuple[tuple[Record, ...], tuple[Failure, ...]]:
    """Return the records of a BibTeX file, in its order, and the blocks that could not be read.

    `source` is the slug of the file, `primary_source` the address where it is published, and
    `retrieved` the day it was read, where that is known. Two rows
    of one key both stay, the second as `key-2`. Text is UTF-8; a line that is not is read as
    Windows-1252. Never raises; a file over `BYTES_AT_MOST` is one Failure.
    """
    origin = _Origin(source, primary_source, retrieved)
    if len(content) > BYTES_AT_MOST:
        reason = f"the file has over {BYTES_AT_MOST} bytes; split it"
        return (), (origin.failure(1, content[:80].decode("utf-8", "replace"), reason),)
    text = _decoded(content)
    with _quiet():
        blocks = parse_string(text, parse_stack=[]).blocks
    outcomes = list(_outcomes(blocks, origin))
    if not outcomes and text.strip():
        outcomes = [origin.failure(1, text, "it holds no BibTeX entry; is it a .bib file?")]
    return (
        tuple(outcome for outcome in outcomes if isinstance(outcome, Record)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)),
    )


def _outcomes(blocks: list[Block], origin: _Origin) -> Iterator[Record | Failure]:
    abbreviations = Abbreviations()
    keys = _Keys({block.key.strip() for block in map(_good, blocks) if isinstance(block, Entry)})
    for block in blocks:
        good = _good(block)
        if isinstance(good, String):
            abbreviations.define(good.key, good.value)
        elif isinstance(good, Entry):
            yield _read(good, keys, abbreviations, origin)
        elif isinstance(block, ParsingFailedBlock):
            yield origin.failure(_line(block), block.raw or "", _reason(block.error))
    if abbreviations.is_exhausted:
        reason = f"its @string abbreviations stand for over {EXPANDED_AT_MOST} characters"
        yield origin.failure(1, "", reason)


def _good(block: Block) -> Block:
    """Return the block inside one that bibtexparser sets apart for a key used twice."""
    inside = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else None
    return block if inside is None else _good(inside)


def _read(
    entry: Entry, keys: "_Keys", abbreviations: Abbreviations, origin: _Origin
) -> Record | Failure:
    fields: dict[str, str] = {}
    for field in entry.fields:  # of a field given twice, BibTeX takes the first
        fields.setdefault(field.key.lower(), abbreviations.evaluate(str(field.value)))
    line = _line(entry)
    row = Row(keys.assign(entry.key.strip() or f"line-{line}"), fields)
    try:
        return record_of(row, origin.source, origin.primary_source, origin.retrieved)
    except UntitledError:
        reason = "it has no title; add one"
    except UnseparatedNamesError:
        reason = "a name in its author field is too long; put “and” between the names"
    return origin.failure(line, entry.raw or "", reason)


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _reason(error: Exception) -> str:
    words = error.abort_reason if isinstance(error, BlockAbortedException) else str(error)
    return f"it is no BibTeX: {' '.join(words.split())}"


class _Keys:
    """Gives every row a key of its own: a second `a` is `a-2`, unless a row is called so."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._seen: Counter[str] = Counter()

    def assign(self, key: str) -> str:
        self._seen[key] += 1
        if self._seen[key] == 1:
            return key
        while (candidate := f"{key}-{self._seen[key]}") in self._taken:
            self._seen[key] += 1
        self._taken.add(candidate)
        return candidate


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\n".join(map(_decoded_line, content.splitlines()))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep bibtexparser from logging what is returned as failures."""
    logger = logging.getLogger("bibtexparser")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
