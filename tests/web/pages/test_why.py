"""What is behind each statement on a paper, and why its entries are one, over HTTP."""

import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from fedkg.model import Rows
from fedkg.store.engine import Engine
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import create_app
from fedkg.web.pages.why import Origin

from ..conftest import Answer, Site
from .conftest import BASE, PAPER

FEDKSEED = "arxiv-2312.06353"
FERRET = "arxiv-2409.06277"
FEDPFT = "arxiv-2404.11536"
WHY = re.compile(r'<a class="why" href="([^"]+)"')
TAG = re.compile(r"<[^>]+>")


def ask(site: Site, key: str, accept: str = "text/html", **parameters: str) -> Answer:
    return site.ask(f"/why/{key}?{urlencode(parameters)}", headers={"Accept": accept})


def text(page: str) -> str:
    """Return the words of a page's main part."""
    return re.sub(
        r"\s+", " ", unescape(TAG.sub("", page.partition("<main")[2].partition("</main>")[0]))
    )


def test_a_statement_has_its_list_line_headings_and_words(five: Site) -> None:
    """As `fedkg why FedKSeed venue` prints them, with links to the list and the entry."""
    page = ask(five, FEDKSEED, property="fkg:venue", value="venue/icml").body.decode()
    assert re.search(r'href="/list/fed-reasoning">.*?</a>, <a href="/entry/[^"]+">line 48<', page)
    assert "under “Training Signal from Raw Data” › “Federated Supervised Pre-Training”" in text(
        page
    )
    assert "<dt>venue</dt><dd><bdi>ICML</bdi></dd>" in page
    assert "https://dl.acm.org/doi/10.5555/3692070.3693756" in page


def test_entries_that_state_another_value_come_apart(five: Site) -> None:
    """They may be of another version: nobody is called wrong."""
    page = ask(five, FEDKSEED, property="fkg:venue", value="venue/icml").body.decode()
    behind, _, others = text(page).partition("Also stated, of this or another version")
    assert "line 253" not in behind
    assert "line 253, under “Preprints” › “2024”: arXiv (venue/arxiv)" in others


def test_what_is_no_list_comes_with_the_address_where_it_was_read(five: Site) -> None:
    """The bibliography behind an author, the reference list behind a citation."""
    page = ask(five, FEDPFT, property="dcterms:creator").body.decode()
    assert re.search(r'fm-fl-bib, read from <a href="https://github\.com/[^"]+\.bib"', page)
    page = ask(five, FERRET, property="cito:cites", value=f"paper/{FEDKSEED}").body.decode()
    assert 'reference-lists, read from <a href="https://arxiv.org/abs/2409.06277"' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dataset", "Dolly-15K"),
        ("fkg:usesDataset", "dataset/databricks-dolly-15k"),
        ("usesDataset", f"{BASE}dataset/databricks-dolly-15k"),
    ],
)
def test_property_and_value_may_be_called_as_on_the_command_line(
    five: Site, name: str, value: str
) -> None:
    """By a plain name and another name; or exactly."""
    page = ask(five, FEDKSEED, property=name, value=value).body.decode()
    assert 'href="/dataset/databricks-dolly-15k"' in page
    assert "natural-instructions" not in page


def test_every_why_of_a_page_has_an_answer(five: Site) -> None:
    """With an entry or a source behind it, of papers of several kinds."""
    for key in (FEDKSEED, FEDPFT, FERRET, "openreview-nlpzl6hwnl", "arxiv-2305.05644"):
        page = five.ask(f"/paper/{key}.html").body.decode()
        links = [unescape(link) for link in WHY.findall(page)]
        assert len(links) > 8
        for link in links:
            answer = five.ask(link, headers={"Accept": "text/html"})
            assert answer.status == 200, link
            assert "Stated " in text(answer.body.decode()), link


def test_each_statement_of_a_paper_has_its_why(five: Site) -> None:
    """Titles, authors, places, dates, identifiers, things used, and citations both ways."""
    page = five.ask(f"/{PAPER}.html").body.decode()
    links = [unescape(link).replace("%3A", ":").replace("%2F", "/") for link in WHY.findall(page)]
    for part in (
        f"/why/{FEDKSEED}?property=dcterms:title",
        f"/why/{FEDKSEED}?property=dcterms:alternative&value=FedKSeed",
        f"/why/{FEDKSEED}?property=dcterms:creator&value=person/zhen-qin",
        f"/why/{FEDKSEED}?property=fkg:publishedIn&value=edition/icml-2024",
        f"/why/{FEDKSEED}?property=dcterms:issued&value=2024-07",
        f"/why/{FEDKSEED}?property=fkg:firstIssued&value=2023-12",
        f"/why/{FEDKSEED}?property=fabio:hasArXivId&value=2312.06353",
        f"/why/{FEDKSEED}?property=fkg:usesDataset&value=dataset/natural-instructions",
        f"/why/{FEDKSEED}?property=fkg:usesModel&value=model/llama-3b",
        f"/why/{FEDKSEED}?property=fkg:technique&value=technique/communication-efficiency",
        f"/why/{FEDKSEED}?property=fkg:repository"
        "&value=repository/github-com-alibaba-federatedscope",
        f"/why/{FERRET}?property=cito:cites&value=paper/{FEDKSEED}",
    ):
        assert part in links


