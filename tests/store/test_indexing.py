"""A large graph is indexed while it is still being written, in a process of its own."""

import os
import signal
from pathlib import Path

import pyoxigraph as ox
import pytest

from fedkg.errors import GraphDirectoryError
from fedkg.store.builds import Build
from fedkg.store.engine import open_build
from fedkg.store.indexing import Indexer, index

LINES = [f'<urn:s:{n % 7}> <urn:p> "{n}" <urn:g> .\n' for n in range(60)]


def file_of(folder, lines):
    """Return an open file of lines, at its beginning."""
    path = folder / f"{len(list(folder.iterdir()))}.nq"
    path.write_text("".join(lines))
    return path.open("rb")


def quads_in(folder):
    store = ox.Store.read_only(os.fspath(folder))
    return {f"{quad} .\n" for quad in store}


def open_files():
    return list(Path("/proc/self/fd").iterdir())


def test_files_are_indexed_as_they_come(tmp_path):
    """Closed and removed by then, or not, with the same line in two of them."""
    target = tmp_path / "store"
    with Indexer(target, large=1) as indexer:
        for part in (LINES[:30], LINES[20:50], LINES[50:]):
            file = file_of(tmp_path, part)
            indexer.add(file, len(part))
            file.close()
            Path(file.name).unlink()
        indexer.finish(len(LINES))
    assert quads_in(target) == set(LINES)


def test_the_one_who_wrote_a_file_reads_on_where_they_were(tmp_path):
    """Both read the same open file, and neither moves the other."""
    with Indexer(tmp_path / "store", large=1) as indexer, file_of(tmp_path, LINES) as file:
        file.readline()
        indexer.add(file, len(LINES))
        indexer.finish(len(LINES))
        assert file.readline() == LINES[1].encode()


def test_lines_that_came_before_a_graph_was_large_are_in_its_index(tmp_path):
    """Nothing is begun for a small graph; when it grows, what waited comes first."""
    target = tmp_path / "store"
    with Indexer(target, large=50) as indexer:
        with file_of(tmp_path, LINES[:40]) as file:
            indexer.add(file, 40)
        assert not target.exists()
        with file_of(tmp_path, LINES[40:]) as file:
            indexer.add(file, 20)
        indexer.finish(len(LINES))
    assert quads_in(target) == set(LINES)


def test_a_small_graph_has_no_index(tmp_path):
    """No process is begun for it, and no file is left open."""
    before = len(open_files())
    with Indexer(tmp_path / "store") as indexer, file_of(tmp_path, LINES) as file:
        indexer.add(file, len(LINES))
    assert not (tmp_path / "store").exists()
    assert len(open_files()) == before


def test_what_is_not_finished_is_removed(tmp_path):
    """An error elsewhere in the build is told as it is, and ends the indexing."""
    with pytest.raises(KeyError):
        indexed(tmp_path, error=KeyError())
    assert not (tmp_path / "store").exists()


def test_an_index_that_lacks_triples_is_refused(tmp_path):
    """What is served must be what was written."""
    with pytest.raises(GraphDirectoryError, match=r"holds 60 of 61 triples.*build again\.$"):
        indexed(tmp_path, triples=61)
    assert not (tmp_path / "store").exists()


def test_an_index_that_cannot_be_written_is_one_sentence(tmp_path):
    """The folder for it is a file, as a full disk would be."""
    (tmp_path / "store").write_text("in the way")
    with pytest.raises(GraphDirectoryError, match=r"could not be written.*build again\.$"):
        indexed(tmp_path)


def indexed(folder, *, triples=60, error=None):
    with Indexer(folder / "store", large=1) as indexer, file_of(folder, LINES) as file:
        indexer.add(file, len(LINES))
        if error is not None:
            raise error
        indexer.finish(triples)


def test_a_killed_process_is_one_sentence(tmp_path):
    """However many files were to come."""
    with Indexer(tmp_path / "store", large=1) as indexer, file_of(tmp_path, LINES) as file:
        indexer.add(file, len(LINES))
        os.kill(indexer.pid, signal.SIGKILL)
        os.waitid(os.P_PID, indexer.pid, os.WEXITED | os.WNOWAIT)
        with pytest.raises(GraphDirectoryError, match="could not be written"):
            indexer.add(file, len(LINES))
        with pytest.raises(GraphDirectoryError, match="could not be written"):
            indexer.finish(len(LINES))


def test_a_line_longer_than_what_is_loaded_at_once_stays_whole(tmp_path, monkeypatch):
    """Parts end with a line, however long that is."""
    monkeypatch.setattr("fedkg.store.indexing._BYTES_AT_ONCE", 16)
    with file_of(tmp_path, [*LINES[:9], LINES[9].rstrip("\n")]) as file:
        assert index([file], tmp_path / "store") == 10
    assert quads_in(tmp_path / "store") == set(LINES[:10])


def test_an_index_is_what_a_large_build_is_served_from(tmp_path):
    """Without the file of lines."""
    with file_of(tmp_path, LINES) as file:
        index([file], tmp_path / "store")
    engine = open_build(Build("0" * 64, tmp_path, {}))
    assert len(engine) == len(LINES)
