"""A real server over the small graph, asked over HTTP."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from served import Answer, Site

__all__ = ["Answer", "Site"]

GRAPH = Path(__file__).parent.parent / "cases" / "five-papers.trig"
BUILD_ID = "b" * 64
PROGRAM = """
import json
import sys
from functools import partial
from pathlib import Path
from fedkg.errors import ServerError
from fedkg.web.pool.limits import Limits
from fedkg.web.pool.source import Source
from fedkg.web.server import serve
from fedkg.web.site import Graph, Site
graph = Graph(Source.of_files([Path(sys.argv[1])]), sys.argv[4])
site = Site(graph, Limits(**json.loads(sys.argv[5])))
try:
    serve(site, host=sys.argv[2], port=int(sys.argv[3]), seconds=11,
          say=partial(print, flush=True))
except ServerError as error:
    sys.exit(str(error))
"""


def start(host: str = "127.0.0.1", port: int = 0, limits: str = "{}") -> subprocess.Popen[str]:
    """Start a server; its first line of output holds its address."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            PROGRAM,
            str(GRAPH),
            host,
            str(port),
            BUILD_ID,
            limits,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def serving(**limits: float) -> Iterator[tuple[subprocess.Popen[str], Site]]:
    """Run a server for a while, with some limits other than by default."""
    server = start(limits=json.dumps(limits))
    try:
        line = server.stdout.readline()
        address = urlsplit(line.split()[2])
        yield server, Site(address.hostname or "", address.port or 0, server.pid)
    finally:
        if server.poll() is None:
            server.kill()
        server.communicate()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with serving() as (_, found):
        yield found


@pytest.fixture
def run_server() -> Callable[..., Any]:
    return serving


@pytest.fixture
def start_server() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start_one(**address: str | int) -> subprocess.Popen[str]:
        started.append(start(**address))
        return started[-1]

    yield start_one
    for server in started:
        if server.poll() is None:
            server.kill()
            server.communicate()
