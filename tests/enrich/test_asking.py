"""Asking services that misbehave: what others got stays, and what failed is told."""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from client.clocks import Turned
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fedkg.client import Cache, Client, Limits
from fedkg.enrich import SERVICES, Wanted
from fedkg.enrich.asking import Asked, ask
from fedkg.enrich.found import Found, Known
from fedkg.enrich.manners import manners_of, sent
from fedkg.ids import Identifier

from .mirror import WORKS, answered, crossref, in_turn, openalex, s2, serve

LIMITS = Limits(attempts=2, longest_wait=100, silence=0.3, seconds=5, body=2**20)
PAPERS = [
    Wanted(f"doi-10-1000-{one.number}", (Identifier("doi", one.doi),), one.title) for one in WORKS
]
HANDLERS = {"openalex": openalex, "crossref": crossref, "s2": s2}


class Asking:
    """Asks a service on loopback about the papers, and keeps its answers from run to run."""

    def __init__(self, folder: Path, server: HTTPServer) -> None:
        self._cache = Cache(folder / "asked", timedelta(days=30))
        self._server = server
        self.turned = Turned()

    def __call__(self, source: str, handler=None) -> tuple[Asked, Found, int]:
        """Return what became of it, what was found, and how many requests went out."""
        address = serve(self._server, handler or HANDLERS[source])
        found = Found(Known(PAPERS))
        manners = manners_of(source)
        send = partial(sent, manners=manners, key="secret", endpoint=address)
        with Client(
            "me@example.org", self._cache, limits=LIMITS, clock=self.turned.clock
        ) as client:
            asked = ask(SERVICES[source], PAPERS, client, send, found)
            return asked, found, client.sent


@pytest.fixture
def asking(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Asking]:
    yield Asking(tmp_path, httpserver)
    httpserver.clear()


@pytest.mark.parametrize("source", HANDLERS)
def test_all_that_a_service_says_of_the_papers_is_kept(source, asking):
    """And a second run asks nothing."""
    asked, found, out = asking(source)
    again, same, none = asking(source)

    assert not asked.failed
    assert found.papers == asked.papers == {paper.key for paper in PAPERS}
    assert found.counts["records"] == len(WORKS)
    assert found.counts["references"] == sum(len(work.cites) for work in WORKS)
    assert out == asked.requests == again.requests
    assert (same.lines, none) == (found.lines, 0)


def test_pages_are_followed(asking):
    """Three of two works each."""
    asked, _, _ = asking("openalex")
    assert asked.requests == 3


def test_works_that_nobody_asked_for_are_let_go(asking):
    """An answer may be about anything."""

    def strange(_request: Request) -> Response:
        work = {"id": "https://openalex.org/W77", "title": "Cats", "referenced_works": []}
        return answered({"meta": {}, "results": [work]})

    asked, found, _ = asking("openalex", strange)

    assert (found.lines, asked.failed) == ({}, [])


def test_a_work_that_is_not_there_is_no_failure_and_is_not_asked_for_again(asking):
    """Crossref has no DOI of another agency."""
    one, two = PAPERS[0].identifiers[0].value, WORKS[0]
    assert one == two.doi

    def lacks_the_first(request: Request) -> Response:
        return Response(status=404) if request.path.endswith(one) else crossref(request)

    asked, found, _ = asking("crossref", lacks_the_first)
    _, _, out = asking("crossref", lacks_the_first)

    assert not asked.failed
    assert asked.papers - found.papers == {PAPERS[0].key}
    assert out == 0


def slow(_request: Request) -> Response:
    """Say nothing for longer than anybody waits."""
    time.sleep(0.6)
    return answered({})


def large(_request: Request) -> Response:
    return Response(b'"' + b"a" * 10_000_000 + b'"', content_type="application/json")


