"""build(): the stages in order, nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from fedkg import resources
from fedkg.config import Settings
from fedkg.errors import InvalidGraphError
from fedkg.graph import write_graph
from fedkg.model import Collection
from fedkg.read import Source, read_source, shipped_sources
from fedkg.report import figures, summary, write_report
from fedkg.resolve import Vocabulary, resolve
from fedkg.store import LARGE, Build, GraphDirectory, build_id_of, index
from fedkg.validate import render, validate

Progress = Callable[[str], None]
"""Told the stage that begins."""


@dataclass(frozen=True, slots=True)
class Built:
    """A published build, and what was made of the lists on the way."""

    build: Build
    collection: Collection
    triples: int

    @property
    def summary(self) -> str:
        """A few lines for a person."""
        return summary(self.collection, self.triples)


def shipped() -> tuple[Source, ...]:
    """Return the lists that ship with fedkg."""
    return shipped_sources(resources.data_dir() / "lists.toml", resources.lists_dir())


def build(
    sources: Sequence[Source],
    settings: Settings,
    *,
    validated: bool = True,
    progress: Progress = lambda _stage: None,
) -> Built:
    """Read, resolve, write, validate and publish; return what was built.

    Raises InputError for a list that cannot be opened, InvalidGraphError (nothing is published)
    for a graph that breaks its shapes, GraphDirectoryError where the directory cannot be used.
    """
    progress("reading")
    readings = [read_source(source) for source in sources]
    progress("resolving")
    vocabulary = Vocabulary.load(
        resources.vocabulary_dir(), resources.ontology_dir() / "techniques.ttl"
    )
    collection = resolve(readings, vocabulary)
    directory = GraphDirectory(settings.directory)
    with directory.staging() as room:
        progress("writing")
        graph = room / "graph.nq"
        sizes = write_graph(collection, resources.ontology_dir(), settings.base_iri, graph)
        if validated:
            progress("validating")
            report = validate(graph, resources.shapes_file())
            if not report.conforms:
                raise InvalidGraphError(f"Nothing was published. {render(report).rstrip()}")
        write_report(collection, sizes.by_graph, room / "report.json")
        if sizes.total >= LARGE:
            progress("indexing")
            index(graph, room / "store")
        progress("publishing")
        facts = {
            "fedkg": version("fedkg"),
            "base": settings.base_iri,
            "validated": validated,
            "triples": sizes.total,
            "figures": figures(collection),
        }
        published = directory.publish(room, build_id_of(graph), facts)
    return Built(published, collection, sizes.total)
