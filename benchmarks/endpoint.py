"""fedkg's SPARQL endpoint beside others, over the same graph: single questions, and load.

    python benchmarks/endpoint.py [--papers PAPERS] [--rounds N] [--seconds S] [--keep FOLDER]
        [--oxigraph PATH] [--rdflib-endpoint PYTHON] [--flags=FLAGS] [--distinct N]
        [--one-client] [--plot FILE]

Every round starts each server in turn, asks nine questions for half a second each, then loads it
with look-ups over 16 connections: alone, and beside two queries that do not end (bombs), each from
a client of its own and sent anew when it does end. Papers, people and datasets are drawn from the
graph, the same for every server, and no query is sent twice to a server while the rendered ones
last, so no cache of answers helps, unless `--distinct` says how many things are looked up. fedkg is
measured as it is served by default, or as `--flags` say: `--flags='--cache 0'`.

Prints Markdown tables: medians and 99th percentiles over all rounds, requests a second as the
median, least and most of the rounds, and ratios to oxigraph. `client` is what this program itself
took of one core: where that nears 100 %, it is the client that was measured.

oxigraph is the program of the package `oxigraph` (PyPI). `--rdflib-endpoint` names a Python that
can import rdflib_endpoint and oxrdflib. Virtuoso is measured where `virtuoso-t` is on the PATH.
"""

import argparse
import json
import os
import platform
import shlex
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import load
import servers
from questions import NINE, Drawing, Graph, indexed, prepare, read
from questions.results import Asked, Loaded, Results, load_table, plot, questions_table
from servers import Server

CONNECTIONS = 16
BOMBS = 2
BOMBERS = ("127.0.0.2", "127.0.0.3") if sys.platform == "linux" else ()
"""Where the bombs come from: other clients than the look-ups, unless `--one-client`."""
ASKING = 0.5
"""Seconds that each question is asked in a round, once at least."""
PATIENCE = 20.0
"""Seconds after which a question is given up, and not asked of that server again."""
LOOKUPS = ("single-paper", "load/authors", "load/person", "describe")
POOL = 12_000
"""Look-ups rendered for each second before the clock starts, the four in turn."""
WARMUP = 0.5
LOADS = {"look-ups alone": 0, f"beside {BOMBS} bombs": BOMBS}
ALL = ("fedkg", "oxigraph", "rdflib-endpoint", "Virtuoso")


def ask_all(server: Server, drawing: Drawing, turn: int, results: Results) -> None:
    """Ask a server every question that it has not failed at; one that may be stuck starts anew."""
    left = [name for name in NINE if not results.asked[server.name, name].failure]
    while left:
        with servers.running(server) as running:
            answers = True
            while left and answers:
                name = left.pop(0)
                queries = drawing.queries([read(name)], f"{name} {turn}")
                requests = (load.render(server.path, query) for query in queries)
                with socket.create_connection(running.address) as line:
                    answers = ask(line, requests, results.asked[server.name, name])


def ask(line: socket.socket, requests: Iterator[bytes], asked: Asked) -> bool:
    """Ask one question for a while, and tell whether all were answered; the first is warm-up."""
    spent = 0.0
    while spent < ASKING:
        try:
            answer, seconds = load.ask(line, next(requests), PATIENCE)
        except TimeoutError:
            asked.failure = f"> {PATIENCE:g} s"
            return False
        except ConnectionError:
            asked.failure = load.CUT
            return False
        if load.status_of(answer) != 200:
            asked.failure = f"status {load.status_of(answer)}"
            return True
        if asked.rows is None:
            asked.rows = rows(load.body_of(answer))
        if spent or seconds >= ASKING:
            asked.seconds.append(seconds)
        spent += seconds
    return True


def rows(body: bytes) -> int:
    """Return the rows of an answer in SPARQL's JSON, or the lines of one in N-Triples."""
    if body.lstrip().startswith(b"{"):
        return len(json.loads(body)["results"]["bindings"])
    return sum(bool(line.strip()) for line in body.splitlines())


