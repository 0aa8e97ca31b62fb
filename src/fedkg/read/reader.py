"""A list's blocks → its entries, failures and template rows, whatever forms it mixes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fedkg.model import Entry, Failure, Heading, PaperList, Reading, TemplateRow
from fedkg.read.blocks import (
    RAW_AT_MOST,
    Block,
    ItemBlock,
    ParagraphBlock,
    TableBlock,
    Unread,
)
from fedkg.read.bullets import read_item
from fedkg.read.draft import Outcome
from fedkg.read.headings import is_entry_heading, read_heading, read_paragraph
from fedkg.read.markdown import parse
from fedkg.read.mend import mend
from fedkg.read.outline import Outline, Run, runs, title_of, words_of_heading
from fedkg.read.tables import read_table


def read_markdown(text: str, paper_list: PaperList) -> Reading:
    """Return all that a Markdown text says, in the order of its lines. Never raises on any text.

    The title of the list is the catalogue's; without one, its first heading, else its slug.
    """
    parsed = list(parse(text))
    blocks = [block for block in parsed if not isinstance(block, Unread)]
    slug = paper_list.slug
    outcomes = list(_outcomes(slug, blocks))
    unread = [
        Failure(slug, part.line, part.raw[:RAW_AT_MOST], part.reason)
        for part in parsed
        if isinstance(part, Unread)
    ]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return Reading(
        _titled(paper_list, blocks),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Entry)),
        tuple(sorted(failures + unread, key=lambda failure: failure.line)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, TemplateRow)),
    )


def _titled(paper_list: PaperList, blocks: Sequence[Block]) -> PaperList:
    if paper_list.title:
        return paper_list
    heading = title_of(blocks)
    words = mend(words_of_heading(heading.spans)) if heading else ""
    return replace(paper_list, title=words or paper_list.slug)


def _outcomes(slug: str, blocks: Sequence[Block]) -> Iterator[Outcome]:
    outline = Outline(title_of(blocks))
    for run in runs(blocks):
        if run.heading is not None and is_entry_heading(run.heading, run.body):
            outcome = read_heading(slug, outline.path, run.heading, run.body)
            if outcome is not None:
                yield outcome
                continue
        if run.heading is not None:
            outline.enter(run.heading)
        yield from _read_body(slug, outline.path, run)


def _read_body(slug: str, path: tuple[Heading, ...], run: Run) -> Iterator[Outcome]:
    for at, block in enumerate(run.body):
        if isinstance(block, ItemBlock):
            yield from read_item(slug, path, block)
        elif isinstance(block, TableBlock):
            yield from read_table(slug, path, block)
        elif isinstance(block, ParagraphBlock):
            outcome = read_paragraph(slug, path, block, _items_below(run.body, at))
            if outcome is not None:
                yield outcome


def _items_below(body: Sequence[Block], at: int) -> list[Block]:
    """Return the items between a paragraph and the next one: they may hold its fields."""
    found: list[Block] = []
    for block in body[at + 1 :]:
        if not isinstance(block, ItemBlock):
            break
        found.append(block)
    return found
