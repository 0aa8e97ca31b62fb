"""What all tests share: the reference files, one graph of the five lists, one wheel."""

import fcntl
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from hostile import write_hostile_list
from hypothesis import settings
from packaging.requirements import Requirement
from served import Site, serving_directory

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = (CHECKOUT / (os.environ.get("FEDKG_SHARED") or "../shared")).resolve()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
CI = os.environ.get("CI") == "true"

settings.register_profile("newcomer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if CI else "newcomer")


def _shared_is_missing() -> str | None:
    if SHARED.is_dir():
        return None
    return f"the reference files are not at {SHARED} (set FEDKG_SHARED to their folder)"


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _browser_is_missing() -> str | None:
    if _browser():
        return None
    return f"no browser is on PATH as {', '.join(BROWSERS)} (Debian: apt install chromium)"


NEEDS = {"shared": _shared_is_missing, "browser": _browser_is_missing}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a fixture named like a need, so that nobody has to say it twice."""
    for item in items:
        for need in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(need)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out, with its reason, when what it needs is missing; in CI fail it."""
    for need, is_missing in NEEDS.items():
        if item.get_closest_marker(need) and (reason := is_missing()):
            if CI:
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the project's reference files."""
    return SHARED


@pytest.fixture(scope="session")
def browser_program() -> str:
    """The browser of this machine: tests that use it are left out where there is none."""
    found = _browser()
    assert found is not None
    return found


@contextmanager
def _only_one_process(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return `once(name, make)`: the folder `name` of this test run, filled by `make(folder)`.

    The first worker that asks makes it, the others wait for it.
    """
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent

    def made_once(name: str, make: Callable[[Path], None]) -> Path:
        folder, made = run / name, run / f"{name}.made"
        with _only_one_process(run / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return made_once


def _run(*command: str | Path, cwd: Path) -> None:
    settings_free = {k: v for k, v in os.environ.items() if not k.startswith("FEDKG_")}
    done = subprocess.run(command, cwd=cwd, env=settings_free, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"{command} gave {done.returncode}:\n{done.stdout}{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def five_list_graph(once: Callable[..., Path]) -> Path:
    """The graph directory that `fedkg build` makes of the five lists: for reading, all share it."""

    def build(folder: Path) -> None:
        _run(sys.executable, "-m", "fedkg", "build", "--dir", folder, cwd=folder.parent)

    return once("five-list-graph", build)


@pytest.fixture(scope="session")
def five(five_list_graph: Path) -> Iterator[Site]:
    """A server over the graph of the five lists."""
    with serving_directory(five_list_graph) as site:
        yield site


@pytest.fixture(scope="session")
def hostile_graph(once: Callable[..., Path]) -> Path:
    """The graph directory of a list whose author wants to be more than text."""

    def build(folder: Path) -> None:
        write_hostile_list(folder / "hostile.md")
        _run(sys.executable, "-m", "fedkg", "build", "hostile.md", "--dir", "graph", cwd=folder)

    return once("hostile-graph", build) / "graph"


@pytest.fixture(scope="session")
def hostile(hostile_graph: Path) -> Iterator[Site]:
    """A server over the graph of the hostile list."""
    with serving_directory(hostile_graph) as site:
        yield site


@pytest.fixture(scope="session")
def wheel(once: Callable[..., Path]) -> Path:
    """The wheel of this checkout, built from its source distribution, as a release is."""

    def build(folder: Path) -> None:
        _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=CHECKOUT)

    return next(once("wheel", build).glob("*.whl"))


@pytest.fixture(scope="session")
def runtime() -> list[Distribution]:
    """The packages that an installed fedkg needs on this machine, as they are installed here."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    met: dict[Requirement, Distribution] = {}
    while waiting:
        requirement = waiting.pop()
        if requirement not in met:
            met[requirement] = distribution(requirement.name)
            needed = map(Requirement, met[requirement].requires or ())
            waiting += [other for other in needed if _applies(other, requirement.extras)]
    return list({found.name: found for found in met.values()}.values())


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})
