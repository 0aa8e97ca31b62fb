"""Bodies of answers: whole, unpacked, and never larger than agreed, whatever their head says."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from fedkg.client.messages import LastingError, PassingError

_MIB = 2**20
_GZIP = 31
"""The window of zlib that expects the head of gzip."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may cost.

    `attempts` and `longest_wait` (seconds that a service may ask to wait) are of one question;
    `silence` is how long a service may send nothing, `seconds` how long an attempt may take. A body
    has `body` bytes at most, packed or not, and unpacks to no more than `ratio` times its size,
    which is not looked at below a MiB.
    """

    attempts: int = 5
    longest_wait: float = 300.0
    silence: float = 70.0
    seconds: float = 180.0
    body: int = 16 * _MIB
    ratio: int = 100


def unpacked(parts: Iterable[bytes], coding: str, limits: Limits) -> bytes:
    """Return the body whose bytes arrive in parts, packed by a Content-Encoding ("" for none).

    Raises LastingError for what is too large or packed in another way, PassingError for gzip that
    breaks off or is broken.
    """
    if coding in ("", "identity"):
        return _plain(parts, limits)
    if coding == "gzip":
        try:
            return _gunzipped(parts, limits)
        except zlib.error as error:
            raise PassingError("it sent broken gzip") from error
    raise LastingError(f"packs its answer as {coding[:40]!r}, which was not asked for")


def _plain(parts: Iterable[bytes], limits: Limits) -> bytes:
    found = bytearray()
    for part in parts:
        found += part
        _measure(len(found), len(found), limits)
    return bytes(found)


def _gunzipped(parts: Iterable[bytes], limits: Limits) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    found = bytearray()
    packed = 0
    for part in parts:
        packed += len(part)
        rest = part
        while rest:
            if unpacker.eof:  # gzip may consist of several members
                unpacker = zlib.decompressobj(_GZIP)
            found += unpacker.decompress(rest, limits.body + 1 - len(found))
            _measure(packed, len(found), limits)
            rest = unpacker.unused_data or unpacker.unconsumed_tail
    if packed and not unpacker.eof:
        raise PassingError("its answer broke off")
    return bytes(found)


def _measure(packed: int, size: int, limits: Limits) -> None:
    if max(packed, size) > limits.body:
        raise LastingError(
            f"sends more than {limits.body:,} bytes: nothing of it was taken", is_of_size=True
        )
    if size > _MIB and size > limits.ratio * packed:
        raise LastingError(
            f"sends what unpacks to {limits.ratio} times its size and more: nothing of it was taken"
        )
