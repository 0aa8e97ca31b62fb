"""Which lists are read, and under which names."""

from pathlib import Path

import pytest

from fedkg.errors import InputError
from fedkg.read import given_sources, shipped_sources
from fedkg.resources import data_dir, lists_dir

CATALOGUE = data_dir() / "lists.toml"
LISTS = lists_dir()


def given(*names: str, slug: str | None = None):
    """Return the sources of names that a person gives."""
    return given_sources(names, CATALOGUE, LISTS, slug)


def catalogue(folder: Path, text: str) -> Path:
    """Write a catalogue and return its path."""
    path = folder / "lists.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_catalogue_names_every_shipped_list():
    """No list lies in the folder unread, and none is named that is not there."""
    sources = shipped_sources(CATALOGUE, LISTS)
    assert {source.path for source in sources} == set(LISTS.glob("*.md"))
    assert all(source.paper_list.title and source.paper_list.retrieved for source in sources)


def test_a_shipped_list_keeps_its_name_and_licence_when_given_as_a_path():
    """A path to a file of the catalogue is that list."""
    (source,) = given(str(LISTS / "fm-fl.md"))
    assert source in shipped_sources(CATALOGUE, LISTS)
    assert source.paper_list.licence == "MIT"


def test_another_file_is_known_by_its_stem():
    """The slug of a file that no catalogue names is made of its name."""
    (source,) = given("somewhere/Awesome FL_Papers.v2.md")
    assert source.paper_list.slug == "awesome-fl-papers-v2"
    assert source.paper_list.licence == "unknown"


def test_a_given_slug_wins():
    """--slug names the one list that is given, be it standard input."""
    assert given("-", slug="my-list")[0].path is None
    assert given("a.md", slug="my-list")[0].paper_list.slug == "my-list"
    assert given(str(LISTS / "fm-fl.md"), slug="mine")[0].paper_list.slug == "mine"


@pytest.mark.parametrize(
    ("names", "slug", "words"),
    [
        (("-",), None, "--slug"),
        (("a.md", "b.md"), "x", "one LIST"),
        (("a/x.md", "b/x.md"), None, "a/x.md and b/x.md"),
        (("x.md", "x.md"), None, "given twice"),
        (("++.md",), None, "gives the list no name"),
        (("a.md",), "Not A Slug", "no slug"),
        (("a.md",), "a--b", "no slug"),
        (("a.md",), "a" * 81, "80 at most"),
    ],
)
def test_names_that_cannot_stand_are_refused(names, slug, words):
    """Each refusal says what to do instead."""
    with pytest.raises(InputError, match=words):
        given(*names, slug=slug)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[list]\n", "not valid TOML"),
        ('[[list]]\nslug = "a"\nfile = "a.md"\n', "lacks title"),
        ('[[list]]\nfile = "a.md"\ntitle = "A"\n', "without a slug lacks slug"),
        ('[[list]]\nslug = "a"\nfile = "a.md"\ntitle = "A"\nsource = "ftp://a"\n', "http"),
        ('[[list]]\nslug = "a"\nfile = "a.md"\ntitle = "A"\nretrieved = "now"\n', "YYYY-MM-DD"),
        ('[[list]]\nslug = "A B"\nfile = "a.md"\ntitle = "A"\n', "no slug"),
    ],
)
def test_a_broken_catalogue_is_refused(tmp_path, text, words):
    """Each refusal names the file and what to mend."""
    path = catalogue(tmp_path, text)
    with pytest.raises(InputError, match=words):
        shipped_sources(path, tmp_path)


def test_a_missing_catalogue_is_refused(tmp_path):
    """The error names the file."""
    with pytest.raises(InputError, match=r"lists\.toml cannot be read"):
        shipped_sources(tmp_path / "lists.toml", tmp_path)


def test_an_empty_catalogue_names_no_lists(tmp_path):
    """A catalogue without a list is no error."""
    assert shipped_sources(catalogue(tmp_path, ""), tmp_path) == ()
