"""Lines → sorted N-Quads: external sorting in constant memory, and the invariants of the whole."""

import heapq
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from fedkg.errors import InvalidGraphError

LINES_AT_ONCE = 500_000
"""How many lines are sorted in memory; more go through files of this length (some 150 MB)."""
_LINES_ENCODED_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class GraphSizes:
    """Triples by named graph (IRI), as written."""

    by_graph: dict[str, int]

    @property
    def total(self) -> int:
        """Triples in all: no triple stands in two graphs."""
        return sum(self.by_graph.values())


Taker = Callable[[BinaryIO, int], None]
"""Given a file of sorted lines as soon as it is written, and how many they are."""


def write_sorted(
    lines: Iterable[str],
    target: Path,
    *,
    at_once: int = LINES_AT_ONCE,
    taker: Taker = lambda _file, _lines: None,
) -> GraphSizes:
    """Write N-Quads lines sorted by code point, each once, and return the size of every graph.

    No more than `at_once` lines are in memory; the rest waits in files without a name beside the
    target, which the `taker` may read before they are merged, as long as it leaves their position
    alone. Raises InvalidGraphError where a triple stands in two graphs: a union would count it
    twice.
    """
    sizes: Counter[bytes] = Counter()
    last = triple_before = graph_before = b""
    with ExitStack() as stack, target.open("wb") as file:
        runs = []
        for run, length in _sorted_runs(lines, at_once, target.parent):
            runs.append(stack.enter_context(run))
            taker(run, length)
        for line in heapq.merge(*runs):
            if line == last:
                continue
            triple, graph, _ = line.rsplit(b" ", 2)
            if triple == triple_before:
                raise InvalidGraphError(
                    f"The triple {triple.decode()} stands in {_iri(graph_before)} and in "
                    f"{_iri(graph)}: leave it in one of the two."
                )
            file.write(line)
            sizes[graph] += 1
            last, triple_before, graph_before = line, triple, graph
    return GraphSizes({_iri(graph): size for graph, size in sorted(sizes.items())})


def _iri(name: bytes) -> str:
    return name[1:-1].decode()


def _sorted_runs(
    lines: Iterable[str], at_once: int, folder: Path
) -> Iterator[tuple[BinaryIO, int]]:
    """Yield files of sorted lines, `at_once` or fewer in each, and how many."""
    waiting = iter(lines)
    while batch := list(islice(waiting, at_once)):
        length = len(batch)
        yield _run(batch, folder), length


def _run(batch: list[str], folder: Path) -> BinaryIO:
    batch.sort()  # the order of code points is that of the bytes of UTF-8 (RFC 3629, section 1)
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
    for at in range(0, len(batch), _LINES_ENCODED_AT_ONCE):
        file.write("".join(batch[at : at + _LINES_ENCODED_AT_ONCE]).encode())
    batch.clear()  # before the next one is filled
    file.seek(0)
    return file
