"""Answers are compressed for those who say that they can undo it."""

import gzip
import sys

import brotli
import pytest

from fedkg.web.coding import WORTHWHILE, choose, coded

from .conftest import Site

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MANY = "SELECT * { ?s ?p ?o }"
GRAPH = "/graph-store?graph=https://w3id.org/fedkg/graph/papers"
UNDO = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br;q=0.5", "gzip"),
        ("GZIP;q=1.0, br; q=0.9", "gzip"),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "br"),
        ("deflate", ""),
        ("identity, gzip;q=0.5", ""),
        ("gzip;q=0", ""),
        ("gzip;q=much", ""),
        (";;,=,", ""),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(accepted: str, coding: str) -> None:
    """Of equal ones the quickest; none where the answer as it is would be liked better."""
    assert choose(accepted) == coding


def test_a_short_answer_stays_as_it_is() -> None:
    """It fits a packet."""
    assert coded(b"x" * (WORTHWHILE - 1), "gzip") is None
    assert coded(b"x" * WORTHWHILE, "gzip") is not None
    assert coded(b"x" * WORTHWHILE, "") is None


@pytest.mark.parametrize("coding", UNDO)
@pytest.mark.parametrize("target", ["query", GRAPH, "/"])
def test_what_is_compressed_is_what_is_sent_otherwise(site: Site, coding: str, target: str) -> None:
    """Of the endpoint, of whole graphs, and of pages; with a tag of its own where it has one."""
    target = site.target(MANY, format="json") if target == "query" else target
    plain = site.ask(target)
    small = site.ask(target, headers={"Accept-Encoding": coding})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == coding
    assert "Accept-Encoding" in small.headers["vary"]
    assert int(small.headers["content-length"]) == len(small.body)
    if len(plain.body) >= WORTHWHILE:
        assert len(small.body) < len(plain.body)
    assert UNDO[coding](small.body) == plain.body
    if "etag" in plain.headers:
        assert small.headers["etag"] != plain.headers["etag"]
        again = {"Accept-Encoding": coding, "If-None-Match": small.headers["etag"]}
        assert site.ask(target, headers=again).status == 304
