"""RDF terms as canonical N-Quads text.

The graph is written as sorted lines, so a term is made once, as the string that stands in the file
(RDF 1.2 N-Quads, section 4, "Canonical form").
"""

import re

from fedkg import namespaces
from fedkg.model import PartialDate

_ESCAPES = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(address: str) -> str:
    """Return an IRI in angle brackets. Raises ValueError for a character that no IRI may hold."""
    if _NOT_IN_IRI.search(address):
        raise ValueError(f"{address!r} is no IRI")
    return f"<{address}>"


def curie(name: str) -> str:
    """Return the IRI of a prefixed name such as `dcterms:title`."""
    prefix, local = name.split(":", 1)
    return iri(namespaces.PREFIXES[prefix] + local)


def text(value: str) -> str:
    """Return a plain string literal (xsd:string)."""
    return f'"{_SPECIAL.sub(_escape, value)}"'


def number(value: int) -> str:
    """Return an xsd:integer."""
    return f'"{value}"^^{_INTEGER}'


def truth(value: bool) -> str:
    """Return an xsd:boolean."""
    return f'"{str(value).lower()}"^^{_BOOLEAN}'


def day(value: str) -> str:
    """Return an xsd:date from `YYYY-MM-DD`."""
    return f'"{value}"^^{_DATE}'


def month(value: PartialDate) -> str:
    """Return an xsd:gYear or an xsd:gYearMonth, as precise as the date is."""
    return f'"{value}"^^{_YEAR if value.month is None else _YEAR_MONTH}'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


_INTEGER = curie("xsd:integer")
_BOOLEAN = curie("xsd:boolean")
_DATE = curie("xsd:date")
_YEAR = curie("xsd:gYear")
_YEAR_MONTH = curie("xsd:gYearMonth")
