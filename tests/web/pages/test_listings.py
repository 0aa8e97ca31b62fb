"""The entries of a paper side by side, and what was found about them."""

import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from fedkg.store.engine import Engine
from fedkg.web.pages.listings import Comparison, Row, read_comparison, read_findings

from ..conftest import Site
from .conftest import BASE, PAPER

PREAMBLE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/fedkg/> .
<list/l> dcterms:title "A List" .
<venue/icml> skos:prefLabel "ICML" .
<venue/arxiv> skos:prefLabel "arXiv" .
"""

Compared = Callable[..., Comparison]


def graph_of(turtle: str) -> Engine:
    graph = ox.Store()
    graph.load((PREAMBLE + turtle).encode(), ox.RdfFormat.TURTLE)
    return Engine(graph)


@pytest.fixture
def compared() -> Compared:
    """Return `compared(*entries)`: entries, as what they state in Turtle, side by side."""

    def compare(*entries: str) -> Comparison:
        turtle = "".join(
            f"<entry/l/{line}> fkg:describes <paper/a> ; fkg:inList <list/l> ; fkg:line {line} ;"
            f" fkg:titleAsListed 'A' ; {said} .\n"
            for line, said in enumerate(entries, 1)
        )
        return read_comparison(graph_of(turtle), f"{BASE}paper/a")

    return compare


def row(comparison: Comparison, noun: str) -> Row:
    (found,) = (one for one in comparison.rows if one.noun == noun)
    return found


def test_entries_stand_side_by_side_in_the_words_of_their_lists(store: Engine) -> None:
    """FedKSeed in five lists: by list and line, with all headings above it."""
    found = read_comparison(store, BASE + PAPER)
    assert len(found.columns) == 5
    first = found.columns[0]
    assert (first.title, first.line) == ("Awesome Fed Reasoning in Large Language Models", "48")
    assert first.headings == ("Training Signal from Raw Data", "Federated Supervised Pre-Training")
    words = [cell.words for cell in row(found, "venue").cells]
    assert words.count(("ICML",)) == 2
    assert words.count(("ArXiv 2024",)) == 2
    assert words.count(()) == 1


def test_a_row_differs_by_what_is_stated_and_not_by_how_it_is_written(store: Engine) -> None:
    """“Jul 2024” is 2024-07, a DOI of arXiv is its number; ICML is not arXiv."""
    found = read_comparison(store, BASE + PAPER)
    differing = {one.noun for one in found.rows if one.differs}
    assert differing == {"title", "venue"}
    assert {words for cell in row(found, "date").cells for words in cell.words} == {
        "Jul 2024",
        "2024-07",
    }


def test_what_words_were_read_as_stands_by_them_where_they_differ(store: Engine) -> None:
    """A link alone states the preprint server; where all agree, the words do."""
    found = read_comparison(store, BASE + PAPER)
    read = {cell.words: cell.read for cell in row(found, "venue").cells}
    assert read[()] == ("arXiv",)
    assert set(read[("ICML",)]) <= {"ICML", "arXiv"}
    assert all(cell.read == () for cell in row(found, "date").cells)


@pytest.mark.parametrize(
    ("noun", "first", "second", "differs"),
    [
        ("title", 'fkg:statesTitle "Fed-A: b"', 'fkg:statesTitle "FED A b"', False),
        ("title", 'fkg:statesTitle "Fed A"', 'fkg:statesTitle "Fed B"', True),
        ("venue", "fkg:statesVenue <venue/icml>", "fkg:statesVenue <venue/arxiv>", True),
        (
            "venue",
            "fkg:statesVenue <venue/icml>",
            "fkg:statesVenue <venue/icml>, <venue/arxiv>",
            False,
        ),
        ("date", "fkg:statesYear 2023", "fkg:statesYear 2024", True),
        ("link", 'fkg:statesIdentifier "arxiv:1"', 'fkg:statesIdentifier "doi:1"', False),
        ("link", 'fkg:statesIdentifier "arxiv:1"', 'fkg:statesIdentifier "arxiv:2"', True),
        ("authors", "fkg:statesAuthor <person/a>", "fkg:statesAuthor <person/a>, <person/b>", True),
        ("datasets", "fkg:statesDataset <dataset/a>", 'fkg:venueAsListed "ICML"', False),
    ],
)
def test_which_entries_disagree(
    compared: Compared, noun: str, first: str, second: str, differs: bool
) -> None:
    """Silence agrees with all; of a place one in common is enough, of authors all count."""
    found = compared(first, second)
    assert [one.noun for one in found.rows if one.differs] == ([noun] if differs else [])


def test_an_entry_alone_differs_from_nothing(compared: Compared) -> None:
    """Whatever it states, there is one column."""
    found = compared('fkg:statesVenue <venue/icml>, <venue/arxiv> ; fkg:venueAsListed "ICML"')
    assert len(found.columns) == 1
    assert not any(one.differs for one in found.rows)


def test_findings_come_by_gravity_with_the_entries_that_they_are_about() -> None:
    """About the paper, or about an entry of it; those of other papers are left out."""
    graph = graph_of("""
        <entry/l/1> fkg:describes <paper/a> .
        <finding/x/1> a fkg:Finding ; fkg:findingKind "mojibake" ; fkg:severity "info" ;
            rdfs:comment "It is garbled." ; fkg:about <entry/l/1>, <paper/a> .
        <finding/x/2> a fkg:Finding ; fkg:findingKind "venue-conflict" ; fkg:severity "error" ;
            rdfs:comment "Two places." ; fkg:about <paper/a> .
        <finding/x/3> a fkg:Finding ; fkg:findingKind "mojibake" ; fkg:severity "error" ;
            rdfs:comment "Of another." ; fkg:about <paper/b> .""")
    found = read_findings(graph, f"{BASE}paper/a")
    assert [(one.sentence, one.entries) for one in found] == [
        ("Two places.", ()),
        ("It is garbled.", (f"{BASE}entry/l/1",)),
    ]


def test_the_page_says_in_words_which_rows_differ(five: Site) -> None:
    """In a region that a keyboard can scroll, since five columns are wide."""
    page = five.ask(f"/{PAPER}.html").body.decode()
    assert '<th scope="row">venue <strong class="differs">differs</strong></th>' in page
    assert '<th scope="row">date</th>' in page
    (region,) = re.findall(r'<div class="wide compared"[^>]*>', page)
    assert 'role="region"' in region
    assert 'tabindex="0"' in region
    assert 'aria-labelledby="listed"' in region
    assert 'id="listed"' in page
    assert re.search(r'<a href="/why/arxiv-2312\.06353">Why are these one paper\?</a>', page)


def test_the_page_shows_what_was_found_doubtful(five: Site) -> None:
    """Kind, severity, sentence, and the entries that it is about."""
    page = five.ask(f"/{PAPER}.html").body.decode()
    finding = re.search(
        r'<a href="/finding/year-contradicts-id/[^"]+">year-contradicts-id</a> \(warning\): '
        r"<bdi>(.*?)</bdi>.*?line (\d+)</a>",
        page,
        re.DOTALL,
    )
    assert finding is not None
    assert "arXiv:2312.06353 is of December 2023" in finding[1]
    assert finding[2] in {"69", "253"}


def test_a_paper_that_is_listed_once_has_a_table_of_two_columns(five: Site, store: Engine) -> None:
    """Nothing to compare, so nothing is said of differences."""
    rows = store.select("""PREFIX fkg: <https://w3id.org/fedkg/ontology#>
        SELECT ?paper WHERE { ?entry fkg:describes ?paper ; fkg:inList ?list }
        GROUP BY ?paper HAVING (COUNT(?entry) = 1) ORDER BY ?paper LIMIT 1""").rows
    ((paper,),) = rows
    assert paper is not None
    page = five.ask(f"/{paper.value.removeprefix(BASE)}.html").body.decode()
    table = page.partition('<div class="wide compared"')[2].partition("</table>")[0]
    assert table.count('<th scope="col">') == 1
    assert "differs" not in page.partition("<main")[2].partition("</main>")[0]
    assert "What was decided about this entry?" in page
