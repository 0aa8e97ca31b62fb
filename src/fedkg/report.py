"""What a build read, resolved and found: `report.json`, and the lines it prints."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fedkg.model import Collection


def figures(collection: Collection) -> dict[str, int]:
    """Return how many there are of everything, by plural name."""
    papers = collection.papers
    return {
        "lists": len(collection.lists),
        "entries": len(collection.statements),
        "failures": len(collection.failures),
        "papers": len(papers),
        "papers with authors": sum(bool(paper.authorships) for paper in papers),
        "papers with datasets": sum(bool(paper.datasets) for paper in papers),
        "papers with models": sum(bool(paper.models) for paper in papers),
        "people": len(collection.people),
        "venues": len(collection.venues),
        "editions": len(collection.editions),
        "datasets": len(collection.datasets),
        "models": len(collection.models),
        "repositories": len(collection.repositories),
        "findings": len(collection.findings),
    }


def write_report(collection: Collection, triples: Mapping[str, int], target: Path) -> None:
    """Write `report.json`: figures, rows that were not read, findings by kind and list, each one.

    `triples` are the sizes of the named graphs (IRI → number).
    """
    report: dict[str, Any] = {
        "figures": figures(collection),
        "triples": dict(triples),
        "lists": [_list_report(collection, one.slug) for one in collection.lists],
        "failures": [asdict(failure) for failure in collection.failures],
        "findings": [
            {"kind": f.kind, "severity": f.severity.value, "list": f.list, "line": f.line}
            | {"sentence": f.sentence, "about": list(f.about)}
            for f in collection.findings
        ],
    }
    text = json.dumps(report, indent=2, ensure_ascii=False)
    target.write_text(text + "\n", encoding="utf-8")


def summary(collection: Collection, triples: int) -> str:
    """Return a few lines for a person, ending in a newline."""
    n = figures(collection)
    kinds = Counter(finding.kind for finding in collection.findings)
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return (
        f"{n['lists']} lists, {n['entries']} entries, {n['failures']} rows that could not be read\n"
        f"{n['papers']} papers ({n['papers with authors']} with authors, "
        f"{n['papers with datasets']} with datasets, {n['papers with models']} with models), "
        f"{n['people']} people\n"
        f"{n['venues']} venues, {n['datasets']} datasets, {n['models']} models, "
        f"{n['repositories']} repositories\n"
        f"{triples} triples; {n['findings']} findings" + (f": {found}\n" if found else "\n")
    )


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
