"""The pages of people."""

import re
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from fedkg.model import Rows
from fedkg.namespaces import PREAMBLE
from fedkg.store.engine import Engine
from fedkg.web.pages.app import create_app
from fedkg.web.pages.people import (
    MOST_CO_AUTHORS,
    MOST_PAPERS,
    PersonPage,
    ordinal,
    read_person,
)

from ..conftest import Site
from .conftest import BASE
from .crowd import PERSON, crowd

YALIANG_LI = f"{BASE}person/yaliang-li"
KNOWN = """
@base <https://w3id.org/fedkg/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<person/yang-liu-tsinghua> foaf:name "Yang Liu" ; skos:altLabel "刘洋" ;
    fkg:orcid "0000-0002-1825-0097" ; fkg:identityBasis fkg:Curated .
<person/yang-liu> foaf:name "Liu Yang" ; skos:altLabel "Yang Liu" ; fkg:orcid "0000\\"><script>" .
<paper/alone> dcterms:title "Alone" ; dcterms:creator <person/yang-liu> ; fkg:listed true .
<paper/cited> dcterms:title "Only cited" ; dcterms:creator <person/yang-liu> ; fkg:listed false .
"""


def client_of(store: ox.Store) -> FlaskClient:
    return create_app(Engine(store)).test_client()


def page_of(store: ox.Store, path: str = PERSON) -> str:
    return client_of(store).get(f"/{path}.html").text


def svg_of(page: str) -> ElementTree.Element:
    """Return the drawing of a page, which is well-formed XML too."""
    found = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert found is not None
    return ElementTree.fromstring(found[0])


@pytest.fixture(scope="module")
def known() -> FlaskClient:
    """Pages of two people of one name."""
    store = ox.Store()
    store.load(KNOWN.encode(), ox.RdfFormat.TURTLE)
    return client_of(store)


@pytest.fixture(scope="module")
def yaliang_li(store: Engine) -> PersonPage:
    return read_person(store, YALIANG_LI)


@pytest.fixture(scope="module")
def crowded() -> str:
    """The page of a person with 60 papers and 213 co-authors."""
    return page_of(crowd())


def test_co_authors_come_by_papers_together(store: Engine, yaliang_li: PersonPage) -> None:
    """As many as the graph says, each with the first and the last year of them."""
    first = yaliang_li.company.first
    assert len(first) == yaliang_li.company.number
    assert [one.papers for one in first] == sorted((one.papers for one in first), reverse=True)
    rows = store.select(f"""{PREAMBLE}
        SELECT ?other (COUNT(DISTINCT ?paper) AS ?n) (MIN(?year) AS ?from) (MAX(?year) AS ?to) {{
          ?paper fkg:listed true ; dcterms:creator <{YALIANG_LI}> , ?other
          OPTIONAL {{ ?paper fkg:year ?year }}
          FILTER (?other != <{YALIANG_LI}>)
        }} GROUP BY ?other""").rows
    assert {(one.iri, str(one.papers), str(one.first), str(one.last)) for one in first} == {
        tuple(term.value if term else "None" for term in row) for row in rows
    }


def test_a_paper_tells_the_persons_place_among_its_authors(yaliang_li: PersonPage) -> None:
    """As the graph has it: FederatedScope-LLM has ten authors."""
    places = {one.iri.removeprefix(f"{BASE}paper/"): one.place for one in yaliang_li.papers}
    assert places["arxiv-2309.00363"] == "8th of 10"
    assert places["arxiv-2312.06353"] == "5th of 6"
    assert [one.year for one in yaliang_li.papers] == sorted(
        (one.year for one in yaliang_li.papers if one.year), reverse=True
    )


def test_techniques_over_time_add_up(yaliang_li: PersonPage) -> None:
    """Each row to its papers, and no technique to more papers than state any."""
    techniques = yaliang_li.techniques
    assert techniques.ranking.stating <= yaliang_li.number
    assert techniques.ranking.first[0].papers > 1
    for one, counts in zip(techniques.ranking.first, techniques.counts, strict=True):
        assert sum(counts) == one.papers <= techniques.ranking.stating
        assert len(counts) == len(techniques.columns)


def test_every_ranking_says_how_many_papers_state_it(five: Site, yaliang_li: PersonPage) -> None:
    """A list that is silent of datasets says nothing of them."""
    page = five.ask("/person/yaliang-li.html").body.decode()
    said = re.findall(r"Stated of (\d+) of (\d+) papers", page)
    rankings = [yaliang_li.techniques.ranking, *(one for _, one in yaliang_li.rankings)]
    assert said == [(str(one.stating), str(yaliang_li.number)) for one in rankings]
    assert {one.stating for one in rankings} > {yaliang_li.number}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("person/yaliang-li", "Known by name alone"),
        ("person/victor-s-sheng", "because co-authors agree"),
        ("person/victor-s-sheng", "Also spelled <bdi>Victor Sheng</bdi>"),
        ("person/yang-liu", "the name may be several people&#39;s"),
        ("person/yang-liu", 'href="/finding/possible-homonym/'),
    ],
)
def test_a_page_says_how_sure_it_is_who_somebody_is(five: Site, path: str, words: str) -> None:
    """In words, with the finding where the name may be several people's."""
    assert words in five.ask(f"/{path}.html").body.decode()


