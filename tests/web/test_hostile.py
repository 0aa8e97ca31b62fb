"""A list whose author wants to be more than text is text, in every form of every thing.

The list is `tests/cases/hostile.md`; `tests/browser/test_hostile.py` opens its pages in a browser.
"""

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hostile import BIDI
from lxml import html

from .conftest import Answer, Site

BASE = "https://w3id.org/fedkg/"
FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
SEARCHES = (
    *("title", "script", "alert(1)", "{{7*7}}", '"><script>alert(1)</script>', "</title>"),
    *("\u202eevil", "a\r\nSet-Cookie: b=c", "\0", "../../etc/passwd", "javascript:alert(1)"),
)
OF_THE_LIST = {"b", "base", "embed", "frame", "iframe", "marquee", "object", "style", "u"}
"""Elements that the list holds and no page of ours does."""
ATTRIBUTES = {"autofocus", "background", "formaction", "ping", "srcdoc", "srcset", "style"}
NOT_IN_XML = re.compile(r"\\u(?:00(?!09|0A|0D)[01][0-9A-F]|FFF[EF])|[\0-\x08\x0b\x0c\x0e-\x1f]")
"""What no XML document may hold, as it stands in N-Triples."""
BLOCK = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
VIEWS = ("/browse", "/matrix")
"""Pages that lead to more of their kind than can be counted."""
LINKS = ("action", "href", "poster", "src", "xlink:href")
THINGS = f"""SELECT DISTINCT (STR(?thing) AS ?iri) {{
  {{ ?thing ?p ?o }} UNION {{ ?s ?q ?thing FILTER (isIRI(?thing)) }}
  FILTER (STRSTARTS(STR(?thing), "{BASE}") && !STRSTARTS(STR(?thing), "{BASE}ontology"))
}}"""


def rows(site: Site, query: str) -> list[dict[str, str]]:
    """Return the rows of an answer of the endpoint."""
    found = site.query(query, "application/sparql-results+json").json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]


@pytest.fixture(scope="module")
def paths(hostile: Site) -> list[str]:
    """The paths of all things of the graph."""
    return sorted(row["iri"].removeprefix(BASE) for row in rows(hostile, THINGS))


@pytest.fixture(scope="module")
def pages(hostile: Site, paths: list[str]) -> dict[str, Answer]:
    """All answers to a browser that goes to every thing and follows every link of this host."""
    waiting = {f"/{quote(path)}.html" for path in paths}
    waiting |= {f"/search?q={quote(words)}" for words in SEARCHES} | {"/", "/ontology.html"}
    found: dict[str, Answer] = {}
    while waiting:
        path = waiting.pop()
        found[path] = hostile.ask(path, headers={"Accept": "text/html"})
        if sent := found[path].headers.get("location"):
            waiting |= {sent} - found.keys()
        elif found[path].media_type == "text/html":
            links = {link.partition("#")[0] for _, _, link, _ in parsed(found[path]).iterlinks()}
            if path.startswith(VIEWS):
                links = {link for link in links if not link.startswith(VIEWS)}
            waiting |= {link for link in links if link.startswith("/")} - found.keys()
    return found


def parsed(page: Answer | Path) -> html.HtmlElement:
    """Return the tree of a page."""
    content = page.body if isinstance(page, Answer) else page.read_bytes()
    return html.document_fromstring(content.decode())


def intruders(tree: html.HtmlElement, ours: Collection[str] = ()) -> Iterator[str]:
    """Yield the elements and attributes that only list text can have brought in."""
    for element in tree.iter(html.etree.Element):
        told = html.tostring(element, encoding="unicode")[:200]
        if element.tag in OF_THE_LIST.difference(ours):
            yield told
        if element.tag == "meta" and "http-equiv" in element.attrib:
            yield told
        if element.tag == "script" and not is_ours(element):
            yield told
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ATTRIBUTES:
                yield told
            if name in LINKS and not re.match(r"/(?!/)|#|https?://[a-z0-9]", value):
                yield told
            if name == "src" and not value.startswith("/static/"):
                yield told


def is_ours(script: html.HtmlElement) -> bool:
    """Return whether a script comes from this host, or is data that no browser runs."""
    if "src" in script.attrib:
        return script.attrib["src"].startswith("/static/") and not script.text
    return dict(script.attrib) == {"type": "application/ld+json"}


