"""Answers, written for a person."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from fedkg.why.sources import Source
from fedkg.why.statements import Answer


def render(answers: Iterable[Answer], decided: Iterable[str] = ()) -> str:
    """Return the answers, and the reasons of what people decided, as text ending in a newline.

    Values that the same entries state, such as the authors of one line, stand together.
    """
    lines = [line for together in grouped(answers) for line in _lines(together)]
    lines += [f"decided of this paper: {reason}" for reason in decided]
    return "".join(f"{line}\n" for line in lines)


def grouped(answers: Iterable[Answer]) -> list[list[Answer]]:
    """Return the answers, those together that follow each other and have the same behind them."""
    groups = groupby(answers, key=lambda one: (one.sources, one.others, one.facts))
    return [list(together) for _, together in groups]


def _lines(together: list[Answer]) -> Iterator[str]:
    for answer in together:
        yield f"{answer.property} = {answer.value}"
    if not together[0].sources and not together[0].facts:
        yield "  no entry states it: it follows from the paper's other statements"
    for source in together[0].sources:
        yield from _source(source)
    for fact in together[0].facts:
        yield f"  {fact.source}, read from {fact.read_from}"
    if together[0].others:
        yield "  also stated, of this or another version:"
        for other in together[0].others:
            yield from (f"  {line}" for line in _source(other))


def _source(source: Source) -> Iterator[str]:
    headings = " › ".join(source.headings)
    under = f", under “{headings}”" if headings else ""
    states = f": {source.states}" if source.states else ""
    yield f"  {source.list}, line {source.line}{under}{states}"
    yield from (f"    {name}: {words}" for name, words in source.words)
