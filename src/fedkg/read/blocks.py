"""What every list is turned into before its form is recognised: blocks that hold spans.

Markdown and HTML both end up here, so that a form (bullets, tables, headings) is read once. Lines
count from 1 and are those of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_BARE_LINK = re.compile(r"https?://[^\s<>()\[\]{}\"'|，。；]+[^\s<>()\[\]{}\"'|.,;:!?，。；]")

INLINE_AT_MOST = 20_000
"""Characters of one paragraph, item or cell that are read."""


class Style(StrEnum):
    """How a span is set. `IMAGE` holds the alternative text, and its target is the image."""

    PLAIN = ""
    STRONG = "strong"
    EMPHASIS = "em"
    CODE = "code"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words of one style; with `url`, a link (its target as it stands)."""

    text: str
    line: int
    url: str | None = None
    style: Style = Style.PLAIN

    @property
    def is_link(self) -> bool:
        """Whether it links to something with words (an image is a badge, not a link)."""
        return self.url is not None and self.style is not Style.IMAGE


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading of level 1 to 6."""

    level: int
    spans: Spans
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """A paragraph outside any list item."""

    spans: Spans
    line: int


@dataclass(frozen=True, slots=True)
class ItemBlock:
    """A list item: its own words, and the blocks indented below it."""

    spans: Spans
    line: int
    children: tuple["Block", ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `line` is the line of its first cell."""

    cells: tuple[Spans, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; `header` is empty where the table has none."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


Block = HeadingBlock | ParagraphBlock | ItemBlock | TableBlock


RAW_AT_MOST = 200
"""Characters of an unread part that are kept to show what it is."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that is too large or too deep to be parsed safely: it becomes a Failure."""

    line: int
    raw: str
    reason: str


def text_of(spans: Spans) -> str:
    """Return the words of the spans, links and images included."""
    return "".join(span.text for span in spans)


def links_of(spans: Spans) -> Iterator[Span]:
    """Yield the spans that link, in order."""
    return (span for span in spans if span.is_link)


def with_bare_links(spans: Spans) -> Spans:
    """Return the spans with each bare URL in their text as a link span of its own."""
    found: list[Span] = []
    for span in spans:
        if span.url is not None or "://" not in span.text:
            found.append(span)
            continue
        at = 0
        for match in _BARE_LINK.finditer(span.text):
            if match.start() > at:
                found.append(Span(span.text[at : match.start()], span.line, None, span.style))
            found.append(Span(match.group(), span.line, match.group(), span.style))
            at = match.end()
        if at < len(span.text):
            found.append(Span(span.text[at:], span.line, None, span.style))
    return tuple(found)