@pytest.mark.parametrize(
    ("key", "parameters", "sentence"),
    [
        ("nothing", {"property": "venue"}, "There is no paper 'nothing': look for it at /search."),
        (
            FEDKSEED,
            {"property": "fkg:venu"},
            "There is no property 'fkg:venu': do you mean fkg:venue?",
        ),
        (
            FEDKSEED,
            {"property": "venue", "value": "ACL"},
            "fkg:venue of that paper is not 'ACL': it is ICML (venue/icml).",
        ),
    ],
)
def test_what_is_not_stated_is_404_with_a_sentence(
    five: Site, key: str, parameters: dict[str, str], sentence: str
) -> None:
    """As a problem for a program, as a page for a person."""
    answer = ask(five, key, "application/json, */*;q=0.1", **parameters)
    assert (answer.status, answer.media_type) == (404, "application/problem+json")
    assert answer.json()["detail"] == sentence
    page = ask(five, key, **parameters)
    assert (page.status, page.media_type) == (404, "text/html")
    assert sentence in text(page.body.decode())


def test_a_former_paper_sends_to_what_replaced_it_with_the_same_question(
    five: Site, store: Engine
) -> None:
    """So that no link to a reason dies when lists are joined."""
    query = f"""SELECT ?old ?new WHERE {{ ?old <http://purl.org/dc/terms/isReplacedBy> ?new
      FILTER (STRSTARTS(STR(?old), "{BASE}paper/")) }} ORDER BY ?old LIMIT 1"""
    ((old, new),) = store.select(query).rows
    assert old is not None
    assert new is not None
    answer = ask(five, old.value.removeprefix(f"{BASE}paper/"), property="title")
    path = new.value.removeprefix(f"{BASE}paper/")
    assert (answer.status, answer.headers["location"]) == (301, f"/why/{path}?property=title")


def test_the_entries_of_a_paper_come_with_what_joined_them_and_what_was_rejected(
    five: Site,
) -> None:
    """FedPFT, which two other works link to: as `fedkg explain` prints it."""
    page = ask(five, FEDPFT).body.decode()
    words = text(page)
    assert "Its 3 entries" in words
    assert "+14: equal-title +8, same-authors +5, same-venue-and-year +1" in words
    assert "and not “Federated Prompt Learning for Weather Foundation Models on Devices”" in words
    assert re.search(r'links arxiv:2404\.11536, .*?</bdi> <a href="/finding/shared-link/', page)
    assert re.search(r'href="/decision/[0-9a-f]+"', page)


def test_what_a_person_decided_comes_with_the_reason(five: Site, store: Engine) -> None:
    """Below the heading of corrections, and with the statements of that paper."""
    query = """PREFIX fkg: <https://w3id.org/fedkg/ontology#>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?paper ?reason WHERE { ?decision fkg:reason ?reason ; fkg:about ?entry ;
        rdfs:comment "wrong-fields" . ?entry fkg:describes ?paper } ORDER BY ?paper LIMIT 1"""
    ((paper, reason),) = store.select(query).rows
    assert paper is not None
    assert reason is not None
    key = paper.value.removeprefix(f"{BASE}paper/")
    words = text(ask(five, key).body.decode())
    assert "Corrected by a curator" in words
    assert f"Decided by a person: {reason.value}" in words
    stated = text(ask(five, key, property="title").body.decode())
    assert "People decided of this paper" in stated
    assert reason.value in stated


def test_a_link_leads_to_the_line_where_the_address_of_the_list_names_a_file() -> None:
    """A repository does not say in which file its list is, so it is linked as it is."""
    file = Origin("", "", "https://github.com/someone/list/blob/main/README.md")
    assert file.published(7) == f"{file.source}?plain=1#L7"
    for source in (
        "https://github.com/someone/list",
        "https://github.com/someone/list/tree/main/docs",
        "https://example.org/someone/list/blob/main/README.md",
    ):
        assert Origin("", "", source).published(7) == source
    assert Origin("", "", None).published(7) is None


