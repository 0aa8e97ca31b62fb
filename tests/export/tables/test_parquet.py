"""Tables as Parquet: what stands in the CSV, with types."""

import builtins
import io

import pyarrow
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from fedkg.cli import main
from fedkg.export.formats import FORMATS
from fedkg.export.tables import parquet as written
from fedkg.export.tables.model import PAPERS, TABLES
from fedkg.export.works import works

from ..small import HOSTILE, Said, small


def read(table, source) -> pyarrow.Table:
    parts = b"".join(FORMATS[f"parquet-{table.name}"].write(source))
    return parquet.read_table(io.BytesIO(parts))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_five_lists_come_back_as_they_were(table, five_lists, monkeypatch):
    """In several row groups, in order, with None where nothing is stated."""
    monkeypatch.setattr(written, "_AT_ONCE", 50)
    found = read(table, five_lists)
    rows = [row for work in works(five_lists) for row in table.rows(work)]

    assert tuple(found.schema.names) == table.header
    assert list(zip(*(column.to_pylist() for column in found.columns), strict=True)) == rows


def test_titles_come_back_as_they_were():
    """Control characters and NUL too."""
    found = read(PAPERS, small([Said(title, 2024) for title in HOSTILE]))

    assert found["title"].to_pylist() == list(HOSTILE)
    assert found["year"].to_pylist() == [2024] * len(HOSTILE)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_papers_make_an_empty_table(table):
    """It has its columns and their types."""
    found = read(table, small([]))

    assert found.num_rows == 0
    assert tuple(found.schema.names) == table.header


def test_the_same_graph_gives_the_same_bytes(five_lists):
    """Without a clock."""
    write = FORMATS["parquet-papers"].write

    assert b"".join(write(five_lists)) == b"".join(write(five_lists))


def test_without_pyarrow_it_says_what_to_install(five_list_graph, monkeypatch, tmp_path):
    """In one sentence, and there is no file."""
    real = builtins.__import__

    def missing(name, *rest):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    asked = ["export", "--format", "parquet-papers", "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "papers.parquet")])

    assert result.exit_code == 2
    assert "pip install 'fedkg[tables]'" in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
