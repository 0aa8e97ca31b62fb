"""The index that pages use, for a graph that has none: RDF files, or a build of an older fedkg."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fedkg.errors import QueryError
from fedkg.model import Store
from fedkg.search.answers import QUESTIONS, Answer
from fedkg.search.asking import answer_in, contents_in
from fedkg.search.write import write_index
from fedkg.web.pool.outcome import UnansweredError

log = logging.getLogger("fedkg")


async def index_of(store: Store, base: str, target: Path) -> None:
    """Write the index of a graph whose things live under `base`; say so where that cannot be."""
    try:
        await asyncio.to_thread(_write, store, base, target)
    except (QueryError, UnansweredError, OSError) as error:
        log.warning("search, figures and browsing are not there: %s", error)


def _write(store: Store, base: str, target: Path) -> None:
    beside = target.with_suffix(".new")
    contents = replace(contents_in(store, base), answers=tuple(_answers(store, base)))
    write_index(contents, beside)
    beside.replace(target)


def _answers(store: Store, base: str) -> Iterator[Answer]:
    for name in QUESTIONS:
        try:
            yield answer_in(store, base, name)
        except (QueryError, UnansweredError) as error:  # it stays a question
            log.info("the first page shows %s without its answer: %s", name, error)
