"""`wikidata check`: which papers have an item in Wikidata already."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedkg.cli.choosing import paper_options, papers_source
from fedkg.cli.program import examples
from fedkg.cli.settings import settings_flags, settings_of
from fedkg.errors import InputError

if TYPE_CHECKING:
    from fedkg.config import Settings
    from fedkg.export.wikidata.answers import Sighting
    from fedkg.export.wikidata.checking import Checked
    from fedkg.export.wikidata.identifiers import Identifier

_KEEP = timedelta(days=1)
"""How long an answer is good for: a run that was killed goes on, next week's asks anew."""


@click.group(epilog=examples("fedkg wikidata check --online --wikidata wikidata.csv"))
def wikidata() -> None:
    """Look papers up in Wikidata."""


@wikidata.command(
    epilog=examples(
        "fedkg wikidata check -o queries",
        "fedkg wikidata check --from doi-1.csv --from arxiv-1.csv --wikidata wikidata.csv",
        "FEDKG_CONTACT=me@example.org fedkg wikidata check --online --wikidata wikidata.csv",
    )
)
@paper_options()
@click.option(
    "--output",
    "-o",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write queries for https://query.wikidata.org into a folder.",
)
@click.option(
    "--from",
    "from_",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read an answer that was downloaded there as CSV; again for more.",
)
@click.option("--online", is_flag=True, help="Ask the service.")
@click.option(
    "--wikidata",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV (key, qid, source) that gets what is found.",
)
@click.option("--endpoint", metavar="URL", help="Ask a mirror of the service instead.")
@settings_flags("dir", "contact")
def check(
    list_: str | None,
    query: Path | None,
    papers: tuple[str, ...],
    output: Path | None,
    from_: tuple[Path, ...],
    online: bool,
    file: Path | None,
    endpoint: str | None,
    **flags: str | None,
) -> None:
    """Find the items of papers by their DOIs and arXiv ids, so that none is made twice.

    Rows are added for what is found and for what is not there; those of before stay as they are.
    What does not agree is told, and left out. Exit code 1 when something does not.
    """
    from fedkg.export.files import write_folder
    from fedkg.export.wikidata.identifiers import holds_queries, identifiers_of, query_files
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current

    if sum(map(bool, (output, from_, online))) != 1:
        raise InputError("Say one of these: -o FOLDER, --from FILE, --online.")
    if sum(map(bool, (list_, query, papers))) > 1:
        raise InputError("Choose in one way: by --list, --query or --paper.")
    if endpoint and not online:
        raise InputError("--endpoint is for --online, which asks it.")
    if bool(file) == bool(output):
        raise InputError("--wikidata names the file for --from and --online; -o asks for none.")
    settings = settings_of(flags)
    source = papers_source(*open_current(GraphDirectory(settings.directory)), list_, query, papers)
    identifiers = identifiers_of(source)
    if output:
        write_folder(query_files(identifiers), output, holds_queries)
    if file:
        sightings = partial(_sightings, identifiers, from_, settings, endpoint)
        checked = _fill(file, identifiers, sightings)
        _tell(checked, len(source.papers) - len({one.path for one in identifiers}))
        sys.exit(1 if checked.disagreements else 0)


def _sightings(
    identifiers: Sequence["Identifier"],
    files: Sequence[Path],
    settings: "Settings",
    endpoint: str | None,
) -> Iterator["Sighting"]:
    """Yield what files say of identifiers, or the service where there are none."""
    from fedkg.client import Cache, Client
    from fedkg.export.wikidata.answers import SERVICE, ask, read_answers

    if files:
        yield from chain.from_iterable(map(read_answers, files))
        return
    if not settings.contact:
        raise InputError(
            "Services want to know who asks: give an e-mail address or a page with --contact or "
            "FEDKG_CONTACT."
        )
    with Client(settings.contact, Cache(settings.directory / "asked", _KEEP)) as client:
        yield from ask(identifiers, client, endpoint or SERVICE)


def _fill(
    file: Path,
    identifiers: Sequence["Identifier"],
    sightings: Callable[[], Iterator["Sighting"]],
) -> "Checked":
    """Add to a file what was seen, and return that."""
    from fedkg.export.wikidata.checking import check as checked_of
    from fedkg.export.wikidata.known import Known, add_known, read_known

    # A file that cannot be read is told before anybody is asked.
    known = read_known(file) if file.exists() else Known()
    checked = checked_of(identifiers, list(sightings()), known)
    add_known(file, checked.rows)
    return checked


def _tell(checked: "Checked", without: int) -> None:
    for sentence in checked.disagreements:
        click.echo(sentence)
    found = sum(bool(row.qid) for row in checked.rows)
    click.echo(
        f"added: {found} items, {len(checked.rows) - found} papers without one; "
        f"left out, since sources disagree: {len(checked.disagreements)}; "
        f"without a DOI or an arXiv id, so not looked for: {without}"
    )
