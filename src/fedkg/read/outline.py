"""The heading tree of a list: which headings stand above each block."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from fedkg.model import Heading
from fedkg.read.blocks import Block, HeadingBlock, Spans, Style
from fedkg.read.mend import mend, verbatim

_ANCHOR = re.compile(r"\s*\{[#.][^{}]*\}\s*$")
_COUNT = re.compile(r"\s*[(（\[]\s*(\d{1,6})(?:\s*(?:papers?|篇))?\s*[)）\]]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A heading (or none, at the start) and the blocks up to the next one."""

    heading: HeadingBlock | None
    body: tuple[Block, ...]


@dataclass
class Outline:
    """The headings above the place that has been reached, outermost first."""

    title: HeadingBlock | None = None
    _open: list[tuple[int, Heading]] = field(default_factory=list)

    def enter(self, block: HeadingBlock) -> None:
        """Go below a heading: it closes those of its own and of deeper levels."""
        if block is self.title:
            return
        self._open = [(level, kept) for level, kept in self._open if level < block.level]
        self._open.append((block.level, heading_of(words_of_heading(block.spans))))

    @property
    def path(self) -> tuple[Heading, ...]:
        """The headings above, without empty ones."""
        return tuple(heading for _, heading in self._open if heading.text)


def runs(blocks: Iterable[Block]) -> list[Run]:
    """Return the blocks grouped under their headings."""
    found: list[Run] = []
    heading: HeadingBlock | None = None
    body: list[Block] = []
    for block in blocks:
        if isinstance(block, HeadingBlock):
            found.append(Run(heading, tuple(body)))
            heading, body = block, []
        else:
            body.append(block)
    found.append(Run(heading, tuple(body)))
    return found


def title_of(blocks: Iterable[Block]) -> HeadingBlock | None:
    """Return the heading that is the list's title: its only one of level 1, if it comes first."""
    headings = [block for block in blocks if isinstance(block, HeadingBlock)]
    tops = [heading for heading in headings if heading.level == 1]
    return tops[0] if len(tops) == 1 and headings[0] is tops[0] else None


def heading_of(words: str) -> Heading:
    """Return a heading without its anchor and without the count of its rows: "LoRA (31)"."""
    plain = _ANCHOR.sub("", verbatim(words))
    match = _COUNT.search(plain)
    if match is None:
        return Heading(plain, mend(plain))
    kept = plain[: match.start()].strip()
    return Heading(kept, mend(kept), int(match.group(1)))


def words_of_heading(spans: Spans) -> str:
    """Return the words of a heading; badges are no words."""
    return "".join(
        span.text
        for span in spans
        if span.style is not Style.IMAGE and not (span.is_link and span.text.startswith("["))
    )
