"""Tests for the endpoint, asked over HTTP."""

import socket
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from fedkg.web.protocol import MAX_QUERY

from .conftest import BUILD_ID, Site

SELECT = "SELECT ?s { ?s ?p 'GSM8K' }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p 'GSM8K' }"
ASK = "ASK { ?s ?p 'GSM8K' }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PAPERS = "https://w3id.org/fedkg/graph/papers"
TECHNIQUES = "https://w3id.org/fedkg/graph/techniques"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
GSM8K = "https://w3id.org/fedkg/dataset/gsm8k"


def number(body: bytes) -> int:
    """Return the one number of a CSV answer."""
    return int(body.split()[1])


def test_a_query_is_answered_by_get(site: Site) -> None:
    """In JSON unless asked otherwise, whole, with the build that answered."""
    answer = site.query(SELECT)
    assert answer.status == 200
    assert answer.media_type == "application/sparql-results+json"
    assert answer.json()["results"]["bindings"] == [{"s": {"type": "uri", "value": GSM8K}}]
    assert answer.headers["x-fedkg-build"] == BUILD_ID
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"'])
def test_a_query_is_answered_by_post_as_a_form(site: Site, charset: str) -> None:
    """SPARQL 1.1 Protocol, section 2.1.2."""
    headers = {"Content-Type": FORM["Content-Type"] + charset}
    body = urlencode({"query": "SELECT ('何' AS ?x) {}"}).encode()
    answer = site.ask("/sparql", method="POST", body=body, headers=headers)
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "何"


