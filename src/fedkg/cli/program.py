"""`fedkg` itself: the group that all commands belong to, and how its errors are told."""

import os
import sys
from typing import Any

import click

from fedkg.errors import FedkgError


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


def examples(*commands: str) -> str:
    """Return the end of a command's help; the mark keeps click from filling the lines."""
    return "\n".join(("\b", "Examples:", *(f"  {command}" for command in commands)))


@click.group(
    cls=_Sentences,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("fedkg build", "fedkg why FedKSeed venue"),
)
@click.version_option(package_name="fedkg", message="%(prog)s %(version)s")
def main() -> None:
    """Turn curated paper lists into a knowledge graph, and ask it."""
