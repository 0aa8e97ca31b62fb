"""Markdown → blocks, with markdown-it-py (CommonMark and GitHub's pipe tables).

The parser is given bounded pieces, because some of its rules take time that grows with the square
of their input, and all take memory: what is over a bound becomes an `Unread`.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from fedkg.read import html
from fedkg.read.blocks import (
    INLINE_AT_MOST,
    Block,
    HeadingBlock,
    ItemBlock,
    ParagraphBlock,
    Row,
    Spans,
    TableBlock,
    Unread,
    text_of,
)
from fedkg.read.inline import read_spans

TABLE_CELLS_AT_MOST = 1_000_000
"""Cells of one pipe table that are parsed."""

PIPES_AT_MOST = 1_000
"""Pipes of one line of a table that are parsed."""

TOKENS_AT_MOST = 1_000_000
"""Parts of a file (of some 350 bytes of memory each) after which no further block is parsed."""

LEVELS_AT_MOST = 100
"""Blocks inside each other; a nested list counts for two."""

_INLINE_LEVELS = 10
_UNREAD = "unread"

Parts = Iterator[Block | Unread]


class _VerbatimLinks(MarkdownIt):
    """A parser that keeps every link's target as it stands; what is a web link is decided later."""

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        return True


def parse(text: str) -> Parts:
    """Yield the blocks of a Markdown text in order, and what was too large to parse."""
    safe, oversize = _without_huge_tables(text)
    yield from oversize
    # The parser drops what is nested deeper than its own limit, and says nothing: ours comes first.
    parser = _VerbatimLinks("commonmark", {"maxNesting": LEVELS_AT_MOST + 2}).enable("table")
    parser.core.ruler.disable("inline")
    parser.block.ruler.before("table", _UNREAD, _leave_unread)
    environment: dict[str, object] = {}
    tokens = parser.parse(safe, environment)
    # Each level of brackets or emphasis makes the parser go over its words once more.
    parser.options["maxNesting"] = _INLINE_LEVELS
    yield from _Walk(parser, tokens, environment).blocks(0, len(tokens))