def test_a_form_may_hold_raw_utf_8(site: Site) -> None:
    """As `curl --data` sends it."""
    body = "query=SELECT ('何' AS ?x) {}".encode()
    answer = site.ask("/sparql", method="POST", body=body, headers=FORM)
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "何"


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_a_query_is_answered_by_post_directly(site: Site, charset: str) -> None:
    """SPARQL 1.1 Protocol, section 2.1.3, whose only charset is UTF-8."""
    headers = {"Content-Type": f"application/sparql-query; charset={charset}"}
    body = "SELECT ('é' AS ?x) {}".encode(charset)
    answer = site.ask("/sparql", method="POST", body=body, headers=headers)
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "é"


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values;q=0.9, image/png", "text/tab-separated-values"),
        (SELECT, "application/json", "application/json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (f"DESCRIBE <{GSM8K}>", "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_the_format_follows_the_accept_header(
    site: Site, query: str, accept: str, media_type: str
) -> None:
    """Every result format of SPARQL, every graph format of RDF."""
    answer = site.query(query, accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert b"GSM8K" in answer.body or b"gsm8k" in answer.body or b"true" in answer.body


@pytest.mark.parametrize(
    ("name", "rdf_format"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_the_format_parameter_wins_over_the_header(
    site: Site, name: str, rdf_format: ox.RdfFormat
) -> None:
    """For people who write an address by hand."""
    answer = site.query(CONSTRUCT, "application/pdf", format=name)
    (quad,) = ox.parse(answer.body, rdf_format)
    assert quad.subject == ox.NamedNode(GSM8K)


def test_the_dataset_of_the_request_is_honoured(site: Site) -> None:
    """default-graph-uri and named-graph-uri, several of each, in address and body."""
    default = {"default-graph-uri": [TECHNIQUES]}
    named = {"named-graph-uri": [PAPERS, TECHNIQUES]}
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(site.query(COUNT, "text/csv", **default).body) == 10
    assert number(site.query(graphs, "text/csv", **named).body) == 2
    posted = site.ask(
        f"/sparql?{urlencode(default, doseq=True)}",
        method="POST",
        body=COUNT.encode(),
        headers={**DIRECT, "Accept": "text/csv"},
    )
    assert number(posted.body) == 10


def test_head_has_the_headers_of_get_and_no_body(site: Site) -> None:
    """RFC 9110, section 9.3.2."""
    got = site.query(SELECT)
    head = site.ask(f"/sparql?query={quote(SELECT)}", method="HEAD")
    assert head.body == b""
    assert head.status == 200
    assert head.headers["content-length"] == str(len(got.body))


def test_other_sites_may_ask(site: Site) -> None:
    """The preflight of a browser: any origin, GET and POST."""
    answer = site.ask("/sparql", method="OPTIONS", headers={"Origin": "https://example.org"})
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


def problem_of(answer: object, status: int, kind: str) -> str:
    """Check a problem document (RFC 9457) and return its detail."""
    assert answer.status == status, answer.body
    assert answer.media_type == "application/problem+json"
    document = answer.json()
    assert document["type"] == f"https://w3id.org/fedkg/problem/{kind}"
    assert document["status"] == status
    assert document["title"]
    return document["detail"]


def test_a_wrong_query_gets_the_parsers_message(site: Site) -> None:
    """Line and column are in it."""
    detail = problem_of(site.query("SELECT * {\n ?s ?p }"), 400, "query")
    assert "error at 2:" in detail


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "service"),
        ("SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "service"),
        ("LOAD <http://127.0.0.1:9/>", 400, "update"),
        ("INSERT DATA { <http://a/s> <http://a/p> 1 }", 400, "update"),
        (f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}", 400, "nesting"),
        ("SELECT ('open AS ?x) {}", 400, "ambiguous"),
        ("Which papers use LoRA?", 400, "query"),
        ("", 400, "query"),
        ("SELECT * { ?s ?p ?o } LIMIT -1", 400, "query"),
    ],
)
def test_what_is_refused_says_why(site: Site, query: str, status: int, kind: str) -> None:
    """Each with a type of its own, and the server lives on."""
    assert problem_of(site.query(query), status, kind)
    assert site.query(ASK).status == 200


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_a_format_that_there_is_not_is_406(site: Site, query: str) -> None:
    """In the header or in the address; the detail names those that there are."""
    assert "application/" in problem_of(site.query(query, "image/png"), 406, "not-acceptable")
    assert "csv" in problem_of(site.query(SELECT, format="pdf"), 406, "not-acceptable")
    assert "ttl" in problem_of(site.query(CONSTRUCT, format="csv"), 406, "not-acceptable")


@pytest.mark.parametrize(
    ("headers", "body", "status", "kind"),
    [
        ({"Content-Type": "text/plain"}, b"ASK {}", 415, "unsupported-media-type"),
        ({"Content-Type": ""}, b"ASK {}", 415, "unsupported-media-type"),
        ({**DIRECT, "Content-Encoding": "gzip"}, b"x", 415, "unsupported-media-type"),
        (
            {"Content-Type": "application/sparql-query; charset=utf-16"},
            b"ASK {}",
            415,
            "unsupported-media-type",
        ),
        ({"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 400, "update"),
        (FORM, b"update=CLEAR+ALL", 400, "update"),
        (FORM, b"query=ASK+{}&query=ASK+{}", 400, "request"),
        (FORM, b"nothing=1", 400, "request"),
        (FORM, b"&".join([b"a=1"] * 2000), 400, "request"),
        (FORM, b"query=%FF", 400, "request"),
        (DIRECT, b"ASK { ?s ?p '\xff' }", 400, "request"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(
    site: Site, headers: dict[str, str], body: bytes, status: int, kind: str
) -> None:
    """What to send instead is in the detail."""
    answer = site.ask("/sparql", method="POST", body=body, headers=headers)
    assert problem_of(answer, status, kind)


@pytest.mark.parametrize("headers", [FORM, DIRECT])
def test_a_query_over_the_limit_is_413(site: Site, headers: dict[str, str]) -> None:
    """1 MiB of query text, however it is sent."""
    query = b"ASK { } #" + b"x" * MAX_QUERY
    body = query if headers is DIRECT else b"query=" + quote(query).encode()
    answer = site.ask("/sparql", method="POST", body=body, headers=headers)
    assert "larger than" in problem_of(answer, 413, "too-large")


def test_a_query_just_under_the_limit_is_answered(site: Site) -> None:
    """The limit is no smaller than it says."""
    start = b"ASK { ?s ?p ?o } #"
    body = start + b"x" * (MAX_QUERY - len(start))
    assert site.ask("/sparql", method="POST", body=body, headers=DIRECT).json()["boolean"] is True


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405(site: Site, method: str) -> None:
    """`Allow` names those that there are."""
    answer = site.ask("/sparql", method=method)
    problem_of(answer, 405, "method")
    assert "GET" in answer.headers["allow"]


def test_without_a_query_a_browser_gets_a_form(site: Site) -> None:
    """With the examples as links, and the chosen one in the field."""
    answer = site.ask("/sparql?example=co-authors", headers={"Accept": "text/html,*/*;q=0.8"})
    page = answer.body.decode()
    assert answer.media_type == "text/html"
    assert "default-src &#39;self&#39;" not in page
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert 'href="/sparql?example=datasets-by-papers"' in page
    assert "VALUES ?name { &#34;Yaliang Li&#34; }" in page
    unknown = site.ask("/sparql?example=none", headers={"Accept": "text/html"})
    assert "SELECT ?paper ?title" in unknown.body.decode()


def test_a_description_in_no_known_format_is_406(site: Site) -> None:
    """There is Turtle and there is a page."""
    assert problem_of(site.ask("/sparql", headers={"Accept": "image/png"}), 406, "not-acceptable")


def test_a_body_that_stops_half_way_disturbs_nobody(site: Site) -> None:
    """Many half-sent requests, and others are answered beside them."""
    half = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    sockets = [socket.create_connection((site.host, site.port)) for _ in range(20)]
    try:
        for connection in sockets:
            connection.sendall(half + b"Content-Length: 100\r\n\r\nASK {")
        assert site.query(ASK).json()["boolean"] is True
        assert site.ask("/").status == 200
    finally:
        for connection in sockets:
            connection.close()
    assert site.query(ASK).status == 200
