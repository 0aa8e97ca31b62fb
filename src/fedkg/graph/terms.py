"""RDF terms as canonical N-Quads text.

The graph is written as sorted lines, so a term is made once, as the string that stands in the file
(RDF 1.2 N-Quads, section 4, "Canonical form").
"""

import re
from datetime import date
from functools import cache

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
_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_WEB_IRI = re.compile(r'https?://[^\x00-\x20<>"{}|^`\\\x7f-\x9f\ud800-\udfff]+')
_SPDX_ID = re.compile(r"[A-Za-z0-9.+-]+")
_LICENCES = "https://spdx.org/licenses/"


def iri(address: str) -> str:
    """Return an http(s) IRI in angle brackets.

    Raises ValueError for anything else: another scheme, or a character that no IRI may hold.
    """
    if not _WEB_IRI.fullmatch(address):
        raise ValueError(f"{address!r} is no http(s) IRI")
    return f"<{address}>"


@cache
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


def day(value: date) -> str:
    """Return an xsd:date."""
    return f'"{value.isoformat()}"^^{_DATE}'


def month(value: PartialDate) -> str:
    """Return an xsd:gYear or an xsd:gYearMonth, as precise as the date is."""
    return f'"{value}"^^{_YEAR if value.month is None else _YEAR_MONTH}'


def licence(name: str) -> str:
    """Return the IRI of an SPDX licence; other words ("unknown", "see the README") as they are."""
    known = name != "unknown" and _SPDX_ID.fullmatch(name)
    return iri(_LICENCES + name) if known else text(name)


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


_INTEGER = curie("xsd:integer")
_BOOLEAN = curie("xsd:boolean")
_DATE = curie("xsd:date")
_YEAR = curie("xsd:gYear")
_YEAR_MONTH = curie("xsd:gYearMonth")
