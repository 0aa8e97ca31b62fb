"""The command line: commands and their help, no logic."""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from fedkg import pipeline, resources
from fedkg import why as provenance
from fedkg.config import DEFAULT_BASE, SETTINGS, Settings, settle
from fedkg.errors import FedkgError, InputError
from fedkg.queries import example_query
from fedkg.read import Source, given_sources
from fedkg.store import GraphDirectory, load_files, open_current
from fedkg.store.syntax import outline
from fedkg.validate import render, validate
from fedkg.web.figures import read_figures

log = logging.getLogger("fedkg")

_FORMATS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}

Command = TypeVar("Command", bound=Callable[..., Any])


class _Sentences(click.Group):
    """Turns fedkg's errors into one sentence on standard error and the exit code they carry."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal of another encoding shows \u2026
                stream.reconfigure(errors="backslashreplace")
        for argument in args:
            if not argument.isascii() and argument != argument.encode(errors="replace").decode():
                ctx.fail(f"The argument {argument!r} is not UTF-8: write it in UTF-8.")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FedkgError as error:
            click.echo(f"fedkg: {error}", err=True)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "fedkg"
            sentence = error.format_message().rstrip(".")
            click.echo(f"fedkg: {sentence}: try {command} --help.", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _examples(*commands: str) -> str:
    """Return the end of a command's help; the mark keeps click from filling the lines."""
    return "\n".join(("\b", "Examples:", *(f"  {command}" for command in commands)))


def _settings_flags(*names: str) -> Callable[[Command], Command]:
    """Offer settings as options; `_settings` takes the `flags` that they give."""

    def add(command: Command) -> Command:
        for name in reversed((*names, "log-format")):
            known = SETTINGS[name]
            option = click.option(
                f"--{name}", metavar=known.metavar, help=f"{known.help} [default: {known.default}]"
            )
            command = option(command)
        return command

    return add


def _settings(flags: Mapping[str, str | None]) -> Settings:
    given = {name.replace("_", "-"): text for name, text in flags.items()}
    settings = settle(given, os.environ, Path.cwd())
    _start_log(settings.log_format)
    return settings


@click.group(
    cls=_Sentences,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_examples("fedkg build", "fedkg why FedKSeed venue"),
)
@click.version_option(package_name="fedkg", message="%(prog)s %(version)s")
def main() -> None:
    """Turn curated paper lists into a knowledge graph, and ask it."""


@main.command(
    epilog=_examples(
        "fedkg build",
        "fedkg build my-list.md other-list.md",
        "curl https://example.org/list.md | fedkg build --slug mine -",
    )
)
@click.argument("lists", metavar="[LIST]...", nargs=-1)
@_settings_flags("dir", "base-iri")
@click.option("--slug", metavar="NAME", help="The name of the one LIST, for - above all.")
@click.option("--no-validate", is_flag=True, help="Publish without validating: for trying only.")
def build(lists: tuple[str, ...], slug: str | None, no_validate: bool, **flags: str | None) -> None:
    """Build the graph from lists, validate it and publish it.

    LIST is a Markdown file, or - for standard input. Without one, the lists that ship with fedkg
    are built. Exit code 1 and no new graph when it breaks its shapes.
    """
    settings = _settings(flags)
    sources = pipeline.shipped()
    if lists or slug:
        catalogue = resources.data_dir() / "lists.toml"
        sources = given_sources(lists, catalogue, resources.lists_dir(), slug)
    built = _build(sources, settings, validated=not no_validate)
    click.echo(built.summary, nl=False)
    click.echo(f"build {built.build.id} in {built.build.path}")


@main.command(epilog=_examples("fedkg serve --port 8080", "fedkg serve --data my-graph.ttl"))
@_settings_flags("dir", "host", "port")
@click.option(
    "--data",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Serve RDF files instead of a built graph (again for more).",
)
def serve(files: tuple[Path, ...], **flags: str | None) -> None:
    """Serve the graph: pages, and SPARQL under /sparql. Builds it first when there is none."""
    from fedkg.web.server import serve as run  # the server's libraries, only where they are needed

    settings = _settings(flags)
    if files:
        run(load_files(files), host=settings.host, port=settings.port, say=click.echo)
        return
    if GraphDirectory(settings.directory).current() is None:
        log.info("no graph in %s yet: building it from the lists that ship", settings.directory)
        click.echo(_build(pipeline.shipped(), settings, validated=True).summary, nl=False)
    served, store = open_current(GraphDirectory(settings.directory))
    if served.meta.get("validated") is False:
        log.warning("NOT VALIDATED: this graph may break its shapes; run fedkg build")
    run(store, host=settings.host, port=settings.port, build_id=served.id, say=click.echo)


