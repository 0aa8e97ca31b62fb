"""The five lists as a source, and works that a list could hold."""

from pathlib import Path

import pytest
from hypothesis import strategies as st

from fedkg.config import DEFAULT_BASE
from fedkg.export.source import Source, all_papers
from fedkg.export.works import Author, Named, Work, works
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import open_build, open_current

HOSTILE = (
    "A title\nER  - \nTY  - JOUR",
    "ER  - ",
    "AU  - Mallory, Eve",
    "@article{evil, title={x}}",
    "\n@article{evil,\n title = {x}\n}\n",
    "} , author = {Mallory",
    "{{{",
    "}}}",
    "a { b } c",
    r"\input{/etc/passwd}",
    r"\write18{rm -rf /} $\alpha$ %comment",
    "100% of A & B_C #1 ~ x^2 <b>bold</b>",
    "\"quoted\" 'single' `back` ``x'' -- --- ?` !`",
    "tab\tbell\x07null\x00 next\x85line\u2028end",
    "何炳胜 Müller Å ñ ø ł ß ﬁ α ≤ 😀 \ufeff\ufffe",
    "e\u0301 combining",
    "Barnes and Noble and others",
    "key: value # no comment",
    "- item",
    "*anchor &ref !tag |",
    "a, b; c",
    "0 &",
    "\\",
    "x\\",
)
TEXTS = st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=40)


def work_of(title="A title", names=(), **more) -> Work:
    authors = tuple(Author(f"{DEFAULT_BASE}person/{n}", name) for n, name in enumerate(names))
    key = more.pop("key", "arxiv-2312.06353")
    return Work(f"{DEFAULT_BASE}paper/{key}", key, title, authors, **more)


def placed(kind: str, venue: str, edition: str = "") -> dict[str, object]:
    """Return what a work has that is of a kind and appeared at a venue."""
    return {"kind": kind, "venue": Named(f"{DEFAULT_BASE}venue/x", venue), "edition": edition}


KINDS = (
    {},
    placed("preprint", "arXiv"),
    placed("conference", "ICLR", "ICLR 2025"),
    placed("workshop", "FL@FM-NeurIPS", "FL@FM-NeurIPS 2023"),
    placed("journal", "IEEE Communications Surveys & Tutorials"),
)


@pytest.fixture(scope="session")
def source(five_list_graph: Path) -> Source:
    """All papers of the five lists."""
    build = GraphDirectory(five_list_graph).current()
    assert build is not None
    store = open_build(build)
    return Source(store, DEFAULT_BASE, all_papers(store))


@pytest.fixture(scope="session")
def all_works(source: Source) -> list[Work]:
    return list(works(source))


@pytest.fixture(scope="session")
def five_lists(five_list_graph: Path) -> Source:
    """The graph of the five lists, all of its papers."""
    build, store = open_current(GraphDirectory(five_list_graph))
    return Source(store, DEFAULT_BASE, all_papers(store), build.graph)
