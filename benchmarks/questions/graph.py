"""The graph that is asked: generated papers, as `fedkg build` makes it, and who cites whom.

The lists of `generate.py` say nothing of citations, so they are added to the finished build, which
is then published anew.
"""

import heapq
import json
import random
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import generate

from fedkg.store.builds import GraphDirectory, build_id_of
from fedkg.store.indexing import LARGE, index

CITED = 10
"""A paper cites up to so many earlier ones, early ones more often."""
_SEED = 20_261_121
_CLASSES = {"Paper": "papers", "Person": "people", "Dataset": "datasets"}
_THING = re.compile(
    rb"<([^>]+)> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    rb"<https://w3id.org/fedkg/ontology#(Paper|Person|Dataset)> "
)


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph directory, its N-Quads, and what can be asked about."""

    folder: Path
    quads: Path
    triples: int
    iris: Mapping[str, Sequence[str]]


def prepare(papers: int, folder: Path) -> Graph:
    """Build a graph in a folder, or take the one that is there."""
    iris = folder / "iris.json"
    directory = folder / "graph"
    if not iris.is_file():
        if not (directory / "current").exists():
            _build(papers, folder)
        found = _things(directory / "current" / "graph.nq")
        _add_citations(directory, found["papers"])
        iris.write_text(json.dumps(found))
    build = (directory / "current").resolve()
    triples = json.loads((build / "meta.json").read_text())["triples"]
    return Graph(directory, build / "graph.nq", triples, json.loads(iris.read_text()))


def indexed(graph: Graph, oxigraph: str) -> Path:
    """Return the engine's files over a graph, those of fedkg or, for a small one, new ones."""
    store = graph.quads.with_name("store")
    if not store.is_dir():
        store = graph.folder.with_name("oxigraph")
        _load(oxigraph, graph.quads, store)
    return store


def _build(papers: int, folder: Path) -> None:
    lists = generate.write(papers, folder / "lists")
    command = [sys.executable, "-m", "fedkg", "build", "--no-validate", *map(str, lists)]
    _run([*command, "--dir", str(folder / "graph")])


def _load(oxigraph: str, quads: Path, store: Path) -> None:
    if store.is_dir():
        return
    staging = store.with_suffix(".staging")
    shutil.rmtree(staging, ignore_errors=True)
    _run([oxigraph, "load", "--location", str(staging), "--file", str(quads)])
    _run([oxigraph, "optimize", "--location", str(staging)])
    staging.rename(store)


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr}")


def _things(quads: Path) -> dict[str, list[str]]:
    """Return the IRIs of papers, people and datasets, in the order of the file."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    with quads.open("rb") as lines:
        for line in lines:
            if match := _THING.match(line):
                found[_CLASSES[match[2].decode()]][match[1].decode()] = None
    return {name: list(found[name]) for name in _CLASSES.values()}


def citations(papers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield who cites whom, the same for the same papers."""
    chance = random.Random(_SEED)
    for number, citing in enumerate(papers):
        earlier = {int(number * chance.random() ** 2) for _ in range(chance.randint(0, CITED))}
        yield from ((citing, papers[cited]) for cited in earlier if cited != number)


def _add_citations(directory: Path, papers: Sequence[str]) -> None:
    build = GraphDirectory(directory).current()
    assert build is not None
    fresh = sorted(
        f"<{citing}> <http://purl.org/spar/cito/cites> <{cited}> "
        "<https://w3id.org/fedkg/graph/papers> .\n".encode()
        for citing, cited in citations(papers)
    )
    triples = build.meta["triples"] + len(fresh)
    with GraphDirectory(directory).staging() as room:
        quads = room / "graph.nq"
        with build.graph.open("rb") as before, quads.open("wb") as file:
            file.writelines(heapq.merge(before, fresh))
        if triples >= LARGE:
            with quads.open("rb") as file:
                index([file], room / "store")
        for report in build.path.glob("report.*"):
            shutil.copy(report, room)
        meta = {**build.meta, "triples": triples}
        GraphDirectory(directory).publish(room, build_id_of(quads), meta)
    shutil.rmtree(build.path)
