"""Jobs that run in processes of their own, side by side."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TypeVar

from fedkg.errors import FedkgError

PROCESSES = 2
_NICENESS = 10
"""Where cores are few, what others wait for comes first: these jobs fill the time that is left."""

_T = TypeVar("_T")


def follow(niceness: int = 0) -> None:
    """Have this process, a child, end with its parent, however that ends."""
    os.nice(niceness)
    parent = multiprocessing.parent_process()
    assert parent is not None, "only a child follows"
    threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave Ctrl-C, which all processes of a terminal get, to this process alone.

    Children that begin meanwhile never see it: they end with their parent.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def processes(
    died: FedkgError,
) -> Iterator[Callable[[Callable[..., _T], Iterable[tuple[object, ...]]], list[_T]]]:
    """Give a function that returns the results of a job, one for each of its arguments, in order.

    The jobs run in processes of their own; an error of one is raised, and so is `died` when one
    is killed.
    """
    # Spawned: a fork would share locks that other threads may hold, and the memory of the build.
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, spawn, follow, (_NICENESS,))

    def run(job: Callable[..., _T], arguments: Iterable[tuple[object, ...]]) -> list[_T]:
        try:
            with undisturbed():
                futures = [pool.submit(job, *given) for given in arguments]
            return [future.result() for future in futures]
        except BrokenProcessPool as error:
            raise died from error

    try:
        yield run
    finally:
        pool.shutdown(cancel_futures=True)
