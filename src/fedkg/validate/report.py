"""What validation found, as values and as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

SEVERITIES = ("error", "warning", "info")
"""From the worst on, as reports are ordered."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where to mend: an entry of a list, or (`line` 0) a list as a whole.

    `title` is the entry's title as listed, or the list's title.
    """

    list: str
    line: int
    title: str

    def __str__(self) -> str:
        where = f"{self.list}, line {self.line}" if self.line else f"the list {self.list}"
        return f"{where}: {self.title}" if self.title else where


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of validation.

    `focus` and `shape` are IRIs; `path` is written as in SPARQL with the graph's prefixes, None for
    a rule about the node as a whole; `value` is an IRI or a lexical form; `severity` is "error",
    "warning" or "info"; `constraint` is the kind of rule ("MinCount", "Pattern", "SPARQL", …).
    """

    focus: str
    path: str | None
    value: str | None
    message: str
    severity: str
    shape: str
    constraint: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, errors first. Warnings alone leave `conforms` true."""

    conforms: bool
    violations: tuple[Violation, ...] = ()

    @classmethod
    def of(cls, violations: Iterable[Violation]) -> "Report":
        """Return the report on violations in any order."""
        found = tuple(sorted(violations, key=_sort_key))
        return cls(all(violation.severity != "error" for violation in found), found)


def render(report: Report) -> str:
    """Return the report in plain sentences, ending in a newline."""
    lines = [_summary(report)]
    for violation in report.violations:
        at = [f"<{violation.focus}>", violation.path, violation.value and f"“{violation.value}”"]
        lines += ["", f"{violation.severity}: {violation.message}"]
        lines.append("  at " + ", ".join(part for part in at if part))
        lines += [f"  mend {place}" for place in violation.places[:3]]
        if len(violation.places) > 3:
            lines.append(f"  and {len(violation.places) - 3} more entries")
        if not violation.places:
            lines.append("  no entry of a list stands behind it")
    return "\n".join(lines) + "\n"


def _sort_key(violation: Violation) -> tuple[int, str, str, str, str]:
    rank = SEVERITIES.index(violation.severity)
    value = violation.value or ""
    return (rank, violation.shape, violation.focus, violation.constraint, value)


def _summary(report: Report) -> str:
    found = [violation.severity for violation in report.violations]
    counts = [
        f"{found.count(word)} {word}{'s' if found.count(word) > 1 and word != 'info' else ''}"
        for word in SEVERITIES
        if word in found
    ]
    verdict = "conforms" if report.conforms else "does not conform"
    return f"The graph {verdict} to its shapes" + (f": {', '.join(counts)}." if counts else ".")
