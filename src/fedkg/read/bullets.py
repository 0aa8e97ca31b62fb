"""The form of bullets and numbered items, with labelled sub-items below a title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from fedkg.ids import identifiers_of
from fedkg.model import Heading, Link
from fedkg.read.blocks import (
    Block,
    ItemBlock,
    ParagraphBlock,
    Span,
    Spans,
    TableBlock,
    links_of,
)
from fedkg.read.draft import Draft, Outcome, draft_of, finish
from fedkg.read.line import Work, parse_work, words_of
from fedkg.read.outline import heading_of
from fedkg.read.roles import Role, is_navigation, role_of
from fedkg.read.tables import read_table

_LABELS = {
    "authors": re.compile(r"authors?|by|作者", re.IGNORECASE),
    "datasets": re.compile(r"data\s?sets?|benchmarks?|数据集", re.IGNORECASE),
    "models": re.compile(
        r"(?:base |backbone )?(?:llm )?models?|backbones?|llms?|模型", re.IGNORECASE
    ),
    "venue": re.compile(
        r"venue|conference|journal|published(?: in| at)?|publication|会议", re.IGNORECASE
    ),
    "date": re.compile(r"date|year|published on|日期|时间", re.IGNORECASE),
    "code": re.compile(r"code|github|repo(?:sitory)?|代码", re.IGNORECASE),
}
_LABELLED = re.compile(
    r"^[\s*_`\[(【]*([^\W\d_][\w \t]{1,24}?)[\s*_`\])】]*[:：]\s*(.*)$", re.DOTALL
)
_PROSE_WORDS = 40
_PROSE_WORDS_WITHOUT_ID = 28


@dataclass
class Fields:
    """What the sub-items of one item say about it."""

    texts: dict[str, str] = field(default_factory=dict)
    others: list[Link] = field(default_factory=list)
    nested: list[Block] = field(default_factory=list)
    labelled: bool = False


def read_item(list_slug: str, headings: tuple[Heading, ...], item: ItemBlock) -> Iterator[Outcome]:
    """Yield what an item and the items below it describe.

    An item without a link above items with works is a heading of theirs.
    """
    item = _with_second_paragraph(item)
    fields = item_fields(item.children)
    work = parse_work(item.spans)
    if work is not None and (fields.labelled or is_work(work, item.spans)):
        yield finish(list_slug, headings, with_fields(draft_of(work), fields))
        yield from _read_nested(list_slug, headings, fields.nested)
        return
    words = words_of(item.spans)
    below = (*headings, heading_of(words)) if words and not any(links_of(item.spans)) else headings
    yield from _read_nested(list_slug, below, list(item.children))


def _with_second_paragraph(item: ItemBlock) -> ItemBlock:
    """Join a title without a link and the links in the paragraph below it."""
    first = item.children[0] if item.children else None
    if any(links_of(item.spans)) or not isinstance(first, ParagraphBlock) or not item.spans:
        return item
    if not _holds_only_roles(first.spans) or not any(links_of(first.spans)):
        return item
    gap = Span(" ", first.line)
    return ItemBlock((*item.spans, gap, *first.spans), item.line, item.children[1:])


def is_work(work: Work, spans: Spans) -> bool:
    """Return whether a line describes a work rather than being prose that happens to link.

    Prose is long; it leads to its link with a sentence; its links carry no identifier.
    """
    has_id = any(identifiers_of(span.url or "") for span in links_of(spans))
    title_words = len(work.title.split())
    if title_words > _PROSE_WORDS or work.is_reference:
        return work.is_reference
    if has_id or not (work.link or work.code):
        return True
    rest = len(words_of(spans).split()) - title_words
    return title_words + rest <= _PROSE_WORDS_WITHOUT_ID or rest <= title_words


def _read_nested(
    list_slug: str, headings: tuple[Heading, ...], blocks: list[Block]
) -> Iterator[Outcome]:
    for block in blocks:
        if isinstance(block, ItemBlock):
            yield from read_item(list_slug, headings, block)
        elif isinstance(block, TableBlock):
            yield from read_table(list_slug, headings, block)


def item_fields(children: tuple[Block, ...]) -> Fields:
    """Return what the blocks below a title say of it: labelled fields, role links, the rest."""
    fields = Fields()
    for child in children:
        if isinstance(child, TableBlock):
            fields.nested.append(child)
            continue
        label, words = _label(child.spans)
        if label:
            fields.labelled = True
            fields.texts.setdefault(label, _value(label, child.spans, words))
        elif _holds_only_roles(child.spans):
            _take_links(fields, child.spans)
        else:
            fields.nested.append(child)
    return fields


def _label(spans: Spans) -> tuple[str | None, str]:
    match = _LABELLED.match(words_of(spans))
    if match:
        for label, pattern in _LABELS.items():
            if pattern.fullmatch(match.group(1).strip()):
                return label, match.group(2).strip()
    return None, ""


def _value(label: str, spans: Spans, words: str) -> str:
    if label == "code":
        return next((span.url for span in links_of(spans) if span.url), words)
    return words


def _holds_only_roles(spans: Spans) -> bool:
    """Whether a sub-item is only links such as "[code](…) and slide", or their empty names."""
    links = list(links_of(spans))
    if any(role_of(span.text) is None or is_navigation(span.url or "") for span in links):
        return False
    plain = "".join(span.text for span in spans if span.url is None)
    return len(re.findall(r"\w+", plain)) <= (4 if links else 0)


def _take_links(fields: Fields, spans: Spans) -> None:
    for span in links_of(spans):
        if role_of(span.text) is Role.CODE and "code" not in fields.texts:
            fields.texts["code"] = span.url or ""
        elif span.url:
            fields.others.append(Link(words_of((span,)), span.url))


def with_fields(draft: Draft, fields: Fields) -> Draft:
    """Return the draft with the fields that its sub-items state."""
    texts = {name: text for name, text in fields.texts.items() if text}
    return replace(
        draft,
        venue=texts.get("venue", draft.venue),
        date=texts.get("date", draft.date),
        authors=texts.get("authors", draft.authors),
        datasets=texts.get("datasets"),
        models=texts.get("models"),
        code=texts.get("code", draft.code),
        others=tuple(fields.others),
        claims_paper=draft.claims_paper or "authors" in fields.texts,
    )
