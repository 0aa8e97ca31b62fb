"""A site as processes: what each holds, what ends with what, and how a newer build comes in."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from fedkg.store.builds import GraphDirectory, build_id_of

from .conftest import Site, serving

TITLE = "<urn:p> <http://purl.org/dc/terms/title> {title} <urn:g> .\n"
ASK = "SELECT ?title { ?p <http://purl.org/dc/terms/title> ?title }"


def publish(directory: GraphDirectory, title: str) -> str:
    """Publish a build of one triple and return its id."""
    with directory.staging() as room:
        (room / "graph.nq").write_text(TITLE.format(title=json.dumps(title)))
        return directory.publish(room, build_id_of(room / "graph.nq"), {}).id


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[GraphDirectory, Site]]:
    """A server as a user starts it, over a directory of builds."""
    directory = GraphDirectory(tmp_path / "graph")
    publish(directory, "first")
    log = tmp_path / "log"
    with log.open("w") as errors:  # a pipe that nobody reads would be full at some time
        server = subprocess.Popen(
            [sys.executable, "-m", "fedkg", "serve", "--dir", str(directory.path), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert server.stdout is not None
    address = urlsplit(server.stdout.readline().split()[2])
    yield directory, Site(address.hostname or "", address.port or 0, server.pid)
    server.terminate()
    server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Traceback" not in log.read_text()


def until(condition: Callable[[], Any], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_newer_build_comes_in_without_a_request_lost(
    served: tuple[GraphDirectory, Site],
) -> None:
    """Every answer is of the one or of the other, and says of which."""
    directory, site = served
    old = directory.current()
    assert old is not None
    ids = {old.id: "first"}
    answers = []
    with ThreadPoolExecutor(1) as pool:

        def ask() -> None:
            while not answers or answers[-1].headers["x-fedkg-build"] == old.id:
                answers.append(site.query(ASK, "text/csv"))

        asking = pool.submit(ask)
        ids[publish(directory, "second")] = "second"
        asking.result(timeout=30)
    for answer in answers:
        assert answer.status == 200
        assert answer.body.decode().split() == ["title", ids[answer.headers["x-fedkg-build"]]]


def test_a_build_that_cannot_be_opened_is_not_switched_to(
    served: tuple[GraphDirectory, Site],
) -> None:
    """The one before is served on."""
    directory, site = served
    with directory.staging() as room:
        (room / "graph.nq").write_text("no quads")
        directory.publish(room, build_id_of(room / "graph.nq"), {})
    time.sleep(1.5)
    assert site.query(ASK, "text/csv").body == b"title\r\nfirst\r\n"


def test_the_files_of_a_build_may_vanish_beneath_it(served: tuple[GraphDirectory, Site]) -> None:
    """What is open stays open; the next build mends the rest."""
    directory, site = served
    build = directory.current()
    assert build is not None
    shutil.rmtree(build.path)
    assert site.query(ASK, "text/csv").body == b"title\r\nfirst\r\n"
    publish(directory, "second")
    until(lambda: site.query(ASK, "text/csv").body == b"title\r\nsecond\r\n")


def test_no_process_outlives_the_server_even_when_that_is_killed() -> None:
    """In the middle of a query that has no end."""
    with serving() as (server, site), ThreadPoolExecutor(1) as pool:
        bomb = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        asked = pool.submit(site.query, bomb)
        children = Path(f"/proc/{site.pid}/task/{site.pid}/children")
        until(lambda: len(children.read_text().split()) == 2 + (os.cpu_count() or 2))
        pids = children.read_text().split()
        time.sleep(0.3)
        server.send_signal(signal.SIGKILL)
        server.wait()
        until(lambda: not any(is_running(pid) for pid in pids))
        assert asked.exception(timeout=30) is not None


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_process_that_dies_is_replaced() -> None:
    """All of them at once, and the next query is answered."""
    with serving() as (_, site):
        children = Path(f"/proc/{site.pid}/task/{site.pid}/children")
        pids = children.read_text().split()
        for pid in pids:
            os.kill(int(pid), signal.SIGKILL)
        until(lambda: not any(is_running(pid) for pid in pids))
        assert site.query("ASK {}").status == 200


def test_every_request_is_in_the_access_log(tmp_path: Path) -> None:
    """As JSON with its query's digest, what became of it, its rows, and never the query itself."""
    directory = GraphDirectory(tmp_path / "graph")
    publish(directory, "first")
    command = [sys.executable, "-m", "fedkg", "serve", "--dir", str(directory.path)]
    server = subprocess.Popen(
        [*command, "--port", "0", "--log-format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    address = urlsplit(server.stdout.readline().split()[2])
    site = Site(address.hostname or "", address.port or 0, server.pid)
    answer = site.query(ASK)
    site.query("no query")
    server.terminate()
    lines = [json.loads(line) for line in server.communicate(timeout=30)[1].splitlines()]
    assert [line["status"] for line in lines] == [200, 400]
    assert [line["outcome"] for line in lines] == ["answered", "query"]
    assert [line["rows"] for line in lines] == [1, None]
    assert lines[0]["size"] == len(answer.body)
    assert 0 < lines[0]["seconds"] < 30
    assert lines[0]["query"] != lines[1]["query"]
    assert "dc/terms" not in json.dumps(lines)


def test_the_process_of_the_server_itself_has_no_engine() -> None:
    """Nothing that could parse a query, or hold a graph."""
    program = (
        "import sys, fedkg.web.server, fedkg.cli.serving; "
        "print(sorted({'pyoxigraph', 'rdflib', 'oxrdflib', 'pyshacl'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
