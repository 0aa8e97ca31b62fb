"""The forms of headings and paragraphs that are works themselves, each with what follows them."""

from collections.abc import Sequence
from dataclasses import replace

from fedkg.ids import identifiers_of
from fedkg.model import Heading
from fedkg.read.blocks import (
    Block,
    HeadingBlock,
    ItemBlock,
    ParagraphBlock,
    Spans,
    TableBlock,
    links_of,
)
from fedkg.read.bullets import item_fields, with_fields
from fedkg.read.draft import Outcome, draft_of, finish
from fedkg.read.line import Work, parse_work, words_of
from fedkg.read.names import looks_like_names
from fedkg.read.roles import is_navigation

_WORDS_BESIDE_AT_MOST = 25


def is_entry_heading(heading: HeadingBlock, body: Sequence[Block]) -> bool:
    """Return whether a heading is a work: its words are mainly a link, and no works stand below it.

    A heading that links (to a conference's page, say) above bullets or a table is a section.
    """
    links = [s for s in links_of(heading.spans) if not is_navigation(s.url or "") or not s.url]
    if heading.level == 1 or not links:
        return False
    if any(isinstance(block, TableBlock) for block in body):
        return False
    if any(isinstance(block, ItemBlock) and _describes_work(block) for block in body):
        return False
    linked = sum(len(span.text) for span in links)
    return 2 * linked >= len(words_of(heading.spans).strip(" *_"))


def read_heading(
    list_slug: str, headings: tuple[Heading, ...], heading: HeadingBlock, body: Sequence[Block]
) -> Outcome | None:
    """Return the work of a heading: title link, date and venue, then a paragraph of authors."""
    work = parse_work(heading.spans) or _empty(heading.spans)
    if work is None:
        return None
    draft = with_fields(draft_of(work), item_fields(tuple(body)))
    if draft.authors is None:
        draft = replace(draft, authors=_author_paragraph(body))
    return finish(list_slug, headings, replace(draft, claims_paper=True))


def read_paragraph(
    list_slug: str, headings: tuple[Heading, ...], paragraph: ParagraphBlock, below: Sequence[Block]
) -> Outcome | None:
    """Return the work that a paragraph is, or None for prose.

    Such a paragraph begins with its title link (or is a numbered reference), has an identifier,
    and little else.
    """
    work = parse_work(paragraph.spans)
    if work is None or not _is_paragraph_work(work, paragraph.spans):
        return None
    draft = with_fields(draft_of(work), item_fields(tuple(below)))
    return finish(list_slug, headings, draft)


def _is_paragraph_work(work: Work, spans: Spans) -> bool:
    words = words_of(spans)
    if work.is_reference and work.link is None:
        return words.startswith("[") or words[:1].isdigit()
    if not identifiers_of(work.link or "") and not (work.link or "").lower().endswith(".pdf"):
        return False
    start = words.find(work.title)
    return (
        0 <= start <= 12 and len(words.split()) - len(work.title.split()) <= _WORDS_BESIDE_AT_MOST
    )


def _describes_work(item: ItemBlock) -> bool:
    return any(not is_navigation(span.url or "") for span in links_of(item.spans))


def _author_paragraph(body: Sequence[Block]) -> str | None:
    first = next((block for block in body if isinstance(block, ParagraphBlock)), None)
    if first is None:
        return None
    words = words_of(first.spans)
    return words if looks_like_names(words) else None


def _empty(spans: Spans) -> Work | None:
    """A heading such as `#### []() **`, left over from a template."""
    links = list(links_of(spans))
    if links and all(not span.url and not span.text.strip() for span in links):
        return Work("", links[0].line, None)
    return None
