"""What the server and a child say to each other: a small JSON object, and bytes behind it.

A frame is two lengths (unsigned, 4 and 8 bytes, big-endian), the object, the bytes.
"""

import json
import os
import struct
from collections.abc import Mapping
from typing import Any

LENGTHS = struct.Struct("!IQ")

Head = Mapping[str, Any]


def pack(head: Head, body: bytes = b"") -> bytes:
    """Return a frame up to its body, which is sent after it."""
    text = json.dumps(head).encode()
    return LENGTHS.pack(len(text), len(body)) + text


def send(handle: int, head: Head, body: bytes = b"") -> None:
    """Write a frame to a file descriptor. Raises OSError when nobody reads it any more."""
    for part in (pack(head, body), body):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(handle, rest) :]


def receive(handle: int) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame from a file descriptor, None when the other side has closed it."""
    lengths = _read(handle, LENGTHS.size)
    if lengths is None:
        return None
    head_length, body_length = LENGTHS.unpack(lengths)
    head, body = _read(handle, head_length), _read(handle, body_length)
    return None if head is None or body is None else (json.loads(head), body)


def _read(handle: int, length: int) -> bytes | None:
    parts = []
    while length:
        part = os.read(handle, min(length, 2**20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
