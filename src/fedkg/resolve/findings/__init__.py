"""What the lists' maintainers should know, as resolution saw it.

`findings_of` takes a `Context` and asks one module after another, each of which looks at one thing:
rows, names, links, places, repeats, authors, curation. The kinds are `fedkg.model.FINDING_KINDS`.
"""

from fedkg.model import Finding
from fedkg.resolve.findings.authors import author_findings
from fedkg.resolve.findings.context import Context, RejectedWords, rejected_words
from fedkg.resolve.findings.curated import curated_findings
from fedkg.resolve.findings.homonyms import homonym_findings
from fedkg.resolve.findings.links import link_findings
from fedkg.resolve.findings.names import name_findings
from fedkg.resolve.findings.places import place_findings
from fedkg.resolve.findings.repeats import repeat_findings
from fedkg.resolve.findings.rows import row_findings
from fedkg.resolve.findings.years import year_findings

__all__ = ["Context", "RejectedWords", "findings_of", "rejected_words"]

_LOOKS = (
    row_findings,
    name_findings,
    link_findings,
    place_findings,
    year_findings,
    repeat_findings,
    author_findings,
    homonym_findings,
    curated_findings,
)


def findings_of(context: Context) -> tuple[Finding, ...]:
    """Return everything found, by list and line. The order of lists and entries changes nothing."""
    found = {finding for look in _LOOKS for finding in look(context)}
    return tuple(sorted(found, key=lambda f: (f.list, f.line, f.kind, f.about, f.sentence)))
