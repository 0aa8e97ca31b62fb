"""Settings as options, the log, and `config`."""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from fedkg.cli.program import examples
from fedkg.config import SETTINGS, Settings, settle

log = logging.getLogger("fedkg")

Command = TypeVar("Command", bound=Callable[..., Any])


def settings_flags(*names: str) -> Callable[[Command], Command]:
    """Offer settings as options; `settings_of` takes the `flags` that they give."""

    def add(command: Command) -> Command:
        for name in reversed((*names, "log-format")):
            known = SETTINGS[name]
            option = click.option(
                f"--{name}", metavar=known.metavar, help=f"{known.help} [default: {known.default}]"
            )
            command = option(command)
        return command

    return add


def settings_of(flags: Mapping[str, str | None]) -> Settings:
    """Return the settings of this run, and start the log as they say."""
    given = {name.replace("_", "-"): text for name, text in flags.items()}
    settings = settle(given, os.environ, Path.cwd())
    _start_log(settings.log_format)
    return settings


@click.command(epilog=examples("FEDKG_PORT=8080 fedkg config"))
@settings_flags(*(name for name in SETTINGS if name != "log-format"))
def config(**flags: str | None) -> None:
    """Print each setting, and where its value came from."""
    for name, value in settings_of(flags).values.items():
        click.echo(f"{name} = {value.text}  ({value.origin})")


def _start_log(log_format: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if log_format == "json" else logging.Formatter("%(message)s"))
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    # Nobody is told of the process, the thread or the code of a line: each is looked up otherwise.
    logging.logProcesses = logging.logThreads = logging.logMultiprocessing = False
    log.propagate = False


class _JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        seconds = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = {"time": seconds, "level": record.levelname.lower(), "message": record.getMessage()}
        if (fields := getattr(record, "fields", None)) is not None:
            line.update(asdict(fields))  # of the access log
        return json.dumps(line, ensure_ascii=False)
