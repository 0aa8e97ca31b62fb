"""Two facets against each other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fedkg.search.catalogue import Catalogue
from fedkg.search.contents import Contents, PaperRow
from fedkg.search.matrix import matrix_of

from .conftest import CONTENTS, counted

AXES = st.permutations(["technique", "dataset", "model", "family", "venue", "year", "list"])


@settings(max_examples=60, deadline=None)
@given(CONTENTS, AXES, st.integers(min_value=0), st.integers(1, 4), st.integers(1, 4))
def test_a_cell_is_the_papers_that_have_both(
    contents: Contents, axes: list[str], picked: int, high: int, wide: int
) -> None:
    """Among some papers; values without any are no row and no column."""
    rows, columns = axes[:2]
    with counted(contents) as catalogue:
        picked &= catalogue.all
        found = matrix_of(catalogue, rows, columns, picked, (high, wide))
        assert len(found.rows) == min(high, found.all_rows)
        assert len(found.columns) == min(wide, found.all_columns)
        for row, cells in zip(found.rows, found.cells, strict=True):
            for column, number in zip(found.columns, cells, strict=True):
                both = catalogue.chosen(rows, [row.path]) & catalogue.chosen(columns, [column.path])
                assert number == (both & picked).bit_count()
        whole = matrix_of(catalogue, rows, columns, picked, (99, 99))
        assert whole.empty == sum(cells.count(0) for cells in whole.cells)
        assert all(any(row[at] for row in whole.cells) for at in range(len(whole.columns)))
        stating = catalogue.stating(rows) & catalogue.stating(columns) & picked
        assert found.stating == stating.bit_count()


def test_rows_may_be_those_of_some_paths(catalogue: Catalogue) -> None:
    """The others are not counted either."""
    among = list(catalogue.facets["technique"])[:3]
    found = matrix_of(catalogue, "technique", "dataset", catalogue.all, (99, 99), among)
    assert [row.path for row in found.rows] == among
    assert found.all_rows == 3
    assert matrix_of(catalogue, "technique", "dataset", catalogue.all, (9, 9), []).rows == ()


def test_of_many_years_those_of_the_most_papers_are_shown_in_their_order() -> None:
    """Not the oldest ones."""
    years = [1990, 1995, 2023, 2023, 2024, 2024, 2024]
    papers = tuple(
        PaperRow(f"paper/{at}", "", issued=str(year), values={"list": ("list/a",)})
        for at, year in enumerate(years)
    )
    with counted(Contents(papers)) as catalogue:
        found = matrix_of(catalogue, "year", "list", catalogue.all, (2, 2))
        assert [(row.path, row.papers) for row in found.rows] == [("2023", 2), ("2024", 3)]
        found = matrix_of(catalogue, "list", "year", catalogue.all, (2, 2))
        assert [column.path for column in found.columns] == ["2023", "2024"]
        assert found.cells == ((2, 3),)
