"""build(): the stages in order, nothing else."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from fedkg import resources
from fedkg.config import DEFAULT_BASE, Settings
from fedkg.enrich.facts import facts_files, read_facts
from fedkg.errors import InputError, InvalidGraphError
from fedkg.export.dumps import write_dumps
from fedkg.graph import write_graph
from fedkg.model import Collection, Failure, Reading, Record, Reference, ReferenceList
from fedkg.read import (
    Source,
    content_of,
    lines_of,
    read_aliases,
    read_all,
    read_author_facts,
    read_bibtex_file,
    read_citation_facts,
    read_fact_sources,
    read_keys,
    read_source,
    shipped_sources,
)
from fedkg.report import figures, summary, write_page, write_report
from fedkg.resolve import (
    Facts,
    Served,
    Vocabulary,
    check_permanence,
    concerning,
    read_curation,
    resolve,
    with_former_paths,
)
from fedkg.search.collecting import contents_of
from fedkg.search.write import write_index
from fedkg.store.builds import Build, GraphDirectory, build_id_of
from fedkg.store.indexing import LARGE, Indexer
from fedkg.store.serialising import serialise
from fedkg.validate import render, validate

Progress = Callable[[str], None]
"""Told the stage that begins."""


@dataclass(frozen=True, slots=True)
class Built:
    """A published build: a few lines on it for a person, and the rows that could not be read."""

    build: Build
    summary: str
    failures: tuple[Failure, ...]
    triples: int


def shipped() -> tuple[Source, ...]:
    """Return the lists that ship with fedkg."""
    return shipped_sources(resources.data_dir() / "lists.toml", resources.lists_dir())


def shipped_facts(sources: Sequence[Source]) -> Facts:
    """Return the facts that ship with fedkg, and the decisions on the shipped lists among these."""
    folder = resources.data_dir() / "facts"
    known = read_fact_sources(folder / "sources.toml")
    references, lists = read_citation_facts(
        folder / "citations.csv", folder / "reference_lists.csv", known
    )
    ours = {source.path for source in shipped()}
    slugs = {source.paper_list.slug for source in sources if source.path in ours}
    return Facts(
        records=read_author_facts(folder / "authors.csv", known),
        references=references,
        reference_lists=lists,
        curation=concerning(read_curation(resources.data_dir() / "curation.toml"), slugs),
    )


def with_bibliographies(facts: Facts, files: Sequence[Path], base: str) -> Facts:
    """Return the facts with the records of BibTeX files. Raises InputError."""
    for file in files:
        records, failures, slug = read_bibtex_file(file, base)
        if slug in facts.sources:
            raise InputError(f"{file} would be the source {slug}, which is there: rename the file.")
        facts = replace(facts, records=facts.records + records, failures=facts.failures + failures)
    return facts


def with_served(facts: Facts, folder: Path | None) -> Facts:
    """Return the facts with those of services, from their files in a folder, if there is one.

    Raises InputError for a file that is damaged, or named like a source that is there already.
    """
    files = facts_files(folder) if folder else ()
    for file in files:
        if file.stem in facts.sources:
            raise InputError(f"{file} would be a source that ships with fedkg: rename the file.")
    said = [fact for file in files for fact in read_facts(file)]
    served = Served(
        tuple(one for one in said if isinstance(one, Record)),
        tuple(one for one in said if isinstance(one, Reference)),
        tuple(one for one in said if isinstance(one, ReferenceList)),
    )
    return replace(facts, served=served)


def vocabulary() -> Vocabulary:
    """Return the curated vocabularies that ship with fedkg."""
    return Vocabulary.load(resources.vocabulary_dir(), resources.ontology_dir() / "techniques.ttl")


def build(
    sources: Sequence[Source],
    settings: Settings,
    *,
    bibliographies: Sequence[Path] = (),
    enriched: Path | None = None,
    validated: bool = True,
    dumped: bool = False,
    progress: Progress = lambda _stage: None,
) -> Built:
    """Read, resolve, write, validate and publish; return what was built.

    `enriched` is a folder of facts from services. A graph that is not large is written to the files
    of /dumps/ too; a large one where it shall be `dumped`, since that takes a while. Raises
    InputError for a list or a file of facts that cannot be read, InvalidGraphError (nothing is
    published) for a graph that breaks its shapes or loses a published IRI, GraphDirectoryError
    where the directory cannot be used, ExportError for want of room.
    """
    with _no_collecting():
        progress("reading")
        contents = [content_of(source) for source in sources]
        lists = [source.paper_list for source in sources]
        readings = read_all(list(zip(contents, lists, strict=True)))
        facts = with_served(shipped_facts(sources), enriched)
        facts = with_bibliographies(facts, bibliographies, settings.base_iri)
        served = facts.served.sources
        progress("resolving")
        collection = _resolved(readings, facts)
    # Other lists, facts or bases are not what was published.
    is_shipped = not (bibliographies or served) and set(sources) == set(shipped())
    if settings.base_iri == DEFAULT_BASE and is_shipped:
        check_permanence(collection, read_keys(resources.data_dir() / "keys.csv"))
    directory = GraphDirectory(settings.directory)
    with directory.staging() as room, Indexer(room / "store") as indexer:
        progress("writing")
        graph, ontology = room / "graph.nq", resources.ontology_dir()
        with _no_collecting():
            sizes = write_graph(collection, ontology, settings.base_iri, graph, indexer.add)
            slugs = [reading.paper_list.slug for reading in readings]
            lines = dict(zip(slugs, map(lines_of, contents), strict=True))
            write_report(collection, sizes.by_graph, room / "report.json", lines)
            write_page(collection, lines, room / "report.html")
            counted = contents_of(collection, ontology / "techniques.ttl")
            write_index(counted, room / "search.sqlite")
            counts, told = figures(collection), summary(collection, sizes.total)
        failures = collection.failures
        # What follows needs the memory of a large collection, and nothing of what is in it.
        del contents, readings, facts, collection, lines, counted
        gc.collect()
        if validated:
            progress("validating")
            report = validate(graph, resources.shapes_file())
            if not report.conforms:
                raise InvalidGraphError(f"Nothing was published. {render(report).rstrip()}")
        named = build_id_of(graph)
        if sizes.total >= LARGE:
            progress("indexing")
            indexer.finish(sizes.total)
        if dumped or sizes.total < LARGE:
            progress("dumping")
            write_dumps(graph, room / "dumps", serialise)
        progress("publishing")
        meta = {
            "fedkg": version("fedkg"),
            "base": settings.base_iri,
            "validated": validated,
            "triples": sizes.total,
            "figures": counts,
        }
        published = directory.publish(room, named, meta)
    return Built(published, told, failures, sizes.total)


def shipped_collection() -> Collection:
    """Return what the lists that ship with fedkg are resolved to."""
    sources = shipped()
    return _resolved([read_source(source) for source in sources], shipped_facts(sources))


def _resolved(readings: Sequence[Reading], facts: Facts) -> Collection:
    aliases = read_aliases(resources.data_dir() / "aliases.csv")
    return with_former_paths(resolve(readings, vocabulary(), facts), aliases)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking again and again at what grows and stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
