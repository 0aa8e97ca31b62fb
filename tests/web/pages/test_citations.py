"""The citations on the page of a paper: what is known, counted, and out of how many."""

import pytest
from lxml import html

from fedkg.web.pages import citations

PREFIXES = """
@base <https://w3id.org/fedkg/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
"""
PAPERS = """
<paper/a> a fkg:Paper ; fkg:listed true ; dcterms:title "A" ; fkg:referencesKnown fkg:Whole ;
  cito:cites <paper/c>, <paper/d> .
<paper/b> a fkg:Paper ; fkg:listed true ; dcterms:title "B" ; fkg:referencesKnown fkg:Partly ;
  cito:cites <paper/c>, <paper/d>, <paper/e> .
<paper/c> a fkg:Paper ; fkg:listed true ; dcterms:title "C" ; fkg:year 2020 .
<paper/d> a fkg:Paper ; fkg:listed false ; dcterms:title "D" .
<paper/e> a fkg:Paper ; fkg:listed true ; dcterms:title "E" .
"""


def rows(client, path):
    """Return the rows of the table of citations by their first word."""
    page = html.fromstring(client.get(f"/{path}.html").text)
    found = page.xpath("//h2[.='Citations']/following::table[1]//tr")
    for hidden in page.xpath("//a[@class='why']"):
        hidden.drop_tree()
    cells = [" ".join(one.text_content().split()) for row in found for one in row]
    return dict(zip(cells[::2], cells[1::2], strict=True))


@pytest.fixture(scope="module")
def client(pages_over):
    return pages_over(PREFIXES + PAPERS)


def test_what_to_read_before_comes_with_how_often_it_is_cited(client):
    """What no list has is marked."""
    cites = rows(client, "paper/b")["Citesread before, the most cited first"]

    assert cites == "D (on no list, cited by 2) , C (cited by 2) , E (cited by 1)"


def test_what_goes_with_a_paper_is_counted(client):
    """By those that cite both, and by what both cite."""
    assert rows(client, "paper/c")["Cited together with"] == "D (on no list, by 2), E (by 1)"
    assert rows(client, "paper/a")["Shares references with"] == "B (sharing 2)"


def test_the_papers_that_cite_it_are_counted(client):
    """One is one."""
    assert rows(client, "paper/c")["Cited by2 listed papers"] == "A , B"
    assert rows(client, "paper/e")["Cited by1 listed paper"] == "B"


def test_nothing_known_is_said_to_be_that(client):
    """Of how many papers it is known stands above."""
    found = rows(client, "paper/c")

    assert found["Shares references with"] == "no paper of this graph, as far as is known"
    assert "reference lists of 2 of 4 listed papers" in client.get("/paper/c.html").text


def test_what_takes_too_long_is_left_to_the_command(client, monkeypatch):
    """With the command; what it cites is there without numbers."""
    monkeypatch.setattr(citations, "_REACH", 2)

    assert "fedkg network co-citation c does" in rows(client, "paper/c")["Cited together with"]
    found = rows(client, "paper/b")
    assert "fedkg network coupling b does" in found["Shares references with"]
    assert found["Citesread before, the most cited first"] == "D (on no list) , E , C"


def test_a_paper_that_very_many_cite_names_some_of_them(client, monkeypatch):
    """And counts on, up to a number."""
    monkeypatch.setattr(citations, "_MOST_CITING", 1)
    assert rows(client, "paper/c")["Cited by2 listed papers"] == "A and more"

    monkeypatch.setattr(citations, "_MOST_COUNTED", 1)
    assert "Cited by1 or more listed paper" in rows(client, "paper/c")
