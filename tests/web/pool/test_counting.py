"""Rows are counted in every format as the engine writes it, whatever the values hold."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.web.pool import counting

FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TEMPTING = st.sampled_from(
    ['},{"', ",{}", "<result>", '"', '""', "\n", "\r\n", "\\", "\t", '"bindings":[', "]", "a,b"]
)
VALUES = st.none() | st.lists(TEMPTING | st.text(max_size=3), max_size=4).map("".join)


def written(rows: list[tuple[str | None, ...]], media_type: str) -> bytes:
    """Return rows of two variables as the engine writes them."""
    terms = (" ".join("UNDEF" if one is None else literal(one) for one in row) for row in rows)
    values = " ".join(f"({row})" for row in terms)
    result = ox.Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}")
    assert isinstance(result, ox.QuerySolutions)
    return bytes(result.serialize(format=FORMATS[media_type]) or b"")


def literal(text: str) -> str:
    return str(ox.Literal("".join(c for c in text if c.isprintable() or c in "\n\r\t")))


@pytest.mark.parametrize("media_type", FORMATS)
@given(rows=st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_rows_are_counted(media_type: str, rows: list[tuple[str | None, ...]]) -> None:
    """Rows without a value count, words that look like the end of a row do not."""
    assert counting.rows(written(rows, media_type), media_type) == len(rows)


@pytest.mark.parametrize("media_type", FORMATS)
def test_the_answer_to_ask_has_no_rows(media_type: str) -> None:
    """It is a boolean."""
    result = ox.Store().query("ASK {}")
    assert isinstance(result, ox.QueryBoolean)
    body = bytes(result.serialize(format=FORMATS[media_type]) or b"")
    assert counting.rows(body, media_type) == counting.UNKNOWN


def test_triples_are_counted_where_each_has_a_line() -> None:
    """In N-Triples; Turtle does not show them."""
    body = b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> .\n"
    assert counting.rows(body, "application/n-triples") == 2
    assert counting.rows(body, "text/turtle") == counting.UNKNOWN
