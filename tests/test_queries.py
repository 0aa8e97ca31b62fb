"""Tests for the example queries: each says what it is, runs, and finds something."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.errors import InputError, UnknownNameError
from fedkg.queries import ExampleQuery, Parameter, example_queries, example_query, read_query
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine, load_files, open_current

GRAPH = Path(__file__).parent / "cases" / "five-papers.trig"
ALL = [pytest.param(query, id=query.name) for query in example_queries()]
STATED = ("usesDataset", "usesModel", "dcterms:creator", "cito:")


@pytest.fixture(scope="module")
def small() -> Engine:
    return load_files([GRAPH])


@pytest.fixture(scope="module")
def five_lists(five_list_graph: Path) -> Engine:
    return open_current(GraphDirectory(five_list_graph))[1]


@pytest.mark.parametrize("query", ALL)
def test_it_finds_something_in_the_small_graph(query: ExampleQuery, small: Engine) -> None:
    """Every example query runs as it stands."""
    assert small.select(query.text).rows


@pytest.mark.parametrize("query", ALL)
def test_it_finds_something_in_the_five_lists(query: ExampleQuery, five_lists: Engine) -> None:
    """With the values that it comes with; only of what is on no list, nothing is known there."""
    assert bool(five_lists.select(query.text).rows) == (query.name != "missing-classics")


@pytest.mark.parametrize("query", ALL)
def test_it_states_its_denominator(query: ExampleQuery, small: Engine) -> None:
    """What rests on datasets, models, authors or citations says on how many papers."""
    rows = small.select(query.text)
    if any(term in query.text for term in STATED):
        assert {"stating", "total"} <= set(rows.variables)
    if "stating" in rows.variables:
        stating, total = (rows.variables.index(name) for name in ("stating", "total"))
        for row in rows.rows:
            assert 0 < int(row[stating].value) <= int(row[total].value) == 5


@pytest.mark.parametrize("query", ALL)
def test_its_years_are_integers(query: ExampleQuery) -> None:
    """Dates as gYear and gYearMonth do not compare, so dcterms:issued is never used."""
    assert "dcterms:issued" not in query.text


def values(engine: Engine, text: str, *variables: str) -> list[tuple[str | None, ...]]:
    """Return chosen columns of an answer as text."""
    rows = engine.select(text)
    columns = [rows.variables.index(name) for name in variables]
    return [tuple(row[c].value if row[c] else None for c in columns) for row in rows.rows]


def test_co_authors_can_be_asked_of_anybody(small: Engine) -> None:
    """By any name of a person, in any script."""
    text = example_query("co-authors").with_values({"name": "何炳胜"})
    assert values(small, text, "coAuthorName", "papers") == [("Zhen Qin", "1")]


def test_the_shortest_path_comes_first(small: Engine) -> None:
    """One step where two people wrote together; two through somebody else; three at most."""
    query = example_query("co-author-path")
    columns = ("steps", "viaName", "nextName")
    two = values(small, query.text, *columns)
    assert two[0] == ("2", "Zhen Qin", None)
    one = query.with_values({"toName": "Zhen Qin"})
    assert values(small, one, *columns)[0] == ("1", None, None)
    three = query.with_values({"fromName": "Weirui Kuang"})
    assert values(small, three, *columns)[0] == ("3", "Bolin Ding", "Zhen Qin")
    none = query.with_values({"toName": "Qiang Yang"})
    assert values(small, none, *columns) == []


def test_people_who_wrote_together_are_not_said_to_share_a_dataset(small: Engine) -> None:
    """The query is about those who never met on a paper."""
    pairs = values(small, example_query("shared-datasets").text, "personName", "otherName")
    assert ("Weirui Kuang", "Zhen Qin") in pairs
    assert not {("Bolin Ding", "Yaliang Li"), ("Yaliang Li", "Bolin Ding")} & set(pairs)


def test_a_technique_includes_the_narrower_ones(small: Engine) -> None:
    """QLoRA is LoRA; code that nobody links is unbound."""
    found = values(small, example_query("technique-by-year").text, "year", "code")
    assert found == [("2024", "https://github.com/alibaba/FederatedScope/tree/llm"), ("2023", None)]


def test_a_preprint_beside_a_conference_is_no_disagreement(small: Engine) -> None:
    """Only two published venues disagree."""
    text = example_query("venue-disagreements").text
    assert values(small, text, "venueName", "otherVenueName") == [("KDD", "NeurIPS")]


@given(st.text())
def test_any_text_is_a_value_and_never_more(text: str) -> None:
    """A value with quotes or braces stays one literal."""
    query = ExampleQuery(
        "echo", "Echo", "?", (Parameter("x", '"a"', "any"),), 'SELECT ?x { VALUES ?x { "a" } }'
    )
    storable = text.encode("utf-8", "ignore").decode()
    ((found,),) = load_files([]).select(query.with_values({"x": storable})).rows
    assert found is not None
    assert found.value == storable


@pytest.mark.parametrize("value", ["", "-1", "three", "3 } INSERT", "٣"])
def test_a_number_must_be_a_whole_number(value: str) -> None:
    """The lists of `papers-in-several-lists` are counted."""
    with pytest.raises(InputError, match="give a whole number"):
        example_query("papers-in-several-lists").with_values({"atLeast": value})


def test_a_number_can_be_chosen(small: Engine) -> None:
    """Two lists name two of the papers."""
    text = example_query("papers-in-several-lists").with_values({"atLeast": "2"})
    assert len(small.select(text).rows) == 2


def test_unknown_names_say_what_there_is() -> None:
    """Of a query, and of a parameter."""
    with pytest.raises(UnknownNameError, match="co-authors"):
        example_query("no-such-query")
    with pytest.raises(InputError, match="no parameter who: it has name"):
        example_query("co-authors").with_values({"who": "me"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SELECT * {}", "start with one"),
        ("# title: A\n# title: B\n# question: C\nSELECT * {}", "start with one"),
        ("# title: A\n# question: B\n# parameter: x = y\nSELECT * {}", "is no parameter"),
        ('# title: A\n# question: B\n# parameter: x = "y"  (z)\nSELECT * {}', "to bind"),
    ],
)
def test_a_query_that_does_not_say_what_it_is_is_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    """The message tells its writer how to mend it."""
    path = tmp_path / "mine.rq"
    path.write_text(text)
    with pytest.raises(InputError, match=sentence) as caught:
        read_query(path)
    assert str(path) in str(caught.value)
