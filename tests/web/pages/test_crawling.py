"""What search engines ask for."""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from fedkg.search.catalogue import Catalogue
from fedkg.store.engine import Engine
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import create_app

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def client(store: Engine, five_list_graph) -> FlaskClient:
    """The pages of the five lists, below a path of their host."""
    search = five_list_graph / "current" / "search.sqlite"
    return create_app(store, addresses=Addresses(root="/kg"), search=search).test_client()


def addresses(answer: bytes) -> list[str]:
    """Return the addresses of a sitemap or of an index of them."""
    return [
        str(one) for one in etree.fromstring(answer).xpath("//s:loc/text()", namespaces=NAMESPACES)
    ]


def test_robots_are_told_where_the_sitemap_is_and_what_never_ends(client: FlaskClient) -> None:
    """Whole addresses, of the host that was asked."""
    lines = client.get("/robots.txt", headers={"Host": "papers.example"}).text.splitlines()
    assert "Sitemap: http://papers.example/kg/sitemap.xml" in lines
    assert "Disallow: /kg/sparql" in lines
    assert not any(line.startswith("Disallow: /kg/paper") for line in lines)


def test_the_sitemap_leads_to_the_page_of_everything_with_a_name(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    """Each of them answers."""
    (part,) = addresses(client.get("/sitemap.xml").data)
    assert part == "http://localhost/kg/sitemap-0.xml"
    found = addresses(client.get("/sitemap-0.xml").data)
    assert len(found) == len(set(found)) == catalogue.things + 1
    assert found[0] == "http://localhost/kg/dumps/"
    assert "http://localhost/kg/paper/arxiv-2312.06353.html" in found
    for one in found[::50]:
        assert client.get(one.removeprefix("http://localhost/kg")).status_code == 200
    assert client.get("/sitemap-1.xml").status_code == 404


@pytest.mark.parametrize("host", ['a"b', "a b", "<b>", "a/b", "a\u00e4"])
def test_a_host_that_is_none_is_not_repeated(client: FlaskClient, host: str) -> None:
    """It is text of whoever asks."""
    answer = client.get("/sitemap.xml", headers={"Host": host.encode().decode("latin-1")})
    assert answer.status_code == 400
    assert host not in answer.text


def test_a_graph_without_an_index_has_an_empty_sitemap(store: Engine) -> None:
    """Rather than an error that a crawler would remember."""
    assert addresses(create_app(store).test_client().get("/sitemap.xml").data) == []
