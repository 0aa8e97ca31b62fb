"""JSON from strangers: decoded within bounds, and asked for its parts by name and type."""

import json
from collections.abc import Iterator, Mapping

JSON_BYTES_AT_MOST = 24_000_000
"""Semantic Scholar, whose answers are the largest, sends 10 MB at most."""
JSON_PARTS_AT_MOST = 1_000_000
"""Objects and arrays of one answer: an empty one costs a byte or two, and memory 60."""
TEXT_AT_MOST = 20_000
NUMBER_AT_MOST = 10**15

Table = Mapping[str, object]


class OddShapeError(ValueError):
    """A part of an answer that is not as its service documents it; the words say how."""


def decoded(content: bytes) -> object:
    """Return what JSON says. Raises OddShapeError, also for too much or too deep JSON."""
    if len(content) > JSON_BYTES_AT_MOST:
        raise OddShapeError(f"it has over {JSON_BYTES_AT_MOST} bytes")
    is_long = len(content) > JSON_PARTS_AT_MOST
    if is_long and content.count(b"[") + content.count(b"{") > JSON_PARTS_AT_MOST:
        raise OddShapeError(f"it has over {JSON_PARTS_AT_MOST} parts")
    try:
        value: object = json.loads(content)
    except RecursionError:
        raise OddShapeError("it is nested too deep") from None
    except ValueError as error:
        raise OddShapeError(f"it is no JSON: {error}") from None
    return value


def table(value: object, what: str = "it") -> Table:
    """Return a value that has to be an object."""
    if not isinstance(value, dict):
        raise OddShapeError(f"{what} is no object")
    return value


def table_in(holder: Table, name: str) -> Table:
    """Return an object by name; an empty one where it is absent or null."""
    value = holder.get(name)
    return {} if value is None else table(value, name)


def list_in(holder: Table, name: str) -> list[object]:
    """Return a list by name; an empty one where it is absent or null."""
    value = holder.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise OddShapeError(f"{name} is no list")
    return value


def tables_in(holder: Table, name: str) -> Iterator[Table]:
    """Yield the objects of a list by name."""
    for value in list_in(holder, name):
        yield table(value, f"a part of {name}")


def one_or_more(holder: Table, name: str) -> list[object]:
    """Return what stands under a name as a list, also where it is not in one."""
    value = holder.get(name)
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text(value: object, what: str) -> str:
    """Return a value that has to be a text, with U+FFFD for each half of a character."""
    if not isinstance(value, str):
        raise OddShapeError(f"{what} is no text")
    if len(value) > TEXT_AT_MOST:
        raise OddShapeError(f"{what} has over {TEXT_AT_MOST} characters")
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def text_in(holder: Table, name: str) -> str:
    """Return a text by name; an empty one where it is absent or null."""
    value = holder.get(name)
    return "" if value is None else text(value, name)


def code_in(holder: Table, name: str) -> str:
    """Return a text by name that a service may also give as a whole number."""
    value = holder.get(name)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else text_in(holder, name)


def number_in(holder: Table, name: str) -> int | None:
    """Return a whole number by name; None where it is absent or null."""
    value = holder.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise OddShapeError(f"{name} is no whole number")
    if value is not None and abs(value) > NUMBER_AT_MOST:
        raise OddShapeError(f"{name} is beyond {NUMBER_AT_MOST}")
    return value
