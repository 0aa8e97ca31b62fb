"""Which papers are like a paper: what few papers have in common counts most."""

from collections.abc import Callable
from math import log2
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedkg.search.catalogue import Catalogue
from fedkg.search.contents import Contents, PaperRow
from fedkg.search.similar import similar_papers
from fedkg.search.write import write_index

Catalogued = Callable[..., Catalogue]
THINGS = [f"{kind}/{key}" for kind in ("dataset", "model", "technique") for key in "abc"]


def paper(key: str, *things: str) -> PaperRow:
    """Return a paper that uses some things."""
    values = {
        kind: tuple(thing for thing in things if thing.startswith(f"{kind}/"))
        for kind in ("dataset", "model", "technique")
    }
    return PaperRow(f"paper/{key}", key, issued="2024", values=values)


@pytest.fixture
def catalogued(tmp_path: Path) -> Catalogued:
    """Return the catalogue of some papers."""
    made = iter(range(10_000))

    def catalogue_of(*papers: PaperRow) -> Catalogue:
        file = tmp_path / f"{next(made)}.sqlite"
        write_index(Contents(papers), file)
        return Catalogue(file)

    return catalogue_of


def paths(catalogue: Catalogue, path: str, **more: object) -> list[str]:
    return [one.path for one in similar_papers(catalogue, path, **more)]


def test_what_few_papers_have_counts_more_than_what_many_have(catalogued: Catalogued) -> None:
    """A rare dataset in common says more than a technique that most papers have."""
    catalogue = catalogued(
        paper("mine", "dataset/rare", "technique/common"),
        paper("rare", "dataset/rare"),
        paper("common", "technique/common"),
        paper("both", "technique/common", "dataset/rare"),
        paper("neither", "model/other"),
        *(paper(f"more{at}", "technique/common") for at in range(2)),
    )
    both, rare, *others = similar_papers(catalogue, "paper/mine")
    assert (both.path, rare.path) == ("paper/both", "paper/rare")
    assert both.shared == ("dataset/rare", "technique/common")
    assert {one.path for one in others} == {"paper/common", "paper/more0", "paper/more1"}


def test_what_all_papers_have_makes_none_alike(catalogued: Catalogued) -> None:
    """It tells them apart from nothing."""
    catalogue = catalogued(paper("a", "model/x"), paper("b", "model/x"))
    assert paths(catalogue, "paper/a") == []


def test_papers_that_are_cited_together_are_alike(catalogued: Catalogued) -> None:
    """As often as they are; who cites much says less, and what is not listed says nothing."""
    catalogue = catalogued(*(paper(key) for key in ("a", "b", "c", "d", "e", "f", "g", "h")))
    cited = [
        ["paper/a", "paper/b", "paper/unlisted"],
        ["paper/a", "paper/b", "paper/c"],
        ["paper/a", "paper/d", "paper/e", "paper/f", "paper/g"],
    ]
    found = similar_papers(catalogue, "paper/a", cited, most=3)
    assert [(one.path, one.together) for one in found[:2]] == [("paper/b", 2), ("paper/c", 1)]
    assert found[2].path == "paper/d"


def test_a_paper_that_is_not_listed_is_like_none(catalogued: Catalogued) -> None:
    """Nothing is known of what it uses."""
    assert paths(catalogued(paper("a", "model/x")), "paper/elsewhere") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.sets(st.sampled_from(THINGS)), min_size=2, max_size=30))
def test_the_sums_are_those_of_looking_at_each_paper(
    catalogued: Catalogued, used: list[set[str]]
) -> None:
    """Added up bit by bit for all papers at once, or paper by paper: the same ranking."""
    catalogue = catalogued(*(paper(f"p{at:02}", *things) for at, things in enumerate(used)))
    holding = {thing: sum(thing in things for things in used) for thing in THINGS}

    def likeness(at: int) -> int:
        return sum(round(16 * log2(len(used) / holding[one])) for one in used[0] & used[at])

    alike = sorted((-likeness(at), at) for at in range(1, len(used)))
    expected = [f"paper/p{at:02}" for negative, at in alike if negative]
    assert paths(catalogue, "paper/p00", most=len(used)) == expected
