"""Tests for the facts that ship: read strictly, and in order for a person to mend."""

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from fedkg import resources
from fedkg.errors import InputError
from fedkg.ids import Identifier
from fedkg.model import PartialDate
from fedkg.read.facts import (
    AUTHOR_COLUMNS,
    CITATION_COLUMNS,
    LIST_COLUMNS,
    FactSource,
    address_of,
    identifier_of,
    read_author_facts,
    read_citation_facts,
    read_sources,
)

FACTS = resources.data_dir() / "facts"
SOURCES = {
    "bib": FactSource("bib", "A Bibliography", "MIT", date(2026, 11, 1), "https://example.org/b"),
    "lists": FactSource("lists", "Reference Lists", "CC0-1.0", date(2026, 11, 2)),
}
AUTHORS = ",".join(AUTHOR_COLUMNS)
CITATIONS = ",".join(CITATION_COLUMNS)
LISTS = ",".join(LIST_COLUMNS)
FERRET = "lists,arxiv:2409.06277,Ferret,52,yes,https://arxiv.org/abs/2409.06277"


def authors_file(folder: Path, *rows: str, header: str = AUTHORS) -> Path:
    """Return an `authors.csv` of these rows."""
    path = folder / "authors.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def citation_files(folder: Path, citations: list[str], lists: list[str]) -> tuple[Path, Path]:
    """Return a `citations.csv` and a `reference_lists.csv` of these rows."""
    one, other = folder / "citations.csv", folder / "reference_lists.csv"
    one.write_text("\n".join([CITATIONS, *citations, ""]), encoding="utf-8")
    other.write_text("\n".join([LISTS, *lists, ""]), encoding="utf-8")
    return one, other


def test_a_row_of_authors_is_a_record(tmp_path: Path) -> None:
    """Its source says where it is published and when it was read."""
    path = authors_file(
        tmp_path, 'bib,qin2023,"FedKSeed: A, B",Zhen Qin; Daoyuan Chen,yes,arxiv:2312.06353,2023-12'
    )
    (record,) = read_author_facts(path, SOURCES)
    assert (record.source, record.key, record.title) == ("bib", "qin2023", "FedKSeed: A, B")
    assert record.authors == ("Zhen Qin", "Daoyuan Chen")
    assert record.is_truncated
    assert record.identifiers == (Identifier("arxiv", "2312.06353"),)
    assert record.date == PartialDate(2023, 12)
    assert record.primary_source == "https://example.org/b"
    assert record.retrieved == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("nowhere,k,T,,no,,", r"the source 'nowhere' is not in sources.toml: it has bib, lists"),
        ("lists,k,T,,no,,", "the source lists has no address"),
        ("bib,,T,,no,,", "the column key is empty"),
        ("bib,k,,,no,,", "the column title is empty"),
        ("bib,k,T,,maybe,,", "truncated is 'maybe': write yes or no"),
        ("bib,k,T,Ann Bell;Cid Doe,no,,", "is no name"),
        ("bib,k,T,Ann  Bell,no,,", "is no name"),
        ("bib,k,T,; Ann Bell,no,,", "is no name"),
        ("bib,k,T,,no,doi:10.1145/ABC,", "'doi:10.1145/ABC' is no identifier"),
        ("bib,k,T,,no,,2024-13", "write 2024 or 2024-07"),
        ("bib,k,T,,no,,July 2024", "write 2024 or 2024-07"),
        ("bib,k,T", "3 fields stand where 7 belong"),
        ('bib,k,"T,,no,,', "is no CSV"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(
    tmp_path: Path, row: str, sentence: str
) -> None:
    """And with what to do about it."""
    path = authors_file(tmp_path, "bib,fine,Fine,,no,,", row)
    with pytest.raises(InputError, match=sentence) as caught:
        read_author_facts(path, SOURCES)
    assert str(path) in str(caught.value)
    assert "line 3" in str(caught.value) or "is no CSV" in str(caught.value)


def test_a_row_of_several_lines_is_named_by_its_first(tmp_path: Path) -> None:
    """A line number is one that a text editor shows."""
    path = authors_file(tmp_path, 'bib,a,"One\nand more",,no,,', "bib,b,Two,,no,,2024-99")
    with pytest.raises(InputError, match="line 4:"):
        read_author_facts(path, SOURCES)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    """So that no column is read as another."""
    path = authors_file(tmp_path, header="key,source,title")
    with pytest.raises(InputError, match="line 1: the columns must be source,key,title"):
        read_author_facts(path, SOURCES)


def test_a_key_stands_once(tmp_path: Path) -> None:
    """In one source."""
    path = authors_file(tmp_path, "bib,a,One,,no,,", "bib,a,Two,,no,,")
    with pytest.raises(InputError, match="line 3: the key a of bib stands twice"):
        read_author_facts(path, SOURCES)


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(InputError, match=r"absent\.csv cannot be read"):
        read_author_facts(tmp_path / "absent.csv", SOURCES)
    (tmp_path / "latin.csv").write_bytes(f"{AUTHORS}\nbib,k,\xe9,,no,,\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.csv is no CSV in UTF-8"):
        read_author_facts(tmp_path / "latin.csv", SOURCES)


def test_a_citation_was_read_where_its_list_was_read(tmp_path: Path) -> None:
    """A cited work without an identifier is known by its title."""
    files = citation_files(
        tmp_path,
        ["lists,arxiv:2409.06277,Ferret,,Flower: A friendly framework,Beutel 2020"],
        [FERRET],
    )
    (reference,), (known,) = read_citation_facts(*files, SOURCES)
    assert reference.citing == Identifier("arxiv", "2409.06277")
    assert reference.cited == "Flower: A friendly framework"
    assert reference.printed_as == "Beutel 2020"
    assert reference.primary_source == "https://arxiv.org/abs/2409.06277"
    assert reference.retrieved == date(2026, 11, 2)
    assert (known.citing, known.references, known.is_whole) == (reference.citing, 52, True)


@pytest.mark.parametrize(
    ("citations", "lists", "sentence"),
    [
        (
            ["lists,arxiv:2312.06353,A,,B,B"],
            [FERRET],
            "has no row for the list of arxiv:2312.06353",
        ),
        (["lists,arxiv:2409.06277,F,,B,B"] * 2, [FERRET], "line 3: this citation stands twice"),
        (["lists,arxiv:2409.06277,F,,,B"], [FERRET], "the column cited_title is empty"),
        (["lists,arxiv:2409.06277,F,,B,"], [FERRET], "the column printed_as is empty"),
        ([], [FERRET, FERRET], "line 3: this reference list stands twice"),
        ([], [FERRET.replace("52", "many")], "references is 'many'"),
        ([], [FERRET.replace("yes", "True")], "whole is 'True': write yes or no"),
        ([], [FERRET.replace("https", "ftp")], "read_from is no http"),
    ],
)
def test_citations_that_cannot_be_are_refused(
    tmp_path: Path, citations: list[str], lists: list[str], sentence: str
) -> None:
    """A citing work has a reference list, which stands once."""
    with pytest.raises(InputError, match=sentence):
        read_citation_facts(*citation_files(tmp_path, citations, lists), SOURCES)


GOOD_SOURCE = '[[source]]\nslug = "a"\ntitle = "A"\nlicence = "MIT"\nretrieved = 2026-11-01\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[source", "is not valid TOML"),
        ("source = 3", "write each source as a table"),
        (GOOD_SOURCE.replace('"a"', '"A b"'), "'A b' is no slug"),
        (GOOD_SOURCE.replace('licence = "MIT"\n', ""), "lacks a title or a licence"),
        (GOOD_SOURCE.replace("2026-11-01", '"May"'), "is no date: write YYYY-MM-DD"),
        (GOOD_SOURCE + 'address = "here"\n', "is no http"),
        (GOOD_SOURCE * 2, "the source a stands twice"),
    ],
)
def test_a_source_that_cannot_be_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    """The table of sources is kept by hand, too."""
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=sentence):
        read_sources(path)


