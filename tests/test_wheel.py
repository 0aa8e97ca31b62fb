"""The wheel, installed away from the checkout, does the main job from an empty folder.

Its environment is empty but for the wheel and links to the packages that the wheel declares. So a
dependency that pyproject.toml forgets is missing there, nothing is fetched, and the checkout cannot
be imported: the `.pth` file of its editable installation is not linked.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
QUESTION = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX fkg: <https://w3id.org/fedkg/ontology#>
SELECT DISTINCT ?title {
  ?paper dcterms:title ?title ; fkg:usesDataset/skos:prefLabel "GSM8K"
}
"""
ANSWER = "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models"


def link(package: Distribution, folder: Path) -> None:
    """Link the top-level files and folders of an installed package into `folder`."""
    tops = {
        file.parts[0] for file in package.files or () if file.parts[0] not in ("..", "__pycache__")
    }
    for top in tops:
        if not (folder / top).exists():
            (folder / top).symlink_to(package.locate_file(top))


@pytest.fixture(scope="session")
def installed(once: Callable[..., Path], wheel: Path, runtime: list[Distribution]) -> Path:
    """The `fedkg` command of an environment that holds the wheel and what it declares."""

    def install(folder: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=True)
        command = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            folder,
            "install",
            "--no-deps",
            "--no-index",
        ]
        subprocess.run([*command, "--quiet", wheel], check=True)
        site = next(folder.glob("lib/python3*/site-packages"))
        for package in runtime:
            link(package, site)

    return once("installed", install) / "bin" / "fedkg"


@pytest.fixture
def anywhere_else() -> dict[str, str]:
    """The environment without anything that leads to the checkout or to a developer's settings."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("FEDKG_", "PYTHON"))}


@contextmanager
def serving(fedkg: Path, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run `fedkg serve` on a free port and give the address that it prints."""
    command = [fedkg, "serve", "--port", str(free_port())]
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=pipe, stderr=both, text=True
    ) as server:
        try:
            yield printed_address(server.stdout)
        finally:
            server.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def printed_address(lines: Iterable[str]) -> str:
    said = ""
    for line in lines:
        said += line
        if address := re.search(r"http://127\.0\.0\.1:\d+", line):
            return address[0]
    pytest.fail(f"fedkg serve ended without an address:\n{said}", pytrace=False)


def ask(address: str) -> list[str]:
    """Put the question to /sparql; the server may still be starting."""
    request = Request(
        f"{address}/sparql?{urlencode({'query': QUESTION})}",
        headers={"Accept": "application/sparql-results+json"},
    )
    for _ in range(100):
        try:
            with urlopen(request, timeout=10) as answer:
                return [row["title"]["value"] for row in json.load(answer)["results"]["bindings"]]
        except URLError:
            time.sleep(0.1)
    pytest.fail("fedkg serve printed its address but answers no request", pytrace=False)


def test_the_wheel_carries_all_that_fedkg_reads(wheel):
    """Ontology, shapes, vocabularies, lists, queries, templates and licences are in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    resources = [
        path.relative_to(CHECKOUT)
        for folder in ("ontology", "shapes", "data")
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file()
    ]
    sources = CHECKOUT / "src"
    in_package = [
        path.relative_to(sources)
        for path in sources.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]

    wanted = {f"fedkg/_resources/{path.as_posix()}" for path in resources}
    wanted |= {path.as_posix() for path in in_package}
    assert not wanted - packed
    assert any(name.endswith("licenses/LICENSE") for name in packed)


def test_an_installed_fedkg_builds_and_queries(installed, tmp_path, anywhere_else):
    """In an empty folder, `build` makes the graph of the shipped lists and `query -` asks it."""

    def run(*arguments, **more):
        return subprocess.run(
            [installed, *arguments],
            cwd=tmp_path,
            env=anywhere_else,
            capture_output=True,
            text=True,
            **more,
        )

    built = run("build")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "fedkg-graph" / "current" / "graph.nq").stat().st_size > 0

    answered = run("query", "-", input=QUESTION)
    assert answered.returncode == 0, answered.stderr
    assert ANSWER in answered.stdout


def test_an_installed_fedkg_serves(installed, tmp_path, anywhere_else):
    """From an empty folder `fedkg serve` builds the graph, prints its address and answers there."""
    with serving(installed, tmp_path, anywhere_else) as address:
        assert ANSWER in ask(address)


def test_the_installed_fedkg_is_not_the_checkout(installed, tmp_path, anywhere_else):
    """The environment of these tests imports fedkg from the wheel: nothing else would be a test."""
    where = subprocess.run(
        [installed.with_name("python"), "-c", "import fedkg; print(fedkg.__file__)"],
        cwd=tmp_path,
        env=anywhere_else,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(where.stdout).is_relative_to(installed.parent.parent)
