"""What search engines read of pages, against the vocabulary of schema.org."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib.namespace import SDO

from fedkg.ids import web_url
from fedkg.search.catalogue import Catalogue
from fedkg.store.engine import Engine
from fedkg.web.pages import schema_org
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.describing import Describer
from fedkg.web.pages.papers import read_paper
from fedkg.web.pages.people import read_person

from ..conftest import Site
from .conftest import BASE

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
THING = {"name": "Text", "alternateName": "Text", "sameAs": "URL", "url": "URL"}
DOCUMENTED: Mapping[str, Mapping[str, str]] = {
    "ScholarlyArticle": THING
    | {
        "headline": "Text",
        "author": "Person",
        "datePublished": "Date",
        "citation": "ScholarlyArticle",
    },
    "Person": THING | {"identifier": "URL"},
    "Dataset": THING | {"description": "Text"},
}
"""The properties that we use of each type, and what schema.org expects as their values.

Of several that it expects, the one that we give: an author may be an Organization, a citation any
CreativeWork or a text, an identifier a text or a PropertyValue too.
"""
HOSTILE = """
@base <https://w3id.org/fedkg/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<dataset/d> skos:prefLabel "</script><b>" ;
    schema:sameAs <javascript:alert(1)> , <https://a.example/> .
<person/p> foaf:name "</script><b>" ;
    schema:sameAs <data:text/html,x> , <https://b.example/> .
"""


def problems(block: Any, expected: str | None = None) -> Iterator[str]:
    """Yield what is wrong with a JSON-LD object, of an expected type if that is given."""
    type_ = block["@type"]
    if type_ not in DOCUMENTED or type_ not in SDO or expected not in {None, type_}:
        yield f"type {type_}"
        return
    if web_url(block["@id"]) is None:
        yield f"@id {block['@id']}"
    for name, value in block.items():
        if not name.startswith("@"):
            range_ = DOCUMENTED[type_].get(name)
            if range_ is None or name not in SDO:
                yield f"{type_} has no {name}"
                continue
            for one in value if isinstance(value, list) else [value]:
                yield from (f"{type_} {name}: {found}" for found in _misfits(one, range_))


def _misfits(value: Any, range_: str) -> Iterator[str]:
    if range_ in DOCUMENTED:
        yield from problems(value, range_)
    elif not (isinstance(value, str) and FITS[range_](value)):
        yield f"{value!r} is no {range_}"


FITS: Mapping[str, Callable[[str], bool]] = {
    "Text": lambda text: bool(text.strip()),
    "URL": lambda text: web_url(text) is not None,
    "Date": lambda text: bool(re.fullmatch(r"\d{4}(-\d{2}){0,2}", text)),
}


def _users(catalogue: Catalogue, iri: str) -> int:
    return (catalogue.papers_of(iri.removeprefix(BASE)) or 0).bit_count()


@pytest.fixture(scope="module")
def blocks(store: Engine, catalogue: Catalogue) -> Mapping[str, list[Mapping[str, Any]]]:
    """What is told of every paper, person and dataset of the five lists."""
    describer = Describer(store, Addresses())

    def all_of(class_: str) -> list[str]:
        rows = store.select(
            f"SELECT ?a {{ ?a a <https://w3id.org/fedkg/ontology#{class_}> }} ORDER BY ?a"
        ).rows
        return [one.value for (one,) in rows if one is not None]

    return {
        "ScholarlyArticle": [
            schema_org.of_paper(read_paper(store, iri)) for iri in all_of("Paper")
        ],
        "Person": [schema_org.of_person(read_person(store, iri).who) for iri in all_of("Person")],
        "Dataset": [
            schema_org.of_dataset(describer.thing(iri), _users(catalogue, iri))
            for iri in all_of("Dataset")
        ],
    }


@pytest.mark.parametrize("type_", DOCUMENTED)
def test_every_block_of_the_five_lists_is_schema_org(
    blocks: Mapping[str, list[Mapping[str, Any]]], type_: str
) -> None:
    """Its type, its properties and their values."""
    assert len(blocks[type_]) > 40
    assert [found for block in blocks[type_] for found in problems(block, type_)] == []
    assert {block["@context"] for block in blocks[type_]} == {"https://schema.org"}
    assert all(block["name"] for block in blocks[type_])


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Person", "headline": "Of articles only"},
        {"@type": "Dataset", "sameAs": ["javascript:alert(1)"]},
        {"@type": "ScholarlyArticle", "author": [{"@type": "Dataset", "@id": f"{BASE}dataset/x"}]},
        {"@type": "ScholarlyArticle", "datePublished": "last May"},
        {"@type": "Paper"},
    ],
)
def test_a_block_that_is_not_schema_org_is_seen(wrong: Mapping[str, Any]) -> None:
    """So that the test above can fail."""
    assert list(problems({"@id": f"{BASE}paper/x", **wrong}))


def test_a_dataset_tells_who_uses_it(blocks: Mapping[str, list[Mapping[str, Any]]]) -> None:
    """In a sentence of 50 characters or more, as Google wants a description to be."""
    told = {block["@id"]: block["description"] for block in blocks["Dataset"]}
    assert told[f"{BASE}dataset/gsm8k"].startswith("GSM8K: a dataset that 4 listed papers use,")
    assert all(50 <= len(words) <= 5000 for words in told.values())
    assert any("that one listed paper uses" in words for words in told.values())


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("paper/arxiv-2312.06353", "ScholarlyArticle"),
        ("person/yaliang-li", "Person"),
        ("dataset/gsm8k", "Dataset"),
    ],
)
def test_a_page_holds_its_block(five: Site, path: str, type_: str) -> None:
    """Under the published IRI of the thing."""
    (found,) = BLOCK.findall(five.ask(f"/{path}.html").body.decode())
    block = json.loads(found)
    assert (block["@type"], block["@id"]) == (type_, f"{BASE}{path}")


def test_only_datasets_among_the_general_pages_have_a_block(five: Site) -> None:
    """A technique is no thing that search engines look for."""
    assert BLOCK.findall(five.ask("/technique/lora.html").body.decode()) == []


@pytest.mark.parametrize(
    ("path", "link"), [("dataset/d", "https://a.example/"), ("person/p", "https://b.example/")]
)
def test_a_block_is_never_markup_and_names_only_web_addresses(
    pages_over: Callable[[str], FlaskClient], path: str, link: str
) -> None:
    """Text of a list is hostile in JSON too."""
    (found,) = BLOCK.findall(pages_over(HOSTILE).get(f"/{path}.html").text)
    assert "<b>" not in found
    block = json.loads(found)
    assert block["name"] == "</script><b>"
    assert block["sameAs"] == [link]
