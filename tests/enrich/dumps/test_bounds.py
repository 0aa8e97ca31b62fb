"""The bytes of a dump: unpacked, cut into lines, and never too many."""

import gzip
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich.dumps import bounds
from fedkg.enrich.dumps.bounds import Bounds, DumpError, chunks_of, lines_of

NOISE = random.Random(1).randbytes(3 * bounds.CHUNK)


def unpacked(content: bytes, limits: Bounds | None = None) -> bytes:
    """Return all bytes of a file."""
    return b"".join(chunks_of(io.BytesIO(content), limits or Bounds()))


@pytest.mark.parametrize("content", [b"", b"a", NOISE, NOISE[:-1], b"x" * (5 * bounds.CHUNK)])
def test_bytes_come_whole_packed_or_not(content):
    """A file may be packed, and may be several packed files behind each other."""
    assert unpacked(content) == content
    assert unpacked(gzip.compress(content)) == content
    assert unpacked(gzip.compress(content) + gzip.compress(content)) == content * 2


@given(st.binary(max_size=200), st.integers(0, 60))
def test_damaged_packed_bytes_are_an_error(content, cut):
    """What is cut off or changed is never taken for the end."""
    packed = gzip.compress(content)
    with pytest.raises(DumpError, match=r"missing|damaged"):
        unpacked(packed[: max(2, len(packed) - 1 - cut)])
    with pytest.raises(DumpError, match="damaged"):
        unpacked(packed[:-8] + bytes(255 - byte for byte in packed[-8:]))


def until_refused(content: bytes, limits: Bounds | None = None) -> tuple[list[bytes], str]:
    """Return the chunks of a file, and why there are no more."""
    chunks = []
    try:
        for chunk in chunks_of(io.BytesIO(content), limits or Bounds()):
            chunks.append(chunk)
    except DumpError as error:
        return chunks, str(error)
    return chunks, ""


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_mark_of_gzip_are_damaged_or_cut_off(content):
    """Nothing else is raised."""
    _, reason = until_refused(b"\x1f\x8b" + content)
    assert "damaged" in reason or "missing" in reason


def test_bytes_that_were_made_to_fill_a_memory_are_refused():
    """No dump unpacks to a hundred times its size; before that, only a chunk is held."""
    chunks, reason = until_refused(gzip.compress(b"\n" * (40 * bounds.CHUNK)))
    assert "100 times its size" in reason
    assert max(map(len, chunks)) <= bounds.CHUNK
    assert len(chunks) < 15


def test_a_dump_has_a_size():
    """Packed or not, reading ends there."""
    for content in (NOISE, gzip.compress(NOISE)):
        with pytest.raises(DumpError, match="split it"):
            unpacked(content, Bounds(unpacked=2 * bounds.CHUNK))


def chunked(content: bytes, size: int):
    """Yield the bytes in pieces of a size."""
    return (content[at : at + size] for at in range(0, len(content), size))


@given(st.lists(st.binary(max_size=9).filter(lambda line: b"\n" not in line)), st.integers(1, 20))
def test_lines_come_whole_whatever_the_chunks(lines, size):
    """How the bytes come decides nothing."""
    content = b"".join(line + b"\n" for line in lines)
    assert list(lines_of(chunked(content, size), 20)) == list(enumerate(lines, 1))


@given(st.integers(1, 30))
def test_a_line_that_is_too_long_is_none(size):
    """The lines around it are read, and counted."""
    content = b"ab\n" + b"x" * 50 + b"\ncd\n" + b"y" * 50
    found = list(lines_of(chunked(content, size), 20))
    assert found == [(1, b"ab"), (2, None), (3, b"cd"), (4, None)]
