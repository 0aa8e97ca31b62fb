"""Linked data: every IRI of the graph of the five lists answers, in every form."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from fedkg.store.engine import Engine

from ..conftest import Answer, Site
from .conftest import BASE, FORMS, PAPER


@pytest.fixture(scope="module")
def examples(store: Engine) -> list[str]:
    """The path of one thing of every class that things of the graph have."""
    rows = store.select(f"""
        SELECT ?class (MIN(STR(?thing)) AS ?first) WHERE {{
          ?thing a ?class FILTER (STRSTARTS(STR(?thing), "{BASE}"))
          FILTER (!STRSTARTS(STR(?thing), "{BASE}ontology"))
        }} GROUP BY ?class""").rows
    return sorted({first.value.removeprefix(BASE) for _, first in rows if first is not None})


def get(site: Site, path: str, accept: str | None = None) -> Answer:
    return site.ask(f"/{path}", headers={} if accept is None else {"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "html"),
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("text/html;q=0.1, text/turtle;q=0.9", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/*", "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.5", "rdf"),
    ],
)
def test_a_thing_sends_to_the_form_that_the_client_likes_best(
    five: Site, accept: str | None, name: str
) -> None:
    """By 303, on the host that was asked, whatever the graph's base is."""
    answer = get(five, PAPER, accept)
    assert (answer.status, answer.headers["location"]) == (303, f"/{PAPER}.{name}")
    assert "Accept" in answer.headers["vary"]


def test_every_class_answers_in_every_form(five: Site, store: Engine, examples: list[str]) -> None:
    """All forms say the same, and all that the graph says of the thing."""
    assert len(examples) > 20
    for path in examples:
        said = store.select(f"SELECT ?p ?o WHERE {{ <{BASE}{path}> ?p ?o }}").rows
        found = []
        for name, (media_type, form) in FORMS.items():
            answer = get(five, f"{path}.{name}")
            assert (answer.status, answer.media_type) == (200, media_type), path
            found.append({quad.triple for quad in ox.parse(answer.body, form)})
        assert found[0] == found[1] == found[2] == found[3], path
        mine = {t for t in found[0] if t.subject == ox.NamedNode(BASE + path)}
        assert {(t.predicate.value, t.object.value) for t in mine} == {
            (p.value, o.value) for p, o in said if p is not None and o is not None
        }, path
        assert get(five, f"{path}.html").status == 200, path


def test_a_description_holds_what_points_to_the_thing_and_the_names_of_neighbours(
    five: Site,
) -> None:
    """So that a client need not ask for each of them."""
    quads = ox.parse(get(five, "dataset/gsm8k.nt").body, ox.RdfFormat.N_TRIPLES)
    triples = {(q.subject.value, q.predicate.value, q.object.value) for q in quads}
    papers = {s for s, p, _ in triples if p == "https://w3id.org/fedkg/ontology#usesDataset"}
    assert len(papers) == 4
    titled = {s for s, p, _ in triples if p == "http://purl.org/dc/terms/title"}
    assert papers <= titled


def test_a_former_iri_sends_to_what_replaced_it_in_the_same_form(five: Site) -> None:
    """For good; an exact name comes before a format."""
    answer = get(five, "dataset/glue-sst-2")
    assert (answer.status, answer.headers["location"]) == (301, "/dataset/sst-2")
    answer = get(five, "dataset/glue-sst-2.ttl")
    assert (answer.status, answer.headers["location"]) == (301, "/dataset/sst-2.ttl")


@pytest.mark.parametrize(
    "path", ["arxiv/2312.06353", "arxiv/2312.06353v2", "doi/10.48550/arXiv.2312.06353"]
)
def test_an_identifier_sends_to_its_paper(five: Site, path: str) -> None:
    """As people have it at hand: arXiv with a version, a DOI in any case."""
    answer = get(five, path)
    assert (answer.status, answer.headers["location"]) == (301, f"/{PAPER}")


@pytest.mark.parametrize(
    "path",
    [
        "paper/nothing",
        "paper/nothing.ttl",
        f"{PAPER}.exe",
        "arxiv/nothing",
        "doi/nothing",
        "acl/nothing",
        "thing/nothing",
        "paper/" + quote('a"> <script>'),
        "paper/" + quote("x\r\nSet-Cookie: a=b"),
        "paper/../../etc/passwd",
        "paper/%00",
    ],
)
def test_what_is_not_there_is_404(five: Site, path: str) -> None:
    """Whatever its name holds; and nothing of that gets into a header or into markup."""
    answer = get(five, path, "text/html")
    assert answer.status == 404
    assert b"<script>" not in answer.body
    assert "set-cookie" not in answer.headers


def test_a_form_that_there_is_not_is_406(five: Site) -> None:
    """With the forms that there are."""
    answer = get(five, PAPER, "image/png")
    assert (answer.status, answer.media_type) == (406, "application/problem+json")
    assert "text/turtle" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["html", *FORMS])
