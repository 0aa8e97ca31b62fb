"""Content codings: how an answer is compressed for a client that can undo it (RFC 9110, 12.5.3)."""

import gzip
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache

WORTHWHILE = 512
"""Bytes from which an answer is compressed at all: a smaller one fits a packet as it is."""

_IDENTITY = "identity"
_GZIP_LEVEL = 5
_BROTLI_QUALITY = 4


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, _GZIP_LEVEL, mtime=0)  # the same bytes for the same answer


def _brotli(data: bytes) -> bytes:
    import brotli  # each only where a client wants it: it is memory in every process

    return bytes(brotli.compress(data, quality=_BROTLI_QUALITY))


def _zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    return zstd.compress(data)


_CODERS: Mapping[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "br": _brotli, "gzip": _gzip}
"""By name, the one that takes the least time first: it is taken where a client likes several."""


@lru_cache(256)
def choose(accepted: str) -> str:
    """Return the coding for an Accept-Encoding header: its best of ours, "" for none at all."""
    given = dict(_weighed(part) for part in accepted.lower().split(",") if part.strip())
    rest = given.get("*", 0.0)
    best = max(_CODERS, key=lambda name: given.get(name, rest))
    quality = given.get(best, rest)
    # Named with a quality of its own, the answer as it is may be liked better.
    return best if quality > 0 and quality >= given.get(_IDENTITY, 0.0) else ""


def coded(data: bytes, coding: str) -> bytes | None:
    """Return data in a coding that `choose` gave, None where that would be no gain."""
    if not coding or len(data) < WORTHWHILE:
        return None
    return _CODERS[coding](data)


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    key, _, value = parameter.strip().partition("=")
    if key.strip() != "q":
        return name.strip(), 1.0
    try:
        return name.strip(), min(max(float(value), 0.0), 1.0)
    except ValueError:
        return name.strip(), 0.0  # what cannot be read is never chosen
