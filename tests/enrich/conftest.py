"""A built graph of the works that services on loopback know, and `fedkg` run on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .mirror import LIST

Run = Callable[..., subprocess.CompletedProcess[str]]


def command(*arguments: object) -> list[str]:
    """Return what starts fedkg."""
    return [sys.executable, "-m", "fedkg", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """Return an environment that sets nothing of fedkg but this."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("FEDKG_")}
    return inherited | {"FEDKG_CONTACT": "me@example.org"} | more


@pytest.fixture(scope="session")
def built(once: Callable[..., Path]) -> Path:
    """A folder with the list and its graph directory: for copying."""

    def build(folder: Path) -> None:
        (folder / "papers.md").write_text(LIST, encoding="utf-8")
        done = subprocess.run(
            command("build", "papers.md", "--dir", "graph"), cwd=folder, env=environment()
        )
        assert done.returncode == 0

    return once("works-of-services", build)


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to work in."""
    return shutil.copytree(built, tmp_path / "work", symlinks=True)


@pytest.fixture
def fedkg(folder: Path) -> Run:
    """Return `fedkg(*arguments, **environment)`, which runs the command in the folder."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        given = (*arguments, "--dir", "graph")
        return subprocess.run(
            command(*given),
            cwd=folder,
            env=environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
