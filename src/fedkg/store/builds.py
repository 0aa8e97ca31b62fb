"""The graph directory: immutable builds side by side, and a link to the one that is served.

    fedkg-graph/<build-id>/{graph.nq, store/, search.sqlite, dumps/, report.json, meta.json}
    fedkg-graph/current -> <build-id>

A build is made in a staging folder of the same file system and renamed into place once all of it
is on the disk; `current` is then replaced by rename. So a reader sees a whole graph or the one
before, whenever the writer is killed.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fedkg.errors import GraphDirectoryError

FORMAT = 1
"""Version of the layout of a build. Raise it when an older fedkg could misread a newer build."""

_BUILD_ID = re.compile(r"[0-9a-f]{64}")
_STAGING = ".staging-"
_KEPT_BEFORE = 1


@dataclass(frozen=True, slots=True)
class Build:
    """One published graph. `id` is the SHA-256 of its `graph.nq`; `meta` is its `meta.json`."""

    id: str
    path: Path
    meta: Mapping[str, Any]

    @property
    def graph(self) -> Path:
        """The sorted N-Quads."""
        return self.path / "graph.nq"

    @property
    def index(self) -> Path:
        """The engine's own files, there only when the graph is large."""
        return self.path / "store"

    @property
    def search(self) -> Path:
        """What pages look up and count (`fedkg.search`); builds of an older fedkg have none."""
        return self.path / "search.sqlite"

    @property
    def dumps(self) -> Path:
        """The graph in files to take away (`fedkg.export.dumps`), where these were written."""
        return self.path / "dumps"

    @property
    def day(self) -> str:
        """The day on which it was first published, "" for a build of an older fedkg."""
        return str(self.meta.get("built", ""))

    @property
    def report(self) -> Path:
        """What was read, resolved and found."""
        return self.path / "report.json"