def test_namesakes_and_identifiers_are_shown(known: FlaskClient) -> None:
    """Each of two people of one name leads to the other, also under a second spelling."""
    page = known.get("/person/yang-liu-tsinghua.html").text
    assert "Somebody has decided" in page
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in page
    assert 'href="/person/yang-liu"><bdi>Liu Yang</bdi>' in page
    assert "No listed paper is known" in page
    other = known.get("/person/yang-liu.html").text
    assert 'href="/person/yang-liu-tsinghua"' in other
    assert "orcid.org" not in other
    assert "grounds" in other


def test_who_writes_alone_has_no_drawing(known: FlaskClient) -> None:
    """And a paper that is only cited is none of the papers."""
    page = known.get("/person/yang-liu.html").text
    assert "No co-author is stated." in page
    assert "<strong>1</strong> paper\n" in page.replace("</p>", "\n")
    assert "<svg" not in page
    shown, _, _ = page.partition("<details>")
    assert "Only cited" not in shown


def test_a_single_paper_makes_a_whole_page() -> None:
    """With one co-author, in every part of the page."""
    page = page_of(crowd(papers=1, others=1))
    assert "Stated of 0 of 1 paper." in page
    assert "On 1 of 1 paper others are stated" in page
    assert len(svg_of(page).findall("a")) == 1


def test_a_crowd_is_cut_and_the_page_says_so(crowded: str) -> None:
    """What is left out is counted, and the page stays small."""
    assert f"the first {MOST_CO_AUTHORS} of 213 people" in crowded
    assert "The first 12 of 213" in crowded
    assert "before 2015" in crowded
    assert re.search(r"Stated of 48 of 60 papers; the first 20 of \d+\.", crowded)
    assert len(crowded.encode()) < 100_000
    largest = page_of(crowd(papers=400, others=900))
    assert f"The newest {MOST_PAPERS} of 400" in largest
    assert len(largest.encode()) < 200_000


def test_the_drawing_shows_nothing_that_the_table_does_not_tell(crowded: str) -> None:
    """Its links are those of the first rows, and its lines are told in words."""
    svg = svg_of(crowded)
    table = re.findall(r'<th scope="row"><a href="(/person/[^"]+)"', crowded)
    assert [one.get("href") for one in svg.findall("a")] == table[:12]
    ties = [one for one in svg.findall("line") if one.get("class") == "tie"]
    told = re.search(r"whoever else wrote them.*?</ul>", crowded, re.DOTALL)
    assert told is not None
    assert len(ties) == told[0].count("<li>") > 10


def test_the_drawing_has_a_title_and_a_description(crowded: str) -> None:
    """For who does not see it; a group, since it holds links."""
    svg = svg_of(crowded)
    assert svg.get("role") == "group"
    ids = {one.get("id") for one in (svg.find("title"), svg.find("desc")) if one is not None}
    assert ids == set((svg.get("aria-labelledby") or "").split())


def test_words_are_words_in_every_part_of_a_page() -> None:
    """A hostile name of the person and of others; styles are none of the page's own."""
    page = page_of(crowd(name="</title></svg><script>alert(1)</script>"))
    assert re.findall("<script[^>]*>", page) == [
        '<script type="module" src="/static/search.js">',
        '<script type="module" src="/static/why.js">',
        '<script type="application/ld+json">',
    ]
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", page)
    assert "<b onclick" not in page
    assert svg_of(page) is not None


def test_a_page_asks_as_many_questions_for_many_papers_as_for_few() -> None:
    """So that it costs what its papers cost, and no query for each of them."""

    class Counting(Engine):
        asked = 0

        def select(self, query: str) -> Rows:
            self.asked += 1
            return super().select(query)

    few, many = Counting(crowd(papers=2)), Counting(crowd(papers=60))
    for store in (few, many):
        read_person(store, f"{BASE}{PERSON}")
    assert few.asked == many.asked < 10


@pytest.mark.parametrize(
    ("number", "place"),
    [
        *[(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")],
        *[(13, "13th"), (21, "21st"), (102, "102nd"), (111, "111th"), (1013, "1013th")],
    ],
)
def test_places_are_told_as_people_say_them(number: int, place: str) -> None:
    """Eleventh to thirteenth are not like first to third."""
    assert ordinal(number) == place
