"""The pages of people, datasets, models, techniques, venues and the like."""

import re
from collections.abc import Callable

import pytest

from fedkg.search.catalogue import Catalogue
from fedkg.store.engine import Engine
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.profiles import KINDS, MOST_PAPERS, Profile, read_profile

from ..conftest import Site
from .conftest import BASE

PATHS = {
    "dataset": "fkg:usesDataset",
    "model": "fkg:usesModel",
    "family": "fkg:usesModel/fkg:family/skos:broader*",
    "technique": "fkg:technique/skos:broader*",
    "venue": "fkg:version/fkg:venue",
    "edition": "fkg:version/fkg:publishedIn",
    "repository": "fkg:repository",
}
"""How a paper is connected with a thing of each kind."""
ONE_OF_EACH = {
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


@pytest.fixture
def profile_of(store: Engine, catalogue: Catalogue) -> Callable[[str], Profile]:
    """Return the profile of the thing at a path."""

    def read(path: str) -> Profile:
        return read_profile(store, catalogue, Addresses(), f"{BASE}{path}")

    return read


def test_there_is_one_of_each_kind() -> None:
    """So that the tests below see all."""
    assert ONE_OF_EACH.keys() == PATHS.keys() == set(KINDS)


@pytest.mark.parametrize("path", ONE_OF_EACH.values())
def test_a_page_names_its_papers(five: Site, store: Engine, path: str) -> None:
    """The newest, each with a link, of as many as there are; and every figure is out of these."""
    kind = path.partition("/")[0]
    number = count(store, f"?paper {PATHS[kind]} <{BASE}{path}>")
    page = five.ask(f"/{path}.html").body.decode()
    assert number > 0
    assert f"<strong>{number}</strong>" in page
    papers = set(re.findall(r'<th scope="row"><a href="(/paper/[^"]+)"', page))
    assert len(papers) == min(number, MOST_PAPERS)
    for stating, of in re.findall(r"Stated of (\d+) of (\d+) papers", page):
        assert int(stating) <= int(of) == number


def test_years_add_up_to_all_papers(profile_of: Callable[[str], Profile]) -> None:
    """With those whose year no list states."""
    profile = profile_of("technique/lora")
    assert sum(one.papers for one in profile.years) + profile.undated == profile.number


def test_narrower_techniques_count_for_a_broader(
    store: Engine, profile_of: Callable[[str], Profile]
) -> None:
    """Who asks for parameter-efficient tuning means LoRA too."""
    broad = profile_of("technique/parameter-efficient-fine-tuning")
    assert broad.number > profile_of("technique/lora").number
    assert broad.number > count(
        store, f"?paper fkg:technique <{BASE}technique/parameter-efficient-fine-tuning>"
    )


def test_what_goes_with_a_dataset_is_counted_over_its_papers(
    store: Engine, profile_of: Callable[[str], Profile]
) -> None:
    """The most frequent first, itself not among them."""
    profile = profile_of("dataset/gsm8k")
    facets = {facet.noun: facet for facet in profile.facets}
    dolly = facets["Datasets"].first[0]
    both = f"?paper fkg:usesDataset <{BASE}dataset/gsm8k> , <{BASE}{dolly.path}>"
    assert dolly.papers == count(store, both)
    assert "dataset/gsm8k" not in {one.path for one in facets["Datasets"].first}


@pytest.mark.parametrize("path", ["dataset/gsm8k", "repository/github-com-alibaba-federatedscope"])
def test_the_people_of_a_thing_are_those_of_its_papers(
    store: Engine, profile_of: Callable[[str], Profile], path: str
) -> None:
    """Counted with the build, or from the few papers of a repository."""
    team = profile_of(path).team
    used = f"?paper {PATHS[path.partition('/')[0]]} <{BASE}{path}>"
    assert team.papers == count(store, f"{used} . FILTER EXISTS {{ ?paper dcterms:creator ?any }}")
    papers = [one.papers for one in team.first]
    assert papers == sorted(papers, reverse=True)
    for one in team.first:
        assert one.papers == count(store, f"{used} . ?paper dcterms:creator <{BASE}{one.path}>")


@pytest.mark.parametrize(
    ("path", "heading", "related"),
    [
        ("technique/parameter-efficient-fine-tuning", "Narrower techniques", "additive-tuning"),
        ("technique/lora", "Broader techniques", "reparameterisation"),
        ("venue/icml", "Editions", "icml-2024"),
        ("edition/icml-2024", "Venue", "icml"),
        ("family/llama", "Models and narrower families", "llama-7b"),
        ("model/llama-7b", "Family", "llama"),
    ],
)
def test_a_page_leads_up_and_down(
    profile_of: Callable[[str], Profile], path: str, heading: str, related: str
) -> None:
    """To what is broader and what is narrower, each with its papers."""
    things = {one.path.partition("/")[2]: one for one in profile_of(path).related[heading]}
    assert things[related].papers > 0


def test_the_matrix_of_a_technique_shows_what_nobody_has_tried(
    store: Engine, profile_of: Callable[[str], Profile]
) -> None:
    """Each cell is the number of papers that have both, so that an empty one is a gap."""
    matrix = profile_of("technique/parameter-efficient-fine-tuning").matrix
    assert matrix is not None
    assert matrix.empty
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, number in zip(matrix.columns, cells, strict=True):
            technique = f"?paper fkg:technique/skos:broader* <{BASE}{row.path}>"
            pattern = f"{technique} ; fkg:usesDataset <{BASE}{column.path}>"
            assert number == count(store, pattern), (row.path, column.path)
