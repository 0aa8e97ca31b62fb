"""Tests for comparing results: what is the same, and above all what is not."""

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from .evaluation import is_ordered
from .results import Table, differences, read

A, B = URIRef("http://a/a"), URIRef("http://a/b")
ONE, TWO = Literal("1", datatype=XSD.integer), Literal("2", datatype=XSD.integer)
X, Y, U, V = (BNode(name) for name in "xyuv")


def table(*rows, variables=("s", "o")):
    return Table(variables, rows)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (table((A, ONE), (B, TWO)), table((B, TWO), (A, ONE))),
        (table((A, ONE)), table((ONE, A), variables=("o", "s"))),
        (table((X, Y), (Y, X)), table((V, U), (U, V))),
        (table((X, A), (Y, B), (X, Y)), table((U, V), (U, A), (V, B))),
        (table((A, None)), table((A, None))),
        (
            table((A, Literal("2.50", datatype=XSD.decimal))),
            table((A, Literal("2.5", datatype=XSD.decimal))),
        ),
        (
            table((A, Literal("1e3", datatype=XSD.double))),
            table((A, Literal("1.0E3", datatype=XSD.double))),
        ),
    ],
)
def test_what_means_the_same_is_the_same(expected, found):
    """Order of rows and columns, names of blank nodes, spelling of numbers."""
    assert differences(expected, found) == ""


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (table((A, ONE)), table((A, TWO))),
        (table((A, ONE)), table((A, ONE), (A, ONE))),
        (table((A, ONE)), table((A, None))),
        (table((A, ONE)), table((A, Literal("1", datatype=XSD.decimal)))),
        (table((A, ONE)), table((A, ONE), variables=("s", "x"))),
        (table((X, Y)), table((U, U))),
        (table((X, A), (X, B)), table((U, A), (V, B))),
        (table((X, A), (Y, B)), table((U, A), (U, B))),
        (table((X, A)), table((B, A))),
    ],
)
def test_what_means_another_thing_is_told(expected, found):
    """Too few or too many rows, another datatype, blank nodes that are one or two."""
    assert differences(expected, found)


def test_the_order_counts_where_it_is_asked_for():
    """Only then."""
    expected, found = table((A, ONE), (B, TWO)), table((B, TWO), (A, ONE))

    assert differences(expected, found, ordered=True) == (
        "the rows are right, but not in their order"
    )
    assert differences(expected, expected, ordered=True) == ""


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", True),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 2 } }", False),
        ("SELECT * { ?s ?p ?o } # ORDER BY ?s", False),
    ],
)
def test_an_order_is_one_of_the_whole_query(query, ordered):
    """Not of a part of it, nor of a comment."""
    assert is_ordered(query) is ordered


@pytest.mark.parametrize("media_type", ["text/csv", "text/tab-separated-values"])
def test_csv_and_tsv_keep_unbound_values_and_blank_nodes(media_type):
    """A TSV term is written as in Turtle."""
    separator, mark = (",", "") if media_type == "text/csv" else ("\t", "?")
    text = f"{mark}s{separator}{mark}o\r\n_:b{separator}\r\n"

    found = read(text.encode(), media_type)

    assert found.variables == ("s", "o")
    assert isinstance(found.rows[0][0], BNode)


def test_an_answer_that_is_none_is_a_value_error():
    """A test of the suite then fails with a sentence, and the others go on."""
    with pytest.raises(ValueError, match="it is no application/sparql-results"):
        read(b"{", "application/sparql-results+json")
