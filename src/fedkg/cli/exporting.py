"""`export`: the graph, or some of its papers, in the formats of other tools."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from fedkg import resources
from fedkg.cli.choosing import base_of, paper_options, papers_source, text_of
from fedkg.cli.program import examples
from fedkg.cli.settings import settings_flags, settings_of
from fedkg.errors import InputError

if TYPE_CHECKING:
    from fedkg.export.source import Options, Source
    from fedkg.export.wikidata.known import Known
    from fedkg.store.builds import Build
    from fedkg.store.engine import Engine


class _Command(click.Command):
    """A command whose help ends with the table of formats."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from fedkg.export.formats import FORMATS

        super().format_help_text(ctx, formatter)
        with formatter.section("Formats"):
            formatter.write_dl([(name, one.purpose) for name, one in FORMATS.items()])


@click.command(
    cls=_Command,
    epilog=examples(
        "fedkg export --format nquads -o graph.nq.zst",
        "fedkg export --format turtle --graph vocabulary",
        "fedkg export --format csl-json -o papers.json",
        "fedkg export --format bibtex --list fm-fl -o fm-fl.bib",
        "fedkg export --format datapackage -o tables",
        "fedkg export --format gexf --network citations -o citations.gexf",
        "fedkg export --format csl-json --paper FedKSeed --paper arxiv:2404.11536",
    ),
)
@click.option("--format", "format_", metavar="FORMAT", required=True, help="One of those above.")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to [default: standard output]; .gz and .zst compress.",
)
@paper_options("; for RDF, a CONSTRUCT or DESCRIBE")
@click.option("--graph", metavar="NAME", help="One named graph, such as papers: for RDF.")
@click.option(
    "--wikidata",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Known items as CSV (key, qid, source): for quickstatements and wikibase-json.",
)
@click.option(
    "--safe", is_flag=True, help="CSV: put ' before cells that spreadsheets take for formulas."
)
@click.option(
    "--network",
    metavar="KIND",
    help="Networks: coauthors, citations, co-citation, coupling or datasets [default: coauthors].",
)
@settings_flags("dir")
def export(
    format_: str,
    output: Path | None,
    list_: str | None,
    query: Path | None,
    papers: tuple[str, ...],
    graph: str | None,
    wikidata: Path | None,
    safe: bool,
    network: str | None,
    **flags: str | None,
) -> None:
    """Write the graph, or some of its papers, in a format of other tools.

    Formats of RDF write every statement, or one graph, or the descriptions of papers.
    A PAPER is a key, an identifier, a link, a title or the short name before its colon.
    """
    from fedkg.export.files import write_file, write_folder
    from fedkg.export.formats import FORMATS, FolderFormat, Format
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current

    if format_ not in FORMATS:
        raise InputError(f"There is no format {format_}: there are {', '.join(FORMATS)}.")
    chosen = FORMATS[format_]
    is_rdf = isinstance(chosen, Format) and chosen.is_rdf
    if isinstance(chosen, FolderFormat) and output is None:
        raise InputError(f"The format {format_} is a folder of files: name one with -o FOLDER.")
    if sum(map(bool, (list_, query, papers, graph))) > 1:
        raise InputError("Choose in one way: by --list, --query, --paper or --graph.")
    if graph and not is_rdf:
        raise InputError(f"--graph is for formats of RDF, such as turtle, not for {format_}.")
    options = _options(format_, {"safe": safe or None, "network": network})
    served, store = open_current(GraphDirectory(settings_of(flags).directory))
    if is_rdf:
        source = _rdf_source(served, store, list_, query, papers, graph)
    else:
        source = papers_source(served, store, list_, query, papers)
        known = _known(wikidata)
        source = replace(source, items=known.items, absent=known.absent, options=options)
    if isinstance(chosen, FolderFormat):
        write_folder(chosen.write(source), cast(Path, output), chosen.replaces)
    elif output is None:
        _print(chosen.write(source))
    else:
        write_file(chosen.write(source), output)


def _options(format_: str, given: Mapping[str, Any]) -> "Options":
    """Return the options that were given; raises InputError for one that the format ignores."""
    from fedkg.export.formats import FORMATS
    from fedkg.export.networks.kinds import KINDS
    from fedkg.export.source import Options

    chosen = {name: value for name, value in given.items() if value is not None}
    for name in chosen.keys() - FORMATS[format_].takes:
        fitting = ", ".join(key for key, one in FORMATS.items() if name in one.takes)
        raise InputError(f"--{name} says nothing to the format {format_}: it is for {fitting}.")
    kind = chosen.get("network")
    if kind is not None and kind not in KINDS:
        raise InputError(f"There is no network {kind}: there are {', '.join(KINDS)}.")
    return Options(**chosen)


def _rdf_source(
    served: "Build",
    store: "Engine",
    list_: str | None,
    query: Path | None,
    papers: Iterable[str],
    graph: str | None,
) -> "Source":
    """Return the graph that is served, and the statements that were chosen."""
    from fedkg.export import statements
    from fedkg.export.source import Source
    from fedkg.store.serialising import serialise

    base = base_of(served)
    if graph:
        name = statements.graph_named(graph, base, _graphs(served))
        parts = statements.of_graph(served.graph, name)
    elif query:
        parts = statements.of_query(store, _construct(query))
    elif list_ or papers:
        chosen = papers_source(served, store, list_, None, papers).papers
        parts = statements.of_papers(store, chosen)
    else:
        parts = statements.whole(served.graph)
    chosen_statements = statements.Statements(parts, serialise)
    return Source(store, base, (), served.graph, chosen_statements)


def _graphs(served: "Build") -> Iterable[str]:
    """Return the named graphs of a build, from its report."""
    found: Mapping[str, int] = json.loads(served.report.read_text(encoding="utf-8"))["triples"]
    return found


def _construct(file: Path) -> str:
    from fedkg.store.syntax import Form, outline

    query = text_of(file)
    if outline(query).form in (Form.SELECT, Form.ASK):
        raise InputError(
            f"{file} finds rows, not statements: for RDF, write a CONSTRUCT or DESCRIBE."
        )
    return query


def _known(file: Path | None) -> "Known":
    """Return the items of Wikidata that a file names, or the one among the facts that ship."""
    from fedkg.export.wikidata.known import Known, read_known

    shipped = resources.data_dir() / "facts" / "wikidata.csv"
    if file is None and not shipped.is_file():
        return Known()
    return read_known(file or shipped)


def _print(parts: Iterable[bytes]) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