def turned(tree: html.HtmlElement) -> Iterator[str]:
    """Yield texts that turn the direction of what stands beside them."""
    for text in tree.xpath("//text()[not(parent::title or parent::script or parent::textarea)]"):
        element = text.getparent() if not text.is_tail else text.getparent().getparent()
        if BIDI.search(text) and not element.xpath("ancestor-or-self::bdi"):
            yield text[:200]


def test_no_answer_fails_and_no_header_holds_a_word_of_the_list(pages: dict[str, Answer]) -> None:
    """Each header is ASCII on one line; nothing is set that the server does not set."""
    assert len(pages) > 500
    kept = {path: page.status for path, page in pages.items() if page.status not in {200, 301, 303}}
    assert kept == {}
    for path, page in pages.items():
        told = "".join(f"{name}: {value}" for name, value in page.headers.items())
        assert re.fullmatch("[ -~]*", told), path
        assert not page.headers.keys() & {"set-cookie", "x", "refresh"}, path
        assert page.headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'self'" in page.headers["content-security-policy"], path


def test_no_element_attribute_or_address_comes_from_a_list(pages: dict[str, Answer]) -> None:
    """Every script is ours, every link is http, https or of this host, and text stays text."""
    told = ""
    for path, page in pages.items():
        if page.media_type == "text/html" and page.body:
            tree = parsed(page)
            assert list(intruders(tree)) == [], path
            assert list(turned(tree)) == [], path
            told += tree.text_content()
    for words in (
        "<script>alert(1)</script>",
        "onerror=alert(5)",
        "{{7*7}}",
        "javascript:alert(6)",
    ):
        assert words in told, "the list does not get to where it could do harm"
    assert BIDI.search(told)


def test_data_in_a_page_is_whole(pages: dict[str, Answer]) -> None:
    """What is for search engines is JSON, and no text in it ends it."""
    found = 0
    for path, page in pages.items():
        if page.media_type != "text/html":
            continue
        for attributes, block in BLOCK.findall(page.body.decode()):
            if "ld+json" in attributes:
                found += 1
                assert json.loads(block)["@context"] == "https://schema.org", path
                assert not re.search("[<>&\u2028\u2029]", block), path
    assert found > 20


def test_the_heading_of_a_paper_is_its_title(hostile: Site, pages: dict[str, Answer]) -> None:
    """Character by character: nothing of it was taken for markup, and nothing was lost."""
    titles = rows(
        hostile,
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX fkg: <https://w3id.org/fedkg/ontology#>"
        "SELECT ?paper ?title { ?paper a fkg:Paper ; dcterms:title ?title }",
    )
    assert len(titles) > 20
    for row in titles:
        (heading,) = parsed(pages[f"/{row['paper'].removeprefix(BASE)}.html"]).xpath("//h1")
        assert heading.text_content() == row["title"]


@pytest.mark.parametrize("name", FORMS)
def test_each_form_of_each_thing_can_be_read(hostile: Site, paths: list[str], name: str) -> None:
    """It says all that the graph says of the thing, whatever quotes and brackets that holds."""
    graph = ox.Store()
    whole = hostile.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "application/n-triples")
    graph.bulk_load(whole.body, ox.RdfFormat.N_TRIPLES)
    read, xml = 0, name == "rdf"
    for path in paths:
        answer = hostile.ask(f"/{quote(path)}.{name}")
        assert answer.status in {200, 300, 301}, path  # former names lead elsewhere
        if answer.status == 200:
            if xml:  # the engine's own parser takes what XML forbids
                html.etree.fromstring(answer.body)
            told = {str(quad.triple) for quad in ox.parse(answer.body, FORMS[name])}
            said = graph.quads_for_pattern(ox.NamedNode(BASE + path), None, None)
            triples = {str(quad.triple) for quad in said}
            assert told >= ({NOT_IN_XML.sub("\ufffd", one) for one in triples} if xml else triples)
            read += 1
    assert read > 200


def test_the_report_is_text_too(hostile_graph: Path) -> None:
    """Its style and its policy are its own, and nothing else is there."""
    tree = parsed(hostile_graph / "current" / "report.html")
    for own in (*tree.xpath("/html/head/style[1]"), *tree.xpath("/html/head/meta[@http-equiv]")):
        own.drop_tree()
    assert list(intruders(tree, ours={"b"})) == []
    assert "<script>" in tree.text_content()
