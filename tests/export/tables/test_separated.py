"""Tables as CSV: exact, or safe for spreadsheets."""

import csv
import io
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fedkg.cli import main
from fedkg.export.formats import FORMATS
from fedkg.export.source import Options
from fedkg.export.tables.model import AUTHORSHIPS, PAPERS, TABLES
from fedkg.export.tables.separated import lines, table_csv

from ..small import HOSTILE, Said, paper, small

CELLS = st.one_of(st.text(), st.sampled_from(HOSTILE))


def read(parts) -> list[list[str]]:
    """Return the rows of a CSV file."""
    text = b"".join(parts).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def titles_of(source) -> list[str]:
    header, *rows = read(table_csv(PAPERS, source))
    return [row[header.index("title")] for row in rows]


def test_titles_come_back_as_they_were():
    """Commas, quotes, line ends, formulas, control characters and NUL."""
    assert titles_of(small([Said(title) for title in HOSTILE])) == list(HOSTILE)


def test_safe_puts_an_apostrophe_before_formulas_only():
    """What begins as a formula gets one; nothing else changes."""
    source = small([Said(title) for title in HOSTILE])

    found = titles_of(replace(source, options=Options(safe=True)))

    formulas = {title for title in HOSTILE if title[0] in "=+-@\t\r"}
    assert len(formulas) == 6
    assert found == [f"'{title}" if title in formulas else title for title in HOSTILE]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_any_rows_can_be_read_back(rows):
    """The reader of the csv module finds the same cells."""
    assert read([lines(rows)]) == rows


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_no_cell_of_safe_rows_begins_a_formula(rows):
    """An apostrophe is all that is added."""
    for row, was in zip(read([lines(rows, safe=True)]), rows, strict=True):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in was]


def test_what_nothing_states_is_an_empty_cell():
    """Also the number of authors: none known is not none."""
    header, row = read(table_csv(PAPERS, small([Said("Of nobody")])))
    stated = {name: cell for name, cell in zip(header, row, strict=True) if cell}

    assert stated == {"paper": paper(0), "key": "p00000", "title": "Of nobody"}


def test_authors_stand_in_their_order():
    """With the place of each, and a comma in a name."""
    source = small([Said("One", authors=["Zoe Last", "Ann, First"])])

    header, *rows = read(table_csv(AUTHORSHIPS, source))

    assert header[:4] == ["paper", "position", "person", "name"]
    assert [(row[1], row[3]) for row in rows] == [("1", "Zoe Last"), ("2", "Ann, First")]


def test_citations_are_an_edge_list():
    """With the header that other tools look for."""
    source = small([Said("One", cites=[1, 2]), Said("Two"), Said("Three", cites=[0])])

    assert b"".join(FORMATS["csv-citations"].write(source)).decode().split() == [
        "citing,cited",
        f"{paper(0)},{paper(1)}",
        f"{paper(0)},{paper(2)}",
        f"{paper(2)},{paper(0)}",
    ]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_tables_of_the_five_lists_have_keys(table, five_lists):
    """No two rows have one key, and each paper of another table is in that of papers."""
    header, *rows = read(table_csv(table, five_lists))
    places = [header.index(name) for name in table.key]
    keys = [tuple(row[place] for place in places) for row in rows]

    assert len(rows) > 60
    assert len(set(keys)) == len(keys)
    if table.refers:
        assert {row[header.index(table.refers)] for row in rows} <= set(five_lists.papers)


def test_the_five_lists_count_the_same_in_all_tables(five_lists):
    """Authors by paper, and what is known of references."""
    header, *rows = read(table_csv(PAPERS, five_lists))
    of_paper = [dict(zip(header, row, strict=True)) for row in rows]
    _, *authorships = read(table_csv(AUTHORSHIPS, five_lists))

    assert [row["paper"] for row in of_paper] == list(five_lists.papers)
    assert sum(int(row["authors"] or 0) for row in of_paper) == len(authorships)
    assert {row["references"] for row in of_paper} == {"whole", "partly", "unknown"}


def test_safe_is_for_csv_only(five_list_graph):
    """Another format says so, and writes nothing."""
    asked = ["export", "--format", "csl-json", "--safe", "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, asked)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("fedkg: --safe says nothing to the format csl-json: it is for")
    assert result.stderr.count("\n") == 1


def test_safe_tables_are_written(five_list_graph, tmp_path):
    """By the command, into a file."""
    asked = ["export", "--format", "csv-papers", "--safe", "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "papers.csv")])

    assert result.exit_code == 0, result.stderr
    assert len(read([(tmp_path / "papers.csv").read_bytes()])) == 216
