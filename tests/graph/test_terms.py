"""Terms: what is written is what any N-Quads parser reads."""

from datetime import date

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fedkg.graph.terms import curie, day, iri, licence, month, number, text, truth
from fedkg.ids import web_url
from fedkg.model import PartialDate

XSD = "http://www.w3.org/2001/XMLSchema#"


def read_back(term):
    """Return a term as an independent parser reads it, out of a line of a graph."""
    line = f"<http://a.example/s> <http://a.example/p> {term} <http://a.example/g> .\n"
    (quad,) = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return quad.object


@given(st.text())
@example('She said "\\o/" \\u0041 \\')
@example("a line\nand\r\nanother\tone\x00\x08\x0b\x0c\x1b\x7f\x85\u2028")
@example("right to left \u202e and back \u202c, a heart \U0001f496, not a character \uffff")
@example('" <http://evil.example/> .\n<http://evil.example/s> ')
def test_any_text_is_read_back_as_it_was(value):
    """Quotes, line ends, control characters and emoji survive."""
    assert read_back(text(value)) == pyoxigraph.Literal(value)


@given(st.text())
def test_a_literal_is_one_line(value):
    """The graph is sorted by lines, so no literal may hold an end of one."""
    assert not set(text(value)) & {"\n", "\r"}


def test_text_is_written_in_the_canonical_form():
    """Seven characters have a short escape; other control characters have four hex digits."""
    assert text('\t"\\\x0b\x7f\uffff é') == '"\\t\\"\\\\\\u000B\\u007F\\uFFFF é"'


@pytest.mark.parametrize(
    "address",
    [
        "",
        "paper/1",
        "https://",
        "https://example.org/a b",
        "https://example.org/<script>",
        'https://example.org/"',
        "https://example.org/\n",
        "https://example.org/{a}",
        "https://example.org/\x00",
        "https://example.org/\x85",
        "javascript:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "HTTPS://example.org/",
        " https://example.org/",
    ],
)
def test_what_is_no_web_iri_raises(address):
    """No line of the graph can lead anywhere but to the web."""
    with pytest.raises(ValueError, match="is no http"):
        iri(address)


@given(st.text(), st.text())
def test_every_web_url_is_an_iri(host, path):
    """What `web_url` lets through, an independent parser takes for an IRI."""
    for address in (f"https://{host}/{path}", f"http://example.org/{path}", path):
        url = web_url(address)
        if url is not None:
            assert read_back(iri(url)) == pyoxigraph.NamedNode(url)


@given(st.integers())
def test_numbers_are_integers(value):
    """Of any size."""
    assert read_back(number(value)) == pyoxigraph.Literal(
        str(value), datatype=pyoxigraph.NamedNode(f"{XSD}integer")
    )


@pytest.mark.parametrize(
    ("term", "value", "datatype"),
    [
        (truth(True), "true", "boolean"),
        (truth(False), "false", "boolean"),
        (day(date(2026, 3, 7)), "2026-03-07", "date"),
        (month(PartialDate(2024)), "2024", "gYear"),
        (month(PartialDate(2024, 4)), "2024-04", "gYearMonth"),
    ],
)
def test_other_values_have_their_datatype(term, value, datatype):
    """A date is as precise as the list was."""
    expected = pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(f"{XSD}{datatype}"))
    assert read_back(term) == expected


def test_a_prefixed_name_is_an_iri():
    """The prefixes are those of the design."""
    assert curie("dcterms:title") == "<http://purl.org/dc/terms/title>"
    with pytest.raises(KeyError):
        curie("nobody:knows")


@pytest.mark.parametrize("name", ["MIT", "CC-BY-SA-4.0", "Apache-2.0", "GPL-2.0+"])
def test_a_licence_leads_to_its_text(name):
    """An SPDX identifier has an address."""
    assert licence(name) == f"<https://spdx.org/licenses/{name}>"


@pytest.mark.parametrize("words", ["unknown", "see the README", "CC BY 4.0", "<b>none</b>", ""])
def test_other_words_about_a_licence_stay_words(words):
    """Nothing is made of what is no identifier."""
    assert licence(words) == text(words)
