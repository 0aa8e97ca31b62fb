"""A file of N-Quads becomes shards on disk, each with all that the shapes look at in it.

Every node has a home, one shard, found from its name alone. A triple goes to the home of its
subject. Where the shapes look from a node at another that lives elsewhere, the other's home is
asked, and lends an extract of it. So any shard can be judged by itself, and where a node lives
changes speed only, never a result. Memory is bounded by `_HELD`, whatever the size of the graph.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from rdflib.namespace import RDF

from fedkg.errors import InputError
from fedkg.validate.reach import SUBCLASS, Reach

OWN, SEEN, LENT, ASKED, COMMON = "own", "seen", "lent", "asked", "common"
"""Files of a shard: triples of its nodes; those that others may look at or that make a node a
focus; what it borrows; what it is asked for. COMMON is for all shards together."""

_HELD = 32_000_000  # bytes of lines in memory before they are written
_REQUESTS = 160_000  # requests in memory before they are, which take as much
# What a line may be: N-Quads (https://www.w3.org/TR/n-quads/#sec-grammar), without blank nodes. Its
# IRIs are absolute, which the grammar leaves to the text. No group is possessive, which is wrong
# before Python 3.11.5 where something in it goes back
# (https://github.com/python/cpython/issues/106052).
_UCHAR = rb"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PLAIN = rb"""[^\x00-\x20<>"{}|^`\\]*+"""
_IRI = rb"<[A-Za-z][A-Za-z0-9+.-]*+:%b(?:(?:%b)%b)*>" % (_PLAIN, _UCHAR, _PLAIN)
_ESCAPE = rb"""\\[tbnrf"'\\]|%b""" % _UCHAR
_TAG = rb"@[A-Za-z]++(?:-[A-Za-z0-9]++)*"
_LITERAL = rb"""\"[^"\\\r\n]*+(?:(?:%b)[^"\\\r\n]*+)*"(?:%b|\^\^%b)?""" % (_ESCAPE, _TAG, _IRI)
_GAP = rb"[ \t]*+"
_QUAD = re.compile(
    rb"%b(%b)%b(%b)%b(%b|%b)%b(?:%b)?%b\.%b(?:#.*)?\s*"
    % (_GAP, _IRI, _GAP, _IRI, _GAP, _IRI, _LITERAL, _GAP, _IRI, _GAP, _GAP)
)
_NOTHING = re.compile(rb"\s*(?:#.*)?\s*")
# A hint that keeps together what often looks at each other. Any other would give the same report.
_OWNER = re.compile(rb"/(?:paper|version|authorship|assignment)/([^/>]+)")
_TYPE = f"<{RDF.type}>".encode()
_SUBCLASS = f"<{SUBCLASS}>".encode()

Triple = tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Partition:
    """A folder of shards of one graph; the files of a step end in its number."""

    folder: Path
    shards: int

    def home(self, node: bytes) -> int:
        """Return the shard where a node, as written in N-Triples, lives."""
        owner = _OWNER.search(node)
        return crc32(owner[1] if owner else node) % self.shards

    def read(self, shard: int, *kinds: str) -> bytes:
        """Return all lines of these kinds in a shard."""
        files = (path for kind in kinds for path in sorted(self._at(shard).glob(f"{kind}.*")))
        return b"".join(path.read_bytes() for path in files)

    def read_common(self) -> bytes:
        """Return the lines that every shard needs."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob(f"{COMMON}.*")))

    def write(self, shard: int, name: str, lines: Iterable[bytes]) -> None:
        """Append lines to a file of a shard."""
        folder = self._at(shard)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("ab") as file:
            file.writelines(lines)

    def _at(self, shard: int) -> Path:
        return self.folder / f"{shard:05d}"


class _Piles:
    """Lines on their way to a file of each shard, until they are flushed."""

    def __init__(self, partition: Partition, kind: str, step: int) -> None:
        self._partition = partition
        self._name = f"{kind}.{step}"
        self._piles: list[list[bytes]] = [[] for _ in range(partition.shards)]

    def of(self, shard: int) -> list[bytes]:
        """Return the pile of a shard, to append to: it stays the same list."""
        return self._piles[shard]

    def flush(self) -> None:
        for shard, pile in enumerate(self._piles):
            if pile:
                self._partition.write(shard, self._name, pile)
                pile.clear()


@dataclass(frozen=True, slots=True)
class _Looks:
    """The predicates of a reach as they are written in N-Triples."""

    incoming: frozenset[bytes]
    outwards: frozenset[bytes]
    inwards: frozenset[bytes]
    linking: frozenset[bytes]
    targeting: frozenset[bytes]
    seen: frozenset[bytes]

    @classmethod
    def of(cls, reach: Reach) -> "_Looks":
        seen = {*reach.extract, *reach.subject_targets, *reach.object_targets}
        return cls(
            _written(reach.incoming),
            _written(reach.outwards),
            _written(reach.inwards),
            _written(reach.incoming | reach.outwards),
            _written(reach.object_targets),
            _written(seen),
        )


def deal(
    partition: Partition, source: Path, span: tuple[int, int], step: int, reach: Reach
) -> None:
    """Send the lines that begin within `span` (bytes of the source) home, and ask for extracts.

    Raises InputError for a line that is no N-Quad.
    """
    looks = _Looks.of(reach)
    own, seen, lent, asked = (_Piles(partition, kind, step) for kind in (OWN, SEEN, LENT, ASKED))
    requests: set[tuple[int, bytes, int]] = set()
    common = []
    last, here, held = b"", 0, 0
    for subject, predicate, value in _triples(source, span):
        if subject != last:
            last, here = subject, partition.home(subject)
            own_here, seen_here = own.of(here), seen.of(here)
            if held > _HELD or len(requests) > _REQUESTS:
                _ask(asked, requests)
                for piles in (own, seen, lent, asked):
                    piles.flush()
                held = 0
        line = b"%b %b %b .\n" % (subject, predicate, value)
        held += len(line)
        (seen_here if predicate in looks.seen else own_here).append(line)
        if predicate in looks.linking and (value[:1] == b"<" or predicate in looks.targeting):
            there = partition.home(value)
            if there != here:
                if predicate in looks.outwards:
                    requests.add((there, value, here))
                if predicate in looks.incoming:
                    lent.of(there).append(line)
                    held += len(line)
                if predicate in looks.inwards:
                    requests.add((here, subject, there))
        if predicate == _SUBCLASS:
            common.append(line)
    _ask(asked, requests)
    for piles in (own, seen, lent, asked):
        piles.flush()
    with (partition.folder / f"{COMMON}.{step}").open("wb") as file:
        file.writelines(common)


def lend(partition: Partition, shards: range, step: int, reach: Reach) -> None:
    """Write the extracts that these shards are asked for to the shards that asked."""
    extract = _written(reach.extract)
    lent = _Piles(partition, LENT, step)
    held = 0
    for shard in shards:
        wanted: dict[bytes, set[int]] = {}
        for request in partition.read(shard, ASKED).split(b"\n")[:-1]:
            node, _, asker = request.rpartition(b" ")
            wanted.setdefault(node, set()).add(int(asker))
        for line in partition.read(shard, SEEN).splitlines(keepends=True) if wanted else ():
            subject, predicate, _ = line.split(b" ", 2)
            if predicate in extract:
                for borrower in wanted.get(subject, ()):
                    lent.of(borrower).append(line)
                    held += len(line)
        if held > _HELD:
            lent.flush()
            held = 0
    lent.flush()


def foci(partition: Partition, shard: int, reach: Reach) -> Iterator[tuple[str, str]]:
    """Yield the shapes of a shard, each with a focus node whose home it is; as in N-Triples."""
    above = _classes_above(partition.read_common())
    of_class = _by_name(reach.class_targets)
    of_subject, of_object = _by_name(reach.subject_targets), _by_name(reach.object_targets)
    for subject, predicate, value in _split(partition.read(shard, SEEN)):
        if predicate == _TYPE:
            for name in above.get(value) or (value,):
                for shape in of_class.get(name, ()):
                    yield shape, subject.decode()
        for shape in of_subject.get(predicate, ()):
            yield shape, subject.decode()
    for _, predicate, value in _split(partition.read(shard, SEEN, LENT)) if of_object else ():
        if predicate in of_object and partition.home(value) == shard:
            for shape in of_object[predicate]:
                yield shape, value.decode()


def spans(source: Path, count: int) -> list[tuple[int, int]]:
    """Return `count` spans that cover the bytes of a file."""
    size = source.stat().st_size
    edges = [size * at // count for at in range(count + 1)]
    return [*pairwise(edges)]


def touching(source: Path, nodes: set[bytes]) -> Iterator[bytes]:
    """Yield the triples, as N-Triples, of which one of the nodes is subject or object."""
    for subject, predicate, value in _triples(source, (0, source.stat().st_size)):
        if subject in nodes or value in nodes:
            yield b"%b %b %b .\n" % (subject, predicate, value)


def _triples(source: Path, span: tuple[int, int]) -> Iterator[Triple]:
    start, end = span
    with source.open("rb") as file:
        at = start
        if start:
            file.seek(start - 1)
            at += len(file.readline()) - 1
        match = _QUAD.fullmatch
        for line in file:
            if at >= end:
                return
            found = match(line)
            if found:
                yield found.group(1, 2, 3)  # type: ignore[misc]
            elif not _NOTHING.fullmatch(line):
                raise InputError(
                    f"{source} is not valid RDF, mend or rebuild it: line {_number(source, at)} "
                    "is no N-Quad, or has a blank node, which no graph of fedkg has."
                )
            at += len(line)


def _number(source: Path, at: int) -> int:
    """Return the number of the line that begins at a byte."""
    with source.open("rb") as file:
        seen = number = 0
        while seen <= at:
            seen += len(file.readline())
            number += 1
    return number


def _ask(asked: _Piles, requests: set[tuple[int, bytes, int]]) -> None:
    for home, node, asker in requests:
        asked.of(home).append(b"%b %d\n" % (node, asker))
    requests.clear()


def _by_name(targets: Mapping[str, Iterable[str]]) -> dict[bytes, tuple[str, ...]]:
    """Return the targets of a reach, all names as they are written in N-Triples."""
    return {
        f"<{name}>".encode(): tuple(f"<{shape}>" for shape in shapes)
        for name, shapes in targets.items()
    }


def _split(lines: bytes) -> Iterator[Triple]:
    """Yield the parts of lines that `deal` wrote."""
    for line in lines.split(b"\n")[:-1]:
        subject, predicate, value = line.split(b" ", 2)
        yield subject, predicate, value[:-2]


def _classes_above(subclasses: bytes) -> dict[bytes, set[bytes]]:
    """Return every class with a class above it, with itself and all above."""
    direct: dict[bytes, set[bytes]] = {}
    for below, _, above in _split(subclasses):
        direct.setdefault(below, set()).add(above)
    closed = {}
    for name in direct:
        found, waiting = {name}, [name]
        while waiting:
            new = direct.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        closed[name] = found
    return closed


def _written(predicates: Iterable[str]) -> frozenset[bytes]:
    return frozenset(f"<{predicate}>".encode() for predicate in predicates)
