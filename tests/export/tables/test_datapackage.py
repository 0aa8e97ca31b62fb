"""The tables as a data package: a folder that Frictionless finds valid."""

import hashlib
import json

import pytest
from click.testing import CliRunner
from frictionless import Package, system

from fedkg.cli import main
from fedkg.errors import ExportError
from fedkg.export.files import write_folder
from fedkg.export.source import Source, papers_of_list
from fedkg.export.tables.datapackage import DESCRIPTION, datapackage, is_datapackage
from fedkg.export.tables.model import TABLES

from ..small import BASE, HOSTILE, Said, paper, small


def written(source, folder):
    """Return the description of a package that was written to a folder."""
    write_folder(datapackage(source), folder, is_datapackage)
    return json.loads((folder / DESCRIPTION).read_text())


def errors(folder) -> list[str]:
    with system.use_context(trusted=True):
        return Package(str(folder / DESCRIPTION)).validate().flatten(["type", "note", "rowNumber"])


def test_the_package_of_the_five_lists_is_valid(five_lists, tmp_path):
    """Fields, types, keys and references hold."""
    described = written(five_lists, tmp_path / "tables")

    assert errors(tmp_path / "tables") == []
    assert [one["name"] for one in described["resources"]] == list(TABLES)
    assert described["licenses"][0]["name"] == "CC0-1.0"
    assert [one["schema"]["missingValues"] for one in described["resources"]] == [[""]] * 4


def test_a_package_of_hostile_words_is_valid(tmp_path):
    """Titles and names of any characters."""
    papers = [Said(words, 2024, [words], [words]) for words in HOSTILE]

    written(small(papers), tmp_path / "tables")

    assert errors(tmp_path / "tables") == []


def test_a_reference_to_no_paper_is_found(five_lists, tmp_path):
    """What holds the tables together is described so that it can be checked."""
    written(five_lists, tmp_path)
    with (tmp_path / "uses.csv").open("ab") as file:
        file.write(b"https://example.org/none,dataset,https://example.org/d,D\r\n")

    assert "foreign-key" in {kind for kind, *_ in errors(tmp_path)}


def test_sizes_and_digests_are_those_of_the_files(five_lists, tmp_path):
    """So that a copy can be checked."""
    described = written(five_lists, tmp_path)

    for one in described["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_sources_are_the_lists_that_name_the_papers(five_lists, tmp_path):
    """With title, address and licence as far as they are known."""
    whole = written(five_lists, tmp_path / "whole")
    papers = papers_of_list(five_lists.store, BASE, "fm-fl")[:1]
    part = written(Source(five_lists.store, BASE, papers), tmp_path / "part")

    assert len(whole["sources"]) == 5
    assert {
        "title": "Awesome Foundation Models and Federated Learning",
        "path": "https://github.com/lishenghui/awesome-fm-fl",
        "license": "https://spdx.org/licenses/MIT",
    } in whole["sources"]
    assert 1 <= len(part["sources"]) < 5


def test_the_same_graph_gives_the_same_bytes(five_lists):
    """Without a clock."""
    assert list(datapackage(five_lists)) == list(datapackage(five_lists))


def test_an_earlier_package_is_replaced(tmp_path):
    """Whole: nothing of the old one stays."""
    written(small([Said("Old")]), tmp_path / "tables")
    written(small([Said("New")]), tmp_path / "tables")

    assert "New" in (tmp_path / "tables" / "papers.csv").read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "mine"},
        {DESCRIPTION: '{"name": "other"}'},
        {DESCRIPTION: "[" * 100_000},
        {DESCRIPTION: "[]", "papers.csv": "mine"},
        {DESCRIPTION: '{"name": "fedkg"}', "notes.txt": "mine"},
    ],
)
def test_a_folder_with_other_files_is_refused(files, tmp_path):
    """Nothing of it changes, also where an earlier package is among them."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    with pytest.raises(ExportError, match="holds other files: choose a folder that is empty"):
        written(small([Said("A")]), tmp_path)

    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == files


def test_a_failure_leaves_what_was_there(tmp_path):
    """And nothing beside it."""
    written(small([Said("Old")]), tmp_path / "tables")

    def failing():
        yield "papers.csv", b"half"
        raise ExportError("It fails.")

    with pytest.raises(ExportError, match="It fails"):
        write_folder(failing(), tmp_path / "tables", is_datapackage)

    assert "Old" in (tmp_path / "tables" / "papers.csv").read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["tables"]


def test_a_file_in_its_place_is_one_sentence(tmp_path):
    """It stays."""
    (tmp_path / "tables").write_text("mine")

    with pytest.raises(ExportError, match=r"tables cannot be written \(Not a directory\): choose"):
        written(small([Said("A")]), tmp_path / "tables")

    assert (tmp_path / "tables").read_text() == "mine"


def test_it_cannot_be_printed(five_list_graph):
    """It is a folder, so it wants one."""
    asked = ["export", "--format", "datapackage", "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, asked)

    assert result.exit_code == 2
    assert "name one with -o FOLDER" in result.stderr


def test_the_command_writes_the_papers_of_a_query(five_list_graph, tmp_path):
    """Into a folder."""
    (tmp_path / "one.rq").write_text(
        f"SELECT ?paper {{ VALUES ?paper {{ <{BASE}paper/acl-2023.acl-demo.54> }} }}"
    )
    asked = ["export", "--format", "datapackage", "--dir", str(five_list_graph)]
    asked += ["--query", str(tmp_path / "one.rq"), "-o", str(tmp_path / "tables")]
    result = CliRunner().invoke(main, asked)

    assert result.exit_code == 0, result.stderr
    assert errors(tmp_path / "tables") == []
    assert len((tmp_path / "tables" / "papers.csv").read_text().splitlines()) == 2


def test_papers_outside_may_be_cited(tmp_path):
    """The edge stays, though the cited paper is not among those that were chosen."""
    source = small([Said("Citing", cites=[1]), Said("Cited")])

    written(Source(source.store, BASE, (paper(0),)), tmp_path)

    assert errors(tmp_path) == []
    assert paper(1) in (tmp_path / "citations.csv").read_text()
