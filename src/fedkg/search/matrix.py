"""How many papers have a value of one facet and a value of another: what nobody has tried."""

from collections.abc import Sequence
from dataclasses import dataclass

from fedkg.search.catalogue import Catalogue, Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """Values of two facets, the most frequent ones, and the number of papers of each pair.

    `stating` papers state something of both facets; there are `all_rows` and `all_columns` values
    with papers, of which these are the first. `cells` are by row, then by column.
    """

    rows: tuple[Tally, ...]
    columns: tuple[Tally, ...]
    cells: tuple[tuple[int, ...], ...]
    stating: int
    all_rows: int
    all_columns: int

    @property
    def empty(self) -> int:
        """How many of the pairs no paper has."""
        return sum(number == 0 for row in self.cells for number in row)


def matrix_of(
    catalogue: Catalogue,
    rows: str,
    columns: str,
    papers: int,
    most: tuple[int, int],
    among: Sequence[str] | None = None,
) -> Matrix:
    """Return the matrix of two facets over some papers, of at most so many rows and columns.

    `among` leaves the rows of these paths.
    """
    stating = papers & catalogue.stating(rows) & catalogue.stating(columns)
    found = [
        one for one in catalogue.tally(rows, papers) if among is None or one.path in set(among)
    ]
    across = catalogue.tally(columns, stating)
    shown, names = _first(found, most[0]), _first(across, most[1])
    cells = tuple(
        tuple(
            (
                catalogue.facets[rows][row.path].papers
                & catalogue.facets[columns][column.path].papers
                & papers
            ).bit_count()
            for column in names
        )
        for row in shown
    )
    return Matrix(shown, names, cells, stating.bit_count(), len(found), len(across))


def _first(tallies: Sequence[Tally], most: int) -> tuple[Tally, ...]:
    """Return those of the most papers in the order in which they came: years come by year."""
    ranked = sorted(range(len(tallies)), key=lambda at: -tallies[at].papers)
    return tuple(tallies[at] for at in sorted(ranked[:most]))
