"""Asking one service about papers, request by request, until it is done or left alone."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fedkg.client import Client
from fedkg.client import Request as Sent
from fedkg.enrich.answer import Answer
from fedkg.enrich.found import Found
from fedkg.enrich.request import Request, Wanted
from fedkg.enrich.service import Service
from fedkg.errors import ServiceError, TooMuchAskedError

PAGES_AT_MOST = 50
"""Of one answer: a service that always has another page is not followed for ever."""
FAILURES_AT_MOST = 3
"""In a row; after that a service is left alone."""

Tell = Callable[[int, int], None]
"""Told how many requests are done, and how many there are as far as is known."""
Send = Callable[[Request], Sent]


@dataclass(slots=True)
class Asked:
    """What became of asking a service.

    `papers` were asked about, `failed` are sentences, `unread` says what single parts of answers
    could not be; of `waiting` papers nothing was asked, since the service was left alone.
    """

    requests: int = 0
    papers: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A request in its turn, and which page of an answer it is for."""

    request: Request
    page: int = 1


def ask(
    service: Service,
    papers: Iterable[Wanted],
    client: Client,
    send: Send,
    found: Found,
    tell: Tell = lambda _done, _all: None,
) -> Asked:
    """Ask a service about papers; what it says goes to `found`.

    A request that fails takes nothing away from what others got. One whose answer is too large is
    made smaller; one whose answer cannot be read is asked anew by the next run.
    """
    asked = Asked()
    turns = deque(_Turn(request) for request in service.requests_for(papers))
    failures = 0
    while turns and failures < FAILURES_AT_MOST:
        turn = turns.popleft()
        asked.requests += 1
        asked.papers.update(turn.request.keys)
        try:
            following = _take(service, turn, client, send, found, asked)
            failures = 0
        except TooMuchAskedError as error:
            following = [_Turn(one) for one in service.narrower(turn.request)]
            if not following:
                failures += 1
                _fail(asked, turn, error)
        except ServiceError as error:
            following = []
            failures += 1
            _fail(asked, turn, error)
        turns.extendleft(reversed(following))
        tell(asked.requests, asked.requests + len(turns))
    asked.waiting = {key for turn in turns for key in turn.request.keys}
    return asked


def _take(
    service: Service, turn: _Turn, client: Client, send: Send, found: Found, asked: Asked
) -> list[_Turn]:
    """Keep the answer to a request, and return what is to be asked next. Raises ServiceError."""
    question = send(turn.request)
    given = client.ask(question)
    if given.is_absent:
        return []
    answer = service.parse(given.body)
    if _is_unreadable(answer):
        client.forget(question)
        raise ServiceError(
            f"{question.name} answers with what cannot be read ({answer.failures[0].reason}): "
            "nothing was taken from it."
        )
    asked.unread += [f"{question.name}: {one.reason}" for one in answer.failures]
    found.add(answer, given.at.date())
    after = service.next_request(turn.request, answer)
    if after is None:
        return []
    if turn.page == PAGES_AT_MOST:
        raise ServiceError(f"{question.name} has more than {PAGES_AT_MOST} pages of one answer.")
    return [_Turn(after, turn.page + 1)]


def _is_unreadable(answer: Answer) -> bool:
    """Whether an answer says nothing but what it fails in; an empty one says that much."""
    said = answer.records or answer.references or answer.lists or answer.not_found
    return bool(answer.failures) and not said


def _fail(asked: Asked, turn: _Turn, error: ServiceError) -> None:
    asked.unanswered.update(turn.request.keys)
    asked.failed.append(str(error))
