"""How many rows or triples an answer has, read off its bytes as the engine writes them."""

import json
import re
from collections.abc import Callable, Mapping

UNKNOWN = -1

_QUOTED = re.compile(rb'"[^"]*+"')


def rows(body: bytes, media_type: str) -> int:
    """Return the rows or triples of an answer; UNKNOWN for formats that do not show them."""
    count = _COUNTERS.get(media_type)
    return UNKNOWN if count is None else count(body)


def _json(body: bytes) -> int:
    """Count objects in `"bindings":[…]`: within a string, a quote has a backslash before it."""
    _, found, bindings = body.partition(b'"bindings":[')
    if not found:
        return UNKNOWN  # the answer to an ASK
    if bindings.startswith(b"]"):
        return 0
    if b",{}" in bindings:  # a row without values, or words that look like one
        return len(json.loads(body)["results"]["bindings"])
    return 1 + bindings.count(b'},{"')


def _xml(body: bytes) -> int:
    """Count elements: in text, `<` is written `&lt;`."""
    return body.count(b"<result>") if b"<results>" in body else UNKNOWN


def _lines(body: bytes) -> int:
    """Count the lines behind the first, that of the names."""
    return body.count(b"\n") - 1 if b"\n" in body else UNKNOWN


def _csv(body: bytes) -> int:
    """Count the lines outside of quotes: a field may hold line feeds."""
    return _lines(_QUOTED.sub(b"", body))


_COUNTERS: Mapping[str, Callable[[bytes], int]] = {
    "application/sparql-results+json": _json,
    "application/sparql-results+xml": _xml,
    "text/tab-separated-values": _lines,
    "text/csv": _csv,
    "application/n-triples": lambda body: body.count(b"\n"),
}
