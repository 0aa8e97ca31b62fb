"""Answers that are kept: which, how many, and how one sees it."""

import json

import pytest

from fedkg.web.cache import Cache
from fedkg.web.pool.outcome import Answer

from .conftest import Site, serving
from .test_metrics import metrics

SELECT = "SELECT ?s { ?s ?p 'GSM8K' }"


def test_those_that_were_asked_for_last_are_kept() -> None:
    """There is room for so many bytes, no more."""
    cache = Cache(100_000)
    for number in range(100):
        cache.put(str(number), Answer(b"x" * 5_000))
        cache.get("0")
    assert cache.size <= 100_000
    assert cache.get("0") is not None
    assert cache.get("99") is not None
    assert cache.get("1") is None


def test_one_answer_does_not_drive_out_the_others() -> None:
    """One of more than an eighth of the room is not kept."""
    cache = Cache(100_000)
    cache.put("small", Answer(b"x"))
    cache.put("large", Answer(b"x" * 20_000))
    assert cache.get("large") is None
    assert cache.get("small") is not None


def test_an_answer_that_is_put_twice_counts_once() -> None:
    """Two clients may ask the same at once."""
    cache = Cache(100_000)
    cache.put("one", Answer(b"x"))
    size = cache.size
    cache.put("one", Answer(b"x"))
    assert (cache.size, len(cache)) == (size, 1)


def test_without_room_nothing_is_kept() -> None:
    """--cache 0."""
    cache = Cache(0)
    cache.put("one", Answer(b""))
    assert (cache.get("one"), len(cache)) == (None, 0)


def test_what_was_answered_is_not_asked_again() -> None:
    """The same bytes, in each form of its own; and the monitor sees it."""
    with serving() as (_, site):
        first = site.query(SELECT)
        again = site.query(SELECT)
        assert (again.status, again.body, again.headers) == (200, first.body, first.headers)
        assert site.query(SELECT, "text/csv").body != first.body
        found = metrics(site)
        assert found["fedkg_queries_total", "kept,200"] == 1
        assert found["fedkg_queries_total", "answered,200"] == 2
        assert found["fedkg_kept_answers", ""] == 2
        assert found["fedkg_kept_answers_bytes", ""] > len(first.body)


@pytest.mark.parametrize("changing", ["RAND()", "now()", "STRUUID()", "UUID()"])
def test_an_answer_that_is_new_each_time_is_not_kept(site: Site, changing: str) -> None:
    """Nor has it a tag."""
    query = f"SELECT ({changing} AS ?x) {{}}"
    first, second = site.query(query), site.query(query)
    assert first.body != second.body
    assert "etag" not in first.headers


def test_errors_are_not_kept(site: Site) -> None:
    """The next may be luckier."""
    for _ in range(2):
        assert site.query("SELECT ?x { ?x }").status == 400
    assert json.loads(site.query("ASK {}").body)["boolean"] is True
