"""Graphs that do not come from lists: the ontology, the techniques, the dataset's description."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from fedkg.config import DEFAULT_BASE
from fedkg.errors import InputError
from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import iri, text

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


def turtle_lines(file: Path, name: str, base: str) -> Iterator[str]:
    """Yield the triples of a Turtle file as lines of the graph `name`.

    Things of the default base move to `base`; the ontology's own terms stay where they are. Raises
    InputError for a file that cannot be used: not Turtle, or holding a relative IRI or a blank
    node, which have no name that lasts.
    """
    try:
        graph = Graph().parse(file, format="turtle")
    except (OSError, SyntaxError, ValueError, IndexError) as error:  # IndexError: it is cut short
        reason = " ".join(str(error).split())
        raise InputError(f"{file} is not readable as Turtle ({reason}): restore it.") from error
    for triple in graph:
        terms = " ".join(_term(term, base, file) for term in triple)
        yield f"{terms} {iri(base + name)} .\n"


def dataset_lines(list_slugs: Sequence[str], facts: Sequence[str], base: str) -> Iterator[str]:
    """Yield the lines of `graph/dataset`: VoID and DCAT of the whole, nothing of this build.

    `facts` are the slugs of the sources of facts, such as `openalex`.
    """
    graph = GraphBuilder(base, "graph/dataset")
    subject = graph.thing("graph/dataset")
    graph.describe(subject, "void:Dataset", "dcat:Dataset")
    graph.add(subject, "dcterms:title", text("fedkg"))
    graph.add(
        subject,
        "dcterms:description",
        text("Papers on federated learning with large language models, read from curated lists."),
    )
    graph.add(subject, "dcterms:license", iri(_CC0))
    graph.add(subject, "dcat:version", text(version("fedkg")))
    for name in list_slugs:
        graph.add(subject, "dcterms:source", graph.thing(f"list/{name}"))
    parts = ["papers", "techniques", "vocabulary", "findings", "aliases", "ontology"]
    parts += [f"facts/{one}" for one in facts]
    for name in (*parts, *(f"list/{one}" for one in list_slugs)):
        part = graph.thing(f"graph/{name}")
        graph.describe(part, "void:Dataset")
        graph.add(subject, "void:subset", part)
    return graph.lines()


def _term(term: object, base: str, file: Path) -> str:
    if isinstance(term, URIRef):
        address = str(term)
        if address.startswith(DEFAULT_BASE) and not address.startswith(f"{DEFAULT_BASE}ontology"):
            address = base + address.removeprefix(DEFAULT_BASE)
        try:
            return iri(address)
        except ValueError as error:
            raise InputError(f"{file}: {error}: write its whole address.") from error
    if isinstance(term, Literal):
        words = text(str(term))
        if term.language:
            return f"{words}@{term.language}"
        is_string = term.datatype is None or str(term.datatype).endswith("#string")
        return words if is_string else f"{words}^^{iri(str(term.datatype))}"
    raise InputError(f"{file} holds a blank node: give it an IRI.")
