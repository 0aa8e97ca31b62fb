"""A running server, started as people start it, and what it is asked."""

import http.client
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from .cases import Loaded

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    content_type: str
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Server:
    """A server's address, and how to ask it."""

    host: str
    port: int

    @property
    def endpoint(self) -> str:
        """The IRI of its SPARQL endpoint."""
        return f"http://{self.host}:{self.port}/sparql"

    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)
        try:
            connection.request(method, target, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.getheader("content-type", ""), response.read())
        finally:
            connection.close()


def read_file(loaded: Loaded, base: str) -> list[ox.Quad]:
    """Return the statements of a file in its graph; its blank nodes are nobody else's."""
    rdf_format = ox.RdfFormat.from_extension(loaded.file.suffix.removeprefix("."))
    assert rdf_format is not None, loaded.file
    return in_graph(loaded.graph, loaded.file.read_bytes(), rdf_format, base)


def in_graph(
    graph: str | None, content: bytes, rdf_format: ox.RdfFormat, base: str
) -> list[ox.Quad]:
    """Return the statements of an RDF text, put into a graph."""
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    quads = ox.parse(content, rdf_format, base_iri=base, rename_blank_nodes=True)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads]


@contextmanager
def serving(quads: Iterable[ox.Quad]) -> Iterator[Server]:
    """Serve these statements for a while."""
    with tempfile.TemporaryDirectory() as folder:
        data, errors = Path(folder) / "data.nq", Path(folder) / "errors"
        ox.serialize(quads, data, format=ox.RdfFormat.N_QUADS)
        command = [sys.executable, "-m", "fedkg", "serve", "--data", str(data), "--port", "0"]
        env = {k: v for k, v in os.environ.items() if not k.startswith("FEDKG_")}
        with (
            errors.open("wb") as log,
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=folder,
                env=env,
            ) as process,
        ):
            try:
                line = process.stdout.readline() if process.stdout else ""
                address = re.search(r"http://([\d.]+):(\d+)/", line)
                if address is None:
                    raise RuntimeError(f"The server did not start: {errors.read_text()}")
                yield Server(address[1], int(address[2]))
            finally:
                _stop(process)


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
