"""The index that pages use, for a graph that has none: RDF files, or a build of an older fedkg."""

import asyncio
import logging
from pathlib import Path

from fedkg.errors import QueryError
from fedkg.model import Store
from fedkg.search.asking import contents_in
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
    write_index(contents_in(store, base), beside)
    beside.replace(target)
