"""What the server and a child say to each other: a number, a small JSON object, and bytes.

A frame is the number (a double) and two lengths (unsigned, 4 and 8 bytes), big-endian, then the
object, then the bytes.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

AT_ONCE = 2**18
"""Bytes that one read takes."""
WELL = b"{}"
"""The object of an answer that has nothing more to say."""
RECALL = b'{"recall":1}'
"""The object of a question that takes back those before it that were not begun, the first too."""
RECALLED = b'{"recalled":1}'
"""The object of the answer to each that was taken back."""

_LENGTHS = struct.Struct("!dIQ")

Head = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What was said."""

    number: float
    head: bytes
    body: bytes


class Reading:
    """Frames as they come in, part by part."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._need = _LENGTHS.size

    def feed(self, part: bytes) -> list[Frame]:
        """Take what was read; return the frames that are whole now."""
        self._parts.append(part)
        self._size += len(part)
        if self._size < self._need:
            return []
        data = part if len(self._parts) == 1 else b"".join(self._parts)
        frames = []
        start = 0
        while len(data) - start >= _LENGTHS.size:
            number, head, body = _LENGTHS.unpack_from(data, start)
            middle = start + _LENGTHS.size + head
            end = middle + body
            if end > len(data):
                break
            frames.append(Frame(number, data[middle - head : middle], data[middle:end]))
            start = end
        self._keep(data[start:])
        return frames

    def _keep(self, rest: bytes) -> None:
        self._parts = [rest] if rest else []
        self._size = len(rest)
        self._need = _LENGTHS.size
        if self._size >= _LENGTHS.size:
            self._need += sum(_LENGTHS.unpack_from(rest)[1:])


def encoded(head: Head) -> bytes:
    """Return the object as it stands in a frame."""
    return json.dumps(head).encode()


def packed(head: bytes, body: bytes = b"", number: float = -1.0) -> bytes:
    """Return a whole frame."""
    return b"".join((_LENGTHS.pack(number, len(head), len(body)), head, body))
