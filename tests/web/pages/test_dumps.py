"""/dumps/: the whole graph as files, for people and programs."""

import asyncio
import gzip
import hashlib
import json
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, Graph, Namespace, URIRef

from fedkg.export.dumps import Dump, dumps_in, write_dumps
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine
from fedkg.store.serialising import serialise
from fedkg.web.files import FileEndpoint
from fedkg.web.pages.app import create_app
from fedkg.web.pages.dumps import readable
from fedkg.web.responding import Responder

from ..conftest import Site

SPDX = Namespace("http://spdx.org/rdf/terms#")
NAMES = ("graph.nq", "graph.nq.gz", "graph.ttl.gz")
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture(scope="module")
def quads(five_list_graph: Path) -> bytes:
    """The N-Quads of the build."""
    return (five_list_graph / "current" / "graph.nq").read_bytes()


@pytest.fixture(scope="module")
def described(five: Site) -> Graph:
    """The description that the server gives."""
    answer = five.ask("/dumps/dcat.ttl")
    assert answer.media_type == "text/turtle"
    return Graph().parse(data=answer.body, format="turtle")


def test_the_page_names_each_file_with_its_digest_and_each_list_with_its_licence(
    five: Site,
) -> None:
    """People see what programs see; every page leads to it."""
    page = five.ask("/dumps/", headers={"Accept": "text/html"}).body.decode()
    for name in NAMES:
        assert f'href="/dumps/{name}"' in page
        assert hashlib.sha256(five.ask(f"/dumps/{name}").body).hexdigest() in page
    assert "Awesome Foundation Models and Federated Learning" in page
    assert "https://github.com/lishenghui/awesome-fm-fl" in page
    assert "<td>MIT</td>" in page
    assert "<td>unknown</td>" in page
    assert CC0 in page
    assert 'href="/dumps/"' in five.ask("/ontology.html").body.decode()
    moved = five.ask("/dumps")
    assert (moved.status, moved.headers["location"]) == (301, "/dumps/")


def test_every_file_holds_the_graph(five: Site, quads: bytes) -> None:
    """Compressed or not, with named graphs or as their union."""
    assert five.ask("/dumps/graph.nq").body == quads
    assert gzip.decompress(five.ask("/dumps/graph.nq.gz").body) == quads
    turtle = gzip.decompress(five.ask("/dumps/graph.ttl.gz").body)
    found = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}


def test_the_description_leads_to_the_files_and_says_how_they_are(
    five: Site, described: Graph
) -> None:
    """Addresses on the host that was asked; sizes and digests of what is there."""
    dataset = URIRef("https://w3id.org/fedkg/graph/dataset")
    distributions = list(described.objects(dataset, DCAT.distribution))
    assert len(distributions) == len(NAMES)
    for one in distributions:
        address = str(described.value(one, DCAT.downloadURL))
        assert address.startswith(f"{five.origin}/dumps/graph.")
        body = five.ask(urlsplit(address).path).body
        assert int(described.value(one, DCAT.byteSize)) == len(body)
        checksum = described.value(one, SPDX.checksum)
        assert described.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        digest = hashlib.sha256(body).hexdigest()
        assert described.value(checksum, SPDX.checksumValue).lower() == digest
        assert str(described.value(one, DCTERMS.license)) == CC0
        assert "media-types/" in described.value(one, DCAT.mediaType)
    assert described.value(dataset, URIRef(f"{DCAT}version"))
    assert described.value(dataset, DCTERMS.identifier)
    sources = list(described.objects(dataset, DCTERMS.source))
    assert len(sources) == 5
    assert all(described.value(one, DCTERMS.title) for one in sources)
    fm_fl = URIRef("https://w3id.org/fedkg/list/fm-fl")
    assert str(described.value(fm_fl, DCTERMS.license)) == "https://spdx.org/licenses/MIT"


def test_below_a_path_of_another_host_the_addresses_are_those(
    store: Engine, five_list_graph: Path
) -> None:
    """And a host that is none is not repeated."""
    from fedkg.web.pages.addresses import Addresses

    build = GraphDirectory(five_list_graph).current()
    dumps = dumps_in(build.graph, build.id, build.dumps)
    client = create_app(store, addresses=Addresses(root="/kg"), dumps=dumps).test_client()
    told = client.get("/dumps/dcat.ttl", headers={"Host": "papers.example"}).text
    assert "dcat:downloadURL <http://papers.example/kg/dumps/graph.nq> ;" in told
    assert client.get("/dumps/dcat.ttl", headers={"Host": "a>b"}).status_code == 400


def test_what_is_no_build_has_no_files(store: Engine) -> None:
    """The page says so."""
    client: FlaskClient = create_app(store).test_client()
    assert "no build of fedkg" in client.get("/dumps/").text
    assert "dcat:distribution" not in client.get("/dumps/dcat.ttl").text


def test_a_list_of_others_cannot_write_into_the_description(pages_over) -> None:
    """What is no web address is left out, and words are escaped."""
    client = pages_over(
        """@prefix fkg: <https://w3id.org/fedkg/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        <https://example.org/l> a fkg:PaperList ; dcterms:title "A \\"title\\" .\\n <a:b> \\\\" ;
          dcterms:source "https://example.org/> a <b:c> ." ; dcterms:license <javascript:alert(1)> .
        [] a fkg:PaperList ; dcterms:title "none" ."""  # noqa: E501
    )
    read = Graph().parse(data=client.get("/dumps/dcat.ttl").data, format="turtle")
    (title,) = read.objects(URIRef("https://example.org/l"), DCTERMS.title)
    assert str(title) == 'A "title" .\n <a:b> \\'
    assert "javascript" not in client.get("/dumps/").text


