"""Tests for content negotiation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.web.negotiation import GRAPHS, HTML, RESULTS, choose, named


@pytest.mark.parametrize(
    ("accept", "sent_as"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV; Q=0.5", "text/csv"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.5,text/tab-separated-values;q=0.4", "text/csv"),
        ("application/sparql-results+xml, */*;q=0.1", "application/sparql-results+xml"),
        ("*/*;q=0.5, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
        ("text/html, application/xml;q=0.9", "application/xml"),
        ("text/csv;charset=utf-8;q=0.3, nonsense, ;;, a/", "text/csv"),
        ("text/csv;q=2", "text/csv"),
    ],
)
def test_the_best_format_is_chosen(accept: str | None, sent_as: str) -> None:
    """Quality first, then the more specific range, then our own order."""
    chosen = choose(accept, RESULTS)
    assert chosen is not None
    assert chosen.sent_as == sent_as


@pytest.mark.parametrize(
    "accept",
    ["text/turtle", "image/png", "text/csv;q=0", "*/*;q=0", "text/csv;q=nan", "text/csv;q=-1"],
)
def test_nothing_is_chosen_when_nothing_fits(accept: str) -> None:
    """Rows are no Turtle; a quality of 0 means no."""
    assert choose(accept, RESULTS) is None


def test_a_browser_gets_a_page_and_a_program_does_not() -> None:
    """What browsers send, and what curl sends."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert choose(browser, (*GRAPHS, HTML)) is HTML
    assert choose("*/*", (*GRAPHS, HTML)) is GRAPHS[0]


@pytest.mark.parametrize(
    ("name", "written_as"),
    [("csv", "text/csv"), (" JSON ", "application/sparql-results+json"), ("text/csv", "text/csv")],
)
def test_a_format_has_a_short_name(name: str, written_as: str) -> None:
    """For `format=` in an address."""
    found = named(name, RESULTS)
    assert found is not None
    assert found.written_as == written_as


def test_an_unknown_name_is_no_format() -> None:
    """Turtle is none of the formats of rows."""
    assert named("ttl", RESULTS) is None


RANGES = st.builds(
    "{};q={}".format,
    st.sampled_from(["*/*", "text/*", "application/*", "image/png", *(f.sent_as for f in RESULTS)]),
    st.sampled_from(["0", "0.001", "0.5", "1", "1.0", "x"]),
)


@given(st.lists(RANGES, min_size=1, max_size=6))
def test_the_order_of_ranges_does_not_matter(ranges: list[str]) -> None:
    """An Accept header is a set."""
    assert choose(",".join(ranges), RESULTS) == choose(",".join(reversed(ranges)), RESULTS)


@given(st.text(max_size=60))
def test_no_header_makes_it_raise(accept: str) -> None:
    """Anything may arrive."""
    assert choose(accept, RESULTS) in {*RESULTS, None}
