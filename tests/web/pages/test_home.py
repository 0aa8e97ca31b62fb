"""The first page: figures, charts, the newest papers, and questions with their answers."""

import re

import pytest
from flask.testing import FlaskClient
from lxml import html

from fedkg.search.answers import QUESTIONS
from fedkg.search.catalogue import Catalogue
from fedkg.store.engine import Engine
from fedkg.web.pages.app import create_app
from fedkg.web.pages.home import Edition

from ..conftest import Site


@pytest.fixture(scope="module")
def page(store: Engine, five_list_graph) -> html.HtmlElement:
    """The first page of the five lists."""
    search = five_list_graph / "current" / "search.sqlite"
    edition = Edition("c" * 64, "2026-11-01")
    client: FlaskClient = create_app(store, edition, search=search).test_client()
    return html.fromstring(client.get("/").text)


def texts(page: html.HtmlElement, xpath: str) -> list[str]:
    return [re.sub(r"\s+", " ", one.text_content()).strip() for one in page.xpath(xpath)]


def test_the_chart_of_years_shows_every_year_and_says_of_how_many_papers(
    page: html.HtmlElement, catalogue: Catalogue
) -> None:
    """Each column is named, and leads to its papers."""
    columns = page.xpath("//*[local-name()='svg'][@aria-label='Papers per year']/*[@href]")
    shown = {one.get("aria-label") for one in columns}
    years = catalogue.tally("year", catalogue.all)
    assert shown == {f"{one.name}: {one.papers} papers" for one in years}
    dated = catalogue.stating("year").bit_count()
    assert f"The year is known of {dated} of {catalogue.size} papers." in texts(page, "//p")


def test_the_newest_papers_come_first(page: html.HtmlElement, catalogue: Catalogue) -> None:
    """By year and month."""
    table = page.xpath("//h2[.='The newest papers']/following::table[1]")[0]
    dates = texts(table, ".//td[@class='year']")
    assert len(dates) == 5
    assert dates == sorted(dates, reverse=True)
    first = catalogue.page(catalogue.all, "newest", 0, 1)[0]
    assert table.xpath(".//th/a/@href")[0] == f"/{first}"


def test_questions_have_their_answers_with_denominators(page: html.HtmlElement) -> None:
    """As the query files give them: rows with links, and of how many papers that can be said."""
    answers = page.xpath("//section[@class='example']")
    assert len(answers) == len(QUESTIONS)
    for answer in answers:
        assert answer.xpath(".//tbody/tr")
        assert answer.xpath(".//a[contains(@href, '/sparql?example=')]")
    first = re.sub(r"\s+", " ", answers[0].text_content())
    assert "GSM8K" in first
    assert "35 of 215 papers" in first
    assert answers[0].xpath(".//tbody/tr[1]/td[1]/a[starts-with(@href, '/paper/')]")


def test_a_build_can_be_cited(page: html.HtmlElement) -> None:
    """By its id and its day; each list tells its licence."""
    (cited,) = [one for one in texts(page, "//p") if "fedkg contributors" in one]
    assert "(2026)" in cited
    assert "cccccccccccc of 2026-11-01" in cited
    licences = texts(page, "//h2[.='The lists']/following::table[1]//tbody/tr/td[3]")
    assert len(licences) == 5
    assert set(licences) >= {"MIT", "unknown"}


def test_questions_without_answers_are_still_questions(store: Engine) -> None:
    """A large graph is served before they are answered."""
    text = create_app(store).test_client().get("/").text
    assert "Which papers used a dataset" in text
    assert "still being counted" in text


def test_a_server_shows_the_answers_from_its_first_answer_on(five: Site) -> None:
    """A build brings them with it."""
    assert "35 of 215 papers state what it takes" in five.ask("/").body.decode()


def test_rdf_files_are_asked_the_questions(site: Site) -> None:
    """When they are opened."""
    text = site.ask("/").body.decode()
    assert "only 3 of 5 papers state what it takes" in text
    assert "All rows" in text
