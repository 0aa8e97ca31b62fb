"""HTML inside a list → blocks, with lxml: tables, list items and headings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from fedkg.read.blocks import (
    INLINE_AT_MOST,
    Block,
    HeadingBlock,
    ItemBlock,
    Row,
    Span,
    Spans,
    Style,
    TableBlock,
    Unread,
    text_of,
    with_bare_links,
)

STYLES: Mapping[str, Style] = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "code": Style.CODE,
}
"""Tags that set a style."""

DEPTH_AT_MOST = 60
"""Elements inside each other that are read."""

LINES_AT_MOST = 60_000
"""Lines that lxml is given at once: it counts to 65,535."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {"li", "ul", "ol", "table", *_HEADINGS}
_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_CUTS = ("<tr", "<li", "<table", "<ul", "<ol", "<h")


def parse(source: str, first_line: int) -> Iterator[Block | Unread]:
    """Yield the tables, items and headings of an HTML fragment whose first line is given.

    Anything else (images, centred prose, empty anchors) states no work and yields nothing.
    """
    header: tuple[str, ...] = ()
    for piece, line in _pieces(source, first_line):
        root = _root(piece)
        for part in _Reader(line - 1).parts(root) if root is not None else ():
            if isinstance(part, TableBlock) and line > first_line and not part.header:
                yield replace(part, header=header)
            else:
                header = part.header if isinstance(part, TableBlock) else header
                yield part


def tables_left_open(source: str) -> int:
    """Return how many more tables a fragment opens than it closes."""
    return sum(-1 if tag else 1 for tag in _TABLE_TAG.findall(source))


def read_tag(tag: str) -> tuple[str, dict[str, str], bool]:
    """Return (name, attributes, whether it closes) of one inline tag; ("", {}, False) if none."""
    if tag.startswith("</"):
        return tag[2:-1].strip().lower(), {}, True
    root = _root(tag)
    element = root[0] if root is not None and len(root) else None
    if element is None or not isinstance(element.tag, str):
        return "", {}, False
    return element.tag, {str(k): str(v) for k, v in element.attrib.items()}, False


def _pieces(source: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Cut a fragment of very many lines before rows and items; yield (piece, its first line).

    A piece that begins inside a table opens one of its own.
    """
    if source.count("\n") < LINES_AT_MOST:
        yield source, first_line
        return
    lines = source.split("\n")
    start = opened = 0
    while start < len(lines):
        end = _cut(lines, start)
        piece = "\n".join(lines[start:end])
        yield "<table>" * (opened > 0) + piece, first_line + start
        opened += tables_left_open(piece)
        start = end


def _cut(lines: list[str], start: int) -> int:
    last = start + LINES_AT_MOST
    if last >= len(lines):
        return len(lines)
    places = range(last, start + LINES_AT_MOST // 2, -1)
    return next((i for i in places if lines[i].lstrip().lower().startswith(_CUTS)), last)


@cache
def _parser() -> lxml_html.HTMLParser:
    # huge_tree: what is nested too deeply must be seen to be reported.
    return lxml_html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )


def _root(source: str) -> HtmlElement | None:
    """Return a div around the fragment, or None where nothing can be parsed."""
    try:
        # The div keeps lxml from moving the first text into a paragraph of its own.
        document = lxml_html.document_fromstring(f"<div>{source}</div>", parser=_parser())
    except (etree.ParserError, ValueError):
        return None
    return document.find(".//div")


@dataclass
class _Reader:
    """One pass over a parsed fragment. `before` is the number of lines above the fragment."""

    before: int
    unread: list[Unread] = field(default_factory=list)

    def parts(self, root: HtmlElement) -> Iterator[Block | Unread]:
        yield from self._blocks(root, 0)
        yield from self.unread

    def _line(self, element: HtmlElement) -> int:
        return self.before + (element.sourceline or 1)

    def _blocks(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        if depth > DEPTH_AT_MOST:
            self._leave(element)
            return
        for child in element:
            tag = child.tag
            if tag == "table" and child.find(".//table") is None:
                yield self._table(child)
            elif tag == "li":
                below = tuple(self._blocks(child, depth + 1))
                yield ItemBlock(self._spans(child), self._line(child), below)
            elif tag in _HEADINGS:
                yield HeadingBlock(_HEADINGS[tag], self._spans(child), self._line(child))
            else:
                yield from self._blocks(child, depth + 1)

    def _table(self, table: HtmlElement) -> TableBlock:
        header: tuple[str, ...] = ()
        rows: list[Row] = []
        for element in table.iter("tr"):
            cells = [cell for cell in element if cell.tag in {"td", "th"}]
            spans = tuple(self._spans(cell) for cell in cells)
            if cells and not header and not rows and all(cell.tag == "th" for cell in cells):
                header = tuple(text_of(cell) for cell in spans)
            elif cells:
                rows.append(Row(spans, self._line(cells[0])))
        return TableBlock(header, tuple(rows), self._line(table))

    def _spans(self, element: HtmlElement) -> Spans:
        """Return the words of an element; of blocks inside it, only those of a cell's."""
        found: list[Span] = []
        self._gather(element, Style.PLAIN, found, 0, element.tag in {"td", "th"})
        size = sum(len(span.text) + 1 for span in found)
        if size > INLINE_AT_MOST:
            reason = f"a text of {size} characters; at most {INLINE_AT_MOST} are read"
            self.unread.append(Unread(self._line(element), text_of(tuple(found)), reason))
            return ()
        return with_bare_links(tuple(found))

    def _gather(
        self, element: HtmlElement, style: Style, found: list[Span], depth: int, is_cell: bool
    ) -> None:
        if depth > DEPTH_AT_MOST:
            self._leave(element)
            return
        if element.text:
            found.append(Span(element.text, self._line(element), None, style))
        for child in element:
            line = self._line(child)
            if child.tag == "img":
                found.append(_image(child, line))
            elif child.tag == "br":
                found.append(Span(" ", line, None, style))
            elif child.tag == "a" and child.get("href") is not None:
                words = "".join(str(part) for part in child.itertext())
                found.append(Span(words, line, child.get("href"), style))
                found.extend(_image(image, self._line(image)) for image in child.iter("img"))
            elif is_cell or child.tag not in _BLOCKS:
                inner = STYLES.get(str(child.tag), style) if style is Style.PLAIN else style
                self._gather(child, inner, found, depth + 1, is_cell)
            if child.tail:
                found.append(Span(child.tail, line, None, style))

    def _leave(self, element: HtmlElement) -> None:
        reason = f"HTML nested over {DEPTH_AT_MOST} deep; write it with fewer levels"
        words = "".join(str(part) for part in element.itertext())
        self.unread.append(Unread(self._line(element), f"<{element.tag}>{words}", reason))


def _image(image: HtmlElement, line: int) -> Span:
    return Span(image.get("alt") or "", line, image.get("src") or "", Style.IMAGE)