def load_all(
    server: Server, drawing: Drawing, given: argparse.Namespace, turn: int, results: Results
) -> None:
    """Load a server, first alone, then beside bombs; what comes before is warm-up."""
    texts = [read(name) for name in LOOKUPS]
    count = given.distinct or int(POOL * (WARMUP + len(LOADS) * given.seconds))
    drawn = islice(drawing.queries(texts, f"load {turn}"), count)
    lookups = cycle([load.render(server.path, query) for query in drawn])
    bomb = load.render(server.path, read("load/bomb"))
    sources = () if given.one_client else BOMBERS
    with servers.running(server) as running:
        load.Load(running.address, lookups).run(WARMUP, CONNECTIONS)
        for kind, bombs in LOADS.items():
            before = servers.processes(running.session).cpu
            clients = load.Load(running.address, lookups, bomb, sources)
            outcome = clients.run(given.seconds, CONNECTIONS, bombs)
            cpu = servers.processes(running.session).cpu - before
            results.loaded[server.name, kind].append(Loaded(outcome, cpu))


def compared(given: argparse.Namespace, graph: Graph, folder: Path) -> list[Server]:
    """Return the servers that are there, fedkg first."""
    store = indexed(graph, given.oxigraph)
    found = [servers.fedkg(graph.folder, shlex.split(given.flags))]
    found.append(servers.oxigraph(given.oxigraph, store))
    if servers.has_rdflib_endpoint(given.rdflib_endpoint):
        found.append(servers.rdflib_endpoint(given.rdflib_endpoint, store))
    if binary := shutil.which("virtuoso-t"):
        found.append(servers.virtuoso(binary, graph.quads, folder / "virtuoso"))
    return found


def measure(given: argparse.Namespace, graph: Graph, folder: Path) -> Results:
    """Measure every server in every round, each round beginning with another."""
    drawing, results = Drawing(graph.iris), Results()
    there = compared(given, graph, folder)
    for turn in range(given.rounds):
        first = turn % len(there)
        for server in (*there[first:], *there[:first]):
            print(f"round {turn + 1} of {given.rounds}: {server.name}", file=sys.stderr)
            ask_all(server, drawing, turn, results)
            load_all(server, drawing, given, turn, results)
    return results


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--papers", type=int, default=10_000, help="1000, 10000, 100000, any other")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each load in a round")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the data, or reuse it")
    parser.add_argument("--oxigraph", metavar="PATH", default="oxigraph", help="the program")
    parser.add_argument(
        "--rdflib-endpoint", metavar="PYTHON", default=sys.executable, help="that can import it"
    )
    parser.add_argument("--flags", default="", help="for fedkg serve: --flags='--some flag'")
    parser.add_argument(
        "--distinct", type=int, metavar="N", help="look up so many things, again and again"
    )
    parser.add_argument("--one-client", action="store_true", help="bombs and look-ups are of one")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write an SVG too")
    given = parser.parse_args()
    beside = Path(sys.executable).parent / given.oxigraph
    found = shutil.which(given.oxigraph) or shutil.which(beside)
    if found is None:
        parser.error("oxigraph is not there: pip install oxigraph, then name it with --oxigraph.")
    given.oxigraph = found
    return given


def main() -> None:
    """Prepare the graph, measure, and print the tables."""
    given = options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(given.keep or name) / str(given.papers)
        graph = prepare(given.papers, folder)
        results = measure(given, graph, folder)
    print(
        f"{given.papers:,} papers, {graph.triples:,} triples, {given.rounds} rounds, "
        f"{CONNECTIONS} connections, Python {platform.python_version()}, {os.cpu_count()} cores\n"
    )
    print(*questions_table(ALL, results), sep="\n", end="\n\n")
    print(*load_table(ALL, results), sep="\n")
    if given.plot:
        given.plot.write_text(plot(ALL, results), encoding="utf-8")


if __name__ == "__main__":
    main()
