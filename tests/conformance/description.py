"""The Service Description: what the endpoint says of itself when it is asked nothing."""

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from .cases import PASSED, Case, Outcome, failed
from .live import Server
from .results import GRAPHS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SCHEMA = {
    "endpoint": ("Service", "Resource"),
    "feature": ("Service", "Feature"),
    "languageExtension": ("Service", "Feature"),
    "propertyFeature": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "resultFormat": ("Service", "Format"),
    "inputFormat": ("Service", "Format"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", "Resource"),
    "graph": ("NamedGraph", "Graph"),
}
"""Each property with the class of its subjects and that of its objects."""
KNOWN = {
    "Feature": {
        SD.DereferencesURIs,
        SD.UnionDefaultGraph,
        SD.RequiresDataset,
        SD.EmptyGraphs,
        SD.BasicFederatedQuery,
    },
    "Language": {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update},
}
CLASSES = {name for row in SCHEMA.values() for name in row} - {"Resource", "Format"}
NARROWER = {"GraphCollection": {"GraphCollection", "Dataset"}}


def check_description(case: Case, server: Server) -> Outcome:
    """Check one of the three things that the suite asks of a description."""
    answer = server.ask("GET", "/sparql", {"Accept": ", ".join(GRAPHS)})
    if answer.status != 200 or answer.media_type not in GRAPHS:
        return failed(f"GET /sparql gives {answer.status} {answer.media_type}, which is not RDF")
    try:
        graph = Graph().parse(
            answer.body, format=GRAPHS[answer.media_type], publicID=server.endpoint
        )
    except Exception as error:
        return failed(f"the description cannot be read: {error}")
    if case.name == "returns-rdf":
        return PASSED if len(graph) else failed("the description is empty")
    if case.name == "has-endpoint-triple":
        found = (None, SD.endpoint, URIRef(server.endpoint)) in graph
        return PASSED if found else failed("no sd:endpoint names the address that was asked")
    faults = _faults(graph)
    return failed("; ".join(faults)) if faults else PASSED


def _faults(graph: Graph) -> list[str]:
    """Say what breaks the schema of https://www.w3.org/ns/sparql-service-description."""
    services = list(graph.subjects(RDF.type, SD.Service))
    faults = [] if services else ["there is no sd:Service"]
    for subject, predicate, value in sorted(graph):
        name = str(predicate).removeprefix(SD)
        if str(predicate).startswith(SD) and name not in SCHEMA:
            faults.append(f"the vocabulary has no property sd:{name}")
        elif str(predicate).startswith(SD):
            domain, range_ = SCHEMA[name]
            if not _is_a(graph, subject, domain):
                faults.append(f"the subject of sd:{name} is no sd:{domain}")
            if isinstance(value, Literal) or not _fits(graph, value, range_):
                faults.append(f"sd:{name} has the value {value.n3()}, which is no {range_}")
        elif predicate == RDF.type and _is_no_class(str(value)):
            faults.append(f"the vocabulary has no class sd:{str(value).removeprefix(SD)}")
    return list(dict.fromkeys(faults))


def _is_no_class(iri: str) -> bool:
    return iri.startswith(SD) and iri.removeprefix(SD) not in CLASSES


def _is_a(graph: Graph, node: Node, name: str) -> bool:
    return any((node, RDF.type, SD[narrower]) in graph for narrower in NARROWER.get(name, {name}))


def _fits(graph: Graph, node: Node, name: str) -> bool:
    """Tell whether a value can be of a class: terms of the vocabulary are what it says they are."""
    if name == "Format":
        return isinstance(node, URIRef)
    if str(node).startswith(SD):
        return node in KNOWN.get(name, set())
    in_dataset = name in {"Dataset", "GraphCollection", "Graph", "NamedGraph"}
    return _is_a(graph, node, name) if in_dataset else True
