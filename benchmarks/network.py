"""Times the measures of a network on a generated graph: 100,000 papers, 1,000,000 citations.

Prints a Markdown table: seconds, and the peak resident set of the process so far (`ru_maxrss` of
getrusage(2): KiB on Linux, bytes on macOS). Each paper cites earlier ones, half of them those that
are much cited already, as papers do. The statements go straight into the engine, in memory.

    python benchmarks/network.py [PAPERS [CITATIONS]]
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pyoxigraph as ox

from fedkg.network.communities import communities
from fedkg.network.main_path import main_path
from fedkg.network.rank import in_degrees, pagerank
from fedkg.network.reading import read_network
from fedkg.network.together import co_citation, coupling
from fedkg.network.works import prior_works
from fedkg.store.engine import Engine
from fedkg.web.pages.citations import read_citations

MIB = 2**20 if sys.platform == "darwin" else 2**10
BASE = "https://w3id.org/fedkg/paper/"
FKG = "https://w3id.org/fedkg/ontology#"
GRAPH = "<https://w3id.org/fedkg/graph/papers>"
Found = TypeVar("Found")


def citations(papers: int, number: int) -> Iterator[tuple[int, int]]:
    """Yield about so many citations of earlier papers, each once."""
    chance = random.Random(20_261_101)
    cited: list[int] = []
    for paper in range(1, papers):
        some = set()
        for _ in range(number // papers):
            often = cited and chance.random() < 0.5
            some.add(chance.choice(cited) if often else chance.randrange(paper))
        cited += sorted(some)
        yield from ((paper, one) for one in sorted(some))


def quads(papers: int, number: int) -> Iterator[bytes]:
    """Yield the lines of the graph: what `fedkg build` states of papers and their citations."""
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    boolean = "<http://www.w3.org/2001/XMLSchema#boolean>"
    for paper in range(papers):
        it, year = f"<{BASE}p{paper}>", 2000 + 25 * paper // papers
        yield (
            f'{it} <http://purl.org/dc/terms/title> "A paper that never was, {paper}" {GRAPH} .\n'
            f'{it} <{FKG}listed> "true"^^{boolean} {GRAPH} .\n'
            f'{it} <{FKG}year> "{year}"^^{integer} {GRAPH} .\n'
            f"{it} <{FKG}referencesKnown> <{FKG}Whole> {GRAPH} .\n"
        ).encode()
    for citing, cited in citations(papers, number):
        link = "<http://purl.org/spar/cito/cites>"
        yield f"<{BASE}p{citing}> {link} <{BASE}p{cited}> {GRAPH} .\n".encode()


def report(what: str, work: Callable[[], Found]) -> Found:
    """Do some work, print what it took, and return what it found."""
    started = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    took = f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
    print(f"| {what} | {took} | {peak:,.0f} |", flush=True)
    return found


def main() -> None:
    """Make the graph, and measure each measure."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    store = ox.Store()
    print("| what | time | peak MiB so far |\n|---|---:|---:|")
    report("loading the statements (the engine, in memory)", lambda: load(store, papers, number))
    network = report("reading papers and citations", lambda: read_network(Engine(store)))
    graph = network.graph
    numbers = in_degrees(graph)
    most = max(range(papers), key=lambda paper: numbers[paper])
    usual = sorted(range(papers), key=lambda paper: numbers[paper])[papers // 2]
    for paper in (usual, most):
        by = f"that {numbers[paper]:,} cite"
        report(f"co-citation of a paper {by}", lambda paper=paper: co_citation(graph, paper))
        report(f"coupling of a paper {by}", lambda paper=paper: coupling(graph, paper))
    shares = max(range(papers), key=lambda one: sum(numbers[cited] for cited in graph.cites[one]))
    report("coupling of the paper with most to share", lambda: coupling(graph, shares))
    pages = (
        ("a usual paper", usual),
        ("the most cited", most),
        ("that with most to share", shares),
    )
    for which, paper in pages:
        iri = network.papers[paper].iri
        report(
            f"the citations on the page of {which}",
            lambda iri=iri: read_citations(Engine(store), iri),
        )
    report("prior works of all", lambda: prior_works(graph, range(papers)))
    report("PageRank", lambda: pagerank(graph, range(papers)))
    report("main path", lambda: main_path(graph))
    found = report("communities", lambda: communities(graph))
    print(f"\n{papers:,} papers, {len(graph):,} citations, {len(found):,} communities")


def load(store: ox.Store, papers: int, number: int) -> None:
    """Put the graph into the engine, a part at a time."""
    part: list[bytes] = []
    for line in quads(papers, number):
        part.append(line)
        if len(part) == 50_000:
            store.bulk_load(b"".join(part), ox.RdfFormat.N_QUADS)
            part.clear()
    store.bulk_load(b"".join(part), ox.RdfFormat.N_QUADS)


if __name__ == "__main__":
    main()
