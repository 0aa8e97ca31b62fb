"""What the pages cost: each type of page, asked over HTTP of a server with nothing else to do.

Prints a Markdown table: milliseconds (median and 95th percentile), and the bytes of the page.
The things are those that cost most: of each kind the one with the most papers.

    python benchmarks/pages.py [--dir GRAPH] [--runs N]

Without a graph directory, the lists that ship are built.
"""

import argparse
import http.client
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from serving import Served, served

from fedkg.search.catalogue import Catalogue

FACETS = ("technique", "dataset", "model", "family", "venue", "edition")


def targets(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield what to call each page, and its path with parameters."""
    most = {facet: next(iter(catalogue.facets[facet].values()), None) for facet in FACETS}
    yield "home", "/"
    newest, middle = (
        catalogue.page(catalogue.all, "newest", 0, 1),
        catalogue.paths([catalogue.size // 2]),
    )
    yield "paper, the newest", f"/{newest[0]}.html"
    yield "paper, one in the middle", f"/{middle[0]}.html"
    for facet, value in most.items():
        if value is not None:
            yield f"{facet}, {value.number:,} papers", f"/{value.path}.html"
            if facet == "technique":
                person = catalogue.team(value.path).first[:1]
                yield from (
                    (f"person, {one.papers} papers or more", f"/{one.path}.html") for one in person
                )
    paper_list = max(catalogue.lists, key=lambda one: one.entries)
    yield f"list, {paper_list.entries:,} entries", f"/{paper_list.path}.html"
    yield "browse", "/browse"
    chosen = {facet: value.path.partition("/")[2] for facet, value in most.items() if value}
    narrowed = {facet: chosen[facet] for facet in ("technique", "dataset") if facet in chosen}
    yield "browse, two facets, by title", f"/browse?{urlencode({**narrowed, 'sort': 'title'})}"
    yield "browse, the last page", f"/browse?page={-(-catalogue.size // 50)}"
    yield "browse, as CSV", "/browse.csv"
    yield "matrix", "/matrix"
    yield "search", "/search?q=federated+tun"
    yield "search, while typing", "/search.json?q=fed"
    yield "why", f"/why/{middle[0].partition('/')[2]}?property=dcterms:title"
    yield "ontology", "/ontology.html"


def measure(host: str, port: int, target: str, runs: int) -> tuple[list[float], int]:
    """Ask for a page again and again; return the seconds of each time, and its bytes."""
    connection = http.client.HTTPConnection(host, port, timeout=120)
    seconds, size = [], 0
    for turn in range(runs + 1):
        started = time.perf_counter()
        connection.request("GET", target, headers={"Accept": "text/html"})
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != http.client.OK:
            sys.exit(f"{target} is {answer.status}")
        if turn:  # the first opens what the others find open
            seconds.append(time.perf_counter() - started)
    connection.close()
    return seconds, size


def main() -> None:
    """Serve a graph, ask for its pages, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dir", type=Path, metavar="GRAPH", help="a graph directory")
    parser.add_argument("--runs", type=int, default=20, help="how often each page is asked for")
    given = parser.parse_args()
    with served(given.dir) as one:
        report(one, given.runs)


def report(one: Served, runs: int) -> None:
    """Print the table of the pages of a graph."""
    catalogue = Catalogue(one.build.search)
    print(f"{catalogue.size:,} papers, {runs} times each\n")
    print("| page | median, ms | 95th percentile, ms | bytes |\n|---|---:|---:|---:|")
    for name, target in targets(catalogue):
        seconds, size = measure(one.host, one.port, target, runs)
        middle, high = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        print(f"| {name} | {middle * 1000:.1f} | {high * 1000:.1f} | {size:,} |", flush=True)


if __name__ == "__main__":
    main()
