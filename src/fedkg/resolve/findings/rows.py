"""What reading alone shows: rows that failed, templates left unfilled, numbers in headings."""

import re
from collections.abc import Iterator

from fedkg.model import Entry, Failure, Finding, Reading, TemplateRow
from fedkg.resolve.findings.context import Context, finding

_PLACEHOLDER = re.compile(
    r"^\s*(?:Mon|Mmm|Month|MM|YYYY|Year|Date)\b[\s,./-]*(?:(?:19|20)\d{2})?\b"
)


def row_findings(context: Context) -> Iterator[Finding]:
    """Yield failed rows, template rows, placeholders in dates, and wrong numbers in headings."""
    for reading in context.readings:
        yield from map(_failed, reading.failures)
        yield from map(_template, reading.templates)
        yield from _section_counts(reading)
    for stated in (*context.described, *context.silent):
        words = stated.entry.listed.date or stated.entry.listed.venue or ""
        match = _PLACEHOLDER.match(words)
        if match and match.group().strip() == words.strip():
            sentence = (
                f"The date of “{stated.entry.title}” is “{words.strip()}”, of which a part is a "
                "template's: write the month."
            )
            yield finding("template-row", sentence, stated)


def _failed(failure: Failure) -> Finding:
    sentence = f"Line {failure.line} could not be read: {failure.reason}."
    return Finding("failed-row", sentence, failure.list, failure.line, (f"list/{failure.list}",))


def _template(row: TemplateRow) -> Finding:
    sentence = f"Line {row.line} is a row of a template, {row.raw!r}: fill it in or delete it."
    return Finding("template-row", sentence, row.list, row.line, (f"list/{row.list}",))


def _section_counts(reading: Reading) -> Iterator[Finding]:
    counts: dict[tuple[str, ...], list[Entry]] = {}
    for entry in reading.entries:
        if entry.headings and entry.headings[-1].count is not None:
            counts.setdefault(entry.section, []).append(entry)
    for section, entries in counts.items():
        announced = entries[0].headings[-1].count
        if announced != len(entries):
            line = min(entry.line for entry in entries)
            sentence = (
                f"The heading “{section[-1]}” announces {announced} works and has {len(entries)}: "
                "correct the number."
            )
            slug = reading.paper_list.slug
            yield Finding("section-count", sentence, slug, line, (f"list/{slug}",))
