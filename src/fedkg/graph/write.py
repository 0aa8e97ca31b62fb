"""Lines → sorted N-Quads: external sorting in constant memory, and the invariants of the whole."""

import heapq
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from fedkg.errors import InvalidGraphError

LINES_AT_ONCE = 500_000
"""How many lines are sorted in memory; more go through files of this length (some 150 MB)."""


@dataclass(frozen=True, slots=True)
class GraphSizes:
    """Triples by named graph (IRI), as written."""

    by_graph: dict[str, int]

    @property
    def total(self) -> int:
        """Triples in all: no triple stands in two graphs."""
        return sum(self.by_graph.values())


def write_sorted(lines: Iterable[str], target: Path, *, at_once: int = LINES_AT_ONCE) -> GraphSizes:
    """Write N-Quads lines sorted by code point, each once, and return the size of every graph.

    No more than `at_once` lines are in memory; the rest waits in files without a name beside the
    target. Raises InvalidGraphError where a triple stands in two graphs: a union would count it
    twice.
    """
    sizes: Counter[str] = Counter()
    before = ("", "")
    with ExitStack() as stack, target.open("w", encoding="utf-8", newline="\n") as file:
        runs = [stack.enter_context(run) for run in _sorted_runs(lines, at_once, target.parent)]
        for line in heapq.merge(*runs):
            triple, graph = _split(line)
            if (triple, graph) == before:
                continue
            if triple == before[0]:
                raise InvalidGraphError(
                    f"The triple {triple} stands in {before[1]} and in {graph}: "
                    "leave it in one of the two."
                )
            file.write(line)
            sizes[graph] += 1
            before = (triple, graph)
    return GraphSizes(dict(sorted(sizes.items())))


def _split(line: str) -> tuple[str, str]:
    triple, graph, _ = line.rsplit(" ", 2)
    return triple, graph[1:-1]


def _sorted_runs(lines: Iterable[str], at_once: int, folder: Path) -> Iterator[TextIO]:
    """Yield files of sorted lines, `at_once` or fewer in each."""
    waiting = iter(lines)
    while batch := list(islice(waiting, at_once)):
        yield _run(batch, folder)


def _run(batch: list[str], folder: Path) -> TextIO:
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)  # noqa: SIM115
    file.writelines(sorted(batch))
    file.seek(0)
    return file
