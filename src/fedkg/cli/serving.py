"""`serve`: the graph on the web."""

from pathlib import Path

import click

from fedkg.cli.building import build_graph
from fedkg.cli.program import examples
from fedkg.cli.settings import log, settings_flags, settings_of


@click.command(epilog=examples("fedkg serve --port 8080", "fedkg serve --data my-graph.ttl"))
@settings_flags("dir", "host", "port")
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
    from fedkg.store import GraphDirectory, load_files, open_current
    from fedkg.web.server import serve as run

    settings = settings_of(flags)
    if files:
        run(load_files(files), host=settings.host, port=settings.port, say=click.echo)
        return
    if GraphDirectory(settings.directory).current() is None:
        from fedkg import pipeline

        log.info("no graph in %s yet: building it from the lists that ship", settings.directory)
        click.echo(build_graph(pipeline.shipped(), settings).summary, nl=False)
    served, store = open_current(GraphDirectory(settings.directory))
    if served.meta.get("validated") is False:
        log.warning("NOT VALIDATED: this graph may break its shapes; run fedkg build")
    run(store, host=settings.host, port=settings.port, build_id=served.id, say=click.echo)
