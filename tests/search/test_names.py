"""The index of names: what is found, in what order, and what is no harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg import resources
from fedkg.model import Collection, Named, Paper, Person
from fedkg.search.collecting import contents_of
from fedkg.search.names import Found, SearchIndex
from fedkg.search.write import write_index

COLLECTION = Collection(
    papers=(
        Paper("arxiv-1", "FLoRA: Federated Fine-Tuning with LoRA", ("FLoRA",)),
        Paper("arxiv-2", "Prompt tuning, federated"),
        Paper("title-b", "<b>Bold</b> \u202eclaims"),
    ),
    people=(
        Person("jose-garcia", "José García", ("J. García",)),
        Person("he-bingsheng", "Bingsheng He", ("何炳胜",)),
    ),
    datasets=(Named("gsm8k", "GSM8K", ("Grade School Math 8K",)),),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    file = tmp_path_factory.mktemp("index") / "search.sqlite"
    write_index(contents_of(COLLECTION, resources.ontology_dir() / "techniques.ttl"), file)
    return SearchIndex(file)


def paths(found: Found) -> list[str]:
    return [hit.path for hit in found.hits]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("flora", "paper/arxiv-1"),
        ("fed tun lora", "paper/arxiv-1"),
        ("LORA", "technique/lora"),
        ("jose garcia", "person/jose-garcia"),
        ("García", "person/jose-garcia"),
        ("何炳胜", "person/he-bingsheng"),
        ("grade school", "dataset/gsm8k"),
        ("  gsm8k ", "dataset/gsm8k"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(index: SearchIndex, words: str, first: str) -> None:
    """Cut short, without accents, in any order; one that is called just that comes first."""
    assert paths(index.search(words))[0] == first


def test_what_was_looked_for_is_told_apart(index: SearchIndex) -> None:
    """So that a page can mark it; the name is whole."""
    (hit,) = index.search("prompt tun", "paper").hits
    assert [text for text, is_match in hit.name if is_match] == ["Prompt", "tuning"]
    assert "".join(text for text, _ in hit.name) == "Prompt tuning, federated"


def test_hits_are_counted_by_kind_and_shown_in_pages(index: SearchIndex) -> None:
    """Every hit on one page only."""
    everything = index.search("federated", most=100)
    assert everything.kinds is not None
    assert sum(everything.kinds.values()) == everything.number == len(everything.hits)
    one_by_one = [paths(index.search("federated", most=1, skip=at)) for at in range(4)]
    assert [path for (path,) in one_by_one] == paths(everything)[:4]
    papers = index.search("federated", "paper")
    assert {hit.kind for hit in papers.hits} == {"paper"}
    assert len(papers.hits) == everything.kinds["paper"]


@given(st.text(max_size=40))
def test_no_words_are_a_command(index: SearchIndex, words: str) -> None:
    """Quotes, stars, operators and column names of the index's language are words or nothing."""
    index.search(words)


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "*", "name:", "\x00", "NEAR(", "a OR", "-", "'; --"]
)
def test_what_has_no_meaning_is_no_error(index: SearchIndex, words: str) -> None:
    """It finds what it finds."""
    assert index.search(words).number >= 0


def test_where_there_is_no_index_that_is_known(tmp_path: Path) -> None:
    """Builds of an older fedkg have none."""
    assert not SearchIndex(tmp_path / "search.sqlite").is_there
