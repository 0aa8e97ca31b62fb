"""How a query ends: with its answer, or with the problem that its client is told."""

import signal
from collections.abc import Mapping

from fedkg.errors import QueryError
from fedkg.web import problem
from fedkg.web.pool.limits import MIB, Limits
from fedkg.web.problem import Problem


class UnansweredError(Exception):
    """A query that gets no answer, and the problem to tell its client."""

    def __init__(self, told: Problem) -> None:
        super().__init__(told.detail)
        self.problem = told


class GoneError(Exception):
    """The client went away before its answer."""


def body_of(told: Mapping[str, object], body: bytes, limits: Limits) -> bytes:
    """Return the answer that a child gave. Raises QueryError or UnansweredError where none is."""
    if told["fault"] == "query":
        raise QueryError(str(told["sentence"]), str(told["detail"]))
    if told["fault"] == "answer":
        raise UnansweredError(problem.answer_too_large(limits.answer // MIB))
    return body


def cause_of(status: int, seconds: float, limits: Limits) -> UnansweredError:
    """Return why a child ended of itself, by its exit status.

    The kernel's timer ends it behind a deadline of so many `seconds`; the engine aborts when it
    gets no more memory; the system kills what takes all there is.
    """
    if status == -signal.SIGALRM:
        return UnansweredError(problem.deadline(seconds))
    if status in {-signal.SIGABRT, -signal.SIGKILL}:
        return UnansweredError(problem.memory(limits.memory // MIB))
    return UnansweredError(problem.crashed())


def reason_of(end: Exception | None) -> str:
    """Return one word on why a process was ended, for counting."""
    if isinstance(end, UnansweredError):
        return end.problem.kind
    return "died" if end is None else "gone"
