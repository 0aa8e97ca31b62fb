"""`network`: who cites whom, and what follows from it."""

import logging
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedkg.cli.choosing import base_of, paper_options, papers_source
from fedkg.cli.program import examples
from fedkg.cli.settings import settings_flags, settings_of
from fedkg.errors import InputError

if TYPE_CHECKING:
    from fedkg.network.asked import Asked
    from fedkg.network.measures import Measure
    from fedkg.store.builds import Build
    from fedkg.store.engine import Engine

_TOP = 50
"""Rows unless asked otherwise: those of an example query."""

log = logging.getLogger("fedkg")


class _Command(click.Command):
    """A command whose help ends with the table of measures."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from fedkg.network.measures import MEASURES

        super().format_help_text(ctx, formatter)
        with formatter.section("Measures"):
            formatter.write_dl([(f"{name}{m.takes}", m.purpose) for name, m in MEASURES.items()])


@click.command(
    cls=_Command,
    epilog=examples(
        "fedkg network most-cited",
        "fedkg network prior-works Ferret",
        "fedkg network co-citation FATE-LLM",
        "fedkg network prior-works --list fm-fl --top 20 -o classics.csv",
        "fedkg network path Ferret FATE-LLM --format json",
    ),
)
@click.argument("measure", metavar="MEASURE")
@click.argument("about", metavar="[PAPER]...", nargs=-1)
@paper_options()
@click.option(
    "--top",
    metavar="N",
    type=int,
    help=f"Rows at most; of communities, papers of each; 0 for all. [default: {_TOP}]",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to [default: standard output]; .gz and .zst compress.",
)
@click.option(
    "--format", "format_", metavar="FORMAT", default="csv", help="csv or json [default: csv]"
)
@settings_flags("dir")
def network(
    measure: str,
    about: tuple[str, ...],
    list_: str | None,
    query: Path | None,
    papers: tuple[str, ...],
    top: int | None,
    output: Path | None,
    format_: str,
    **flags: str | None,
) -> None:
    """Measure who cites whom.

    All papers that a list names count, or those chosen by --list, --query or --paper. A PAPER is a
    key, an identifier, a link, a title or the short name before its colon. Only citations that are
    known count: every row ends with of how many papers the references are known, and how many
    papers there are.
    """
    from fedkg.export.files import write_file
    from fedkg.network.answer import FORMATS
    from fedkg.network.measures import measure_named
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current

    chosen = measure_named(measure, len(about))
    if format_ not in FORMATS:
        raise InputError(f"There is no format {format_}: there are {', '.join(FORMATS)}.")
    if sum(map(bool, (list_, query, papers))) > 1:
        raise InputError("Choose in one way: by --list, --query or --paper.")
    if about and chosen.most is None and (list_ or query or papers):
        raise InputError(f"{measure} is about the papers that are named, or chosen: not both.")
    most = _most(chosen, measure, top)
    served, store = open_current(GraphDirectory(settings_of(flags).directory))
    answer = chosen.answer(_asked(served, store, about, list_, query, papers, most))
    for sentence in (str(answer.known), *answer.notes):
        log.info("%s", sentence)
    content = FORMATS[format_](answer)
    if output is not None:
        write_file(content, output)
    else:
        sys.stdout.buffer.writelines(content)
        sys.stdout.buffer.flush()


def _most(chosen: "Measure", name: str, top: int | None) -> int | None:
    """Return how many rows are wanted, None for all. Raises InputError."""
    if top is not None and not chosen.ranked:
        raise InputError(f"--top says nothing to {name}: its rows are one chain.")
    if top is not None and top < 0:
        raise InputError(f"--top is {top}: give a number of rows, or 0 for all.")
    return (_TOP if top is None else top) or None


def _asked(
    served: "Build",
    store: "Engine",
    about: tuple[str, ...],
    list_: str | None,
    query: Path | None,
    papers: tuple[str, ...],
    most: int | None,
) -> "Asked":
    from fedkg.network.asked import Asked
    from fedkg.network.reading import read_network, read_techniques
    from fedkg.why import find_paper

    base = base_of(served)
    named = [find_paper(store, base, paper) for paper in about]
    chosen = papers_source(served, store, list_, query, papers).papers
    found = read_network(store)
    return Asked(
        found,
        frozenset(found.places(chosen)),
        found.places(named),
        most,
        partial(read_techniques, store, found.papers),
    )
