"""The engine's own files for a large graph, written beside other work in a process of their own."""

import multiprocessing
import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pyoxigraph as ox

from fedkg.errors import GraphDirectoryError
from fedkg.processes import follow, undisturbed

LARGE = 1_000_000
"""From this many triples on, a graph is kept in files instead of memory."""

_BYTES_AT_ONCE = 16_000_000
"""The engine holds what it loads in one go; so many bytes of N-Quads take some 130 MB."""
_PARTS_AT_ONCE = 2
"""The slower files come, the more often it compacts them: two at once cost a sixth less in all."""
_MORE, _DONE = True, False


class Indexer:
    """Indexes a graph while it is still being written: give it each file of lines, then finish.

        with Indexer(folder / "store") as indexer:
            indexer.add(file, lines)
            indexer.finish(triples)

    Nothing is begun before the lines are as many as make a graph large. What is not finished when
    the `with` ends is removed.
    """

    def __init__(self, target: Path, large: int = LARGE) -> None:
        self._target = target
        self._large = large
        self._lines = 0
        self._waiting: list[int] = []
        here, self._there = multiprocessing.get_context("spawn").Pipe()
        self._pipe: Connection = here
        # Spawned: a fork would share the build's memory and locks that other threads may hold.
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(self._there, target), daemon=True
        )
        self._is_finished = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.pid is not None:
            self._process.terminate()
            self._process.join()
        for handle in self._waiting:
            os.close(handle)
        self._pipe.close()
        self._there.close()
        if not self._is_finished:
            shutil.rmtree(self._target, ignore_errors=True)

    @property
    def pid(self) -> int | None:
        """The process that indexes, None before it is begun."""
        return self._process.pid

    def add(self, file: BinaryIO, lines: int) -> None:
        """Take a file of so many N-Quads lines, which may be closed and removed, but not changed.

        The same line may come again. Raises GraphDirectoryError when the process has died.
        """
        self._lines += lines
        self._waiting.append(os.dup(file.fileno()))
        if self._lines < self._large:
            return
        if self.pid is None:
            with undisturbed():
                self._process.start()
            self._there.close()
        try:
            while self._waiting:
                self._pipe.send(_MORE)
                send_handle(self._pipe, self._waiting[0], self.pid)
                os.close(self._waiting.pop(0))
        except OSError as error:
            raise self._failed() from error

    def finish(self, triples: int) -> None:
        """Wait until a graph of so many triples is on the disk, ready for queries.

        Raises GraphDirectoryError when it could not be written, or holds another number of them.
        """
        try:
            self._pipe.send(_DONE)
            indexed = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._failed() from error
        if indexed != triples:
            raise GraphDirectoryError(
                f"{self._target} holds {indexed} of {triples} triples: the disk may be damaged; "
                "build again."
            )
        self._process.join()
        self._is_finished = True

    def _failed(self) -> GraphDirectoryError:
        return GraphDirectoryError(
            f"{self._target} could not be written, perhaps for want of memory or of room on the "
            "disk: free some and build again."
        )


def index(files: Iterable[BinaryIO], target: Path) -> int:
    """Write the engine's files for N-Quads to the new folder `target`; return how many there are.

    The files are read from their beginning, wherever others that share them are reading.
    """
    store = ox.Store(os.fspath(target))

    def load(part: bytes) -> None:
        store.bulk_load(input=part, format=ox.RdfFormat.N_QUADS, lenient=True)

    with ThreadPoolExecutor(_PARTS_AT_ONCE) as pool:
        loading: deque[Future[None]] = deque()
        for file in files:
            for part in _parts(file.fileno()):
                loading.append(pool.submit(load, part))
                if len(loading) > _PARTS_AT_ONCE:
                    loading.popleft().result()
        for last in loading:
            last.result()
    # No `optimize`: the engine compacts while it loads. A pass over all of it took a fifth of the
    # time, and neither look-ups nor scans of 13 million triples were faster for it.
    store.flush()
    return len(store)


def _parts(handle: int) -> Iterator[bytes]:
    """Yield the bytes of a file in parts that end with a line, without moving its position."""
    at, size = 0, _BYTES_AT_ONCE
    while part := os.pread(handle, size, at):
        end = part.rfind(b"\n") + 1
        if not end and len(part) == size:  # the middle of a very long line
            size *= 2
            continue
        yield part[: end or len(part)]
        at += end or len(part)


def _serve(pipe: Connection, target: Path) -> None:
    """Index what comes through a pipe, and answer with the number of triples."""
    follow()
    pipe.send(index(_received(pipe), target))


def _received(pipe: Connection) -> Iterator[BinaryIO]:
    while pipe.recv() is _MORE:
        with open(recv_handle(pipe), "rb") as file:  # noqa: PTH123 - a handle has no path
            yield file
