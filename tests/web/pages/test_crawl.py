"""Every page of the graph of the five lists, and every link on them."""

import re
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import fedkg.web
from fedkg.store.engine import Engine
from fedkg.web.pages.app import create_app

from ..conftest import Site
from .conftest import BASE, FORMS

LINK = re.compile(r"""\s(?:href|src|action)="([^"]*)\"""")
ELSEWHERE = ("http://", "https://")
VIEWS = ("/browse", "/matrix")  # each leads to more of them than can be counted: only those that
# another page leads to are asked
ENDPOINTS = ("/sparql",)  # what the pages link to and the server answers beside them
STATIC = Path(fedkg.web.__file__).parent / "static"
MOST_BYTES = 200_000 - sum(file.stat().st_size for file in STATIC.iterdir())
"""What a page may have beside our own styles, scripts and pictures."""


@pytest.fixture(scope="module")
def client(store: Engine, five_list_graph) -> FlaskClient:
    """The pages of the five lists."""
    return create_app(store, search=five_list_graph / "current" / "search.sqlite").test_client()


def things(store: Engine) -> list[str]:
    """Return the paths of all things of the graph that have a page of their own."""
    query = f"""SELECT DISTINCT ?thing WHERE {{
        ?thing ?p ?o FILTER (STRSTARTS(STR(?thing), "{BASE}"))
        FILTER (!STRSTARTS(STR(?thing), "{BASE}ontology")) }} ORDER BY ?thing"""
    rows = store.select(query).rows
    return [thing.value.removeprefix(BASE) for (thing,) in rows if thing is not None]


def links(page: str) -> Iterator[str]:
    """Yield the links of a page without their fragments."""
    for link in LINK.findall(page):
        yield unescape(link).partition("#")[0]


def test_every_page_is_small_and_every_link_leads_somewhere(
    client: FlaskClient, five: Site, store: Engine
) -> None:
    """All things have a page, by way of redirects; no link of this host is broken."""
    found = things(store)
    assert len(found) > 4000
    forms = {f"/{path}.{name}" for path in found for name in FORMS}  # asked by class, elsewhere
    wrong: list[str] = []
    asked: set[str] = set()
    waiting = {f"/{path}" for path in found} | {"/", "/search?q=federated", "/ontology.html"}
    while waiting:
        link = waiting.pop()
        asked.add(link)
        if link.startswith(ENDPOINTS):
            assert five.ask(link, headers={"Accept": "text/html"}).status == HTTPStatus.OK, link
            continue
        with client.get(link, headers={"Accept": "text/html"}) as answer:
            content = answer.data
        if answer.status_code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.SEE_OTHER}:
            waiting |= {answer.headers["Location"]} - asked
        elif answer.status_code not in {HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES}:
            wrong.append(f"{link} is {answer.status}")
        elif answer.mimetype == "text/html":
            if len(content) > MOST_BYTES:
                wrong.append(f"{link} has {len(content)} bytes")
            next_ones = {one for one in links(content.decode()) if one} - asked - forms
            if link.startswith(VIEWS):
                next_ones = {one for one in next_ones if not one.startswith(VIEWS)}
            waiting |= {one for one in next_ones if one.startswith("/")}
            wrong += [
                f"{one} on {link}" for one in next_ones if not one.startswith(("/", *ELSEWHERE))
            ]
    assert wrong == []
    assert len(asked) > len(found)
