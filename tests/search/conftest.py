"""The five lists: their graph, what was counted of it, and random papers to count."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st

from fedkg import resources
from fedkg.model import Collection
from fedkg.pipeline import shipped_collection
from fedkg.search.catalogue import Catalogue
from fedkg.search.collecting import contents_of
from fedkg.search.contents import Contents, PaperRow, ThingRow
from fedkg.search.write import write_index
from fedkg.store.builds import Build, GraphDirectory
from fedkg.store.engine import Engine, open_build

BASE = "https://w3id.org/fedkg/"
TEXTS = st.text(alphabet="aAbBäÄ ß\x00'\"\n", max_size=6)
NARROWER = {"model": "family", "family": "family", "technique": "technique"}
"""Of which kind the broader things of a kind are."""


@pytest.fixture(scope="session")
def build(five_list_graph: Path) -> Build:
    """The build of the five lists."""
    found = GraphDirectory(five_list_graph).current()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def store(build: Build) -> Engine:
    """Its graph, opened."""
    return open_build(build)


@pytest.fixture(scope="session")
def catalogue(build: Build) -> Catalogue:
    """What it counted."""
    return Catalogue(build.search)


@pytest.fixture(scope="session")
def five_collection() -> Collection:
    """What the five lists resolve to."""
    return shipped_collection()


@pytest.fixture(scope="session")
def five_contents(five_collection: Collection) -> Contents:
    """What an index of the five lists is made of, read from what they resolve to."""
    contents = contents_of(five_collection, resources.ontology_dir() / "techniques.ttl")
    return replace(contents, papers=tuple(contents.papers))


def _some(*paths: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(paths), unique=True, max_size=3).map(tuple)


def _of(kind: str) -> st.SearchStrategy[tuple[str, ...]]:
    return _some(*(f"{kind}/{letter}" for letter in "abcd"))


def _stated(*values: str) -> st.SearchStrategy[dict[str, frozenset[str]]]:
    lists = st.sampled_from(["list/a", "list/b", "list/c"])
    return st.dictionaries(lists, st.frozensets(st.sampled_from(values), min_size=1))


_FACETS = ("technique", "venue", "edition", "dataset", "model", "list")
_PAPER = st.builds(
    PaperRow,
    path=st.just(""),
    title=TEXTS,
    issued=st.sampled_from(["", "1999", "2023", "2024", "2024-02", "2024-11"]),
    venue=st.sampled_from(["", "ICML", "acl", "Äther"]),
    values=st.fixed_dictionaries({facet: _of(facet) for facet in _FACETS}),
    people=_of("person"),
    repositories=_of("repository"),
    years=_stated("2023", "2024"),
    venues=_stated("venue/a", "venue/b"),
)
_THING = st.sampled_from([*_FACETS, "family", "person"]).flatmap(
    lambda kind: st.builds(
        ThingRow,
        path=st.sampled_from([f"{kind}/{letter}" for letter in "abcd"]),
        kind=st.just(kind),
        name=TEXTS,
        broader=_of(NARROWER[kind]) if kind in NARROWER else st.just(()),
    )
)
CONTENTS = st.builds(
    lambda papers, things: Contents(
        tuple(replace(one, path=f"paper/{at}") for at, one in enumerate(papers)), tuple(things)
    ),
    st.lists(_PAPER, max_size=20),
    st.lists(_THING, unique_by=lambda one: one.path),
)
"""Some papers, and names of some of the things that they are connected with."""


@contextmanager
def counted(contents: Contents) -> Iterator[Catalogue]:
    """Give the catalogue of contents, written and read again."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "search.sqlite"
        write_index(contents, file)
        yield Catalogue(file)
