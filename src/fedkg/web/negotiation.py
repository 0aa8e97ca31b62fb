"""Content negotiation: which representation a client gets (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A representation. `sent_as` is its media type for the client, `written_as` the engine's.

    They differ where a client may ask for a format by a plainer name: `application/json`.
    """

    name: str
    sent_as: str
    written_as: str

    @property
    def content_type(self) -> str:
        """The Content-Type header: text formats say that they are UTF-8."""
        return (
            f"{self.sent_as}; charset=utf-8" if self.sent_as.startswith("text/") else self.sent_as
        )


def _format(name: str, written_as: str, sent_as: str = "") -> Format:
    return Format(name, sent_as or written_as, written_as)


_JSON = "application/sparql-results+json"
_XML = "application/sparql-results+xml"

RESULTS = (
    _format("json", _JSON),
    _format("xml", _XML),
    _format("csv", "text/csv"),
    _format("tsv", "text/tab-separated-values"),
    _format("json", _JSON, "application/json"),
    _format("xml", _XML, "application/xml"),
    _format("xml", _XML, "text/xml"),
)
"""Formats of SELECT and ASK, the most preferred first."""

GRAPHS = (
    _format("ttl", "text/turtle"),
    _format("jsonld", "application/ld+json"),
    _format("nt", "application/n-triples"),
    _format("rdf", "application/rdf+xml"),
    _format("ttl", "text/turtle", "application/x-turtle"),
    _format("nt", "application/n-triples", "text/plain"),
    _format("jsonld", "application/ld+json", "application/json"),
    _format("rdf", "application/rdf+xml", "application/xml"),
)
"""Formats of CONSTRUCT and DESCRIBE, the most preferred first."""

HTML = _format("html", "text/html")
FORMS = (HTML, *(one for one in GRAPHS if one.sent_as == one.written_as))
"""The forms of a thing: a page, and a graph in each format by the name that it goes by."""
TEXT = _format("txt", "text/plain")
PROBLEM = _format("json", "application/problem+json")


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range of an Accept header and its quality, 0 to 1."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """Return 3 for the type itself, 2 for `text/*`, 1 for `*/*`, 0 for no match."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 3
        if (self.type, self.subtype) == (type_, "*"):
            return 2
        return 1 if (self.type, self.subtype) == ("*", "*") else 0


def choose(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """Return the offered format that an Accept header likes best, or None when it likes none.

    Without a header (or with one that names nothing) the first is chosen; equal qualities are
    settled by the order of `offered`.
    """
    ranges = [r for part in (accept or "").split(",") if (r := _parse_range(part)) is not None]
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda candidate: _quality(candidate, ranges))
    return best if _quality(best, ranges) > 0 else None


def named(name: str, offered: Sequence[Format]) -> Format | None:
    """Return the offered format of a short name (`csv`) or media type, for `format=`."""
    wanted = name.strip().lower()
    return next((f for f in offered if wanted in {f.name, f.sent_as}), None)


def _quality(candidate: Format, ranges: Sequence[_Range]) -> float:
    matching = [(r.specificity(candidate.sent_as), r.quality) for r in ranges]
    specificity = max(s for s, _ in matching)
    return max(q for s, q in matching if s == specificity) if specificity else 0.0


def _parse_range(text: str) -> _Range | None:
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    type_, slash, subtype = media_type.partition("/")
    if not (type_ and slash and subtype):
        return None
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = _parse_quality(value.strip())
            break
    return _Range(type_, subtype, quality)


def _parse_quality(text: str) -> float:
    """Return a quality of 0 to 1; one that cannot be read counts as 0, so it is never chosen."""
    if not text.isascii() or not text.replace(".", "", 1).isdigit():
        return 0.0
    return min(float(text), 1.0)
