"""The pages of people, datasets, models, techniques, venues and the like."""

import re

import pytest

from fedkg.store.engine import Engine
from fedkg.web.pages.profiles import PATHS, read_profile

from ..conftest import Site
from .conftest import BASE

ONE_OF_EACH = {
    "person": "person/yaliang-li",
    "dataset": "dataset/gsm8k",
    "model": "model/llama-7b",
    "family": "family/llama",
    "technique": "technique/lora",
    "venue": "venue/icml",
    "edition": "edition/icml-2024",
    "repository": "repository/github-com-alibaba-federatedscope",
}


def count(store: Engine, pattern: str) -> int:
    """Return how many papers of the lists a pattern finds."""
    query = f"""PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX fkg: <https://w3id.org/fedkg/ontology#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT (COUNT(DISTINCT ?paper) AS ?n) WHERE {{ ?paper fkg:listed true . {pattern} }}"""
    ((number,),) = store.select(query).rows
    assert number is not None
    return int(number.value)


def test_there_is_one_of_each_kind() -> None:
    """So that the tests below see all."""
    assert ONE_OF_EACH.keys() == PATHS.keys()


@pytest.mark.parametrize("path", ONE_OF_EACH.values())
def test_a_page_names_its_papers(five: Site, store: Engine, path: str) -> None:
    """As many as there are, each with a link; and every figure is out of something."""
    kind = path.partition("/")[0]
    number = count(store, f"?paper {PATHS[kind]} <{BASE}{path}>")
    page = five.ask(f"/{path}.html").body.decode()
    assert number > 0
    assert f"<strong>{number}</strong>" in page
    assert len(set(re.findall(r'<th scope="row"><a href="(/paper/[^"]+)"', page))) == number
    for stating, of in re.findall(r"Stated of (\d+) of (\d+) papers", page):
        assert int(stating) <= int(of) == number


def test_years_add_up_to_all_papers(store: Engine) -> None:
    """With those whose year no list states."""
    profile = read_profile(store, f"{BASE}technique/lora", "technique")
    assert sum(papers for _, papers in profile.years) + profile.undated == profile.number


def test_narrower_techniques_count_for_a_broader(store: Engine) -> None:
    """Who asks for parameter-efficient tuning means LoRA too."""
    broad = read_profile(store, f"{BASE}technique/parameter-efficient-fine-tuning", "technique")
    assert broad.number > read_profile(store, f"{BASE}technique/lora", "technique").number
    assert broad.number > count(
        store, f"?paper fkg:technique <{BASE}technique/parameter-efficient-fine-tuning>"
    )


def test_what_goes_with_a_dataset_is_counted_over_its_papers(store: Engine) -> None:
    """The most frequent first, itself not among them."""
    profile = read_profile(store, f"{BASE}dataset/gsm8k", "dataset")
    facets = {facet.noun: facet for facet in profile.facets}
    dolly = facets["Datasets"].first[0]
    both = f"?paper fkg:usesDataset <{BASE}dataset/gsm8k> , <{dolly.iri}>"
    assert dolly.papers == count(store, both)
    assert f"{BASE}dataset/gsm8k" not in {one.iri for one in facets["Datasets"].first}
    papers = [one.papers for one in facets["People"].first]
    assert papers == sorted(papers, reverse=True)