def _leave_unread(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: put all that is left at this level into one token where a bound is reached."""
    is_too_long = len(state.tokens) >= TOKENS_AT_MOST
    if silent or not (is_too_long or state.level >= LEVELS_AT_MOST):
        return False
    next_line = start + 1
    while next_line < end and (is_too_long or _is_inside(state, next_line)):
        next_line += 1
    token = state.push(_UNREAD, "", 0)
    token.map = [start, next_line]
    token.content = state.getLines(start, start + 1, 0, False)
    token.info = (
        f"the list has over {TOKENS_AT_MOST} parts, the rest is not read; split it"
        if is_too_long
        else f"lists or quotations {LEVELS_AT_MOST} levels deep; write them with fewer levels"
    )
    state.line = next_line
    return True


def _is_inside(state: StateBlock, line: int) -> bool:
    return state.isEmpty(line) or state.sCount[line] >= state.blkIndent


def _without_huge_tables(text: str) -> tuple[str, list[Unread]]:
    """Blank the lines of tables over the limits: the parser never sees them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    oversize: list[Unread] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and "|" in lines[end]:
            end += 1
        if end > start:
            reason = _table_problem(lines[start:end])
            if reason:
                oversize.append(Unread(start + 1, lines[start], reason))
                lines[start:end] = [""] * (end - start)
        start = max(end, start + 1)
    return "\n".join(lines), oversize


def _table_problem(rows: Sequence[str]) -> str | None:
    pipes = max(row.count("|") for row in rows)
    if pipes > PIPES_AT_MOST:
        return f"a table line has {pipes} pipes; at most {PIPES_AT_MOST} are read"
    if pipes * len(rows) > TABLE_CELLS_AT_MOST:
        return f"a table has over {TABLE_CELLS_AT_MOST} cells; split it"
    return None


@dataclass
class _Walk:
    """One pass over a flat token stream; `blocks` calls itself for list items only."""

    parser: MarkdownIt
    tokens: Sequence[Token]
    environment: dict[str, object]
    closing: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Find the closing token of each opening one; any other token closes itself."""
        self.closing = list(range(len(self.tokens)))
        opened: list[int] = []
        for at, token in enumerate(self.tokens):
            if token.nesting == 1:
                opened.append(at)
            elif token.nesting == -1:
                self.closing[opened.pop()] = at

    def blocks(self, start: int, end: int) -> Parts:
        at = start
        while at < end:
            token = self.tokens[at]
            close = self.closing[at]
            if token.type == "heading_open":
                spans = yield from self._spans(at + 1)
                yield HeadingBlock(int(token.tag[1]), spans, _line(token))
            elif token.type == "list_item_open":
                yield from self._item(at, close)
            elif token.type == "table_open":
                yield from self._table(at, close)
            elif token.type == "inline":
                spans = yield from self._spans(at)
                yield ParagraphBlock(spans, _line(token))
            elif token.type == "html_block":
                at = yield from self._html(at, end)
                continue
            elif token.type == _UNREAD:
                yield Unread(_line(token), token.content, token.info)
            elif token.nesting == 1:  # a list, a quotation, a paragraph: look inside
                at += 1
                continue
            at = close + 1

    def _item(self, at: int, close: int) -> Parts:
        children: list[Block] = []
        spans: Spans = ()
        for block in self.blocks(at + 1, close):
            if isinstance(block, Unread):
                yield block
            elif isinstance(block, ParagraphBlock) and not children and not spans:
                spans = block.spans
            else:
                children.append(block)
        yield ItemBlock(spans, _line(self.tokens[at]), tuple(children))

    def _table(self, at: int, close: int) -> Parts:
        rows: list[Row] = []
        header: tuple[str, ...] = ()
        cells: list[Spans] = []
        for i in range(at + 1, close):
            token = self.tokens[i]
            if token.type == "tr_open":
                cells, line = [], _line(token)
            elif token.type == "inline":
                cells.append((yield from self._spans(i)))
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), line))
            elif token.type == "thead_close":
                header = tuple(text_of(spans) for spans in rows.pop().cells)
        yield TableBlock(header, tuple(rows), _line(self.tokens[at]))

    def _html(self, at: int, end: int) -> Generator[Block | Unread, None, int]:
        """Read HTML, joined with what follows while a table is open; return the next index."""
        run = self._html_run(at, end)
        first = _line(self.tokens[at])
        pieces: list[str] = []
        lines = 0
        for i in run:
            piece = yield from self._as_html(i)
            gap = _line(self.tokens[i]) - first - lines
            pieces += ["\n" * gap, piece]
            lines += gap + piece.count("\n")
        yield from html.parse("".join(pieces), first)
        return self.closing[run[-1]] + 1

    def _html_run(self, at: int, end: int) -> list[int]:
        """Return an HTML block and, while a table is open, the paragraphs and HTML that go on."""
        run = [at]
        waiting: list[int] = []
        opened = html.tables_left_open(self.tokens[at].content)
        after = at + 1
        while opened > 0 and after < end:
            token = self.tokens[after]
            if token.type not in {"html_block", "paragraph_open"}:
                break
            waiting.append(after)
            if token.type == "html_block":
                run += waiting
                waiting = []
                opened += html.tables_left_open(token.content)
            after = self.closing[after] + 1
        return run

    def _as_html(self, at: int) -> Generator[Unread, None, str]:
        if self.tokens[at].type == "html_block":
            return self.tokens[at].content
        children = yield from self._inline(at + 1)
        return f"<p>{self.parser.renderer.render(children, self.parser.options, {})}</p>"

    def _spans(self, at: int) -> Generator[Unread, None, Spans]:
        return read_spans((yield from self._inline(at)), _line(self.tokens[at]))

    def _inline(self, at: int) -> Generator[Unread, None, list[Token]]:
        token = self.tokens[at]
        children: list[Token] = []
        if len(token.content) > INLINE_AT_MOST:
            reason = f"a text of {len(token.content)} characters; at most {INLINE_AT_MOST} are read"
            yield Unread(_line(token), token.content, reason)
        else:
            self.parser.inline.parse(token.content, self.parser, self.environment, children)
        return children


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
