"""The servers that are compared, each started anew over the same graph, and their processes.

fedkg and oxigraph open the same files of the same engine. rdflib-endpoint is given them through
oxrdflib, so that it starts at once; as released, it evaluates queries with rdflib's own engine.
Virtuoso loads the N-Quads into files of its own. All answer over the union of all graphs.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import load

PATIENCE = 120.0
"""Seconds that a server may take to start."""
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_RDFLIB_ENDPOINT = """
import sys, pyoxigraph, uvicorn
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
store = OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1]))
app = SparqlEndpoint(graph=Dataset(store, default_union=True), path="/sparql")
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning")
"""
_VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {data}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ServerThreads = 40
[HTTPServer]
ServerPort = {http}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server: how it is started on a port, and where it answers."""

    name: str
    command: Callable[[int], Sequence[str]]
    path: str = "/sparql"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers. `session` is the session of its processes."""

    address: load.Address
    session: int


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes of a session: how many, resident bytes, and seconds of CPU used so far."""

    count: int
    resident: int
    cpu: float


def fedkg(graph: Path, flags: Sequence[str] = ()) -> Server:
    """Return fedkg over a graph directory, as it is served by default but for the flags."""
    base = (sys.executable, "-m", "fedkg", "serve", "--dir", str(graph))
    return Server("fedkg", lambda port: [*base, "--port", str(port), *flags])


def oxigraph(binary: str, store: Path) -> Server:
    """Return oxigraph's own server over its files."""
    base = (binary, "serve-read-only", "--union-default-graph", "--location", str(store))
    return Server("oxigraph", lambda port: [*base, "--bind", f"127.0.0.1:{port}"], "/query")


def rdflib_endpoint(python: str, store: Path) -> Server:
    """Return rdflib-endpoint, run by a Python that can import it and oxrdflib."""
    base = (python, "-c", _RDFLIB_ENDPOINT, str(store))
    return Server("rdflib-endpoint", lambda port: [*base, str(port)])


def has_rdflib_endpoint(python: str) -> bool:
    """Tell whether a Python can run rdflib-endpoint over oxrdflib."""
    probe = (python, "-c", "import oxrdflib, rdflib_endpoint, uvicorn")
    try:
        return not subprocess.run(probe, capture_output=True, check=False).returncode
    except OSError:
        return False


def virtuoso(binary: str, quads: Path, folder: Path) -> Server:
    """Return Virtuoso; the quads are loaded into the folder unless that was done before."""
    sql = free_port()
    paths = {"folder": folder.resolve(), "data": quads.resolve().parent, "sql": sql}

    def command(port: int) -> Sequence[str]:
        ini = folder / "virtuoso.ini"
        ini.write_text(_VIRTUOSO_INI.format(http=port, **paths))
        return [binary, "+foreground", "+configfile", str(ini.resolve())]

    server = Server("Virtuoso", command)
    if not (folder / "loaded").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with running(server):
            _load_into_virtuoso(binary, sql, quads.resolve())
        (folder / "loaded").touch()
    return server


def _load_into_virtuoso(binary: str, sql: int, quads: Path) -> None:
    beside = Path(binary).resolve().parent
    names = (str(beside / "isql-vt"), "isql-vt", str(beside / "isql"), "isql")
    isql = next((found for name in names if (found := shutil.which(name))), None)
    if isql is None:
        sys.exit("Virtuoso's isql is not there: install it, or take virtuoso-t off the PATH.")
    work = f"ld_dir('{quads.parent}', '{quads.name}', 'urn:graph'); rdf_loader_run(); checkpoint;"
    subprocess.run(
        (isql, str(sql), "dba", "dba", "VERBOSE=OFF", f"EXEC={work}"),
        check=True,
        capture_output=True,
    )


@contextmanager
def running(server: Server, environment: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Start a server on a free port, wait until it answers, and end it with all its processes."""
    port = free_port()
    process = subprocess.Popen(
        server.command(port),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        _wait(server, port, process)
        yield Running(("127.0.0.1", port), process.pid)
    finally:
        _end(process)


def _wait(server: Server, port: int, process: subprocess.Popen[bytes]) -> None:
    request = load.render(server.path, "ASK {}")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit(f"{server.name} ended at once: {' '.join(server.command(port))}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if load.status_of(load.ask(line, request, 5)[0]) == 200:
                    return
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit(f"{server.name} did not answer within {PATIENCE:g} seconds.")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, which may be stuck in a query, and what it started."""
    for number, seconds in ((signal.SIGTERM, 3), (signal.SIGKILL, 30)):
        try:
            os.killpg(process.pid, number)
            process.wait(seconds)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
    process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def processes(session: int, proc: Path = Path("/proc")) -> Processes:
    """Return the processes of a session; the CPU of those that ended is their parents'."""
    found = [fields for fields in _stats(proc) if int(fields[3]) == session]
    ticks = sum(int(field) for fields in found for field in fields[11:15])
    resident = sum(int(fields[21]) for fields in found)
    return Processes(len(found), resident * _PAGE, ticks / _TICK)


def _stats(proc: Path) -> Iterator[list[str]]:
    """Yield the fields after the name of every process (proc(5), the file stat)."""
    for path in proc.iterdir():
        if re.fullmatch(r"\d+", path.name):
            try:
                yield (path / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
