"""A list → its findings: reading and resolving it, alone or together with other lists."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fedkg.model import Collection, Finding, PaperList, Reading, Severity
from fedkg.read import read_bytes
from fedkg.resolve import Vocabulary, resolve

LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line of Markdown (CommonMark 0.31, section 2.1)."""


@dataclass(frozen=True, slots=True)
class Linted:
    """The findings of one list, in the order of its lines (`lines[0]` is line 1)."""

    file: str
    entries: int
    findings: tuple[Finding, ...]
    lines: tuple[str, ...]

    def line_of(self, finding: Finding) -> str:
        """Return the text of the line that a finding names, without its end."""
        return self.lines[finding.line - 1] if 0 < finding.line <= len(self.lines) else ""

    def count(self, severity: Severity) -> int:
        """Return how many findings are so severe."""
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, *, strict: bool = False) -> bool:
        """Return whether there is an error, or with `strict` a warning."""
        return bool(self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING)))


def lint(
    content: bytes,
    paper_list: PaperList,
    vocabulary: Vocabulary,
    others: Iterable[Reading] = (),
    *,
    file: str = "",
) -> Linted:
    """Return the findings of the list in `content`; never raises on any content.

    `others` are readings of other lists: what they contradict becomes a finding of this list too.
    A reading of the list itself among them (of its slug) is left out: it is an older edition.
    `file` is what the list is called in the answer, its slug unless it is given. Facts of other
    sources and curators' decisions play no part: the linter speaks of what stands in the list.
    """
    reading = read_bytes(content, paper_list)
    slug = paper_list.slug
    beside = [other for other in others if other.paper_list.slug != slug]
    collection = resolve([reading, *beside], vocabulary)
    found = sorted(_findings(collection, slug), key=lambda one: (one.line, one.kind, one.sentence))
    lines = LINE_END.split(content.decode("utf-8-sig", "replace"))
    return Linted(file or slug, len(reading.entries), tuple(found), tuple(lines))


def _findings(collection: Collection, slug: str) -> Iterator[Finding]:
    """Yield the findings to mend in one list, each once.

    A list that names no authors at all leaves them out on purpose, and is not told so each time.
    """
    ours = [stated for stated in collection.statements if stated.entry.list == slug]
    lines = {f"entry/{stated.key}": stated.entry.line for stated in ours}
    names_authors = any(stated.entry.authors for stated in ours)
    seen = set()
    for finding in collection.findings:
        here = finding if finding.list == slug else _moved(finding, slug, lines)
        if here is None or (here.kind == "authors-missing" and not names_authors):
            continue
        if (key := (here.kind, here.line, here.sentence)) not in seen:
            seen.add(key)
            yield here


def _moved(finding: Finding, slug: str, lines: Mapping[str, int]) -> Finding | None:
    """Return a finding on a paper or person, which stands at another list's line, at ours.

    A finding whose first subject is an entry or a list asks for an edit there, and only there.
    """
    if not finding.about or finding.about[0].startswith(("entry/", "list/")):
        return None
    ours = [lines[subject] for subject in finding.about if subject in lines]
    return replace(finding, list=slug, line=min(ours)) if ours else None
