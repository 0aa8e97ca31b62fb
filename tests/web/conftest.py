"""A real server over the small graph, asked over HTTP."""

import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

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


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Site:
    """A server's address, and how to ask it."""

    host: str
    port: int
    pid: int

    def ask(
        self,
        target: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request(method, target, body, dict(headers or {}))
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, named, response.read())
        finally:
            connection.close()

    def query(self, query: str, accept: str | None = None, **parameters: str | list[str]) -> Answer:
        headers = {} if accept is None else {"Accept": accept}
        return self.ask(self.target(query, **parameters), headers=headers)

    def target(self, query: str, **parameters: str | list[str]) -> str:
        """Return the path and parameters of a query."""
        return f"/sparql?{urlencode({'query': query, **parameters}, doseq=True)}"


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
