"""Validation of a large graph: shard by shard, in two processes, the rest on disk."""

import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from fedkg.errors import ValidationError
from fedkg.processes import PROCESSES, processes
from fedkg.validate.engines import ENGINES, new_graph
from fedkg.validate.partition import LENT, OWN, SEEN, Partition, deal, foci, lend, spans, touching
from fedkg.validate.places import places
from fedkg.validate.questions import Question, questions_in, without
from fedkg.validate.reach import Reach, without_targets
from fedkg.validate.report import Report, Violation
from fedkg.validate.shapes import load

_TARGET_NODE = SH.targetNode.n3()
_SHARD = 10_000_000  # bytes of N-Quads, what about 500 papers take


@dataclass(frozen=True, slots=True)
class Judge:
    """What it takes to validate one shard.

    `rules` are the shapes without targets, as N-Triples, and `other_rules` the same without the
    rules in SPARQL that `questions` ask.
    """

    partition: Partition
    reach: Reach
    engine: str
    rules: str
    other_rules: str
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, shapes: Graph, partition: Partition, reach: Reach, engine: str) -> Self:
        """Return who judges by some shapes; `engine` is a key of ENGINES."""
        plain = without_targets(shapes)
        questions = questions_in(plain)
        rules = plain.serialize(format="ox-ntriples")
        others = without(plain, questions).serialize(format="ox-ntriples")
        return cls(partition, reach, engine, rules, others, questions)

    def __call__(self, shard: int) -> list[Violation]:
        """Return the violations of the nodes whose home the shard is."""
        found = set(foci(self.partition, shard, self.reach))
        if not found:
            return []
        triples = self.partition.read_common() + self.partition.read(shard, OWN, SEEN, LENT)
        # shacl-rust follows no path backwards from a literal
        engine = self.engine if all(node[0] == "<" for _, node in found) else "pyshacl"
        aims = (f"{shape} {_TARGET_NODE} {node} .\n" for shape, node in sorted(found))
        rules = self.rules if self._must_ask_each(shard, found) else self.other_rules
        return ENGINES[engine](triples, rules + "".join(aims))

    def _must_ask_each(self, shard: int, found: Collection[tuple[str, str]]) -> bool:
        """Whether the answer to a question may name one of the shapes' focus nodes."""
        predicates = frozenset[bytes]().union(*(one.predicates for one in self.questions))
        lines = self.partition.read(shard, SEEN, LENT).split(b"\n")[:-1]
        data = new_graph()
        data.parse(
            data=b"\n".join(line for line in lines if line.split(b" ", 2)[1] in predicates),
            format="ox-ntriples",
        )
        return any(
            question.may_name({node for shape, node in found if shape == question.shape}, data)
            for question in self.questions
        )


def validate_in_shards(
    nquads: Path,
    shapes: Graph,
    reach: Reach,
    ontology: Sequence[Path],
    engine: str,
    shards: int = 0,
) -> Report:
    """Return the report on the union of the graphs in an N-Quads file, as validated whole.

    `reach` is that of the shapes, `ontology` Turtle files beside the graph, `engine` a key of
    ENGINES; `shards` is found from the size of the file unless it is given. Shards stand beside the
    file, or where temporary files do when that folder cannot be written; they take its size once
    more, and are gone afterwards. Raises InputError for what cannot be read, ValidationError when a
    process dies or the disk is full.
    """
    shards = shards or max(PROCESSES, nquads.stat().st_size // _SHARD)
    beside = nquads.parent if os.access(nquads.parent, os.W_OK) else None
    try:
        with tempfile.TemporaryDirectory(dir=beside, prefix=".shards-") as name:
            partition = Partition(Path(name), shards)
            sources = [nquads, *(_as_triples(path, Path(name)) for path in ontology)]
            found = _judged(partition, sources, shapes, reach, engine)
            return Report.of(placed(found, lambda nodes: _around(sources, nodes)))
    except OSError as error:
        raise ValidationError(
            f"{nquads} cannot be split into shards ({error.strerror}): make room for it once more."
        ) from error


def _judged(
    partition: Partition, sources: Sequence[Path], shapes: Graph, reach: Reach, engine: str
) -> list[Violation]:
    """Return what is found in the shards of the sources, once they are dealt and have lent."""
    judge = Judge.of(shapes, partition, reach, engine)
    died = ValidationError(
        "A process that validated a part of the graph died, perhaps for want of memory: "
        "free some and try again."
    )
    with processes(died) as run:
        dealt = [(source, span) for source in sources for span in spans(source, PROCESSES)]
        run(deal, [(partition, *one, step, reach) for step, one in enumerate(dealt)])
        parts = [range(step, partition.shards, PROCESSES) for step in range(PROCESSES)]
        run(lend, [(partition, part, step, reach) for step, part in enumerate(parts)])
        judged = run(judge, [(shard,) for shard in range(partition.shards)])
    return [violation for some in judged for violation in some]


def placed(
    violations: Collection[Violation], around: Callable[[Collection[Node]], Graph]
) -> Iterator[Violation]:
    """Yield the violations with the places where to mend them; `around` as in `places`."""
    known = places(around, {URIRef(violation.focus) for violation in violations})
    for violation in violations:
        yield replace(violation, places=known.get(URIRef(violation.focus), ()))


def _as_triples(path: Path, folder: Path) -> Path:
    """Return a Turtle file as one of N-Triples."""
    graph = Graph()
    load(graph, path, "ox-turtle")
    triples = folder / f"{path.stem}.nt"
    graph.serialize(triples, format="ox-ntriples", encoding="utf-8")
    return triples


def _around(sources: Iterable[Path], nodes: Collection[Node]) -> Graph:
    names = {f"<{node}>".encode() for node in nodes if isinstance(node, URIRef)}
    lines = [line for source in sources for line in touching(source, names)]
    data = new_graph()
    data.parse(data=b"".join(lines), format="ox-ntriples")
    return data
