"""`report.html`: the same for a person. One file: no script, nothing loaded, text escaped."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from fedkg.ids import web_url
from fedkg.model import FINDING_KINDS, Collection, Finding, FindingKind
from fedkg.report.facts import Lines, curated, text_of, titles_matched
from fedkg.report.figures import figures

_SHOWN_AT_MOST = 500

_STYLE = """\
:root { color-scheme: light dark; --soft: #8886; }
:root { --ink: #1c2430; --paper: #fdfdfb; --link: #1f5da0; --error: #c62828; --warning: #8f5200; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ee; --paper: #14181f; --link: #8abdf5; --error: #ff8a80; --warning: #ffb74d; }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 66rem; margin: 2rem auto; padding: 0 1rem;
  color: var(--ink); background: var(--paper); }
a { color: var(--link); }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--soft); padding: .25rem .75rem; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
li { margin: .75rem 0; }
code { display: block; overflow-wrap: anywhere; font-size: .85rem; opacity: .8; }
.error { color: var(--error); } .warning { color: var(--warning); }
summary { cursor: pointer; font-weight: 600; margin: 1rem 0 .5rem; }
"""

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>fedkg: what was read and found</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>What was read and found</h1>
"""


def write_page(collection: Collection, lines: Lines, target: Path) -> None:
    """Write `report.html` to `target`; `lines` as for `write_report`."""
    parts = [
        _HEAD.format(style=_STYLE),
        *_figures(collection),
        *_counts(collection),
        *_findings(collection.findings, lines),
        *_failures(collection),
        *_decisions(collection),
        *_section("Titles by which citations found their paper", titles_matched(collection)),
        *_section("Facts that are about no paper", collection.unmatched),
        "</main>\n</body>\n</html>\n",
    ]
    target.write_text("".join(parts), encoding="utf-8")


def _figures(collection: Collection) -> Iterator[str]:
    rows = ((escape(name), count) for name, count in figures(collection).items())
    yield from _table(("", ""), rows)


def _counts(collection: Collection) -> Iterator[str]:
    """Yield the number of findings by kind and list."""
    yield "<h2>Findings by kind and list</h2>\n"
    found = Counter((finding.kind, finding.list) for finding in collection.findings)
    lists = [one for one in collection.lists if any(name == one.slug for _, name in found)]
    heads = ("kind", "severity", *(_linked(one.slug, one.source) for one in lists), "all")
    rows = []
    for kind in _kinds(collection.findings):
        counts = [found[kind.name, one.slug] for one in lists]
        anchor = f'<a href="#{kind.name}">{kind.name}</a>'
        rows.append((anchor, kind.severity.value, *counts, sum(counts)))
    yield from _table(heads, rows)


def _findings(findings: Sequence[Finding], lines: Lines) -> Iterator[str]:
    by_kind: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.kind].append(finding)
    for kind in _kinds(findings):
        here = by_kind[kind.name]
        severity = kind.severity.value
        is_open = " open" if severity == "error" else ""
        yield f'<h2 id="{kind.name}">{escape(kind.title)}</h2>\n'
        yield f'<p><span class="{severity}">{severity}</span> · {escape(kind.help)}</p>\n'
        yield f"<details{is_open}><summary>{len(here)} × {kind.name}</summary>\n<ol>\n"
        for finding in here[:_SHOWN_AT_MOST]:
            text = text_of(finding, lines)
            line = f"<code>{escape(text)}</code>" if text else ""
            place = f"{escape(finding.list)}:{finding.line}"
            yield f"<li><b>{place}</b> <bdi>{escape(finding.sentence)}</bdi>{line}</li>\n"
        yield "</ol>\n"
        if len(here) > _SHOWN_AT_MOST:
            yield f"<p>{len(here) - _SHOWN_AT_MOST} more are in report.json.</p>\n"
        yield "</details>\n"


def _failures(collection: Collection) -> Iterator[str]:
    items = (
        f"<b>{escape(one.list)}:{one.line}</b> {escape(one.reason)}<code>{escape(one.raw)}</code>"
        for one in collection.failures
    )
    yield from _items("Rows that could not be read", items)


def _decisions(collection: Collection) -> Iterator[str]:
    items = (
        f"<b>{escape(one.kind)}</b> {escape(one.reason)}"
        f"{f' ({one.day.isoformat()})' if one.day else ''}"
        f"<code>{escape(', '.join(one.about))}</code>"
        for one in curated(collection)
    )
    yield from _items("What curators decided", items)


def _section(title: str, words: Iterable[str]) -> Iterator[str]:
    yield from _items(title, map(escape, words))


def _items(title: str, items: Iterable[str]) -> Iterator[str]:
    """Yield a heading and a list of items (HTML already), or nothing."""
    rows = [f"<li>{item}</li>\n" for item in items]
    if rows:
        yield f"<h2>{escape(title)}</h2>\n<ol>\n"
        yield from rows
        yield "</ol>\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str | int]]) -> Iterator[str]:
    """Yield a table; heads and texts are HTML already, numbers stand to the right."""
    names = list(heads)
    yield "<table>\n"
    if any(names):
        yield "<tr>" + "".join(f"<th>{name}</th>" for name in names) + "</tr>\n"
    for row in rows:
        yield "<tr>" + "".join(map(_cell, row)) + "</tr>\n"
    yield "</table>\n"


def _cell(value: str | int) -> str:
    return f'<td class="number">{value}</td>' if isinstance(value, int) else f"<td>{value}</td>"


def _linked(words: str, source: str | None) -> str:
    """Return words as a link where the source is an http(s) address."""
    address = web_url(source) if source else None
    name = escape(words)
    return f'<a href="{escape(address)}" rel="noopener">{name}</a>' if address else name


def _kinds(findings: Iterable[Finding]) -> list[FindingKind]:
    """Return the kinds among findings, in the order of the table."""
    found = {finding.kind for finding in findings}
    return [kind for kind in FINDING_KINDS.values() if kind.name in found]
