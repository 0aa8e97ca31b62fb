"""From a node at fault to the entries of lists behind it: where to mend."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from fedkg.namespaces import CITO, DCTERMS, FKG, FRBR, PRO
from fedkg.validate.report import Place

Around = Callable[[Collection[Node]], Graph]
"""Returns a graph that holds every triple of which one of the nodes is subject or object."""

_ENTRY = URIRef(FKG + "Entry")
_PAPER_LIST = URIRef(FKG + "PaperList")
_TOWARDS_ENTRIES = tuple(
    URIRef(iri)
    for iri in (
        FKG + "fromEntry",
        FKG + "about",
        FKG + "describes",
        FKG + "ofPaper",
        FRBR + "realizationOf",
        PRO + "relatesToDocument",
        CITO + "hasCitingEntity",
        DCTERMS + "isReplacedBy",
        str(RDFS.seeAlso),
    )
)
_FURTHEST = 3  # from a model family over its models and their papers to the entries


def places(around: Around, nodes: Iterable[Node]) -> Mapping[Node, tuple[Place, ...]]:
    """Return for each node the entries nearest to it; a node without any has no key.

    Nearest are itself, else what points to it, else what points there. Provenance itself (an
    assignment, a finding, a citation) is followed to what it is about. All nodes go a step
    together, so that a large graph is looked at no more often than there are steps.
    """
    known: dict[Node, tuple[Place, ...]] = {}
    levels = {node: {node} for node in nodes}
    seen = {node: {node} for node in levels}
    for _ in range(_FURTHEST + 1):
        if not levels:  # a look around reads the whole graph
            break
        data = around(set().union(*levels.values()))
        for node, level in [*levels.items()]:
            found = {place for near in level for place in _place(data, near)}
            near_by = {near for far in level for near in _neighbours(data, far)} - seen[node]
            if found:
                known[node] = tuple(sorted(found))
            if found or not near_by:
                del levels[node]
            else:
                levels[node] = near_by
                seen[node] |= near_by
    return known


def _neighbours(data: Graph, node: Node) -> Iterator[Node]:
    if isinstance(node, Literal):
        return
    yield from data.subjects(None, node)
    for predicate in _TOWARDS_ENTRIES:
        yield from data.objects(node, predicate)


def _place(data: Graph, node: Node) -> Iterable[Place]:
    kinds = set() if isinstance(node, Literal) else set(data.objects(node, RDF.type))
    if _PAPER_LIST in kinds:
        yield Place(_slug(str(node)), 0, _first(data, node, DCTERMS + "title"))
    if _ENTRY in kinds:
        lines = (getattr(line, "value", None) for line in data.objects(node, URIRef(FKG + "line")))
        line = min((line for line in lines if isinstance(line, int)), default=0)
        folder = str(node).rpartition("/")[0]  # entry/<list>: enough if inList is missing
        paper_list = _first(data, node, FKG + "inList") or folder
        yield Place(_slug(paper_list), line, _first(data, node, FKG + "titleAsListed"))


def _first(data: Graph, node: Node, predicate: str) -> str:
    """Return the value of a property; of several, which is one thing to mend, the first."""
    return min(map(str, data.objects(node, URIRef(predicate))), default="")


def _slug(paper_list: str) -> str:
    return paper_list.rstrip("/").rpartition("/")[2]
