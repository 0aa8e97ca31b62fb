"""`lint`: what to mend in a list."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedkg import resources
from fedkg.cli.program import examples

if TYPE_CHECKING:
    from fedkg.lint import Repaired

_FORMATS = ("human", "json", "sarif", "github")


@click.command(
    epilog=examples(
        "fedkg lint README.md",
        "fedkg lint README.md --against shipped --format sarif > fedkg.sarif",
        "fedkg lint README.md --fix",
        "curl https://example.org/list.md | fedkg lint --slug mine -",
    )
)
@click.argument("list_", metavar="LIST")
@click.option(
    "--against",
    metavar="GRAPH",
    help="Compare with the lists of a graph directory, or with “shipped” those of fedkg.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="human",
    show_default=True,
    help="For a person, a program, a code-scanning service, or a log on GitHub.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 on warnings too.")
@click.option("--fix", is_flag=True, help="First mend in the file what is safe to mend.")
@click.option("--diff", is_flag=True, help="Only print what --fix would change.")
@click.option("--slug", metavar="NAME", help="The name of the list, for - above all.")
def lint(
    list_: str,
    against: str | None,
    format_: str,
    strict: bool,
    fix: bool,
    diff: bool,
    slug: str | None,
) -> None:
    """Print what to mend in a list, with file and line. Needs no graph and no network.

    LIST is a Markdown file, or - for standard input, which --fix copies to standard output; the
    findings then go to standard error. Exit code 1 when there is an error.
    """
    from fedkg import lint as linter
    from fedkg.read import content_of, given_sources
    from fedkg.resolve import Vocabulary

    catalogue = resources.data_dir() / "lists.toml"
    (source,) = given_sources((list_,), catalogue, resources.lists_dir(), slug)
    file = "stdin" if source.path is None else list_
    techniques = resources.ontology_dir() / "techniques.ttl"
    vocabulary = Vocabulary.load(resources.vocabulary_dir(), techniques)
    content = content_of(source)
    if diff:
        repaired = linter.repair(content, source.paper_list, vocabulary)
        _show(linter.difference(content, repaired.content, file))
        return
    others = linter.others_of(against) if against else ()
    if fix:
        repaired = linter.repair(content, source.paper_list, vocabulary)
        _put_back(repaired, source.path)
        click.echo(linter.changes(repaired, file), nl=False, err=True)
        content = repaired.content
    linted = linter.lint(content, source.paper_list, vocabulary, others, file=file)
    _print(linter.FORMATS[format_](linted), err=fix and source.path is None)
    if linted.fails(strict=strict):
        sys.exit(1)


def _put_back(repaired: "Repaired", path: Path | None) -> None:
    from fedkg.lint import rewrite

    if path is None:
        click.echo(repaired.content, nl=False)
    elif repaired.changes:
        rewrite(path, repaired.content)


def _show(difference: bytes) -> None:
    """Print a diff: as it is to a file or a program, without surprises to a terminal."""
    from fedkg.lint import visible

    if sys.stdout.isatty():
        lines = difference.decode("utf-8", "replace").split("\n")
        click.echo("\n".join(map(visible, lines)), nl=False)
    else:
        click.echo(difference, nl=False)


def _print(text: str, *, err: bool) -> None:
    """Print findings, in colour on a terminal only (and where NO_COLOR is not set)."""
    click.echo(text, nl=False, err=err, color=False if os.environ.get("NO_COLOR") else None)
