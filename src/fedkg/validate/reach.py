"""How far from a focus node the shapes look: what a shard must hold to be judged alone.

All is read off the shapes, so that a new shape needs no change here. Shapes see two steps at most;
for shapes that see further there is no reach, and the graph is validated whole.
"""

import re
from dataclasses import dataclass
from typing import Self

from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from fedkg.validate.shapes import branches

_NAME = re.compile(r"<(?P<iri>[^<>\s]+)>|\b(?P<prefix>[A-Za-z][\w-]*):(?P<local>[A-Za-z]\w*)")
_INSIDE = (SH["or"], SH["and"], SH.xone)
_FURTHER = (SH.node, SH.property, SH.qualifiedValueShape)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which triples about other nodes the shapes look at. All are predicates' IRIs.

    incoming        those whose triples the object's shapes look at
    outwards        those whose objects' extracts the subject's shapes look at
    inwards         those whose subjects' extracts the object's shapes look at
    extract         what of a node others look at, its classes included
    class_targets, subject_targets, object_targets    shapes by what makes a node their focus:
                    a class, or being subject or object of a predicate
    """

    incoming: frozenset[str]
    outwards: frozenset[str]
    inwards: frozenset[str]
    extract: frozenset[str]
    class_targets: dict[str, tuple[str, ...]]
    subject_targets: dict[str, tuple[str, ...]]
    object_targets: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, shapes: Graph) -> Self | None:
        """Return the reach of shapes, None for those that look further than two steps."""
        forward, backward, second = set[str](), set[str](), set[str]()
        looked_back = {str(target) for target in shapes.objects(None, SH.targetObjectsOf)}
        for shape, path in shapes.subject_objects(SH.path):
            ways = branches(shapes, path)
            looks_at_class = _looks_at_class(shapes, shape)
            if ways is None or looks_at_class is None:
                return None
            for (first, inverse), *rest in ways:
                if len(rest) + looks_at_class > 1 or any(back for _, back in rest):
                    return None
                second |= {predicate for predicate, _ in rest}
                if inverse:
                    looked_back.add(first)
                if rest or looks_at_class:
                    (backward if inverse else forward).add(first)
        named = _named_in_sparql(shapes)
        if named is None or (None, SH.target, None) in shapes:
            return None
        return cls(
            incoming=frozenset(looked_back | named),
            outwards=frozenset(forward | named),
            inwards=frozenset(backward | named),
            extract=frozenset(second | named | {str(RDF.type)}),
            class_targets=_targets(shapes, SH.targetClass),
            subject_targets=_targets(shapes, SH.targetSubjectsOf),
            object_targets=_targets(shapes, SH.targetObjectsOf),
        )


def without_targets(shapes: Graph) -> Graph:
    """Return shapes that apply to nothing until targets are added."""
    left = Graph() + shapes
    for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
        left.remove((None, target, None))
    return left


def _looks_at_class(shapes: Graph, shape: Node) -> bool | None:
    """Whether a shape asks of which class a value is; None when it asks for more."""
    inside = [
        operand
        for predicate in _INSIDE
        for operands in shapes.objects(shape, predicate)
        for operand in Collection(shapes, operands)
    ]
    inside += shapes.objects(shape, SH["not"])
    if any((shape, predicate, None) in shapes for predicate in _FURTHER):
        return None
    if any((operand, SH.path, None) in shapes for operand in inside):
        return None
    answers = [_looks_at_class(shapes, operand) for operand in inside]
    if None in answers:
        return None
    return (shape, SH["class"], None) in shapes or any(answers)


def _named_in_sparql(shapes: Graph) -> set[str] | None:
    """Return every IRI that a rule in SPARQL names; None where a rule asks its own way (ASK, …).

    A rule may follow each from the focus node, either way, and then each once more, forwards.
    """
    names = set()
    prefixes = {
        str(shapes.value(declared, SH.prefix)): str(shapes.value(declared, SH.namespace))
        for declared in shapes.objects(None, SH.declare)
    }
    if (None, RDF.type, SH.ConstraintComponent) in shapes or (None, SH.ask, None) in shapes:
        return None
    for query in shapes.objects(None, SH.select):
        for match in _NAME.finditer(str(query)):
            iri = match["iri"] or prefixes.get(match["prefix"], "") + match["local"]
            names.add(iri)
    return names


def _targets(shapes: Graph, predicate: URIRef) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for shape, target in sorted(shapes.subject_objects(predicate)):
        assert not isinstance(shape, BNode), "a shape with targets has a name"
        found.setdefault(str(target), []).append(str(shape))
    return {target: tuple(of) for target, of in found.items()}


SUBCLASS = str(RDFS.subClassOf)
"""What every shard must know: a class target and sh:class mean subclasses too."""
