"""Findings as text: for a person, for a program, for a code-scanning service, for a CI log.

A list may be anybody's: characters that could drive a terminal or hide text are shown by their
number, and no format lets the words of a list become markup or a command.
"""

import json
import os
import unicodedata
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from fedkg.ids import digest
from fedkg.lint.repairing import Repaired
from fedkg.lint.run import Linted
from fedkg.model import FINDING_KINDS, Finding, Severity

_LINE_AT_MOST = 160
_CHARACTERS_AT_MOST = 1000
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_UNSHOWN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    r"""Return `text` with control, format and surrogate characters escaped: ESC as `\x1b`.

    A terminal obeys the first, the second reorder or hide what stands beside them.
    """
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNSHOWN else char
        for char in text
    )


def human(linted: Linted) -> str:
    """Return `file:line: severity kind: sentence` and the line, for each, and a last line of sums.

    Coloured: who prints it takes the colours out again where there is no terminal.
    """
    parts = [_paragraph(linted, finding) for finding in linted.findings]
    return "".join([*parts, _sums(linted), "\n"])


def as_json(linted: Linted) -> str:
    """Return one array of objects, in the order of the lines."""
    rows = [
        {
            "file": linted.file,
            "line": finding.line,
            "severity": finding.severity.value,
            "kind": finding.kind,
            "sentence": finding.sentence,
            "text": linted.line_of(finding),
            "about": list(finding.about),
        }
        for finding in linted.findings
    ]
    return json.dumps(rows, indent=2) + "\n"


def sarif(linted: Linted) -> str:
    """Return a SARIF 2.1.0 log of one run, whose rules are the table of finding kinds."""
    rules = list(FINDING_KINDS)
    driver = {
        "name": "fedkg",
        "version": version("fedkg"),
        "rules": [_rule(name) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(linted, one, rules.index(one.kind)) for one in linted.findings],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def github(linted: Linted) -> str:
    """Return a workflow command for each finding: an annotation of the line on GitHub."""
    return "".join(_command(linted, finding) for finding in linted.findings)


FORMATS: Mapping[str, Callable[[Linted], str]] = {
    "human": human,
    "json": as_json,
    "sarif": sarif,
    "github": github,
}
"""What `fedkg lint --format` offers."""


def changes(repaired: Repaired, file: str) -> str:
    """Return a line for each change that a repair made."""
    return "".join(
        f"{visible(f'{file}:{one.line}: {one.before} → {one.after}')}\n" for one in repaired.changes
    )


def _paragraph(linted: Linted, finding: Finding) -> str:
    place = click.style(f"{visible(linted.file)}:{finding.line}:", bold=True)
    severity = click.style(finding.severity.value, fg=_COLOURS[finding.severity])
    line = visible(linted.line_of(finding)[:_CHARACTERS_AT_MOST].strip().replace("\t", " "))
    shown = line if len(line) <= _LINE_AT_MOST else f"{line[: _LINE_AT_MOST - 1]}…"
    below = f"    {shown}\n" if shown else ""
    return f"{place} {severity} {finding.kind}: {visible(finding.sentence)}\n{below}"


def _sums(linted: Linted) -> str:
    counts = [(linted.count(severity), severity.value) for severity in Severity]
    named = [
        f"{count} {name}" + ("s" if count != 1 and name != Severity.INFO else "")
        for count, name in counts
        if count
    ]
    entries = f"{linted.entries} {'entry' if linted.entries == 1 else 'entries'}"
    return f"{visible(linted.file)}: {entries}, {', '.join(named) or 'nothing to mend'}"


def _rule(name: str) -> dict[str, Any]:
    kind = FINDING_KINDS[name]
    return {
        "id": name,
        "shortDescription": {"text": kind.title},
        "fullDescription": {"text": kind.help},
        "help": {"text": kind.help},
        "defaultConfiguration": {"level": _SARIF_LEVELS[kind.severity]},
    }


def _result(linted: Linted, finding: Finding, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": _relative_uri(linted.file), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.line},
    }
    return {
        "ruleId": finding.kind,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": _plain(finding.sentence)},
        "locations": [{"physicalLocation": place}],
        # Lines move; what a finding is about stays, so a service can tell an old one from a new.
        "partialFingerprints": {"fedkg/v1": digest(finding.kind, *finding.about, finding.sentence)},
    }


def _plain(text: str) -> str:
    """Return `text` as a plain message: no placeholder, no link (SARIF 2.1.0, 3.11.5 and 3.11.6).

    A title such as `[x](javascript:…)` would become a link in a viewer.
    """
    doubled = visible(text).replace("{", "{{").replace("}", "}}")
    return doubled.replace("](", "] (").replace("<", "‹").replace(">", "›")


def _relative_uri(file: str) -> str:
    """Return a path as a URI reference, seen from the working folder (the checkout, in CI)."""
    path = Path(file)
    seen = os.path.relpath(path) if path.is_absolute() else path.as_posix()
    return quote(str(seen).removeprefix("./"), safe="/")


def _command(linted: Linted, finding: Finding) -> str:
    properties = {
        "file": linted.file,
        "line": str(finding.line),
        "title": f"{finding.kind}: {FINDING_KINDS[finding.kind].title}",
    }
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_GITHUB_COMMANDS[finding.severity]} {given}::{_data(finding.sentence)}\n"


def _data(text: str) -> str:
    """Escape the message of a workflow command; it ends at a line break, and % escapes."""
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    """Escape a property, which a colon or a comma would end too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
