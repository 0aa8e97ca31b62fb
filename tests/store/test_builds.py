"""Tests for the graph directory: whole builds, switched at once."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fedkg.errors import GraphDirectoryError
from fedkg.store.builds import FORMAT, Build, GraphDirectory, build_id_of


def publish(directory: GraphDirectory, text: str) -> Build:
    """Publish a build whose graph is `text`."""
    with directory.staging() as room:
        (room / "graph.nq").write_text(text)
        return directory.publish(room, build_id_of(room / "graph.nq"), {"triples": len(text)})


@pytest.fixture
def directory(tmp_path: Path) -> GraphDirectory:
    return GraphDirectory(tmp_path / "fedkg-graph")


def left_in(directory: GraphDirectory) -> set[str]:
    """Return what lies in the directory beside the builds, the link and the lock."""
    builds = {build.id for build in directory.builds()}
    return {p.name for p in directory.path.iterdir()} - builds - {"current", ".lock"}


def test_nothing_is_current_before_the_first_build(directory: GraphDirectory) -> None:
    """And asking makes no folder."""
    assert directory.current() is None
    assert directory.builds() == ()
    assert not directory.path.exists()


def test_a_published_build_is_current(
    directory: GraphDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its graph, its facts, its id, the format and the day are there."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    published = publish(directory, "one\n")
    current = directory.current()
    assert current is not None
    assert current.id == published.id == build_id_of(current.graph)
    assert current.graph.read_text() == "one\n"
    assert dict(current.meta) == {
        "build": current.id,
        "built": "2023-11-14",
        "format": FORMAT,
        "triples": 4,
    }
    assert left_in(directory) == set()


def test_the_build_before_is_kept_and_older_ones_go(directory: GraphDirectory) -> None:
    """A server that still reads the one before is not disturbed."""
    _, second, third = (publish(directory, text) for text in ("one\n", "two\n", "three\n"))
    assert {build.id for build in directory.builds()} == {second.id, third.id}
    assert directory.current() == third


def test_the_same_build_twice_changes_nothing(directory: GraphDirectory) -> None:
    """Not even its files, and the one before stays."""
    first = publish(directory, "one\n")
    second = publish(directory, "two\n")
    inode = second.graph.stat().st_ino
    again = publish(directory, "two\n")
    assert again.graph.stat().st_ino == inode
    assert {build.id for build in directory.builds()} == {first.id, second.id}


def test_a_build_of_an_older_fedkg_gets_the_index_that_pages_use(directory: GraphDirectory) -> None:
    """It is built anew with the same graph, and takes what it lacks; what it has stays."""
    published = publish(directory, "one\n")
    for words in ("first", "second"):
        with directory.staging() as room:
            (room / "graph.nq").write_text("one\n")
            (room / published.search.name).write_text(words)
            assert directory.publish(room, published.id).id == published.id
        assert published.search.read_text() == "first"
    assert left_in(directory) == set()


def test_the_day_of_a_build_is_that_of_its_first_publication(
    directory: GraphDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who builds the same again gets the same to cite."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    publish(directory, "one\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert publish(directory, "one\n").day == "2023-11-14"
    assert publish(directory, "two\n").day == "2027-01-15"


def test_an_older_build_can_be_served_again(directory: GraphDirectory) -> None:
    """Publishing what was there before only moves the link."""
    first = publish(directory, "one\n")
    second = publish(directory, "two\n")
    publish(directory, "one\n")
    assert directory.current() == first
    assert {build.id for build in directory.builds()} == {first.id, second.id}


def test_a_failed_build_leaves_the_old_one(directory: GraphDirectory) -> None:
    """Nor does it leave its staging folder."""
    first = publish(directory, "one\n")

    def fail() -> None:
        with directory.staging() as room:
            (room / "graph.nq").write_text("half")
            raise ValueError("a bad list")

    with pytest.raises(ValueError, match="a bad list"):
        fail()
    assert directory.current() == first
    assert left_in(directory) == set()


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_killed_build_leaves_the_old_one_and_the_next_cleans_up(
    directory: GraphDirectory, moment: str
) -> None:
    """`kill -9` while building, or with everything on disk but the link not yet switched."""
    first = publish(directory, "one\n")
    script = f"""