class GraphDirectory:
    """A folder of builds. Nothing is made or read until a method is called."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def link(self) -> Path:
        """The symbolic link to the build that is served."""
        return self.path / "current"

    def current(self) -> Build | None:
        """Return the build that is served, or None when nothing was ever built.

        Raises GraphDirectoryError when there is something, but nothing this fedkg can serve.
        """
        while True:
            with _one_sentence(self.path):
                served = self._served()
                try:
                    return self._current()
                except GraphDirectoryError:
                    if self._served() == served:  # else it was replaced while we looked
                        raise

    def _current(self) -> Build | None:
        if self.path.exists() and not self.path.is_dir():
            raise GraphDirectoryError(f"{self.path} is a file: choose a folder with --dir.")
        if not os.path.lexists(self.link):
            return None
        target = self.link.resolve(strict=False)
        if not target.is_dir():
            raise GraphDirectoryError(f"{self.link} points nowhere: run fedkg build.")
        return _read(target)

    def builds(self) -> tuple[Build, ...]:
        """Return the whole builds of this format, oldest first."""
        if not self.path.is_dir():
            return ()
        with _one_sentence(self.path):
            found = [_read_or_none(folder) for folder in self._folders()]
        return tuple(build for build in found if build is not None)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give an empty folder to build in; it is gone afterwards, unless it was published.

        Builds take turns: the second waits for the first. What a killed build left is removed.
        """
        room = self.path / f"{_STAGING}{os.getpid()}"
        with self._lock():
            with _one_sentence(self.path):
                for stale in self.path.glob(f"{_STAGING}*"):
                    shutil.rmtree(stale)
                room.mkdir()
            try:
                yield room
            finally:
                shutil.rmtree(room, ignore_errors=True)

    def publish(self, room: Path, build_id: str, facts: Mapping[str, Any] | None = None) -> Build:
        """Make the contents of a staging folder the build that is served, and return it.

        `facts` are written to `meta.json` beside the format and the build id. A build id that is
        already there keeps its files, and takes the new facts, and the index that pages use and the
        dumps if it lacks them: an older fedkg wrote none. The build served before is kept, older
        ones go.
        """
        if not _BUILD_ID.fullmatch(build_id):
            raise GraphDirectoryError(f"{build_id!r} is no build id: give the SHA-256 of graph.nq.")
        with _one_sentence(self.path):
            before = self._served()
            known = _read_or_none(self.path / build_id)
            built = {"built": known.day if known and known.day else _today()}
            meta = {**built, **(facts or {}), "format": FORMAT, "build": build_id}
            if known is None:
                self._move_in(room, build_id, meta)
            else:
                _take_missing(room, known)
                if facts and known.meta != meta:
                    _write_meta(known.path, meta)
            self._switch(build_id)
            self._remove_all_but({build_id, before})
            return _read(self.path / build_id)

    def _move_in(self, room: Path, build_id: str, meta: Mapping[str, Any]) -> None:
        _write_meta(room, meta)
        _sync_tree(room)
        target = self.path / build_id
        if target.exists():  # damaged, or of another format
            shutil.rmtree(target)
        room.rename(target)
        _sync(self.path)

    def _switch(self, build_id: str) -> None:
        if self._served() == build_id:
            return
        fresh = self.path / ".current-next"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(build_id, target_is_directory=True)
        fresh.replace(self.link)
        _sync(self.path)

    def _served(self) -> str | None:
        return self.link.readlink().name if self.link.is_symlink() else None

    def _remove_all_but(self, kept: set[str | None]) -> None:
        """Remove old builds; with nothing served before, keep the newest others instead."""
        others = [folder for folder in self._folders() if folder.name not in kept]
        spared = max(0, _KEPT_BEFORE + 1 - len(kept - {None}))
        for folder in others[: len(others) - spared]:
            shutil.rmtree(folder)

    def _folders(self) -> list[Path]:
        folders = [p for p in self.path.iterdir() if _BUILD_ID.fullmatch(p.name) and p.is_dir()]
        return sorted(folders, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with _one_sentence(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            file = (self.path / ".lock").open("w")
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)  # released by the kernel, even after a kill
            yield


def build_id_of(graph: Path) -> str:
    """Return the SHA-256 of a file, as 64 hex digits."""
    with graph.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _today() -> str:
    """Return the day, or that of SOURCE_DATE_EPOCH, for who builds the same again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.date().isoformat()


def _take_missing(room: Path, build: Build) -> None:
    """Move to a build what a staging folder has and it has not: the index of pages, the dumps."""
    for target in (build.search, build.dumps):
        fresh = room / target.name
        if fresh.exists() and not target.exists():
            _sync_tree(room)
            fresh.rename(target)
            _sync(build.path)


def _write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write `meta.json` so that a reader sees the old one or the new one."""
    fresh = folder / ".meta-next"
    text = json.dumps(meta, indent=2, sort_keys=True, ensure_ascii=False)
    fresh.write_text(text + "\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(folder / "meta.json")


def _read(folder: Path) -> Build:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise GraphDirectoryError(f"{folder} is no whole graph: run fedkg build.") from error
    except ValueError as error:
        raise GraphDirectoryError(f"{folder}/meta.json is damaged: run fedkg build.") from error
    found = meta.get("format") if isinstance(meta, dict) else None
    if found != FORMAT:
        sentence = f"{folder} holds a graph of format {found}, this fedkg reads format {FORMAT}"
        raise GraphDirectoryError(f"{sentence}: run fedkg build.")
    return Build(folder.name, folder, meta)


def _read_or_none(folder: Path) -> Build | None:
    try:
        return _read(folder)
    except (GraphDirectoryError, OSError):
        return None


@contextmanager
def _one_sentence(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = error.strerror or str(error)
        place = error.filename or path
        sentence = f"The graph directory {path} cannot be used ({what}: {place})"
        raise GraphDirectoryError(
            f"{sentence}: mend that, or choose another with --dir."
        ) from error


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
