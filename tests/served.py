"""A server over a graph directory, asked over HTTP as a client would."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit


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

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

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


@contextmanager
def serving_directory(directory: Path) -> Iterator[Site]:
    """Serve a graph directory for a while, as a user does."""
    command = [sys.executable, "-m", "fedkg", "serve", "--dir", str(directory), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        address = urlsplit(server.stdout.readline().split()[2])
        try:
            yield Site(address.hostname or "", address.port or 0, server.pid)
        finally:
            server.terminate()
