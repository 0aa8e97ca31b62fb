"""The engine's own files for a large build, written beside other work in a process of their own."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from fedkg.errors import GraphDirectoryError

_LINES_AT_ONCE = 100_000
"""The engine holds what it loads in one go; so many lines take some 150 MB."""


def index(graph: Path, target: Path) -> None:
    """Write the engine's files for `graph` (N-Quads) to the new folder `target`."""
    store = ox.Store(os.fspath(target))
    with graph.open("rb") as lines:
        while part := b"".join(islice(lines, _LINES_AT_ONCE)):
            store.bulk_load(input=part, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


@contextmanager
def indexing(graph: Path, target: Path) -> Iterator[None]:
    """Index `graph` while the body of the `with` runs, and wait for the end of it.

    An error in the body ends the indexing. Raises GraphDirectoryError when that fails by itself.
    """
    # Spawned: a fork would share the memory of the build and locks that other threads may hold.
    process = multiprocessing.get_context("spawn").Process(
        target=index, args=(graph, target), daemon=True
    )
    process.start()
    try:
        yield
    except BaseException:
        process.terminate()
        raise
    finally:
        process.join()
    if process.exitcode:
        raise GraphDirectoryError(
            f"{target} could not be written, perhaps for want of memory or of room on the disk: "
            "free some and build again."
        )
