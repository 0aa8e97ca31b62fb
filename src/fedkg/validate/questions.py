"""Rules in SPARQL, asked once of all nodes of a shard before an engine asks them of each.

An engine evaluates the query of such a rule anew for every focus node, which $this stands for
(pre-binding, SHACL section 5.3.1): that costs as much as all other rules together. Where a query
binds $this itself before anything else looks at it, its one answer without pre-binding holds the
answers for all nodes. So when no focus node is in it, no node breaks the rule. When one is, the
engine is asked as ever, and its word is what is reported.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from pyparsing import ParseException
from rdflib import Graph, URIRef, Variable
from rdflib.namespace import SH
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

_THIS = Variable("this")
_CLAUSES = {"projection", "where", "groupby", "having"}
_ONE_STEP = {"PathAlternative", "PathSequence", "PathElt"}
_BOUND_BEFOREHAND = re.compile(r"\b(?:EXISTS|currentShape|shapesGraph)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A rule of a shape, as a query that may be asked of all nodes at once.

    `shape` and `predicates`, those of all triples that the query looks at, are as in N-Triples.
    """

    shape: str
    rule: Node
    query: str
    prefixes: dict[str, str]
    predicates: frozenset[bytes]

    @classmethod
    def of(cls, shapes: Graph, shape: Node, rule: Node) -> Self | None:
        """Return what a sh:sparql rule of a shape asks, None where it must be asked of each."""
        is_inside = any(predicate != SH.sparql for predicate in shapes.predicates(None, shape))
        texts = [str(text) for text in shapes.objects(rule, SH.select)]
        if is_inside or len(texts) != 1 or not isinstance(shape, URIRef):
            return None
        prefixes = {
            str(shapes.value(declared, SH.prefix)): str(shapes.value(declared, SH.namespace))
            for ontology in shapes.objects(rule, SH.prefixes)
            for declared in shapes.objects(ontology, SH.declare)
        }
        predicates = _predicates(texts[0], prefixes)
        if predicates is None:
            return None
        names = frozenset(f"<{predicate}>".encode() for predicate in predicates)
        return cls(shape.n3(), rule, texts[0], prefixes, names)

    def may_name(self, nodes: Collection[str], data: Graph) -> bool:
        """Return False when the answer over a graph names none of the nodes (as in N-Triples)."""
        if any(node[0] != "<" or "\\" in node for node in nodes):  # written in more than one way
            return True
        found = data.query(self.query, initNs=self.prefixes).bindings
        return any(_THIS not in row or f"<{row[_THIS]}>" in nodes for row in found)


def questions_in(shapes: Graph) -> tuple[Question, ...]:
    """Return the rules that may be asked at once."""
    found = (Question.of(shapes, shape, rule) for shape, rule in shapes.subject_objects(SH.sparql))
    return tuple(question for question in found if question is not None)


def without(shapes: Graph, questions: Iterable[Question]) -> Graph:
    """Return the shapes without these rules."""
    left = Graph() + shapes
    for question in questions:
        left.remove((None, SH.sparql, question.rule))
    return left


def _predicates(text: str, prefixes: Mapping[str, str]) -> set[str] | None:
    """Return the predicates of a query, None for a query that must be asked of each node.

    What may be asked at once is SELECT of variables with a WHERE of triples, filters on all of it
    and optional triples, the first of them about $this, and if it groups, then by $this.
    """
    try:
        query = parseQuery(text)[1]
    except ParseException:
        return None  # the engine says why
    clauses = set(query)
    is_grouped = _THIS in query.groupby.condition if query.groupby else "having" not in clauses
    is_plain = query.name == "SelectQuery" and clauses <= _CLAUSES and "projection" in clauses
    if not is_plain or not is_grouped or _BOUND_BEFOREHAND.search(text):
        return None
    if any(column.evar is not None for column in query.projection):
        return None
    parts = list(query.where.part or ())
    if not parts or parts[0].name != "TriplesBlock":
        return None
    blocks = [_triples(part) for part in parts]
    known = [block for block in blocks if block is not None]
    if len(known) < len(blocks) or not any(_THIS in (one, other) for one, _, other in known[0]):
        return None
    predicates = [_iri(step, prefixes) for block in known for _, step, _ in block]
    found = {predicate for predicate in predicates if predicate is not None}
    return None if None in predicates else found


def _triples(part: CompValue) -> list[tuple[Node, object, Node]] | None:
    """Return the triples in a part of a WHERE, none for a filter; None for parts of other kinds."""
    if part.name == "Filter":
        return []
    if part.name == "OptionalGraphPattern" and part.graph.name == "GroupGraphPatternSub":
        inside = [_triples(one) for one in part.graph.part if one.name == "TriplesBlock"]
        whole = len(inside) == len(part.graph.part)
        return [triple for block in inside for triple in block or ()] if whole else None
    if part.name != "TriplesBlock":
        return None
    return [tuple(flat[at : at + 3]) for flat in part.triples for at in range(0, len(flat), 3)]


def _iri(step: object, prefixes: Mapping[str, str]) -> str | None:
    """Return the predicate that a step is as parsed; None for a variable or another path."""
    while isinstance(step, CompValue) and step.name in _ONE_STEP:
        parts: list[object] = step.part if isinstance(step.part, list) else [step.part]
        if len(parts) != 1 or step.mod is not None:
            return None
        step = parts[0]
    if isinstance(step, CompValue) and step.name == "pname" and (step.prefix or "") in prefixes:
        return f"{prefixes[step.prefix or '']}{step.localname}"
    return str(step) if isinstance(step, URIRef) else None
