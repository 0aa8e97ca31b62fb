"""Tests for reading a request, without a server."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import pytest

from fedkg.web import protocol
from fedkg.web.problem import Problem
from fedkg.web.protocol import Operation, read_operation

DIRECT = {
    "method": "POST",
    "query_string": b"named-graph-uri=http://a/g",
    "headers": [(b"content-type", b"application/sparql-query")],
}


def read(*messages: Mapping[str, Any]) -> Operation | Problem:
    """Read a request whose body arrives in these messages, and then no more."""
    waiting = list(messages)

    async def receive() -> Mapping[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    return asyncio.run(read_operation(DIRECT, receive))


def test_a_body_in_pieces_is_put_together() -> None:
    """The dataset of the address stays beside the query of the body."""
    first = {"type": "http.request", "body": b"ASK ", "more_body": True}
    last = {"type": "http.request", "body": b"{}"}
    assert read(first, last) == Operation(query="ASK {}", named_graphs=("http://a/g",))


def test_a_body_that_stops_half_way_is_408(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client is told how long it had."""
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.01)
    problem = read({"type": "http.request", "body": b"ASK ", "more_body": True})
    assert isinstance(problem, Problem)
    assert problem.status is HTTPStatus.REQUEST_TIMEOUT
    assert "longer than 0.01 seconds" in problem.detail


def test_a_client_that_leaves_ends_the_reading() -> None:
    """Half a body is never taken for a query."""
    problem = read(
        {"type": "http.request", "body": b"ASK {}", "more_body": True},
        {"type": "http.disconnect"},
    )
    assert isinstance(problem, Problem)
