"""A tiny list, the graph made of it, and an independent reader of N-Quads."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest

from fedkg import resources
from fedkg.config import DEFAULT_BASE
from fedkg.graph import GraphSizes, write_graph
from fedkg.model import Collection, PaperList
from fedkg.read import read_bytes
from fedkg.resolve import Vocabulary, resolve

TINY_LIST = """\
# Awesome Federated Tuning

## Prompt Tuning

- [FedBPT: Federated Black-box Prompt Tuning](https://arxiv.org/abs/2310.01467) [ICML 2024]
  - *authors*: Jingwei Sun, Grégoire Danoy
  - *datasets*: SST-2, OurOwnData
  - *models*: LLaMA-7B
  - [code](https://github.com/Someone/FedBPT)
- [FedBPT](https://doi.org/10.9999/FedBPT.2024)

## Posts

- [Our blog](https://example.org/blog/2024)
"""

Write = Callable[..., GraphSizes]


def quads_of(file: Path) -> list[pyoxigraph.Quad]:
    """Return the quads of an N-Quads file, as a parser other than ours reads them."""
    with file.open("rb") as stream:
        return list(pyoxigraph.parse(stream, format=pyoxigraph.RdfFormat.N_QUADS))


def terms_of(quads: list[pyoxigraph.Quad]) -> set[object]:
    """Return every term of the quads, graph names and datatypes included."""
    terms = {term for quad in quads for term in quad}
    return terms | {term.datatype for term in terms if isinstance(term, pyoxigraph.Literal)}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabularies that ship."""
    return Vocabulary.load(resources.vocabulary_dir(), resources.ontology_dir() / "techniques.ttl")


@pytest.fixture(scope="session")
def collection_of(vocabulary: Vocabulary) -> Callable[[str], Collection]:
    """Return `collection_of(markdown)`: what one list, read on 7 March 2026, resolves to."""

    def read_and_resolve(markdown: str) -> Collection:
        about = PaperList(
            "tiny", "", "https://example.org/tiny", "CC0-1.0", retrieved=date(2026, 3, 7)
        )
        return resolve([read_bytes(markdown.encode(), about)], vocabulary)

    return read_and_resolve


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return `write(collection)`: write `graph.nq` of the test's folder, and return the sizes."""

    def write_it(collection: Collection, base: str = DEFAULT_BASE) -> GraphSizes:
        return write_graph(collection, resources.ontology_dir(), base, tmp_path / "graph.nq")

    return write_it
