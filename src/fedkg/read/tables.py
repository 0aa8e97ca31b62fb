"""The form of tables: one work a row under a title column, or several in a cell under groups."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fedkg.model import Heading, Link
from fedkg.read.blocks import Row, Spans, Style, TableBlock, links_of
from fedkg.read.draft import Draft, Outcome, draft_of, finish
from fedkg.read.line import Work, parse_work, words_of
from fedkg.read.mend import verbatim
from fedkg.read.outline import heading_of
from fedkg.read.roles import Role, is_navigation, repository_behind, role_of

_COLUMNS = {
    "number": re.compile(r"no\.?|#|№|index|id|序号|s/?n", re.IGNORECASE),
    "title": re.compile(
        r"(?:paper |article )?titles?|papers?|paper names?|articles?|publications?"
        r"|论文(?:标题|名称)?|标题|题目",
        re.IGNORECASE,
    ),
    "link": re.compile(
        r"(?:paper )?(?:links?|urls?)|pdf|arxiv|materials?|resources?|链接", re.IGNORECASE
    ),
    "venue": re.compile(
        r"venues?|conferences?|journals?|published(?: in| at)?|source|会议|期刊", re.IGNORECASE
    ),
    "date": re.compile(r"years?|dates?|months?|time|published date|日期|年份?|时间", re.IGNORECASE),
    "authors": re.compile(r"authors?|作者", re.IGNORECASE),
    "datasets": re.compile(r"data\s?sets?|数据集", re.IGNORECASE),
    "models": re.compile(r"(?:base |backbone )?(?:llms?|models?|backbones?)", re.IGNORECASE),
    "code": re.compile(
        r"(?:source )?codes?|github|repo(?:sitory)?s?|implementations?|代码", re.IGNORECASE
    ),
}


def read_table(
    list_slug: str, headings: tuple[Heading, ...], table: TableBlock
) -> Iterator[Outcome]:
    """Yield the works of a table in the order of its rows."""
    columns = _columns(table)
    if "title" in columns:
        for row in table.rows:
            yield from _read_title_row(list_slug, headings, row, columns)
        return
    works = _works_column(table, columns)
    if works is not None:
        yield from _read_grouped(list_slug, headings, table, works, columns)


def _columns(table: TableBlock) -> dict[str, int]:
    """Return the column of each field, by the words of the header."""
    found: dict[str, int] = {}
    for at, words in enumerate(table.header):
        plain = re.sub(r"[^\w\s#№./]", "", words).strip()
        for name, pattern in _COLUMNS.items():
            if name not in found and at not in found.values() and pattern.fullmatch(plain):
                found[name] = at
    return found


def _read_title_row(
    list_slug: str, headings: tuple[Heading, ...], row: Row, columns: dict[str, int]
) -> Iterator[Outcome]:
    cell = _cell(row, columns["title"])
    if _count_titles(cell) > 1:
        yield from _read_works(list_slug, headings, cell)
        return
    beside = _links_beside(row, columns)
    work = parse_work(cell) or _titled(cell)
    if work is None:
        return
    if work.link is None and beside:
        work = replace(work, link=beside[0].url, line=row.line)
        beside = beside[1:]
    draft = replace(
        draft_of(work),
        venue=_field(row, columns, "venue") or draft_of(work).venue,
        date=_field(row, columns, "date") or draft_of(work).date,
        authors=_field(row, columns, "authors") or work.authors,
        datasets=_field(row, columns, "datasets"),
        models=_field(row, columns, "models"),
        code=_code(row, columns) or work.code,
        others=beside,
        claims_paper=True,
    )
    yield finish(list_slug, headings, draft)


def _read_grouped(
    list_slug: str,
    headings: tuple[Heading, ...],
    table: TableBlock,
    works: int,
    columns: dict[str, int],
) -> Iterator[Outcome]:
    """Read a table whose cells hold several works; the cells to their left are headings.

    An empty first cell continues the group above; a later empty cell is no heading.
    """
    taken = {
        at for name, at in columns.items() if name in {"number", "date", "venue", "code", "link"}
    }
    groups = [at for at in range(works) if at not in taken]
    above: str = ""
    for row in table.rows:
        words = [words_of(_cell(row, at)) for at in groups]
        if words and not words[0]:
            words[0] = above
        above = words[0] if words else ""
        path = headings + tuple(heading_of(text) for text in words if text)
        yield from _read_works(list_slug, path, _cell(row, works))


def _read_works(list_slug: str, headings: tuple[Heading, ...], cell: Spans) -> Iterator[Outcome]:
    """Yield the works of one cell; a link named after a role or version belongs to the last one."""
    current: Draft | None = None
    for span in links_of(cell):
        if is_navigation(span.url or ""):
            continue
        role = role_of(span.text)
        if current is None or role is None:
            if current is not None:
                yield finish(list_slug, headings, current)
            current = Draft(Work(verbatim(span.text), span.line, span.url))
        elif role is Role.CODE and current.code is None:
            current = replace(current, code=span.url)
        else:
            current = replace(
                current, others=(*current.others, Link(verbatim(span.text), span.url or ""))
            )
    if current is not None:
        yield finish(list_slug, headings, current)


def _works_column(table: TableBlock, columns: dict[str, int]) -> int | None:
    """Return the first column in which half of the filled cells link to works, or None."""
    width = max((len(row.cells) for row in table.rows), default=0)
    for at in range(width):
        if any(at == columns.get(name) for name in ("code", "date", "venue", "number")):
            continue
        cells = [_cell(row, at) for row in table.rows if words_of(_cell(row, at))]
        linking = sum(1 for cell in cells if _count_titles(cell))
        if cells and 2 * linking >= len(cells):
            return at
    return None


def _count_titles(cell: Spans) -> int:
    return sum(
        1
        for span in links_of(cell)
        if role_of(span.text) is None and not is_navigation(span.url or "")
    )


def _titled(cell: Spans) -> Work | None:
    words = "".join(span.text for span in cell if span.style is not Style.IMAGE)
    line = next((span.line for span in cell if span.text.strip()), 0)
    return Work(verbatim(words), line) if any(char.isalpha() for char in words) else None


def _links_beside(row: Row, columns: dict[str, int]) -> tuple[Link, ...]:
    """Return the links of the cells that are not the title's or the code's, papers first."""
    skip = {columns["title"], columns.get("code")}
    found = [
        Link(verbatim(span.text), span.url)
        for at, cell in enumerate(row.cells)
        if at not in skip
        for span in links_of(cell)
        if span.url and not is_navigation(span.url)
    ]
    papers = [link for link in found if role_of(link.text) is Role.PAPER]
    return tuple(papers + [link for link in found if link not in papers])


def _code(row: Row, columns: dict[str, int]) -> str | None:
    """Return the code link of a row: in its column, behind a badge, or a link called code."""
    at = columns.get("code")
    cell = _cell(row, at) if at is not None else ()
    linked = next((span.url for span in links_of(cell) if span.url), None)
    if linked:
        return linked
    everywhere: Sequence[Spans] = [cell] if at is not None else row.cells
    for spans in everywhere:
        for span in spans:
            hidden = repository_behind(span) if span.style is Style.IMAGE else None
            if hidden:
                return hidden
            if span.is_link and role_of(span.text) is Role.CODE:
                return span.url
    return None


def _field(row: Row, columns: dict[str, int], name: str) -> str | None:
    at = columns.get(name)
    return words_of(_cell(row, at)) or None if at is not None else None


def _cell(row: Row, at: int) -> Spans:
    return row.cells[at] if at < len(row.cells) else ()
