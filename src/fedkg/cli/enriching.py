"""`enrich`: facts about papers from open services and their dumps."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedkg.cli.choosing import base_of
from fedkg.cli.program import examples
from fedkg.cli.settings import log, settings_flags, settings_of
from fedkg.errors import InputError

if TYPE_CHECKING:
    from fedkg.config import Settings
    from fedkg.enrich.found import Found
    from fedkg.enrich.papers import Listed

_KEEP = timedelta(days=30)
"""How long an answer is good for: who cites whom changes slowly, and large runs take days."""
_LINES_AT_MOST = 20
"""Of the log, about the progress with one source."""

Tell = Callable[[int, int], None]


@click.command(
    epilog=examples(
        "fedkg enrich --source openalex,crossref --dry-run",
        "FEDKG_CONTACT=me@example.org fedkg enrich --source openalex,s2 --only missing",
        "fedkg enrich --source openalex --from works.jsonl.gz",
    )
)
@click.option(
    "--source", "sources", metavar="NAME[,NAME]...", required=True, help="Which services to ask."
)
@click.option(
    "--only",
    type=click.Choice(["missing"]),
    help="Ask about papers whose references or authors are not known.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be asked; ask nothing.")
@click.option(
    "--from",
    "from_",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read a dump of the one source instead of asking, also one in gzip's format.",
)
@click.option(
    "--facts",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep facts there. [default: facts in the graph directory]",
)
@click.option(
    "--endpoint",
    "endpoints",
    metavar="NAME=URL",
    multiple=True,
    help="Ask a mirror of a service instead; again for more.",
)
@settings_flags("dir", "contact")
def enrich(
    sources: str,
    only: str | None,
    dry_run: bool,
    from_: Path | None,
    facts: Path | None,
    endpoints: tuple[str, ...],
    **flags: str | None,
) -> None:
    """Find out what services say of the papers of the built graph: authors, and what they cite.

    Facts are written to a file for each source, and enter the graph with the next build. Nothing
    that a file holds is lost. Exit code 1 when something was asked in vain: run it again.
    """
    from fedkg.enrich import DUMPS, SERVICES
    from fedkg.enrich.papers import listed_papers, wanted_from
    from fedkg.enrich.telling import plan
    from fedkg.store.builds import GraphDirectory
    from fedkg.store.engine import open_current

    names = _names(sources, SERVICES)
    mirrors = _mirrors(endpoints, names)
    if from_ and (len(names) > 1 or names[0] not in DUMPS):
        raise InputError(f"--from reads a dump of one of these: --source {', '.join(DUMPS)}.")
    if from_ and (dry_run or only or mirrors):
        raise InputError("--from asks nobody: leave --dry-run, --only and --endpoint out.")
    settings = settings_of(flags)
    folder = facts or settings.facts
    served, store = open_current(GraphDirectory(settings.directory))
    listed = listed_papers(store, base_of(served))
    if dry_run:
        for name in names:
            papers = wanted_from(listed, SERVICES[name], missing=bool(only))
            _print(plan(name, SERVICES[name], papers))
    elif from_:
        sys.exit(_read(names[0], from_, listed, folder))
    else:
        failed = [_ask(name, listed, only, folder, settings, mirrors) for name in names]
        sys.exit(1 if any(failed) else 0)


def _names(sources: str, known: Mapping[str, object]) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in sources.split(",")))
    for name in names:
        if name not in known:
            raise InputError(f"{name!r} is no source: there are {', '.join(known)}.")
    return names


def _mirrors(endpoints: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    found = {}
    for text in endpoints:
        name, _, url = text.partition("=")
        if name not in names or not url.startswith(("http://", "https://")):
            raise InputError(f"--endpoint {text} is not like {names[0]}=https://example.org.")
        found[name] = url
    return found


def _ask(
    name: str,
    listed: Sequence["Listed"],
    only: str | None,
    folder: Path,
    settings: "Settings",
    mirrors: Mapping[str, str],
) -> bool:
    """Ask a service and write what it says; tell what became of it, and whether all went well."""
    from fedkg.client import Cache, Client
    from fedkg.enrich import SERVICES
    from fedkg.enrich.asking import ask
    from fedkg.enrich.manners import key_variable, manners_of, sent
    from fedkg.enrich.papers import wanted_from
    from fedkg.enrich.telling import asked_lines

    if not settings.contact:
        raise InputError(
            "Services want to know who asks: give an e-mail address or a page with --contact or "
            "FEDKG_CONTACT."
        )
    found = _found(listed, name, folder)
    papers = wanted_from(listed, SERVICES[name], missing=bool(only))
    manners, key = manners_of(name), os.environ.get(key_variable(name), "")
    send = partial(sent, manners=manners, key=key, endpoint=mirrors.get(name, ""))
    cache = Cache(settings.directory / "asked", _KEEP)
    with (
        Client(settings.contact, cache, interval=manners.interval) as client,
        _progress(name) as tell,
    ):
        asked = ask(SERVICES[name], papers, client, send, found, tell)
        _write(name, found, folder)
        lines = asked_lines(name, asked, client.sent, found, papers)
    _print(lines)
    return bool(asked.failed or asked.waiting)


def _read(name: str, file: Path, listed: Sequence["Listed"], folder: Path) -> int:
    """Read a dump and write what it says; return the exit code."""
    from fedkg.enrich.dumping import take_dump
    from fedkg.enrich.telling import dumped_lines

    found = _found(listed, name, folder)
    with _progress(name) as tell:
        dumped = take_dump(name, file, found, tell)
    _write(name, found, folder)
    _print(dumped_lines(name, dumped, found))
    return 1 if dumped.unread else 0


def _found(listed: Sequence["Listed"], name: str, folder: Path) -> "Found":
    """Return what facts are kept in, which knows what records of before say of papers.

    A file of facts that cannot be read is told before anybody is asked.
    """
    from fedkg.enrich.facts import path_of, read_facts
    from fedkg.enrich.found import Found, Known
    from fedkg.model import Record

    known = Known(one.wanted for one in listed)
    file = path_of(folder, name)
    if file.exists():
        for fact in read_facts(file):
            if isinstance(fact, Record):
                known.learn(fact)
    return Found(known)


def _write(name: str, found: "Found", folder: Path) -> None:
    """Write what was found to the file of a source, beside what it holds."""
    from fedkg.enrich.facts import in_turn, merged, path_of, read_facts
    from fedkg.export.files import write_file

    if not found.lines:
        return
    file = path_of(folder, name)
    with in_turn(folder):
        before = read_facts(file) if file.exists() else ()
        write_file(merged(name, before, found.lines), file)


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


@contextmanager
def _progress(name: str) -> Iterator[Tell]:
    """Give what is told of progress: a bar on a terminal, lines of the log elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines(name)
        return
    with click.progressbar(length=1, label=name, file=sys.stderr) as bar:

        def tell(done: int, every: int) -> None:
            bar.length = max(every, 1)
            bar.update(done - bar.pos)

        yield tell


class _Lines:
    """Tells the log of progress, no more often than can be read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._last = 0

    def __call__(self, done: int, every: int) -> None:
        if done == every or done - self._last >= max(1, every // _LINES_AT_MOST):
            self._last = done
            log.info("%s: %s of %s", self._name, f"{done:,}", f"{every:,}")
