"""Dumps of a record a line."""

import gzip
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich import DUMPS, Bounds, read_dump
from fedkg.enrich.dumps import bounds

from ..printing import printed
from ..services import check

WORK = b'{"id": "https://openalex.org/W%d", "title": "A", "referenced_works": ["https://openalex.org/W7"]}'
HEADER = b'"oci","citing","cited","creation","timespan","journal_sc","author_sc"\r\n'
ROW = b'"06101-06202","omid:br/06101","omid:br/06202","2022-05","P1Y","no","no"\r\n'


def said(source: str, content: bytes, limits: Bounds | None = None) -> list[str]:
    """Return what each record of a dump says, and check it."""
    answers = list(read_dump(source, io.BytesIO(content), limits))
    for answer in answers:
        check(answer)
    return [printed(answer) for answer in answers]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_odd_line_is_a_failure_with_its_number(pack):
    """It stops nothing; empty lines say nothing."""
    lines = [b"\xef\xbb\xbf" + WORK % 1, b"{", b"", b"  ", b'{"id": 5}', WORK % 2]
    first, bad, odd, last = said("openalex", pack(b"\n".join(lines)))
    assert first.startswith("RECORD W1 A")
    assert "openalex:W1 cites openalex:W7" in first
    assert bad.startswith("FAILURE 2 it is no JSON")
    assert odd == "FAILURE 5 id is no text"
    assert last.startswith("RECORD W2 A")


def test_a_line_that_is_too_long_is_a_failure():
    """It is never held as a whole."""
    content = b"\n".join([WORK % 1, b"x" * 500, WORK % 2])
    found = said("openalex", content, Bounds(line=200))
    assert found[1] == "FAILURE 2 it is longer than 200 bytes"
    assert found[2].startswith("RECORD W2")


def test_what_was_read_before_a_dump_breaks_off_stays():
    """The last answer says that there was more."""
    packed = gzip.compress(b"\n".join(WORK % n for n in range(1, 30_000)))
    *found, last = said("openalex", packed[: len(packed) // 2])
    assert len(found) > 5000
    assert last == f"FAILURE {len(found) + 1} its end is missing; get it anew"


def test_papers_and_citations_of_semantic_scholar_are_read():
    """Its datasets are files of either."""
    lines = [
        b'{"corpusid": 7, "title": "A", "authors": [], "externalids": {"ArXiv": "2402.05926"}}',
        b'{"citingcorpusid": 7, "citedcorpusid": 8}',
        b'{"corpusid": "x"}',
    ]
    paper, citation, odd = said("s2", b"\n".join(lines))
    assert "identifiers arxiv:2402.05926 corpus:7" in paper
    assert citation.startswith("corpus:7 cites corpus:8")
    assert odd.startswith("FAILURE 3")


def test_the_rows_of_opencitations_are_read_by_the_names_of_their_columns():
    """The order of the columns is that of the first line."""
    turned = b"cited,oci,citing\nomid:br/06202,1-2,omid:br/06101 doi:10.1145/1\n"
    (one,) = said("opencitations", HEADER + ROW)
    (other,) = said("opencitations", turned)
    assert one.startswith("omid:br/06101 cites omid:br/06202")
    assert other.startswith("doi:10.1145/1 = omid:br/06101 cites omid:br/06202")


def test_an_odd_row_is_a_failure():
    """Too few columns, no identifier, a quotation mark without its other half."""
    content = HEADER + b'a,b\n"1","isbn:9","omid:br/06202","","","",""\n"1\n' + ROW
    short, nameless, open_, good = said("opencitations", content)
    assert short == "FAILURE 2 it has 2 columns, and the first line 7"
    assert nameless == "FAILURE 3 citing has no identifier that we know"
    assert open_.startswith("FAILURE 4 it is no row of CSV")
    assert good.startswith("omid:br/06101")


def test_without_its_first_line_no_row_is_read():
    """A row alone does not say what its columns are; nor does an archive."""
    for content in (ROW * 3, b"PK\x03\x04" + b"\n" * 9):
        (only,) = said("opencitations", content)
        assert only.startswith("FAILURE 1 its first line does not name")


@given(st.sampled_from(sorted(DUMPS)), st.binary(max_size=200), st.booleans())
def test_no_bytes_make_a_reader_raise(source, content, is_packed):
    """Whatever a file holds, each answer is whole or a failure."""
    said(source, gzip.compress(content) if is_packed else content)


@pytest.mark.parametrize("source", sorted(DUMPS))
def test_memory_does_not_grow_with_the_dump(source, monkeypatch):
    """Three times the records take the same memory."""
    monkeypatch.setattr(bounds, "CHUNK", 1 << 14)
    first, second = (peak(source, count) for count in (1_000, 3_000))
    assert second < first * 1.3


def peak(source: str, count: int) -> int:
    """Return the most memory that reading so many records took."""
    start, record = {
        "openalex": (b"", WORK % 1 + b"\n"),
        "s2": (b"", json.dumps({"corpusid": 7, "title": "A"}).encode() + b"\n"),
        "opencitations": (HEADER, ROW),
        "dblp": (b"<dblp>", b'<article key="journals/x/A1"><title>A.</title></article>\n'),
    }[source]
    file = io.BytesIO(start + record * count)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_dump(source, file)) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
