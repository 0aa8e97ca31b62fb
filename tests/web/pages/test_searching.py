"""The search as a person uses it, over the five lists."""

import re
from html import unescape

import pytest

from fedkg.store.engine import Engine
from fedkg.web.pages.app import create_app

from ..conftest import Site
from .conftest import PAPER


def page(site: Site, query: str) -> str:
    answer = site.ask(f"/search?{query}")
    assert (answer.status, answer.media_type) == (200, "text/html")
    return answer.body.decode()


def hits(text: str) -> list[str]:
    return re.findall(r'<li><a href="/([^"]+)">', text)


def test_words_find_things_of_all_kinds(five: Site) -> None:
    """With how many there are of each; what was found is marked."""
    text = page(five, "q=lora")
    assert hits(text)[0] == "technique/lora"
    assert "<mark>LoRA</mark>" in text
    papers = re.search(r'href="([^"]+)">(\d+) papers', text)
    assert papers is not None
    only = page(five, unescape(papers[1]).partition("?")[2])
    assert {path.partition("/")[0] for path in hits(only)} == {"paper"}


def test_more_than_a_page_is_shown_in_pages(five: Site) -> None:
    """Each with a link to the next, and none twice."""
    seen: list[str] = []
    address = "q=federated&kind=paper"
    while address:
        text = page(five, address)
        seen += hits(text)
        more = re.search(r'href="/search\?([^"]+)" rel="next"', text)
        address = unescape(more[1]) if more else ""
    assert len(seen) == len(set(seen)) > 100


@pytest.mark.parametrize(
    "words",
    [
        "2312.06353",
        "arXiv:2312.06353v1",
        "https://arxiv.org/abs/2312.06353",
        "https://arxiv.org/pdf/2312.06353v2.pdf",
        "10.48550/arXiv.2312.06353",
        "https://doi.org/10.48550/arXiv.2312.06353",
        f"https://w3id.org/fedkg/{PAPER}",
    ],
)
def test_an_identifier_leads_to_its_page(five: Site, words: str) -> None:
    """As it is pasted."""
    answer = five.ask(f"/search?q={words}")
    assert (answer.status, answer.headers["location"]) == (303, f"/{PAPER}")


@pytest.mark.parametrize(
    "words", ["xyzzy", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "%00", "%0D%0AX:1", "a" * 4000]
)
def test_what_is_not_found_says_what_to_do(five: Site, words: str) -> None:
    """And is never markup or a header."""
    text = page(five, f"q={words}")
    assert "Nothing is called that" in text or "Words may be cut short" in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    "query", ["", "q=", "q=lora&page=x", "q=lora&page=-1", "q=lora&page=99999"]
)
def test_an_odd_address_is_a_page(five: Site, query: str) -> None:
    """With how to search where nothing is looked for."""
    assert 'role="search"' in page(five, query)


def test_rdf_files_are_searched_too(site: Site) -> None:
    """Their index is made when they are opened."""
    assert hits(page(site, "q=lora"))[0] == "technique/lora"


def test_what_has_no_index_yet_says_so(store: Engine) -> None:
    """A large graph of RDF files is answered before all its names are read."""
    text = create_app(store).test_client().get("/search?q=lora").text
    assert "There is no index of names" in text