@main.command(
    epilog=_examples(
        "fedkg query datasets-by-papers",
        "fedkg query users-of-a-dataset -p name=SST-2 --format json",
        "fedkg query my-question.rq",
    )
)
@click.argument("file", metavar="FILE|-|NAME")
@_settings_flags("dir")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_FORMATS)),
    help="[default: turtle for a graph, else csv]",
)
@click.option(
    "--param", "-p", "params", metavar="NAME=VALUE", multiple=True, help="Fill in an example."
)
def query(file: str, format_: str | None, params: tuple[str, ...], **flags: str | None) -> None:
    """Answer a SPARQL query.

    The query is in a FILE or on standard input (-), or it is an example, called by its NAME.
    """
    settings = _settings(flags)
    text = _query_text(file, params)
    _, store = open_current(GraphDirectory(settings.directory))
    form = outline(text).form
    usual = "turtle" if form and form.gives_graph else "csv"
    click.echo(store.answer(text, _FORMATS[format_ or usual]), nl=False)


@main.command(
    epilog=_examples(
        "fedkg why FedKSeed venue",
        'fedkg why arxiv:2312.06353 dataset "Natural Instructions"',
        "fedkg why https://arxiv.org/abs/2312.06353 author",
    )
)
@click.argument("paper")
@click.argument("property_", metavar="PROPERTY")
@click.argument("value", required=False)
@_settings_flags("dir")
def why(paper: str, property_: str, value: str | None, **flags: str | None) -> None:
    """Print the words of lists behind a statement on a paper.

    PAPER is a key, an identifier, a link, a title or the short name before its colon. PROPERTY is
    a name such as venue, year, author, dataset, usesModel or dcterms:title. VALUE keeps one of its
    values.
    """
    served, store = open_current(GraphDirectory(_settings(flags).directory))
    found = provenance.find_paper(store, str(served.meta.get("base", DEFAULT_BASE)), paper)
    answers = provenance.why(store, found, property_, value)
    click.echo(f"{provenance.title_of(store, found)}\n{found}\n")
    click.echo(provenance.render(answers, provenance.decisions(store, found)), nl=False)


@main.command("validate", epilog=_examples("fedkg validate"))
@_settings_flags("dir")
def validate_(**flags: str | None) -> None:
    """Check the built graph against its shapes. Exit code 1 when it does not conform."""
    served, _ = open_current(GraphDirectory(_settings(flags).directory))
    report = validate(served.graph, resources.shapes_file())
    click.echo(render(report), nl=False)
    if not report.conforms:
        sys.exit(1)


@main.command(epilog=_examples("fedkg stats"))
@_settings_flags("dir")
def stats(**flags: str | None) -> None:
    """Print what the graph holds, each figure with what it is out of."""
    served, store = open_current(GraphDirectory(_settings(flags).directory))
    figures = read_figures(store)
    click.echo(f"{figures.papers:>6} papers in {len(figures.lists)} lists")
    for count in figures.counts:
        out_of = f"known for {count.papers} of {figures.papers} papers"
        click.echo(f"{count.things:>6} {count.noun}, {out_of}")
    for one in figures.lists:
        click.echo(f"{one.entries:>6} entries in “{one.title}”, on {one.papers} papers")
    click.echo(f"{served.meta.get('triples', len(store)):>6} triples in build {served.id}")


@main.command("config", epilog=_examples("FEDKG_PORT=8080 fedkg config"))
@_settings_flags(*(name for name in SETTINGS if name != "log-format"))
def config_(**flags: str | None) -> None:
    """Print each setting, and where its value came from."""
    for name, value in _settings(flags).values.items():
        click.echo(f"{name} = {value.text}  ({value.origin})")


def _build(sources: Sequence[Source], settings: Settings, *, validated: bool) -> pipeline.Built:
    started = time.perf_counter()
    built = pipeline.build(sources, settings, validated=validated, progress=log.info)
    for failure in built.collection.failures:
        log.warning("%s, line %d: %s", failure.list, failure.line, failure.reason)
    if not validated:
        log.warning("NOT VALIDATED: this graph may break its shapes; do not publish it elsewhere")
    log.info("built in %.1f s", time.perf_counter() - started)
    return built


def _query_text(file: str, params: tuple[str, ...]) -> str:
    """Return the query of a file, of standard input, or of an example with values put in."""
    path = Path(file)
    if file != "-" and not path.suffix and not path.exists():
        unequal = next((pair for pair in params if "=" not in pair), None)
        if unequal:
            raise InputError(f"-p {unequal} gives no value: write -p NAME=VALUE.")
        return example_query(file).with_values(dict(pair.split("=", 1) for pair in params))
    if params:
        raise InputError("-p goes with an example by its name: write the values into the query.")
    try:
        content = sys.stdin.buffer.read() if file == "-" else path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}): check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 at byte {error.start}: save it as UTF-8.") from error


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