TROUBLE = {
    "slow": (slow, "it took too long"),
    "500": (lambda _: Response(status=500), "status 500"),
    "403": (lambda _: Response(status=403), "status 403"),
    "truncated": (
        lambda _: Response(b'{"results": [{"id', content_type="application/json"),
        "it is no JSON",
    ),
    "another shape": (lambda _: answered({"message": "no"}), "cannot be read"),
    "a page": (lambda _: Response("<html>", content_type="text/html"), "text/html"),
    "elsewhere": (
        lambda _: Response(status=302, headers={"Location": "http://127.0.0.2:1/x"}),
        "redirects to",
    ),
    "large": (large, "sends more than"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_with_one_answer_is_told_and_takes_nothing_from_the_others(trouble, asking):
    """The next run asks for what is missing, and then has what it would have had."""
    handler, words = TROUBLE[trouble]

    def second_fails(request: Request) -> Response:
        return handler(request) if request.path.endswith(WORKS[1].doi) else crossref(request)

    asked, found, _ = asking("crossref", second_fails)
    mended, whole, out = asking("crossref")

    (sentence,) = asked.failed
    assert words in sentence
    assert asked.unanswered == {PAPERS[1].key}
    assert found.papers == {paper.key for paper in PAPERS} - asked.unanswered
    assert (mended.failed, out) == ([], 1)
    assert found.lines.items() < whole.lines.items()


@pytest.mark.parametrize("trouble", ["500", "truncated", "403"])
def test_a_service_that_keeps_failing_is_left_alone(trouble, asking):
    """After three requests in a row; it is told what waits."""
    asked, found, _ = asking("crossref", TROUBLE[trouble][0])

    assert (len(asked.failed), asked.requests) == (3, 3)
    assert len(asked.waiting) == len(PAPERS) - 3
    assert found.lines == {}


def test_it_is_waited_as_long_as_a_service_asks(asking):
    """Status 429 with Retry-After."""
    busy = Response(status=429, headers={"Retry-After": "17"})
    asked, found, _ = asking("s2", in_turn(lambda _: busy, s2))

    assert asked.failed == []
    assert 17 in asking.turned.slept
    assert len(found.papers) == len(PAPERS)


@pytest.mark.parametrize("most", [1, 2, 4])
def test_a_batch_that_is_too_large_is_made_smaller(most, asking):
    """Until the answers are small enough; then all is there."""

    def for_few(request: Request) -> Response:
        if request.data.count(b"DOI:") > most:
            return Response('{"error": "Response would exceed maximum size"}', 400)
        return s2(request)

    asked, found, _ = asking("s2", for_few)

    assert asked.failed == []
    assert found.papers == {paper.key for paper in PAPERS}


def test_answers_that_always_go_on_are_not_followed_for_ever(asking):
    """A cursor may lead round in a circle."""

    def round_and_round(_request: Request) -> Response:
        work = {"id": "https://openalex.org/W1", "title": "A", "referenced_works": []}
        return answered({"meta": {"next_cursor": "abc"}, "results": [work]})

    asked, _, _ = asking("openalex", round_and_round)

    assert len(asked.failed) == 1
    assert "more than 50 pages" in asked.failed[0]


def test_keys_are_sent_and_stand_nowhere_else(asking, httpserver, tmp_path, caplog):
    """In a header, or in the query of the address that is sent."""
    caplog.set_level("DEBUG")
    s2_asked, s2_found, _ = asking("s2")
    (request, _), *_ = httpserver.log
    assert request.headers["x-api-key"] == "secret"
    httpserver.clear_log()

    asked, found, _ = asking("openalex")
    assert httpserver.log[0][0].args["api_key"] == "secret"

    kept = b"".join(file.read_bytes() for file in (tmp_path / "asked").iterdir())
    lines = b"".join((*found.lines.values(), *s2_found.lines.values()))
    assert b"secret" not in kept + lines
    # pytest-httpserver and werkzeug have logs of their own here.
    ours = [one.getMessage() for one in caplog.records if one.name.startswith(("fedkg", "http"))]
    assert not any("secret" in one for one in [*ours, *asked.failed, *s2_asked.failed])
