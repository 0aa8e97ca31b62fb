"""What is asked, read from JSON: in the form of the specification, or refused in a sentence."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.errors import MalformedError
from fedkg.reconcile.queries import Constraint, Extension, Query, read_extension, read_queries

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda one: (
        st.lists(one, max_size=3)
        | st.dictionaries(
            st.sampled_from(["query", "type", "limit", "properties", "pid", "v", "id", "ids"]), one
        )
    ),
    max_leaves=12,
)


def test_a_query_is_read_whole() -> None:
    """Types one or several, values of all kinds."""
    given_ = {
        "query": " FedBiOT ",
        "type": "Paper",
        "limit": 3.0,
        "type_strict": "should",
        "properties": [
            {"pid": "year", "v": 2024},
            {"pid": "author", "v": [{"id": "person/a", "name": "A"}, "B", True, 1.5]},
        ],
    }
    assert read_queries(json.dumps({"q0": given_, "q1": {"query": "x", "type": ["A", "B"]}})) == {
        "q0": Query(
            "FedBiOT",
            ("Paper",),
            "should",
            3,
            (
                Constraint("year", (("", "2024"),)),
                Constraint("author", (("person/a", "A"), ("", "B"), ("", "true"), ("", "1.5"))),
            ),
        ),
        "q1": Query("x", ("A", "B")),
    }


def test_an_extension_is_read_whole() -> None:
    """A limit may be text, as forms send it."""
    properties = [{"id": "year"}, {"id": "author", "settings": {"limit": "2"}}]
    text = json.dumps({"ids": ["a", "b"], "properties": properties})
    assert read_extension(text) == Extension(("a", "b"), (("year", 0), ("author", 2)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "NaN",
        '{"q0": NaN}',
        '{"q0": {}}',
        '{"q0": 7}',
        '{"q0": {"query": 7}}',
        '{"q0": {"query": "x", "type": 7}}',
        '{"q0": {"query": "x", "type": [7]}}',
        '{"q0": {"query": "x", "limit": "many"}}',
        '{"q0": {"query": "x", "limit": -1}}',
        '{"q0": {"query": "x", "limit": true}}',
        '{"q0": {"query": "x", "type_strict": "very"}}',
        '{"q0": {"query": "x", "type_strict": ["any"]}}',
        '{"q0": {"query": "x", "properties": {}}}',
        '{"q0": {"properties": []}}',
        '{"q0": {"query": "x", "properties": [{"pid": "year"}]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "year", "v": null}]}}',
        '{"q0": {"query": "x", "limit": ' + "9" * 5000 + "}}",
        "[" * 100_000,
        json.dumps({str(number): {"query": "x"} for number in range(201)}),
    ],
)
def test_what_is_malformed_is_refused_in_a_sentence(text: str) -> None:
    """Which says what is wrong."""
    with pytest.raises(MalformedError, match=r"\.$"):
        read_queries(text)


@given(JSON)
def test_no_json_breaks_the_reader(value: object) -> None:
    """It is a query, or it is malformed."""
    for read in (read_queries, read_extension):
        for text in (json.dumps(value), json.dumps({"q": value})):
            with suppress(MalformedError):
                read(text)