@pytest.mark.parametrize(
    "text",
    [
        "arxiv:2312.06353", "doi:10.1109/tmc.2023.3302410", "acl:2023.acl-long.193",
        "openreview:sYNWqQYJhz", "ieee:10377922", "pmlr:v54/mcmahan17a",
        "neurips:7aa320d2b4b8f6400b18f6f77b6c1535",
    ],
)  # fmt: skip
def test_identifiers_of_every_scheme_are_known(text: str) -> None:
    """In the form that `str` gives them; all but NeurIPS hashes have an address."""
    found = identifier_of(text)
    assert found is not None
    assert str(found) == text
    assert (address_of(found) is None) == (found.scheme == "neurips")


@pytest.mark.parametrize(
    "text", ["", "2312.06353", "arxiv:2312.06353v2", "doi:10.48550/arxiv.2312.06353", "isbn:1"]
)
def test_what_is_not_canonical_is_no_identifier(text: str) -> None:
    """One work would have two."""
    assert identifier_of(text) is None


def test_the_shipped_authors_are_facts_of_a_published_source() -> None:
    """All have people; how many there are is what the bibliography gives."""
    records = read_author_facts(FACTS / "authors.csv", read_sources(FACTS / "sources.toml"))
    assert len(records) == 166
    assert all(record.authors and record.date for record in records)


def test_the_shipped_citations_are_68_from_17_lists() -> None:
    """One list was read in part; nine rows name the cited work by its title alone."""
    references, lists = read_citation_facts(
        FACTS / "citations.csv", FACTS / "reference_lists.csv", read_sources(FACTS / "sources.toml")
    )
    assert (len(references), len(lists)) == (68, 17)
    assert [str(one.citing) for one in lists if not one.is_whole] == ["arxiv:2410.11540"]
    assert sum(isinstance(one.cited, str) for one in references) == 9
    assert {one.citing for one in references} <= {one.citing for one in lists}


@pytest.mark.parametrize("name", ["authors.csv", "citations.csv", "reference_lists.csv"])
def test_shipped_rows_are_sorted(name: str) -> None:
    """So that a difference shows what changed: move the row that is out of place."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    misplaced = [b for a, b in pairwise(rows) if a > b]
    assert not misplaced, f"{name}: the row {misplaced[0][:2]} is out of order"
