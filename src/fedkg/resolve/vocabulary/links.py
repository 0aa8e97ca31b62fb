"""Patterns of links that prove a venue: "aclanthology.org/{year}.emnlp-main."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from fedkg.resolve.vocabulary.tables import Row

_PLACEHOLDER = re.compile(r"\{year\}|\{yy\}|\*")
_PLACES = {
    "{year}": r"(?P<year>(?:19|20)\d{2})",
    "{yy}": r"(?P<yy>\d{2})",
    "*": r"[^/?#]*",
}
_PATTERN = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}/\S*")  # no placeholder in the host
_SCHEME = re.compile(r"\s*https?://(?:www\.)?([^/?#\s]+)", re.I)
_DOI = re.compile(r"/(10\.\d{4,9}/)")


@dataclass(frozen=True, slots=True)
class LinkPattern:
    """The beginning of a link, without scheme and "www.", and the year that it stands for.

    `{year}` and `{yy}` are a year of four and of two digits, `*` is anything within one step of the
    path. `weight` counts the literal characters: the pattern with the most decides.
    """

    text: str
    year: int | None
    matcher: re.Pattern[str]

    @classmethod
    def from_field(cls, row: Row, field: Any) -> Self:
        """Read one element of `links`: a text, or a table of `pattern` and `year`."""
        table = field if isinstance(field, dict) else {"pattern": field}
        inner = Row(row.file, f"a link of {row.label}", table)
        inner.only("pattern", "year")
        text = inner.text("pattern")
        if not _PATTERN.fullmatch(text):
            raise inner.error(f"is {text!r}: write host/path without https:// and www.")
        return cls(text, inner.count("year"), _compile(text))

    @property
    def host(self) -> str:
        """The host that the pattern begins with."""
        return self.text.partition("/")[0]

    @property
    def weight(self) -> int:
        """How much of a link it fixes."""
        return len(_PLACEHOLDER.sub("", self.text))

    def match(self, address: str) -> tuple[bool, int | None]:
        """Return whether an address begins so, and the year it states (or the pattern's own)."""
        found = self.matcher.match(address)
        if not found:
            return False, None
        stated = found.groupdict()
        if stated.get("yy"):
            short = int(stated["yy"])
            return True, short + (1900 if short >= 90 else 2000)
        return True, int(stated["year"]) if stated.get("year") else self.year


def read_patterns(row: Row) -> list[LinkPattern]:
    """Return the patterns in the `links` of a row."""
    fields = row.fields.get("links", [])
    if not isinstance(fields, list):
        raise row.error("needs links to be a list")
    return [LinkPattern.from_field(row, field) for field in fields]


def address_forms(url: str) -> Iterator[tuple[str, str]]:
    """Yield (host, address) of a link, and of the DOI inside its path where there is one.

    A publisher's page such as dl.acm.org/doi/abs/10.1145/… is read like doi.org/10.1145/… as well.
    """
    found = _SCHEME.match(url)
    if not found:
        return
    host, path = found[1].lower(), url[found.end() :].strip()
    path = path.replace("\\_", "_")  # Markdown escapes survive in links
    doi = _DOI.search(path)
    if host == "dx.doi.org":
        host = "doi.org"
    yield host, f"{host}{path}"
    if doi and host != "doi.org":
        yield "doi.org", f"doi.org{path[doi.start() :]}"


def _compile(text: str) -> re.Pattern[str]:
    literal = _PLACEHOLDER.split(text)
    places = _PLACEHOLDER.findall(text)
    parts = [re.escape(literal[0])]
    for place, rest in zip(places, literal[1:], strict=True):
        parts += [_PLACES[place], re.escape(rest)]
    return re.compile("".join(parts), re.I)
