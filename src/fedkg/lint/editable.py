"""Which parts of a Markdown file may be edited: words and links, never code, comments or raw text.

What the parser does not vouch for stays untouched: a line is editable only where a paragraph, a
heading, an item, a row of a table or a block of HTML stands.
"""

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_RAW_HTML = re.compile(r"<(?:pre|code|script|style|textarea|!--|\?|!\[CDATA\[)", re.IGNORECASE)
_INLINE_RAW = re.compile(
    r"<(code|pre|script|style|textarea)\b[^<>]*>.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_PREFORMATTED = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_ESCAPE_OR_TICKS = re.compile(r"\\.|`+", re.DOTALL)
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters of one line that may be edited; `line` counts from 1."""

    line: int
    start: int
    end: int


def stretches(lines: Sequence[str]) -> Iterator[Stretch]:
    """Yield the editable stretches of the lines of a file (with their ends), in order.

    Time and memory are linear in the size of the file.
    """
    for first, last in _blocks(lines):
        block = lines[first:last]
        raw = deque(_raw_in_block(block))
        at = 0
        for number, line in enumerate(block, start=first + 1):
            yield from _outside(raw, number, at, at + len(line))
            at += len(line)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, behind the last) for each block of words, of lines counted from 0.

    Tables and reference definitions are paragraphs here: their lines are words and links as well.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).disable("reference")
    parser.core.ruler.disable("inline")
    open_raw = 0
    behind = 0
    for token in parser.parse("".join(lines)):
        if token.map is None or token.type not in {"inline", "html_block"}:
            continue
        was_open = open_raw > 0
        open_raw = max(0, open_raw + _opened(token))
        is_raw = token.type == "html_block" and _RAW_HTML.search(token.content)
        if not (was_open or open_raw > 0 or is_raw):
            first = max(behind, token.map[0])
            behind = max(first, min(token.map[1], len(lines)))
            yield first, behind


def _opened(token: Token) -> int:
    """Return how many `<pre>` a block opens, less those that it closes. Words open none."""
    marks: list[str] = _PREFORMATTED.findall(token.content)
    closed = marks.count("/")
    return (len(marks) - closed if token.type == "html_block" else 0) - closed


def _raw_in_block(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the raw parts of a block, disjoint and in order, as offsets into its text.

    A backtick that nothing closes in its own row of a table must not hide the code of the next:
    what is code either in the block or in the line alone counts as code.
    """
    found = list(_raw_parts("".join(lines)))
    at = 0
    for line in lines:
        found += [(at + start, at + end) for start, end in _raw_parts(line)]
        at += len(line)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _raw_parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the code spans, and the code and comments in HTML, of a text of words."""
    yield from (match.span() for match in _INLINE_RAW.finditer(text))
    yield from _code_spans(text)


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the code spans of a text (CommonMark 0.31, section 6.1)."""
    runs: dict[int, list[int]] = defaultdict(list)
    for match in _TICKS.finditer(text):
        runs[len(match.group())].append(match.start())
    at = 0
    while found := _ESCAPE_OR_TICKS.search(text, at):
        at = found.end()
        if found.group().startswith("\\"):
            continue
        length = len(found.group())
        closing = bisect_left(runs[length], at)
        if closing < len(runs[length]):
            at = runs[length][closing] + length
            yield found.start(), at


def _outside(raw: deque[tuple[int, int]], line: int, start: int, end: int) -> Iterator[Stretch]:
    """Yield what lies outside the raw parts from `start` to `end`; drop those that end there."""
    at = start
    while raw and raw[0][0] < end:
        if raw[0][0] > at:
            yield Stretch(line, at - start, raw[0][0] - start)
        at = raw[0][1]
        if at > end:
            return
        raw.popleft()
    if at < end:
        yield Stretch(line, at - start, end - start)
