"""Jobs that run in processes of their own, side by side."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from fedkg.errors import FedkgError

PROCESSES = 2
_NICENESS = 10
"""Where cores are few, what others wait for comes first: these jobs fill the time that is left."""

_T = TypeVar("_T")


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
    pool = ProcessPoolExecutor(PROCESSES, spawn, os.nice, (_NICENESS,))

    def run(job: Callable[..., _T], arguments: Iterable[tuple[object, ...]]) -> list[_T]:
        try:
            return [future.result() for future in [pool.submit(job, *given) for given in arguments]]
        except BrokenProcessPool as error:
            raise died from error

    try:
        yield run
    finally:
        pool.shutdown(cancel_futures=True)
