"""Where the site is: links below its root, while IRIs stay what was published."""

import re

import pytest
from flask.testing import FlaskClient

from fedkg.store.engine import Engine
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import create_app

from .conftest import BASE, PAPER

LINK = re.compile(r'(?:href|action|src)="(/[^"]*)"')


@pytest.fixture(scope="module")
def client(store: Engine) -> FlaskClient:
    """The pages of the five lists, below a path of their host."""
    return create_app(store, addresses=Addresses(root="/kg")).test_client()


@pytest.mark.parametrize(
    "path",
    ["", "search?q=lora", "ontology.html", f"{PAPER}.html", "dataset/gsm8k.html"],
)
def test_every_link_of_this_host_is_below_the_root(client: FlaskClient, path: str) -> None:
    """A proxy that serves other things too gets no link to them."""
    links = LINK.findall(client.get(f"/{path}").text)
    assert links
    assert [link for link in links if not link.startswith("/kg/")] == []


def test_redirects_lead_below_the_root_and_the_canonical_iri_stays(client: FlaskClient) -> None:
    """The IRI of a thing is what was published, wherever it is served."""
    sent = client.get(f"/{PAPER}", headers={"Accept": "text/turtle"})
    assert sent.headers["Location"] == f"/kg/{PAPER}.ttl"
    assert f'<{BASE}{PAPER}>; rel="canonical"' in sent.headers["Link"]
    assert f"<{BASE}{PAPER}>" in client.get(f"/{PAPER}.ttl").text
    assert client.get("/arxiv/2312.06353").headers["Location"] == f"/kg/{PAPER}"


def test_a_link_takes_what_is_asked_and_leaves_out_what_is_not() -> None:
    """Parameters that are None or empty are none."""
    addresses = Addresses("https://example.org/", "/kg")
    assert addresses.href("search", q="a b&c", kind="", page=None) == "/kg/search?q=a+b%26c"
    assert addresses.link("https://example.org/paper/ä") == "/kg/paper/%C3%A4"
    assert addresses.link("https://example.org/elsewhere/x") is None
    assert addresses.link("https://example.com/paper/x") is None