def test_a_file_is_sent_with_its_size_its_type_and_what_checks_it(five: Site) -> None:
    """HEAD says the same and sends nothing."""
    got, head = five.ask("/dumps/graph.nq.gz"), five.ask("/dumps/graph.nq.gz", method="HEAD")
    assert got.media_type == "application/gzip"
    assert "content-encoding" not in got.headers
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["accept-ranges"] == "bytes"
    assert int(got.headers["content-length"]) == len(got.body)
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    assert five.ask("/dumps/graph.nq").media_type == "application/n-quads"


def test_who_has_the_file_is_told_so(five: Site) -> None:
    """By its digest, which is its entity tag."""
    tag = five.ask("/dumps/graph.nq", method="HEAD").headers["etag"]
    for known in (tag, f'W/{tag}, "a"', "*"):
        assert five.ask("/dumps/graph.nq", headers={"If-None-Match": known}).status == 304
    assert five.ask("/dumps/graph.nq", headers={"If-None-Match": '"a"'}).status == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=-5", -5, None)],
)
def test_a_part_of_a_file(five: Site, quads: bytes, asked: str, start: int, end: int) -> None:
    """As a download that was broken off asks for it."""
    answer = five.ask("/dumps/graph.nq", headers={"Range": asked})
    assert answer.status == 206
    assert answer.body == quads[start:end]
    first = start % len(quads)
    last = first + len(answer.body) - 1
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(quads)}"


def test_a_download_is_continued_only_of_the_same_file(five: Site, quads: bytes) -> None:
    """Else it begins anew."""
    tag = five.ask("/dumps/graph.nq", method="HEAD").headers["etag"]
    rest = f"bytes={len(quads) - 7}-"
    same = five.ask("/dumps/graph.nq", headers={"Range": rest, "If-Range": tag})
    assert (same.status, same.body) == (206, quads[-7:])
    other = five.ask("/dumps/graph.nq", headers={"Range": rest, "If-Range": '"other"'})
    assert (other.status, other.body) == (200, quads)


@pytest.mark.parametrize("asked", ["bytes=", "bytes=-", "lines=0-1", "bytes=5-2", "bytes=0-1,4-5"])
def test_a_range_that_is_none_is_not_minded(five: Site, quads: bytes, asked: str) -> None:
    """All of the file is sent, as a server may."""
    answer = five.ask("/dumps/graph.nq", headers={"Range": asked})
    assert (answer.status, len(answer.body)) == (200, len(quads))


@pytest.mark.parametrize("asked", [f"bytes={10**17}-", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(five: Site, quads: bytes, asked: str) -> None:
    """With the size that there is."""
    answer = five.ask("/dumps/graph.nq", headers={"Range": asked})
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{len(quads)}"


@pytest.mark.parametrize(
    "path",
    [
        *("/dumps/meta.json", "/dumps/dumps.json", "/dumps/../meta.json", "/dumps/..%2fmeta.json"),
        *(
            "/dumps/%2e%2e/meta.json",
            "/dumps//etc/passwd",
            "/dumps/graph.nq/",
            "/dumps/graph.nq%00",
        ),
    ],
)
def test_nothing_else_of_the_disk_is_sent(five: Site, path: str) -> None:
    """Only the files that the page names."""
    assert five.ask(path).status == 404


def test_files_are_only_read(five: Site) -> None:
    """With what is allowed instead."""
    answer = five.ask("/dumps/graph.nq", method="PUT", body=b"")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert five.ask("/dumps/graph.nq", method="OPTIONS").status == 204


def _written(folder: Path) -> tuple[Dump, ...]:
    quads = folder / "graph.nq"
    quads.write_bytes(b"<a:s> <a:p> <a:o> <a:g> .\n" * 100_000)
    write_dumps(quads, folder / "dumps", serialise)
    return dumps_in(quads, hashlib.sha256(quads.read_bytes()).hexdigest(), folder / "dumps")


def test_a_file_that_is_not_as_it_was_written_is_left_out(tmp_path: Path) -> None:
    """So is one with a name of another place; without a manifest there is the graph alone."""
    assert [one.name for one in _written(tmp_path)] == list(NAMES)
    manifest = tmp_path / "dumps" / "dumps.json"
    rows = json.loads(manifest.read_text())
    rows[0]["name"], rows[1]["size"] = "../../graph.nq.gz", 1
    manifest.write_text(json.dumps(rows))
    found = dumps_in(tmp_path / "graph.nq", "", tmp_path / "dumps")
    assert [one.path for one in found] == [tmp_path / "graph.nq", tmp_path / "dumps/graph.nq.gz"]
    manifest.write_text('{"a": 1}')
    assert len(dumps_in(tmp_path / "graph.nq", "", tmp_path / "dumps")) == 1
    assert dumps_in(tmp_path / "none", "", tmp_path / "dumps") == ()


def test_a_client_that_goes_away_ends_the_sending(tmp_path: Path) -> None:
    """The rest of the file is not read."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message) -> None:
        sent.append(message)

    class NoPages:
        def problem(self, told) -> bytes:
            raise AssertionError(told)

    file = FileEndpoint(_written(tmp_path)[0], Responder(NoPages(), ""))
    asyncio.run(file({"method": "GET", "path": "/dumps/graph.nq", "headers": []}, receive, send))
    assert sent[0]["status"] == 200
    assert sum(len(one.get("body", b"")) for one in sent) < 2**20


@pytest.mark.parametrize(
    ("size", "words"),
    [(999, "999 bytes"), (1000, "1.0 kB"), (999_960, "1.0 MB"), (2_470_691_430, "2.5 GB")],
)
def test_sizes_are_readable(size: int, words: str) -> None:
    """In the largest unit that fits."""
    assert readable(size) == words