import os, signal
from pathlib import Path
from fedkg.store.builds import GraphDirectory, build_id_of
directory = GraphDirectory(Path({str(directory.path)!r}))
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with directory.staging() as room:
    (room / "graph.nq").write_text("two\\n")
    if {moment!r} == "before":
        die()
    GraphDirectory._switch = die
    directory.publish(room, build_id_of(room / "graph.nq"))
"""
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -signal.SIGKILL
    assert directory.current() == first
    second = publish(directory, "two\n")
    assert directory.current() == second
    assert left_in(directory) == set()


def test_builds_take_turns(directory: GraphDirectory) -> None:
    """Two at once both end well, each with a folder of its own."""
    inside: list[str] = []

    def build(text: str) -> None:
        with directory.staging() as room:
            inside.append("in")
            (room / "graph.nq").write_text(text)
            directory.publish(room, build_id_of(room / "graph.nq"))
            inside.append("out")

    threads = [threading.Thread(target=build, args=(f"{i}\n",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == ["in", "out"] * 4
    assert directory.current() is not None


def test_a_reader_sees_a_whole_build_while_others_are_published(
    directory: GraphDirectory,
) -> None:
    """Whenever it looks, there is a current build, and its id is that of its graph."""
    publish(directory, "0\n")
    done = threading.Event()

    def write() -> None:
        for i in range(1, 30):
            publish(directory, f"{i}\n" * 1000)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    looks = 0
    while not done.is_set() or looks == 0:
        name = directory.link.readlink().name
        assert len(name) == 64
        build = directory.current()
        assert build is not None
        looks += 1
    writer.join()
    current = directory.current()
    assert current is not None
    assert build_id_of(current.graph) == current.id


def test_another_format_is_refused_and_rebuilt(directory: GraphDirectory) -> None:
    """The sentence says what to run, and running it mends the build under the same id."""
    build = publish(directory, "one\n")
    (build.path / "meta.json").write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(GraphDirectoryError, match=f"format {FORMAT + 1}.*: run fedkg build"):
        directory.current()
    assert directory.builds() == ()
    assert publish(directory, "one\n") == directory.current() == build


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_damaged_meta_file_is_refused(directory: GraphDirectory, text: str) -> None:
    """Half a file, or none of ours."""
    build = publish(directory, "one\n")
    (build.path / "meta.json").write_text(text)
    with pytest.raises(GraphDirectoryError, match="run fedkg build"):
        directory.current()


def test_a_dangling_link_is_refused_and_rebuilt(directory: GraphDirectory) -> None:
    """Someone removed the build by hand."""
    publish(directory, "one\n")
    directory.link.unlink()
    directory.link.symlink_to("f" * 64)
    with pytest.raises(GraphDirectoryError, match="points nowhere: run fedkg build"):
        directory.current()
    assert publish(directory, "two\n") == directory.current()


def test_a_file_is_no_graph_directory(tmp_path: Path) -> None:
    """Reading and building both say so in one sentence."""
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(GraphDirectoryError, match="is a file"):
        GraphDirectory(path).current()
    with pytest.raises(GraphDirectoryError, match="cannot be used"), GraphDirectory(path).staging():
        pass


def test_a_place_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """Here a file stands where a folder should be; permissions end the same way."""
    (tmp_path / "file").touch()
    beneath = GraphDirectory(tmp_path / "file" / "graph")
    with pytest.raises(GraphDirectoryError, match=r"cannot be used.*--dir"), beneath.staging():
        pass


def test_a_link_that_is_a_folder_is_one_sentence(directory: GraphDirectory) -> None:
    """A foreign folder called `current` is not overwritten."""
    (directory.path / "current").mkdir(parents=True)
    (directory.path / "current" / "keep").touch()
    with pytest.raises(GraphDirectoryError):
        publish(directory, "one\n")
    assert (directory.path / "current" / "keep").exists()


def test_other_files_in_the_folder_are_left_alone(directory: GraphDirectory) -> None:
    """Only builds and staging folders are ever removed."""
    directory.path.mkdir()
    (directory.path / "notes.txt").touch()
    (directory.path / "thesis").mkdir()
    for text in ("one\n", "two\n", "three\n"):
        publish(directory, text)
    assert left_in(directory) == {"notes.txt", "thesis"}


def test_a_build_id_is_a_digest(directory: GraphDirectory) -> None:
    """Nothing else becomes a folder name."""
    with pytest.raises(GraphDirectoryError, match="no build id"), directory.staging() as room:
        directory.publish(room, "../elsewhere")
