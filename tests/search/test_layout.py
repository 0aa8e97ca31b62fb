"""Which files are an index that can be used."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from fedkg.search.layout import VERSION, is_index
from fedkg.store.builds import Build


def test_the_index_of_a_build_is_one(build: Build) -> None:
    """In the layout of today."""
    assert is_index(build.search)


def test_an_index_of_another_layout_is_none(build: Build, tmp_path: Path) -> None:
    """Of an older fedkg, or of a newer one."""
    copy = tmp_path / "search.sqlite"
    shutil.copy(build.search, copy)
    for version in (0, VERSION - 1, VERSION + 1):
        with closing(sqlite3.connect(copy)) as database:
            database.execute(f"PRAGMA user_version = {version}")
        assert not is_index(copy)


def test_what_is_no_database_is_no_index(tmp_path: Path) -> None:
    """Text, nothing at all, a folder, or what is not there."""
    for name, content in (("text", b"no database " * 100), ("empty", b"")):
        (tmp_path / name).write_bytes(content)
        assert not is_index(tmp_path / name)
    assert not is_index(tmp_path)
    assert not is_index(tmp_path / "absent")


def test_a_path_of_odd_letters_is_a_path(build: Build, tmp_path: Path) -> None:
    """Not the parameters of an address."""
    odd = tmp_path / "a?mode=rw#b%41 é"
    odd.mkdir()
    shutil.copy(build.search, odd / "search.sqlite")
    assert is_index(odd / "search.sqlite")
