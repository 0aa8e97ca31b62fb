"""The bytes of a dump, unpacked where they are packed, in pieces and within bounds."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_WITH_GZIP_HEADER = 31  # of zlib's wbits: the header is read, the checksum of the end compared
_FREE = 10 * CHUNK


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long one line or publication may be, and what packed bytes may unpack to.

    Works unpack to ten times their size, bytes made to fill a memory to a thousand times. The
    first ten megabytes are free of that: a small file of one kind of line packs well.
    """

    line: int = 16_000_000
    unpacked: int = 1 << 40
    ratio: int = 100


class DumpError(ValueError):
    """A dump that cannot be read on; the words are a sentence's end."""


def chunks_of(file: BinaryIO, bounds: Bounds) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces, those of gzip's format unpacked. Raises DumpError."""
    first = file.read(CHUNK)
    raw = _raw(first, file)
    chunks = _unpacked(raw, bounds.ratio) if first.startswith(_GZIP) else raw
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > bounds.unpacked:
            raise DumpError(f"it unpacks to over {bounds.unpacked} bytes; split it")
        yield chunk


def lines_of(chunks: Iterator[bytes], at_most: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers, from 1; None for one that is longer than `at_most`."""
    number, held, is_lost = 0, b"", False
    for chunk in chunks:
        *lines, held = (held + chunk).split(b"\n")
        for line in lines:
            number += 1
            yield number, None if is_lost or len(line) > at_most else line
            is_lost = False
        if len(held) > at_most:
            held, is_lost = b"", True
    if held or is_lost:
        yield number + 1, None if is_lost else held


def _raw(first: bytes, file: BinaryIO) -> Iterator[bytes]:
    chunk = first
    while chunk:
        yield chunk
        chunk = file.read(CHUNK)


def _unpacked(packed: Iterator[bytes], ratio: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_WITH_GZIP_HEADER)
    taken = made = 0
    for chunk in packed:
        taken += len(chunk)
        rest = chunk
        is_full = False
        while rest or is_full:
            if unpacker.eof:  # several files of gzip's format behind each other are one
                unpacker = zlib.decompressobj(_WITH_GZIP_HEADER)
            piece = _inflate(unpacker, rest)
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            is_full = len(piece) == CHUNK and not unpacker.eof
            made += len(piece)
            if made > _FREE + ratio * taken:
                raise DumpError(f"it unpacks to over {ratio} times its size, as no dump does")
            yield piece
    if not unpacker.eof:
        raise DumpError("its end is missing; get it anew")


def _inflate(unpacker: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return unpacker.decompress(packed, CHUNK)
    except zlib.error as error:
        raise DumpError(f"it is damaged ({error}); get it anew") from None