def test_a_client_that_has_it_is_told_so(five: Site, name: str) -> None:
    """As long as the same build is served by the same fedkg."""
    first = get(five, f"{PAPER}.{name}")
    again = five.ask(f"/{PAPER}.{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_the_other_forms_and_the_published_iri_are_in_the_header(five: Site) -> None:
    """RFC 8288: alternate, describedby, canonical."""
    links = get(five, f"{PAPER}.html").headers["link"]
    for name, (media_type, _) in FORMS.items():
        assert f'</{PAPER}.{name}>; rel="alternate"; type="{media_type}"' in links
    assert f'<{BASE}{PAPER}>; rel="canonical"' in links


HOSTILE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fabio: <http://purl.org/spar/fabio/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/fedkg/> .
<person/li-wei> rdfs:seeAlso <person/li-wei-1> , <person/li-wei-2> .
<person/li-wei-1> foaf:name "Li Wei" .
<person/li-wei-2> foaf:name "Li-Wei" .
<paper/a> dcterms:title "</script><script>alert(1)</script>\\u202Eevil" ;
    dcterms:creator <person/li-wei-1> ;
    fkg:version <version/a/x> ; fkg:repository <repository/x> ; fkg:usesDataset <dataset/x> .
<version/a/x> a fabio:Preprint ; fkg:venue <venue/x> ;
    schema:url <javascript:alert(1)> , <data:text/html,x> , <https://example.org/a?b=%22> .
<venue/x> skos:prefLabel "\\u202Evenue" .
<dataset/x> skos:prefLabel "\\u202Edataset" .
<repository/x> schema:codeRepository "\\u202Ecode" .
<list/x> a fkg:PaperList ; dcterms:title "\\u202Elist" .
<entry/x/1> fkg:describes <paper/a> ; fkg:inList <list/x> ; fkg:line 1 ;
    fkg:titleAsListed "\\u202Ewords" ; fkg:section <section/x/1> .
<section/x/1> skos:prefLabel "\\u202Eheading" .
<paper/a.ttl> dcterms:title "Its key ends in a format" .
"""


@pytest.fixture(scope="module")
def client(pages_over: Callable[[str], FlaskClient]) -> FlaskClient:
    """Pages over a graph that wants to be more than text."""
    return pages_over(HOSTILE)


def test_an_iri_that_may_mean_several_things_tells_them(client: FlaskClient) -> None:
    """300, since nobody can say which is meant; in the page and in the header."""
    answer = client.get("/person/li-wei")
    assert answer.status_code == 300
    assert 'href="/person/li-wei-1"' in answer.text
    assert 'href="/person/li-wei-2"' in answer.text
    assert len(answer.headers.getlist("Link")) == 2


def test_an_exact_name_comes_before_a_format(client: FlaskClient) -> None:
    """Of `/paper/a` and `/paper/a.ttl`, each is itself."""
    assert client.get("/paper/a.ttl").headers["Location"] == "/paper/a.ttl.html"
    assert b"Its key ends" in client.get("/paper/a.ttl.html").data


def test_words_are_words_and_only_web_addresses_are_links(client: FlaskClient) -> None:
    """Nothing of a list becomes markup, code or direction."""
    page = client.get("/paper/a.html").text
    assert re.findall("<script[^>]*>", page) == [
        '<script type="module" src="/static/search.js">',
        '<script type="application/ld+json">',
        '<script type="module" src="/static/why.js">',
    ]
    assert not re.search(r'href="(?!/|#|https?://)', page)
    assert 'href="https://example.org/a?b=%22"' in page


@pytest.mark.parametrize(
    "path", ["/paper/a.html", "/dataset/x.html", "/venue/x.html", "/entry/x/1.html"]
)
def test_a_name_turns_the_direction_of_nothing_beside_it(client: FlaskClient, path: str) -> None:
    """Names of people, venues, lists and all else may run from right to left, or mean harm."""
    _, _, page = client.get(path).text.partition("<main")
    shown = re.sub("<script.*</script>", "", page, flags=re.DOTALL)
    assert "\u202e" in shown
    assert "\u202e" not in re.sub(r"<bdi[^>]*>[^<]*</bdi>", "", shown)


def test_search_engines_find_the_paper_described(five: Site) -> None:
    """As a ScholarlyArticle of schema.org, in a block that no browser runs."""
    page = get(five, f"{PAPER}.html").body.decode()
    (block,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(block)
    assert (told["@type"], told["@id"]) == ("ScholarlyArticle", BASE + PAPER)
    assert told["name"].startswith("Federated Full-Parameter Tuning")
    assert [one["name"] for one in told["author"]][:2] == ["Zhen Qin", "Daoyuan Chen"]
    assert told["datePublished"] == "2024-07"


def test_the_page_of_a_paper_shows_where_it_is_listed_in_the_words_of_the_lists(five: Site) -> None:
    """Title, authors in order, versions, uses; then each entry with its line and heading."""
    page = get(five, f"{PAPER}.html").body.decode()
    authors = re.findall(r'href="/person/([a-z-]+)"', page)
    assert authors[:3] == ["zhen-qin", "daoyuan-chen", "bingchen-qian"]
    assert 'href="/edition/icml-2024"' in page
    line = r'href="/list/fed-reasoning"><bdi>[^<]*</bdi></a>, <a href="[^"]*">line 48</a>'
    assert re.search(line, page)
    assert "Jul 2024" in page


def test_silence_is_no_zero(five: Site, store: Engine) -> None:
    """What no list states of a paper is said to be that."""
    listed = "https://w3id.org/fedkg/ontology#listed"
    rows = store.select(f"SELECT ?p WHERE {{ ?p <{listed}> true }} ORDER BY ?p LIMIT 40").rows
    pages = [get(five, p.value.removeprefix(BASE) + ".html").body.decode() for (p,) in rows if p]
    assert any("none is stated" in page for page in pages)
    assert all("Where it is listed" in page for page in pages)
