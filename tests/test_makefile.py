"""The Makefile says what to install where it cannot go on, and leaves no half set-up."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
TOOLS = ("make", "sh", "echo", "rm", "cat", "sed")
IN_RANGE = 'case "$2" in *version_info*) exit 0;; *ensurepip*) exit {ensurepip};; esac\n'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with a space in its name, what the set-up reads, and a `bin` folder of its own."""
    folder = tmp_path / "a clone"
    (folder / "bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(CHECKOUT / name, folder)
    for tool in TOOLS:
        (folder / "bin" / tool).symlink_to(shutil.which(tool))
    return folder


def make(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make where only the programs in the clone's `bin` are to be found."""
    return subprocess.run(
        ["make", *arguments],
        cwd=clone,
        env={"PATH": str(clone / "bin")},
        capture_output=True,
        text=True,
    )


def add_program(clone: Path, name: str, lines: str) -> None:
    program = clone / "bin" / name
    program.write_text(f"#!/bin/sh\n{lines}")
    program.chmod(0o755)


def test_make_alone_lists_every_target(clone):
    """`make` prints each target with what it does, and does nothing else."""
    targets = re.search(r"^\.PHONY: ([a-z ]+)", (clone / "Makefile").read_text(), re.MULTILINE)

    listed = make(clone)

    assert listed.returncode == 0
    assert re.findall(r"^  (\w+)\t\w", listed.stdout, re.MULTILINE) == targets[1].split()
    assert not (clone / ".venv").exists()


def test_without_a_python_it_names_the_versions_that_will_do(clone):
    """A machine without Python gets one sentence: which versions, and how to install one."""
    stopped = make(clone, "serve")

    assert stopped.returncode != 0
    assert "fedkg needs Python 3.11 to 3.14: install it" in stopped.stderr


def test_a_shim_that_does_not_run_is_no_python(clone):
    """A version manager's shim for a version that is not installed counts as no Python."""
    add_program(clone, "python3.12", "echo 'python3.12: command not found' >&2; exit 127\n")

    stopped = make(clone, "serve")

    assert "fedkg needs Python 3.11 to 3.14" in stopped.stderr
    assert "command not found" not in stopped.stderr


def test_a_python_without_ensurepip_names_the_package_to_install(clone):
    """Debian's Python without its venv package gets one sentence with the package's name."""
    add_program(clone, "python3.13", IN_RANGE.format(ensurepip=1))

    stopped = make(clone, "serve")

    assert stopped.returncode != 0
    assert "apt install python3.13-venv" in stopped.stderr


def test_a_python_without_ensurepip_gives_way_to_a_whole_one(clone):
    """The set-up takes a later Python when the first in range cannot make environments."""
    add_program(clone, "python3.11", IN_RANGE.format(ensurepip=1))
    add_program(clone, "python3.12", IN_RANGE.format(ensurepip=0) + "exit 3\n")

    assert "Making .venv with python3.12" in make(clone, "serve").stdout


def test_a_chosen_python_out_of_range_is_refused_by_name(clone):
    """`make PYTHON=…` takes no other Python than the one it was given."""
    add_program(clone, "old python", "exit 1\n")
    add_program(clone, "python3.12", IN_RANGE.format(ensurepip=0))

    stopped = make(clone, "serve", f"PYTHON={clone}/bin/old python")

    assert stopped.returncode != 0
    assert "old python is not a Python that fedkg can use" in stopped.stderr


def test_an_interrupted_set_up_starts_from_nothing(clone):
    """What a broken-off installation left behind is thrown away at the next try."""
    add_program(clone, "python3.11", IN_RANGE.format(ensurepip=0) + "exit 3\n")
    leftover = clone / ".venv" / "half-installed"
    leftover.mkdir(parents=True)

    assert make(clone, "serve").returncode != 0
    assert not leftover.exists()
    assert not (clone / ".venv" / "ready").exists()
