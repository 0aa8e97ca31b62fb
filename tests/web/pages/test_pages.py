"""Tests for the pages, asked over HTTP."""

import re

import pytest

from ..conftest import BUILD_ID, Site


def test_the_first_page_shows_figures_with_their_denominators(site: Site) -> None:
    """A paper that is only cited is none of the listed ones."""
    page = site.ask("/").body.decode()
    assert "<strong>5</strong> papers" in page
    assert re.search(r'datasets</th><td class="number">3</td><td>3 of 5 papers', page)
    assert re.search(r'people</th><td class="number">8</td><td>4 of 5 papers', page)
    assert re.search(r'code repositories</th><td class="number">1</td><td>1 of 5 papers', page)


def test_the_lists_are_shown_with_entries_and_papers(site: Site) -> None:
    """An entry that is no paper counts as an entry only; a licence unknown says so."""
    page = site.ask("/").body.decode()
    row = re.search(r"Awesome &lt;FM&gt; &amp; FL(?:</bdi>)?</th>(.*?)</tr>", page)
    assert row is not None
    assert re.findall(r">(\w+)</td>", row[1]) == ["2", "1", "MIT"]
    assert "unknown</td>" in page


def test_text_of_a_list_is_never_markup_and_only_web_addresses_are_links(site: Site) -> None:
    """List text is hostile: it is escaped, and `javascript:` is no link."""
    page = site.ask("/").body.decode()
    assert "<FM>" not in page
    assert "javascript:" not in page
    assert 'href="https://github.com/Clin0212/Awesome-Federated-LLM-Learning"' in page


def test_example_queries_are_links_to_the_form(site: Site) -> None:
    """Every link of the page answers with a page."""
    page = site.ask("/").body.decode()
    links = re.findall(r'href="(/sparql\?example=[\w-]+)"', page)
    assert len(links) >= 12
    for link in links:
        assert site.ask(link, headers={"Accept": "text/html"}).status == 200


@pytest.mark.parametrize("path", ["/", "/sparql", "/nowhere"])
def test_pages_load_nothing_from_elsewhere(site: Site, path: str) -> None:
    """Every style, script and image is our own, and the policy of the page says so."""
    answer = site.ask(path, headers={"Accept": "text/html"})
    page = answer.body.decode()
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-fedkg-build"] == BUILD_ID
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    loaded = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', page)
    assert loaded
    assert all(site.ask(address).status == 200 for address in loaded if address.startswith("/"))
    assert all(address.startswith("/static/") for address in loaded)


def test_a_page_that_is_not_there_is_404_as_a_page_or_as_a_problem(site: Site) -> None:
    """By Accept; what was asked for is escaped."""
    page = site.ask("/%3Cscript%3E", headers={"Accept": "text/html"})
    assert (page.status, page.media_type) == (404, "text/html")
    assert b"<script>" not in page.body
    problem = site.ask("/nowhere")
    assert (problem.status, problem.media_type) == (404, "application/problem+json")
    assert problem.json()["detail"].startswith("There is nothing at /nowhere")


def test_a_method_that_a_page_has_not_is_405(site: Site) -> None:
    """With the methods that it has."""
    answer = site.ask("/", method="POST", body=b"")
    assert (answer.status, answer.media_type) == (405, "application/problem+json")
    assert "GET" in answer.headers["allow"]


def test_health_says_which_build_is_served(site: Site) -> None:
    """For whoever watches the server."""
    assert site.ask("/health").json() == {
        "build": BUILD_ID,
        "ready": True,
        "status": "ok",
    }
