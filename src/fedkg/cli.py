"""The command line: commands and their help, no logic."""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from fedkg import pipeline, resources
from fedkg import why as provenance
from fedkg.config import DEFAULT_BASE, Settings, settle
from fedkg.errors import FedkgError, InputError
from fedkg.model import Store
from fedkg.queries import example_query
from fedkg.read import given_sources
from fedkg.store import Build, GraphDirectory, load_files, open_current
from fedkg.validate import render, validate

log = logging.getLogger("fedkg")

_FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}

Command = TypeVar("Command", bound=Callable[..., Any])


class _Sentences(click.Group):
    """Turns fedkg's errors into one sentence on standard error and the exit code they carry."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FedkgError as error:
            click.echo(f"fedkg: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _dir_option(command: Command) -> Command:
    return click.option(
        "--dir", "dir_", metavar="DIR", help="Graph directory. [default: ./fedkg-graph]"
    )(command)


def _settings(**flags: object) -> Settings:
    given = {name.replace("_", "-").strip("-"): value for name, value in flags.items()}
    settings = settle(given, os.environ, Path.cwd())
    _start_log(settings.log_format)
    return settings


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fedkg", message="%(prog)s %(version)s")
@click.option("--log-format", metavar="text|json", help="How to write the log. [default: text]")
@click.pass_context
def main(ctx: click.Context, log_format: str | None) -> None:
    r"""Turn curated paper lists into a knowledge graph, and ask it.

    \b
    Example: fedkg build
             fedkg why arxiv:2312.06353 venue
    """
    ctx.obj = {"log_format": log_format}


@main.command()
@click.argument("lists", metavar="[LIST]...", nargs=-1)
@_dir_option
@click.option(
    "--base-iri", metavar="IRI", help=f"What things live under. [default: {DEFAULT_BASE}]"
)
@click.option("--slug", metavar="NAME", help="The name of the one LIST, for “-” above all.")
@click.option(
    "--no-validate", is_flag=True, help="Publish without validating. Not for others' use."
)
@click.pass_obj
def build(
    obj: dict[str, Any],
    lists: tuple[str, ...],
    dir_: str | None,
    base_iri: str | None,
    slug: str | None,
    no_validate: bool,
) -> None:
    r"""Build the graph from lists, validate it and publish it.

    LIST is a Markdown file, or - for standard input. Without one, the lists that ship with fedkg
    are built.

    \b
    Example: fedkg build
             fedkg build my-list.md other-list.md
    """
    settings = _settings(dir=dir_, base_iri=base_iri, **obj)
    catalogue = resources.data_dir() / "lists.toml"
    sources = (
        given_sources(lists, catalogue, resources.lists_dir(), slug)
        if lists or slug
        else pipeline.shipped()
    )
    built = _build(sources, settings, validated=not no_validate)
    click.echo(built.summary, nl=False)
    click.echo(f"build {built.build.id} in {built.build.path}")
    for failure in built.collection.failures:
        log.warning("%s, line %d: %s", failure.list, failure.line, failure.reason)


@main.command()
@_dir_option
@click.option("--host", metavar="HOST", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", metavar="PORT", help="Port; 0 takes a free one. [default: 8000]")
@click.option(
    "--data",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Serve RDF files instead of a built graph (again for more).",
)
@click.pass_obj
def serve(
    obj: dict[str, Any],
    dir_: str | None,
    host: str | None,
    port: str | None,
    files: tuple[Path, ...],
) -> None:
    r"""Serve the graph: pages, and SPARQL under /sparql. Builds it first when there is none.

    \b
    Example: fedkg serve --port 8080
    """
    from fedkg.web.server import serve as run  # the server's libraries, only where they are needed

    settings = _settings(dir=dir_, host=host, port=port, **obj)
    if files:
        run(load_files(files), host=settings.host, port=settings.port, say=click.echo)
        return
    if GraphDirectory(settings.directory).current() is None:
        log.info("no graph in %s yet: building it from the lists that ship", settings.directory)
        click.echo(_build(pipeline.shipped(), settings, validated=True).summary, nl=False)
    served, store = open_current(GraphDirectory(settings.directory))
    run(store, host=settings.host, port=settings.port, build_id=served.id, say=click.echo)


@main.command()
@click.argument("file", metavar="FILE|-|NAME")
@_dir_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_FORMATS)),
    help="[default: csv for rows, turtle for a graph]",
)
@click.option("--param", "-p", "params", metavar="NAME=VALUE", multiple=True, help="For a NAME.")
@click.pass_obj
def query(
    obj: dict[str, Any], file: str, dir_: str | None, format_: str | None, params: tuple[str, ...]
) -> None:
    r"""Answer a SPARQL query: of a file, of standard input (-), or an example by its name.

    \b
    Example: fedkg query datasets-by-papers
             fedkg query users-of-a-dataset -p dataset=GSM8K
    """
    settings = _settings(dir=dir_, **obj)
    text = _query_text(file, params)
    _, store = open_current(GraphDirectory(settings.directory))
    media_types = [_FORMATS[format_]] if format_ else [_FORMATS["csv"], _FORMATS["turtle"]]
    sys.stdout.buffer.write(_answer(store, text, media_types))
    sys.stdout.buffer.flush()


@main.command()
@click.argument("paper")
@click.argument("property_", metavar="PROPERTY")
@click.argument("value", required=False)
@_dir_option
@click.pass_obj
def why(
    obj: dict[str, Any], paper: str, property_: str, value: str | None, dir_: str | None
) -> None:
    r"""Print the list, line, heading and words behind what the graph says of a paper.

    PAPER is a key, an identifier, a link or a title. PROPERTY is a name such as venue, year,
    creator, usesDataset, or dcterms:title; VALUE keeps one of its values.

    \b
    Example: fedkg why arxiv:2312.06353 usesDataset
             fedkg why "FedPETuning" venue
    """
    settings = _settings(dir=dir_, **obj)
    served, store = open_current(GraphDirectory(settings.directory))
    base = str(served.meta.get("base", DEFAULT_BASE))
    found = provenance.find_paper(store, base, paper)
    click.echo(f"{provenance.title_of(store, found)}\n{found}\n")
    click.echo(provenance.render(provenance.why(store, found, property_, value)), nl=False)


@main.command("validate")
@_dir_option
@click.pass_obj
def validate_(obj: dict[str, Any], dir_: str | None) -> None:
    r"""Check the built graph against its shapes. Exit code 1 when it does not conform.

    \b
    Example: fedkg validate
    """
    settings = _settings(dir=dir_, **obj)
    report = validate(_current(settings).graph, resources.shapes_file())
    click.echo(render(report), nl=False)
    if not report.conforms:
        sys.exit(1)


@main.command()
@_dir_option
@click.pass_obj
def stats(obj: dict[str, Any], dir_: str | None) -> None:
    r"""Print the figures of the built graph.

    \b
    Example: fedkg stats
    """
    served = _current(_settings(dir=dir_, **obj))
    figures = {**served.meta.get("figures", {}), "triples": served.meta.get("triples")}
    for name, number in figures.items():
        click.echo(f"{number:>9} {name}")
    click.echo(f"build {served.id}")


@main.command("config")
@_dir_option
@click.pass_obj
def config_(obj: dict[str, Any], dir_: str | None) -> None:
    r"""Print each setting, and where its value came from.

    \b
    Example: FEDKG_PORT=8080 fedkg config
    """
    for name, value in _settings(dir=dir_, **obj).values.items():
        click.echo(f"{name} = {value.text}  ({value.origin})")


def _current(settings: Settings) -> Build:
    found = GraphDirectory(settings.directory).current()
    if found is None:
        raise InputError(f"{settings.directory} holds no graph yet: run fedkg build.")
    return found


def _build(sources: Any, settings: Settings, *, validated: bool) -> pipeline.Built:
    started = time.perf_counter()
    if not validated:
        click.echo("fedkg: NOT VALIDATED: this graph may break its shapes.", err=True)
    built = pipeline.build(
        sources, settings, validated=validated, progress=lambda stage: log.info("%s", stage)
    )
    log.info("built in %.1f s", time.perf_counter() - started)
    return built


def _query_text(file: str, params: tuple[str, ...]) -> str:
    path = Path(file)
    if file != "-" and not path.suffix and not path.exists():
        pairs = [pair.partition("=") for pair in params]
        return example_query(file).with_values({name: value for name, _, value in pairs})
    if params:
        raise InputError("-p goes with an example query by name: write values into a file.")
    try:
        content = sys.stdin.buffer.read() if file == "-" else path.read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}): check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 at byte {error.start}: save it as UTF-8.") from error


def _answer(store: Store, text: str, media_types: list[str]) -> bytes:
    *tries, last = media_types
    for media_type in tries:
        try:
            return store.answer(text, media_type)
        except FedkgError as error:
            if "format" not in str(error) and media_type not in str(error):
                raise
    return store.answer(text, last)


def _start_log(log_format: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if log_format == "json" else logging.Formatter("%(message)s"))
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


class _JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        seconds = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = {"time": seconds, "level": record.levelname.lower(), "message": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)
