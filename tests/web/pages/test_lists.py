"""The page of a list, beside what the graph says of the list."""

import re

import pytest

from fedkg.model import FINDING_KINDS, Severity
from fedkg.namespaces import PREAMBLE
from fedkg.search.catalogue import Catalogue
from fedkg.store.engine import Engine
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import create_app
from fedkg.web.pages.lists import ENTRIES, MOST_FINDINGS, ListPage, read_list

from ..conftest import Site
from .conftest import BASE

LISTS = ("fed-reasoning", "fedllm", "fm-fl")
ALIKE = """SELECT (COUNT(DISTINCT ?paper) AS ?both) (COUNT(DISTINCT ?same) AS ?alike) {{
  ?one fkg:describes ?paper ; fkg:inList <{one}> ; {states} ?first .
  ?other fkg:describes ?paper ; fkg:inList <{other}> ; {states} ?second .
  BIND (IF(?first = ?second, ?paper, 1/0) AS ?same)
}}"""
SHARED = """SELECT (COUNT(DISTINCT ?paper) AS ?both) {{
  ?one fkg:describes ?paper ; fkg:inList <{one}> . ?two fkg:describes ?paper ; fkg:inList <{other}>
}}"""
FOUND = """SELECT ?kind (COUNT(DISTINCT ?finding) AS ?number) {{
  ?finding fkg:findingKind ?kind ; fkg:about ?about
  FILTER (?about = <{one}> || EXISTS {{ ?about fkg:inList <{one}> }})
}} GROUP BY ?kind"""
ONLY = """SELECT (COUNT(DISTINCT ?paper) AS ?number) {{
  ?entry fkg:describes ?paper ; fkg:inList <{one}>
  FILTER NOT EXISTS {{ ?other fkg:describes ?paper ; fkg:inList ?list FILTER (?list != <{one}>) }}
}}"""
STANDING = "SELECT ?entry {{ ?entry fkg:inList <{one}> ; fkg:line ?line }} ORDER BY ?line ?entry"


def asked(store: Engine, query: str, **names: str) -> list[tuple[str, ...]]:
    rows = store.select(PREAMBLE + query.format(**names)).rows
    return [tuple(one.value for one in row if one is not None) for row in rows]


def page_of(store: Engine, catalogue: Catalogue, slug: str, page: int = 1) -> ListPage:
    found = read_list(store, catalogue, Addresses(), f"list/{slug}", page)
    assert found is not None
    return found


def test_a_list_stands_beside_each_other_one(store: Engine, catalogue: Catalogue) -> None:
    """The papers of both, and how many of those get the same year and the same venue."""
    found = page_of(store, catalogue, "fedllm")
    assert len(found.beside) == len(catalogue.lists) - 1
    for one in found.beside:
        pair = {"one": f"{BASE}list/fedllm", "other": BASE + one.path}
        assert [(str(one.shared),)] == asked(store, SHARED, **pair)
        for states, (alike, both) in (
            ("fkg:statesYear", one.years),
            ("fkg:statesVenue", one.venues),
        ):
            counted = asked(store, ALIKE, **pair, states=states)
            assert counted == [(str(both), str(alike))], (one.path, states)
    assert any(one.years[1] for one in found.beside)


@pytest.mark.parametrize("slug", LISTS)
def test_what_was_found_is_counted_by_kind(store: Engine, catalogue: Catalogue, slug: str) -> None:
    """Errors first, and the first of them are shown with their lines."""
    found = page_of(store, catalogue, slug)
    counted = dict(asked(store, FOUND, one=f"{BASE}list/{slug}"))
    assert {one.kind: str(one.number) for one in found.kinds} == counted
    total = sum(one.number for one in found.kinds)
    assert len({one.iri for one in found.findings}) == len(found.findings)
    assert len(found.findings) == min(total, MOST_FINDINGS)
    gravity = list(Severity)
    shown = [gravity.index(Severity(one.severity)) for one in found.findings]
    assert shown == sorted(shown)
    assert all(one.kind in FINDING_KINDS and one.sentence for one in found.findings)


@pytest.mark.parametrize("slug", LISTS)
def test_papers_of_no_other_list_are_counted(
    store: Engine, catalogue: Catalogue, slug: str
) -> None:
    """They are what a list has found that nobody else has."""
    found = page_of(store, catalogue, slug)
    assert asked(store, ONLY, one=f"{BASE}list/{slug}") == [(str(found.only_here),)]


@pytest.mark.parametrize("slug", LISTS)
def test_every_entry_is_on_one_page(store: Engine, catalogue: Catalogue, slug: str) -> None:
    """In the order of the list."""
    pages = [page_of(store, catalogue, slug)]
    pages += [page_of(store, catalogue, slug, at) for at in range(2, pages[0].pages + 1)]
    assert all(len(one.entries) == ENTRIES for one in pages[:-1])
    entries = [entry for one in pages for entry in one.entries]
    assert [(one.iri,) for one in entries] == asked(store, STANDING, one=f"{BASE}list/{slug}")
    assert len(entries) == pages[0].figures.entries
    assert len({one.paper for one in entries if one.paper}) == pages[0].figures.papers


def test_a_page_beyond_the_last_leads_back(five: Site) -> None:
    """As does one of an odd number; what is no list is not there."""
    text = five.ask("/list/fedllm.html?page=999").body.decode()
    assert "There are none on this page" in text
    assert 'href="/list/fedllm.html#entries"' in text
    for odd in ("-1", "0", "x", "1e9", "%00", "9" * 5000):
        first = five.ask(f"/list/fedllm.html?page={odd}")
        assert (first.status, b"Page 1 of" in first.body) == (200, True), odd
    assert five.ask("/list/nothing.html").status == 404


def test_a_list_without_an_index_is_a_plain_page(store: Engine) -> None:
    """While what is opened is still being counted."""
    text = create_app(store).test_client().get("/list/fedllm.html").text
    assert re.search(r"<h1>.*?</h1>", text, re.DOTALL)
    assert "Beside the other lists" not in text
