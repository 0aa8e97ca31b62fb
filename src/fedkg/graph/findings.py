"""What was found doubtful (`graph/findings`), and where former IRIs lead (`graph/aliases`)."""

from collections.abc import Iterator

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import day, text
from fedkg.ids import digest
from fedkg.model import Collection, Decision, Finding


def finding_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of `graph/findings`: findings, and the decisions on what is one work."""
    graph = GraphBuilder(base, "graph/findings")
    for finding in collection.findings:
        _add_finding(graph, finding)
    for decision in collection.decisions:
        _add_decision(graph, decision)
    return graph.lines()


def alias_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of `graph/aliases`: what former IRIs and other keys are replaced by.

    One that may mean any of several things is replaced by none of them: it points to all.
    """
    graph = GraphBuilder(base, "graph/aliases")
    for paper in collection.papers:
        for key in paper.former_keys:
            former = graph.thing(f"paper/{key}")
            graph.add(former, "dcterms:isReplacedBy", graph.thing(f"paper/{paper.key}"))
    for path, led in collection.former_paths:
        predicate = "dcterms:isReplacedBy" if len(led) == 1 else "rdfs:seeAlso"
        graph.add_all(graph.thing(path), predicate, map(graph.thing, led))
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


def _add_decision(graph: GraphBuilder, decision: Decision) -> None:
    key = digest(decision.kind, *decision.about, decision.reason)
    subject = graph.thing(f"decision/{key}")
    graph.describe(subject, "fkg:Decision", "prov:Activity")
    graph.add(subject, "rdfs:comment", text(decision.kind))
    if decision.day:
        graph.add(subject, "dcterms:date", day(decision.day))
    graph.add_all(subject, "fkg:evidence", (text(str(item)) for item in decision.evidence))
    graph.add(subject, "fkg:reason", text(decision.reason) if decision.reason else None)
    graph.add_all(subject, "fkg:about", map(graph.thing, decision.about))
