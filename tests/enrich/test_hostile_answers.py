"""No answer, however broken, makes a parse raise, and none leaves half a record."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedkg.enrich import decoding, markup, openalex, semantic_scholar
from fedkg.enrich.answer import attempt
from fedkg.ids import Identifier

from .services import CASES, PARSES, case_of, check

ANSWERS = [case_of(path)[:2] for path in CASES]
IN_JSON = [(service, content) for service, content in ANSWERS if content.startswith((b"{", b"["))]
CITED = (Identifier("doi", "10.1000/1"),)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)  # halves of characters included
    | st.sampled_from(
        ["W1", "https://openalex.org/W2", "10.1/x", "doi:10.1145/1", "&#xD800;", "<i>"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)


def parse_all(content: bytes) -> None:
    """Let every service read the same bytes."""
    for parse in PARSES.values():
        check(parse(content))
    check(semantic_scholar.parse_citations(content, CITED))
    check(attempt("openalex", openalex.parse_work, content))
    check(attempt("s2", semantic_scholar.parse_line, content))


@given(st.binary(max_size=300))
def test_no_bytes_make_a_parse_raise(content):
    """Bytes that are neither JSON nor XML are a failure."""
    parse_all(content)


@given(VALUES)
def test_no_json_makes_a_parse_raise(value):
    """JSON of any shape is a failure, or says something whole."""
    parse_all(json.dumps(value).encode())


@settings(max_examples=300)
@given(st.sampled_from(IN_JSON), VALUES, st.integers())
def test_an_answer_with_another_value_somewhere_is_read(case, value, seed):
    """Whatever stands in one place of an answer, the rest is whole."""
    service, content = case
    answer = json.loads(content)
    put_somewhere(answer, value, random.Random(seed))
    check(PARSES[service](json.dumps(answer).encode()))


@settings(max_examples=300)
@given(st.sampled_from(ANSWERS), st.integers(0), st.integers(0), st.binary(max_size=12))
def test_a_damaged_answer_is_read(case, start, length, inside):
    """Bytes that were lost, changed or cut off do not make a parse raise."""
    service, content = case
    at = start % len(content)
    check(PARSES[service](content[:at] + inside + content[at + length % 40 :]))


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"results":'])
def test_deep_json_is_a_failure(opening):
    """A hundred thousand brackets are no reason to fall over."""
    for parse in PARSES.values():
        assert parse(opening * 100_000).failures


def test_a_part_that_is_deep_is_shown_by_its_start():
    """What is wrong with it is told without writing all of it."""
    for depth in range(100, 1100, 50):
        content = b'{"results": [' + b"[" * depth + b"]" * depth + b"]}"
        assert openalex.parse(content).failures[0].reason


def test_too_much_json_is_a_failure(monkeypatch):
    """Neither too many bytes nor too many parts are decoded."""
    monkeypatch.setattr(decoding, "JSON_PARTS_AT_MOST", 100)
    assert "parts" in openalex.parse(b"[" + b"[]," * 100 + b"[]]").failures[0].reason
    monkeypatch.setattr(decoding, "JSON_BYTES_AT_MOST", 100)
    assert "bytes" in openalex.parse(b" " * 101).failures[0].reason


def test_a_text_is_no_text_beyond_reason():
    """A name of a megabyte is nobody's."""
    content = b'{"results": [{"id": "%s"}]}' % (b"W" * 1_000_000)
    assert "id has over 20000 characters" in openalex.parse(content).failures[0].reason


def test_a_number_is_no_number_beyond_reason():
    """A count of references with four thousand digits is no count."""
    content = b'[{"paperId": "%s", "title": "A", "referenceCount": %s, "references": [{}]}]'
    failure = PARSES["s2"](content % (b"a" * 40, b"9" * 4000)).failures[0]
    assert "referenceCount is beyond" in failure.reason


def test_too_much_xml_is_a_failure(monkeypatch):
    """Neither too many bytes nor too many tags are parsed."""
    monkeypatch.setattr(markup, "TAGS_AT_MOST", 10)
    assert "tags" in PARSES["acl"](b"<a>" + b"<b/>" * 10 + b"</a>").failures[0].reason
    monkeypatch.setattr(markup, "XML_BYTES_AT_MOST", 100)
    assert "bytes" in PARSES["acl"](b" " * 101).failures[0].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp037", "utf-7"])
def test_no_encoding_hides_a_document_type(encoding, tmp_path):
    """Entities are never read, whatever encoding the declaration of a document names."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE paper [<!ENTITY x SYSTEM '
        f'"{secret.as_uri()}">]><paper><title>&x;</title><url>P19-1001</url></paper>'
    )
    answer = PARSES["acl"](text.encode(encoding))
    assert answer.failures
    assert "SECRET" not in str(answer)


def test_deep_xml_is_a_failure():
    """libxml2 stops at 256 elements within each other."""
    assert PARSES["acl"](b"<a>" * 10_000).failures


def test_a_failure_shows_the_start_of_what_failed():
    """A person sees what it was, in a line."""
    failure = openalex.parse(b"<html>" + b"x" * 5000).failures[0]
    assert failure.raw.startswith("<html>xx")
    assert len(failure.raw) <= 200


def put_somewhere(answer: object, value: object, chance: random.Random) -> None:
    """Put a value into one place of an answer."""
    places = list(_places(answer))
    if places:
        holder, key = chance.choice(places)
        holder[key] = value


def _places(value: object):
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
