"""Which papers a command is about: `--list`, `--query` or `--paper`."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fedkg.config import DEFAULT_BASE
from fedkg.errors import InputError

if TYPE_CHECKING:
    from fedkg.export.source import Source
    from fedkg.store.builds import Build
    from fedkg.store.engine import Engine

Command = TypeVar("Command", bound=Callable[..., Any])


def paper_options(of_query: str = "") -> Callable[[Command], Command]:
    """Offer the options; `of_query` says what else a query may be, at the end of its help."""
    options = (
        click.option("--list", "list_", metavar="SLUG", help="The papers of one list."),
        click.option(
            "--query",
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            help=f"The papers that a SELECT finds as ?paper{of_query}.",
        ),
        click.option(
            "--paper", "papers", metavar="PAPER", multiple=True, help="A paper; again for more."
        ),
    )

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def papers_source(
    served: "Build", store: "Engine", list_: str | None, query: Path | None, papers: Iterable[str]
) -> "Source":
    """Return the graph that is served, and the papers that were chosen: all, where none were."""
    from fedkg.export.source import Source, all_papers, papers_of_list, papers_of_query
    from fedkg.why import find_paper

    base = base_of(served)
    if list_:
        chosen = papers_of_list(store, base, list_)
    elif query:
        chosen = papers_of_query(store, text_of(query))
    elif papers:
        chosen = tuple(dict.fromkeys(find_paper(store, base, paper) for paper in papers))
    else:
        chosen = all_papers(store)
    return Source(store, base, chosen, served.graph)


def base_of(served: "Build") -> str:
    """Return what the things of a build live under."""
    return str(served.meta.get("base", DEFAULT_BASE))


def text_of(file: Path) -> str:
    """Return a query from its file. Raises InputError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read ({error}): name a file with a query.") from error
