"""`query`, `why`, `explain` and `stats`: a graph is asked."""

import sys
from pathlib import Path

import click

from fedkg.cli.program import examples
from fedkg.cli.settings import settings_flags, settings_of
from fedkg.config import DEFAULT_BASE
from fedkg.errors import GraphDirectoryError, InputError

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


@click.command(
    epilog=examples(
        "fedkg query datasets-by-papers",
        "fedkg query users-of-a-dataset -p name=SST-2 --format json",
        "fedkg query my-question.rq",
    )
)
@click.argument("file", metavar="FILE|-|NAME")
@settings_flags("dir")
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
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current
    from fedkg.store.syntax import outline

    settings = settings_of(flags)
    text = _query_text(file, params)
    _, store = open_current(GraphDirectory(settings.directory))
    form = outline(text).form
    usual = "turtle" if form and form.gives_graph else "csv"
    click.echo(store.answer(text, _FORMATS[format_ or usual]), nl=False)


@click.command(
    epilog=examples(
        "fedkg why FedKSeed venue",
        'fedkg why arxiv:2312.06353 dataset "Natural Instructions"',
        "fedkg why https://arxiv.org/abs/2312.06353 author",
    )
)
@click.argument("paper")
@click.argument("property_", metavar="PROPERTY")
@click.argument("value", required=False)
@settings_flags("dir")
def why(paper: str, property_: str, value: str | None, **flags: str | None) -> None:
    """Print the words of lists behind a statement on a paper.

    PAPER is a key, an identifier, a link, a title or the short name before its colon. PROPERTY is
    a name such as venue, year, author, dataset, usesModel or dcterms:title. VALUE keeps one of its
    values.
    """
    from fedkg import why as provenance
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current

    served, store = open_current(GraphDirectory(settings_of(flags).directory))
    found = provenance.find_paper(store, str(served.meta.get("base", DEFAULT_BASE)), paper)
    answers = provenance.why(store, found, property_, value)
    click.echo(f"{provenance.title_of(store, found)}\n{found}\n")
    click.echo(provenance.render(answers, provenance.decisions(store, found)), nl=False)


@click.command(epilog=examples("fedkg explain FedPFT", "fedkg explain arxiv:2404.11536"))
@click.argument("paper")
@settings_flags("dir")
def explain(paper: str, **flags: str | None) -> None:
    """Print why entries are one paper: each piece of evidence, and what was rejected.

    PAPER is a key, an identifier, a link, a title or the short name before its colon.
    """
    from fedkg import why as provenance
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current

    served, store = open_current(GraphDirectory(settings_of(flags).directory))
    found = provenance.find_paper(store, str(served.meta.get("base", DEFAULT_BASE)), paper)
    click.echo(f"{provenance.title_of(store, found)}\n{found}\n")
    click.echo(provenance.render_explanation(provenance.explain(store, found)), nl=False)


@click.command(epilog=examples("fedkg stats"))
@settings_flags("dir")
def stats(**flags: str | None) -> None:
    """Print what the graph holds, each figure with what it is out of."""
    from fedkg.search.catalogue import Catalogue
    from fedkg.search.figures import figures_of
    from fedkg.search.layout import is_index
    from fedkg.store.builds import GraphDirectory

    directory = GraphDirectory(settings_of(flags).directory)
    served = directory.current()
    if served is None:
        raise GraphDirectoryError(f"{directory.path} holds no graph yet: run fedkg build.")
    if not is_index(served.search):
        raise GraphDirectoryError(f"{served.path} is of an older fedkg: run fedkg build.")
    figures = figures_of(Catalogue(served.search))
    click.echo(f"{figures.papers:>6} papers in {len(figures.lists)} lists")
    for count in figures.counts:
        out_of = f"known for {count.papers} of {figures.papers} papers"
        click.echo(f"{count.things:>6} {count.noun}, {out_of}")
    for one in figures.lists:
        click.echo(f"{one.entries:>6} entries in “{one.title}”, on {one.papers} papers")
    click.echo(f"{served.meta.get('triples', 0):>6} triples in build {served.id}")


def _query_text(file: str, params: tuple[str, ...]) -> str:
    """Return the query of a file, of standard input, or of an example with values put in."""
    from fedkg.queries import example_query

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
