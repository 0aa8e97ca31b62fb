"""A graph that is measured, served: one that is there, or that of the lists that ship."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from fedkg.store.builds import Build, GraphDirectory

_FEDKG = (sys.executable, "-m", "fedkg")


@dataclass(frozen=True, slots=True)
class Served:
    """A build, and where a server answers for it."""

    build: Build
    host: str
    port: int


@contextmanager
def served(folder: Path | None) -> Iterator[Served]:
    """Serve a graph directory for a while; without one, build the lists that ship. Exits for none.

    The server has nothing else to do.
    """
    with tempfile.TemporaryDirectory() as room:
        if folder is None:
            command = [*_FEDKG, "build", "--dir", room]
            subprocess.run(command, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
        directory = folder or Path(room)
        build = GraphDirectory(directory).current()
        if build is None:
            sys.exit(f"{directory} holds no graph: run fedkg build --dir {directory}")
        command = [*_FEDKG, "serve", "--port", "0", "--dir", str(directory)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            assert server.stdout is not None
            address = urlsplit(server.stdout.readline().split()[2])
            try:
                yield Served(build, address.hostname or "", address.port or 0)
            finally:
                server.terminate()
