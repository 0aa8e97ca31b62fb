"""Counting over papers."""

from hypothesis import given
from hypothesis import strategies as st

from fedkg.web.pages.tallies import UNKNOWN, papers_of, ranking, timeline

PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["lora", "dp", "moe"])))
YEARS = st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.integers(1990, 2026))


@given(PAIRS, YEARS)
def test_each_row_adds_up_whatever_is_known_of_years(
    pairs: list[tuple[str, str]], years: dict[str, int | None]
) -> None:
    """A paper counts once for a thing, in one column; no column is empty for all papers."""
    found = timeline(papers_of(pairs), {}, years, most=9)
    assert found.ranking.stating == len({paper for paper, _ in pairs})
    for one, counts in zip(found.ranking.first, found.counts, strict=True):
        assert sum(counts) == one.papers == len({paper for paper, at in pairs if at == one.iri})
    assert all(any(column) for column in zip(*found.counts, strict=True))


def test_old_years_share_a_column_and_no_year_has_its_own() -> None:
    """So that a table of thirty years can be read."""
    years: dict[str, int | None] = {str(year): year for year in range(1995, 2025)}
    papers = papers_of((paper, "lora") for paper in [*years, "undated"])
    found = timeline(papers, {"lora": "LoRA"}, years, most=1)
    assert found.columns == ("before 2015", *map(str, range(2015, 2025)), UNKNOWN)
    assert found.counts == ((20, *[1] * 11),)


def test_a_ranking_counts_what_it_leaves_out() -> None:
    """And calls a thing without a name by its IRI."""
    found = ranking(papers_of([("a", "x"), ("b", "x"), ("c", "y")]), {"y": "Y"}, most=1)
    assert (found.stating, found.things) == (3, 2)
    assert [(one.name, one.papers) for one in found.first] == [("x", 2)]
