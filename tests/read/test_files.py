"""Bytes of a list: where they come from and how they become text."""

import hashlib
import io
import sys
from types import SimpleNamespace

import pytest

from fedkg.errors import InputError
from fedkg.model import PaperList
from fedkg.read import Source, read_bytes, read_source

TEXT = "# My List\n\n- [Título of a Paper](https://arxiv.org/abs/2312.06353)\n"


def test_a_file_is_read_and_its_digest_kept(tmp_path):
    """The reading carries the SHA-256 of the bytes that were read."""
    path = tmp_path / "list.md"
    path.write_text(TEXT, encoding="utf-8")
    reading = read_source(Source(path, PaperList("list", "")))
    assert [entry.title for entry in reading.entries] == ["Título of a Paper"]
    assert reading.paper_list.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_standard_input_is_read(monkeypatch):
    """A source without a path is standard input, as bytes."""
    given = SimpleNamespace(buffer=io.BytesIO(TEXT.encode()))
    monkeypatch.setattr(sys, "stdin", given)
    assert len(read_source(Source(None, PaperList("list", ""))).entries) == 1


def test_a_missing_file_is_one_sentence(tmp_path):
    """The error names the file and the reason."""
    with pytest.raises(InputError, match=r"nowhere\.md cannot be read \(No such file"):
        read_source(Source(tmp_path / "nowhere.md", PaperList("nowhere", "")))


def test_a_folder_is_one_sentence(tmp_path):
    """A folder in place of a file is refused as such."""
    with pytest.raises(InputError, match="cannot be read"):
        read_source(Source(tmp_path, PaperList("folder", "")))


def test_a_byte_order_mark_is_no_text():
    """A mark before the first heading does not hide it."""
    reading = read_bytes(b"\xef\xbb\xbf" + TEXT.encode(), PaperList("list", ""))
    assert reading.paper_list.title == "My List"


def test_bytes_that_are_no_utf8_are_kept_as_such():
    """A list in Latin-1 is read; the letters that are lost show as U+FFFD."""
    reading = read_bytes(TEXT.encode("latin-1"), PaperList("list", ""))
    assert [entry.title for entry in reading.entries] == ["T\ufffdtulo of a Paper"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TEXT, "My List"),
        ("- [A Title of a Paper](https://a.b/c)\n", "the-slug"),
        ("# One\n# Two\n", "the-slug"),
        ("", "the-slug"),
    ],
)
def test_the_title_of_a_list_is_its_only_first_heading(text, title):
    """A list that has no such heading is called by its slug."""
    assert read_bytes(text.encode(), PaperList("the-slug", "")).paper_list.title == title


def test_the_catalogue_knows_the_title_better():
    """A title that is given stays."""
    assert read_bytes(TEXT.encode(), PaperList("list", "Given")).paper_list.title == "Given"
