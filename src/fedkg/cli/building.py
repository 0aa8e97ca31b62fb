"""`build` and `validate`: a graph is made and checked."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedkg import resources
from fedkg.cli.program import examples
from fedkg.cli.settings import log, settings_flags, settings_of
from fedkg.config import Settings

if TYPE_CHECKING:
    from fedkg.pipeline import Built
    from fedkg.read import Source


@click.command(
    epilog=examples(
        "fedkg build",
        "fedkg build my-list.md other-list.md",
        "curl https://example.org/list.md | fedkg build --slug mine -",
    )
)
@click.argument("lists", metavar="[LIST]...", nargs=-1)
@settings_flags("dir", "base-iri")
@click.option("--slug", metavar="NAME", help="The name of the one LIST, for - above all.")
@click.option(
    "--bib",
    "bibliographies",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Take authors and identifiers from a BibTeX file (again for more).",
)
@click.option(
    "--facts",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Take what fedkg enrich found. [default: facts in the graph directory, if it is there]",
)
@click.option("--dumps", is_flag=True, help="Write the files under /dumps/ of a large graph too.")
@click.option("--no-validate", is_flag=True, help="Publish without validating: for trying only.")
def build(
    lists: tuple[str, ...],
    slug: str | None,
    bibliographies: tuple[Path, ...],
    facts: Path | None,
    dumps: bool,
    no_validate: bool,
    **flags: str | None,
) -> None:
    """Build the graph from lists, validate it and publish it.

    LIST is a Markdown file, or - for standard input. Without one, the lists that ship with fedkg
    are built. Exit code 1 and no new graph when it breaks its shapes.
    """
    from fedkg import pipeline
    from fedkg.read import given_sources

    settings = settings_of(flags)
    sources = pipeline.shipped()
    if lists or slug:
        catalogue = resources.data_dir() / "lists.toml"
        sources = given_sources(lists, catalogue, resources.lists_dir(), slug)
    built = build_graph(
        sources,
        settings,
        bibliographies=bibliographies,
        enriched=facts,
        validated=not no_validate,
        dumped=dumps,
    )
    click.echo(built.summary, nl=False)
    click.echo(f"build {built.build.id} in {built.build.path}")


@click.command(epilog=examples("fedkg validate"))
@settings_flags("dir")
def validate(**flags: str | None) -> None:
    """Check the built graph against its shapes. Exit code 1 when it does not conform."""
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current
    from fedkg.validate import render
    from fedkg.validate import validate as report_of

    served, _ = open_current(GraphDirectory(settings_of(flags).directory))
    report = report_of(served.graph, resources.shapes_file())
    click.echo(render(report), nl=False)
    if not report.conforms:
        sys.exit(1)


def build_graph(
    sources: "Sequence[Source]",
    settings: Settings,
    *,
    validated: bool = True,
    bibliographies: Sequence[Path] = (),
    enriched: Path | None = None,
    dumped: bool = False,
) -> "Built":
    """Build and publish, and tell the log of the stages and of what could not be read.

    Facts from services are those in a folder, else those of the graph directory.
    """
    from fedkg import pipeline

    if enriched is None and settings.facts.is_dir():
        enriched = settings.facts

    started = time.perf_counter()
    built = pipeline.build(
        sources,
        settings,
        bibliographies=bibliographies,
        enriched=enriched,
        validated=validated,
        dumped=dumped,
        progress=log.info,
    )
    for failure in built.failures:
        log.warning("%s, line %d: %s", failure.list, failure.line, failure.reason)
    if not validated:
        log.warning("NOT VALIDATED: this graph may break its shapes; do not publish it elsewhere")
    log.info("built in %.1f s", time.perf_counter() - started)
    return built
