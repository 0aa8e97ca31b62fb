"""`report.json`: figures, rows that were not read, findings with their lines, decisions."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fedkg.model import FINDING_KINDS, Collection, Decision, Finding
from fedkg.report.figures import figures

Lines = Mapping[str, Sequence[str]]
"""The lines of each list, by its slug; `lines[slug][0]` is line 1, without its end."""

_TEXT_AT_MOST = 500
_NO_LINES: Lines = {}


def write_report(
    collection: Collection, triples: Mapping[str, int], target: Path, lines: Lines = _NO_LINES
) -> None:
    """Write `report.json` to `target`.

    `triples` are the sizes of the named graphs (IRI → number). A list without `lines` gives its
    findings no text.
    """
    report: dict[str, Any] = {
        "figures": figures(collection),
        "triples": dict(triples),
        "lists": [_list_report(collection, one.slug) for one in collection.lists],
        "kinds": _kinds(collection),
        "failures": [asdict(failure) for failure in collection.failures],
        "findings": [_finding(one, lines) for one in collection.findings],
        "decisions": [_decision(one) for one in curated(collection)],
        "titles_matched": list(titles_matched(collection)),
        "unmatched": list(collection.unmatched),
    }
    text = json.dumps(report, indent=2, ensure_ascii=False)
    target.write_text(text + "\n", encoding="utf-8")


def text_of(finding: Finding, lines: Lines) -> str:
    """Return the line that a finding names, cut to 500 characters; "" where it is not known."""
    known = lines.get(finding.list, ())
    if not 0 < finding.line <= len(known):
        return ""
    text = known[finding.line - 1].strip()
    return text if len(text) <= _TEXT_AT_MOST else f"{text[: _TEXT_AT_MOST - 1]}…"


def curated(collection: Collection) -> tuple[Decision, ...]:
    """Return the decisions that a person made: those with a reason."""
    return tuple(decision for decision in collection.decisions if decision.reason)


def titles_matched(collection: Collection) -> tuple[str, ...]:
    """Return the titles by which citations found their papers, where no identifier was given."""
    return tuple(sorted({title for one in collection.citations for title in one.by_title}))


def _kinds(collection: Collection) -> list[dict[str, Any]]:
    counts = Counter(finding.kind for finding in collection.findings)
    return [
        {"kind": kind.name, "severity": kind.severity.value, "title": kind.title}
        | {"help": kind.help, "findings": counts[kind.name]}
        for kind in FINDING_KINDS.values()
        if counts[kind.name]
    ]


def _finding(finding: Finding, lines: Lines) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "list": finding.list,
        "line": finding.line,
        "text": text_of(finding, lines),
        "sentence": finding.sentence,
        "about": list(finding.about),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "about": list(decision.about),
        "reason": decision.reason,
        "date": decision.day.isoformat() if decision.day else None,
    }


def _list_report(collection: Collection, slug: str) -> dict[str, Any]:
    entries = [stated for stated in collection.statements if stated.entry.list == slug]
    kinds = Counter(finding.kind for finding in collection.findings if finding.list == slug)
    return {
        "slug": slug,
        "entries": len(entries),
        "papers": len({stated.describes for stated in entries if stated.describes}),
        "failures": sum(failure.list == slug for failure in collection.failures),
        "findings": dict(sorted(kinds.items())),
    }
