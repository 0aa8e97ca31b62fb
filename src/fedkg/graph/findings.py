"""What was found doubtful (`graph/findings`), and where former IRIs lead (`graph/aliases`)."""

from collections.abc import Iterator

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import text
from fedkg.ids import digest
from fedkg.model import Collection, Finding


def finding_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of `graph/findings`."""
    graph = GraphBuilder(base, "graph/findings")
    for finding in collection.findings:
        _add_finding(graph, finding)
    return graph.lines()


def alias_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of `graph/aliases`: every other key of a paper is replaced by its own."""
    graph = GraphBuilder(base, "graph/aliases")
    for paper in collection.papers:
        for key in paper.former_keys:
            former = graph.thing(f"paper/{key}")
            graph.add(former, "dcterms:isReplacedBy", graph.thing(f"paper/{paper.key}"))
    return graph.lines()


def finding_key(finding: Finding) -> str:
    """Return `<kind>/<12 hex of what it is about>`.

    Its sentence is part of that: a dataset and a second one of one entry may both be unknown.
    """
    return f"{finding.kind}/{digest(*finding.about, finding.sentence)}"


def _add_finding(graph: GraphBuilder, finding: Finding) -> None:
    subject = graph.thing(f"finding/{finding_key(finding)}")
    graph.describe(subject, "fkg:Finding", "prov:Entity")
    graph.add(subject, "fkg:findingKind", text(finding.kind))
    graph.add(subject, "fkg:severity", text(finding.severity.value))
    graph.add(subject, "rdfs:comment", text(finding.sentence))
    graph.add_all(subject, "fkg:about", map(graph.thing, finding.about))