HOSTILE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/fedkg/> .
<paper/a> dcterms:title "<b>A</b>\\u202E" ; fkg:usesDataset <dataset/x> ;
    dcterms:alternative "a\\"b&c=d#<i>" .
<dataset/x> skos:prefLabel "<img src=x>" .
<list/l> a fkg:PaperList ; dcterms:title "<script>alert(1)</script>" ;
    dcterms:source <javascript:alert(1)> .
<entry/l/1> fkg:describes <paper/a> ; fkg:inList <list/l> ; fkg:line 3 ;
    fkg:section <section/l/1> ; fkg:statesDataset <dataset/x> ; fkg:statesTitle "a\\"b&c=d#<i>" ;
    fkg:titleAsListed "\\"><script>" ; fkg:linkAsListed "javascript:alert(2)" ;
    fkg:datasetsAsListed "<x onclick=y>" .
<section/l/1> skos:prefLabel "<h1>\\u202EHeading" .
<record/s/a> a fkg:Record ; fkg:describes <paper/a> ; fkg:statesDataset <dataset/x> ;
    prov:hadPrimarySource <data:text/html,x> .
<finding/k/1> a fkg:Finding ; fkg:findingKind "<kind>" ; fkg:severity "<severe>" ;
    rdfs:comment "<sentence>" ; fkg:about <entry/l/1> .
<decision/1> a fkg:Decision ; rdfs:comment "rename" ; fkg:about <entry/l/1> ;
    fkg:reason "<reason>" .
"""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Pages, below /kg, over a graph that wants to be more than text."""
    graph = ox.Store()
    graph.load(HOSTILE.encode(), ox.RdfFormat.TURTLE)
    return create_app(Engine(graph), addresses=Addresses(root="/kg")).test_client()


@pytest.mark.parametrize(
    "path",
    [
        "/why/a?property=dataset&value=dataset/x",
        "/why/a?property=title",
        "/why/a",
        "/why/a?property=<script>",
        "/why/<script>?property=title",
        "/paper/a.html",
    ],
)
def test_words_of_lists_are_words(client: FlaskClient, path: str) -> None:
    """Nothing becomes markup or code, only web addresses are links, and all below the root."""
    page = client.get(path, headers={"Accept": "text/html"}).text
    assert not re.search(
        r"<(?:b|i|img|x|reason|kind|severe|sentence)\b", page.partition("<main")[2]
    )
    scripts = re.findall(r"<script[^>]*>", page)
    assert [one for one in scripts if "ld+json" not in one and "/kg/static/" not in one] == []
    assert not re.search(r'href="(?!/kg/|#|https?://)', page)
    for words in re.findall(
        ">([^<]*\u202e[^<]*)<", page.partition("<main")[2].partition("</main>")[0]
    ):
        assert f"<bdi>{words}</bdi>" in page


def test_a_value_survives_its_way_through_an_address(client: FlaskClient) -> None:
    """Quotes, ampersands and number signs are escaped, once in the address and once in markup."""
    links = [unescape(link) for link in WHY.findall(client.get("/paper/a.html").text)]
    (link,) = [one for one in links if "alternative" in one]
    answer = client.get(link.removeprefix("/kg"))
    assert answer.status_code == 200
    assert "line 3" in text(answer.text)


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: Engine) -> None:
        self.store, self.asked = store, 0

    def select(self, query: str) -> Rows:
        self.asked += 1
        return self.store.select(query)

    def answer(self, query: str, media_type: str, **graphs: Sequence[str]) -> bytes:
        self.asked += 1
        return self.store.answer(query, media_type, **graphs)


@pytest.mark.parametrize(
    "path",
    [f"/why/{FEDKSEED}?property=venue&value=venue/icml", f"/why/{FEDPFT}", f"/{PAPER}.html"],
)
def test_a_page_asks_little_however_many_entries_there_are(store: Engine, path: str) -> None:
    """Each query takes about a millisecond, and nobody should wait for a reason."""
    counting = Counting(store)
    assert create_app(counting).test_client().get(path).status_code == 200
    assert counting.asked <= 13


def test_the_script_is_ours_and_the_page_says_all_without_it(five: Site) -> None:
    """A module from this host: the policy of pages allows no script in a page."""
    page = five.ask(f"/{PAPER}.html").body.decode()
    assert '<script type="module" src="/static/why.js"></script>' in page
    script = five.ask("/static/why.js")
    assert (script.status, script.media_type) == (200, "text/javascript")
