"""Titles, names and dates as services write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich.decoding import OddShapeError
from fedkg.enrich.words import (
    date_of,
    month_of,
    name_of,
    partial_date,
    plain,
    printed,
    title_of,
    venue_of,
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Fed&uuml;r &#945; &#x3b1;", "Fedür α α"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&T &nosuchname; R&D", "AT&T &nosuchname; R&D"),
        ("a&copy=b", "a&copy=b"),
        ("H<sub>2</sub>O, <jats:italic>in vivo</jats:italic><br/>", "H2O, in vivo"),
        ("if a<b and c>d, <MASK> it", "if a<b and c>d, <MASK> it"),
        ('<span class="math">x</span> < <i >y</i>', "x < y"),
        ("&lt;i&gt;E. coli&lt;/i&gt;", "E. coli"),
        (" two\n lines\u200b ", "two lines"),
        ("&#xD800;", "\ufffd"),
    ],
)
def test_words_are_plain(words, expected):
    """Entities and tags go, other signs stay."""
    assert plain(words) == expected


@pytest.mark.parametrize(
    ("read", "words", "reason"),
    [
        (title_of, " <b></b> ", "it has no title"),
        (title_of, "word " * 500, "over 2000 characters"),
        (name_of, "\u200b", "an author has no name"),
        (name_of, "Ada " * 200, "over 500 characters"),
    ],
)
def test_what_is_no_title_or_name_is_odd(read, words, reason):
    """Nothing is made up, nothing is cut."""
    with pytest.raises(OddShapeError, match=reason):
        read(words)


def test_a_venue_that_is_none_is_left_out():
    """A work is known without it."""
    assert venue_of("  ") is venue_of("word " * 500) is None
    assert venue_of("PLoS&nbsp;ONE") == "PLoS ONE"


@given(st.text(max_size=60))
def test_plain_words_are_text(words):
    """Nothing is left that cannot be written, or that nobody sees."""
    assert plain(words).encode("utf-8", "surrogatepass").strip() == plain(words).encode(
        "utf-8", "surrogatepass"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024", "2024"),
        ("2024-10-23", "2024-10"),
        ("2018-09-20T17:48:27Z", "2018-09"),
        ("2024-13-45", "2024"),
        ("0000-01-01", "None"),
        ("20245", "None"),
        ("soon", "None"),
        ("", "None"),
        ("２０２４", "None"),
    ],
)
def test_a_date_is_known_as_far_as_it_is_one(words, expected):
    """The day is not kept, and what is no month leaves the year."""
    assert str(date_of(words)) == expected


@pytest.mark.parametrize(
    ("words", "month"), [("July", 7), ("Sept. 5-9", 9), ("10", 10), ("", None), ("Spring", None)]
)
def test_a_month_is_a_name_or_a_number(words, month):
    """The Anthology and DBLP write names, with days behind them."""
    assert month_of(words) == month


@given(st.integers() | st.none(), st.integers() | st.none())
def test_a_partial_date_is_in_range(year, month):
    """No number makes a date that none can write."""
    made = partial_date(year, month)
    assert made is None or (len(str(made)) in {4, 7} and made.year == year)


def test_a_printed_reference_is_shortened():
    """It is there to be recognised."""
    assert len(printed("word " * 1000)) <= 500
