"""How a query ends: with its answer, or with the problem that its client is told."""

import json
import signal
from dataclasses import dataclass

from fedkg.errors import QueryError
from fedkg.web import problem
from fedkg.web.pool.frames import WELL, Frame
from fedkg.web.pool.limits import MIB, Limits
from fedkg.web.problem import Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, the rows or triples in it where they are known, and how it is compressed."""

    body: bytes
    rows: int | None = None
    coding: str = ""


class UnansweredError(Exception):
    """A query that gets no answer, and the problem to tell its client."""

    def __init__(self, told: Problem) -> None:
        super().__init__(told.detail)
        self.problem = told


class GoneError(Exception):
    """The client went away before its answer."""


def answer_of(frame: Frame, limits: Limits) -> Answer:
    """Return the answer that a child gave. Raises QueryError or UnansweredError where none is."""
    told = {} if frame.head == WELL else json.loads(frame.head)
    fault = told.get("fault")
    if fault == "query":
        raise QueryError(str(told["sentence"]), str(told["detail"]))
    if fault is not None:
        raise UnansweredError(problem.answer_too_large(limits.answer // MIB))
    rows = None if frame.number < 0 else int(frame.number)
    return Answer(frame.body, rows, str(told.get("coding", "")))


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
