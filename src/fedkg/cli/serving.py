"""`serve`: the graph on the web."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedkg.cli.program import examples
from fedkg.cli.settings import log, settings_flags, settings_of
from fedkg.config import Settings
from fedkg.errors import GraphDirectoryError

if TYPE_CHECKING:
    from fedkg.web.site import Graph

_LIMITS = (
    "deadline",
    "max-answer",
    "max-memory",
    "fast",
    "slow",
    "queue",
    "cache",
    "trusted-proxy",
)


@click.command(epilog=examples("fedkg serve --port 8080", "fedkg serve --data my-graph.ttl"))
@settings_flags("dir", "host", "port", "root-path", *_LIMITS)
@click.option(
    "--data",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Serve RDF files instead of a built graph (again for more).",
)
def serve(files: tuple[Path, ...], **flags: str | None) -> None:
    """Serve the graph: pages, and SPARQL under /sparql. Builds it first when there is none.

    A newer build in the graph directory is switched to as soon as it is published.
    """
    from fedkg.web.pool.limits import Limits
    from fedkg.web.pool.source import Source
    from fedkg.web.server import serve as run
    from fedkg.web.site import Graph, Site

    settings = settings_of(flags)
    graph = Graph(Source.of_files(files)) if files else _built(settings)
    limits = Limits(
        deadline=settings.deadline,
        answer=settings.max_answer,
        memory=settings.max_memory,
        fast=settings.fast,
        slow=settings.slow,
        queue=settings.queue,
        cache=settings.cache,
    )
    site = Site(graph, limits, settings.trusted_proxy, settings.root_path)
    run(site, host=settings.host, port=settings.port, seconds=settings.deadline + 1, say=click.echo)


def _built(settings: Settings) -> "Graph":
    """Return the graph that the directory serves; it is built first when there is none."""
    from fedkg.store.builds import GraphDirectory
    from fedkg.web.site import Graph

    directory = GraphDirectory(settings.directory)
    if directory.current() is None:
        log.info("no graph in %s yet: building it from the lists that ship", settings.directory)
        _build(settings)
    build = directory.current()
    if build is None:
        raise GraphDirectoryError(f"{directory.path} holds no graph yet: run fedkg build.")
    if build.meta.get("validated") is False:
        log.warning("NOT VALIDATED: this graph may break its shapes; run fedkg build")
    return Graph.of(build, directory)


def _build(settings: Settings) -> None:
    """Build the lists that ship, in a process of its own: none of its memory is for the server."""
    command = [sys.executable, "-P", "-m", "fedkg", "build"]
    for name in ("dir", "base-iri", "log-format"):
        command += [f"--{name}", settings.values[name].text]
    status = subprocess.run(command, check=False).returncode  # noqa: S603 - this very program
    if status:
        sys.exit(status)
