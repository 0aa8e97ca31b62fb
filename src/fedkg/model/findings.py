"""What is found doubtful: the one table of kinds, and the findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: how much it matters, what it is called, and how to mend it.

    `title` is a few words for a heading; `help` is a sentence that says what it is and the edit.
    """

    name: str
    severity: Severity
    title: str
    help: str


FINDING_KINDS: Mapping[str, FindingKind] = {
    kind.name: kind
    for kind in (
        FindingKind(
            "duplicate-entry",
            Severity.ERROR,
            "One work twice under one heading",
            "A work stands twice under the same heading of a list: keep one of the entries.",
        ),
        FindingKind(
            "empty-link",
            Severity.ERROR,
            "Link without an address",
            "The title is a link that leads nowhere: put the address in, or take the link off.",
        ),
        FindingKind(
            "failed-row",
            Severity.ERROR,
            "Row that could not be read",
            "A row looks like an entry and is none that can be read: mend it as the reason says.",
        ),
        FindingKind(
            "link-title-mismatch",
            Severity.ERROR,
            "Link that is not this work's",
            "The link leads to another work than the title names: link the work that is meant.",
        ),
        FindingKind(
            "malformed-link",
            Severity.ERROR,
            "Link that is no address",
            "The link has a part too many, or lacks one, so that a browser gets lost: correct it.",
        ),
        FindingKind(
            "shared-link",
            Severity.ERROR,
            "One link, several works",
            "Works of different titles have one link: give each the link of its own.",
        ),
        FindingKind(
            "template-row",
            Severity.ERROR,
            "Left over from a template",
            "A row or a date of a template was never filled in: fill it in or delete it.",
        ),
        FindingKind(
            "authors-conflict",
            Severity.WARNING,
            "Author lists that disagree",
            "Two sources name different authors of a work, or in another order: correct the list.",
        ),
        FindingKind(
            "authors-truncated",
            Severity.WARNING,
            "Author list that stops early",
            "The authors named are only the first ones: add the others.",
        ),
        FindingKind(
            "generic-link",
            Severity.WARNING,
            "Link to a site, not to the work",
            "The link leads to a home page or a programme: link the page of the work itself.",
        ),
        FindingKind(
            "preprint-superseded",
            Severity.WARNING,
            "Preprint that has been published",
            "An entry calls a work a preprint that has appeared elsewhere since: name that place.",
        ),
        FindingKind(
            "section-count",
            Severity.WARNING,
            "Heading with a wrong number",
            "A heading announces another number of works than stand below it: correct the number.",
        ),
        FindingKind(
            "venue-conflict",
            Severity.WARNING,
            "Places of publication that disagree",
            "The venue is not that of the link or of another entry of the work: correct it.",
        ),
        FindingKind(
            "wrong-fields",
            Severity.WARNING,
            "Words of another work",
            "A curator found that words of an entry belong to another work: replace them.",
        ),
        FindingKind(
            "year-conflict",
            Severity.WARNING,
            "Years that disagree",
            "The year is not that of the link or of another entry of the work: correct it.",
        ),
        FindingKind(
            "year-contradicts-id",
            Severity.WARNING,
            "Year that the arXiv id contradicts",
            "An arXiv id holds the month of its preprint, and the year given is not in accord: "
            "correct the year or the link.",
        ),
        FindingKind(
            "authors-missing",
            Severity.INFO,
            "No known authors",
            "No list and no other source names the authors of a work: add them, or a bibliography "
            "that has them.",
        ),
        FindingKind(
            "mojibake",
            Severity.INFO,
            "Garbled characters",
            "Text was read in the wrong encoding and saved so: save the file as UTF-8.",
        ),
        FindingKind(
            "not-a-paper",
            Severity.INFO,
            "Entry that is no paper",
            "An entry is a post, a tool or a page and describes no paper: nothing need be done.",
        ),
        FindingKind(
            "possible-homonym",
            Severity.INFO,
            "Name that may be several people's",
            "A full name stands on papers without a common co-author: check whether it is one "
            "person, and split the name by curation where it is not.",
        ),
        FindingKind(
            "unknown-dataset",
            Severity.INFO,
            "Dataset that fedkg does not know",
            "A dataset's name is not in the vocabulary: check its spelling.",
        ),
        FindingKind(
            "unknown-model",
            Severity.INFO,
            "Model that fedkg does not know",
            "A model's name is not in the vocabulary: check its spelling.",
        ),
        FindingKind(
            "unknown-venue",
            Severity.INFO,
            "Venue that fedkg does not know",
            "A place of publication is not in the vocabulary: check its spelling.",
        ),
    )
}
"""The table of finding kinds, by name, that the graph, the report, the linter and its SARIF rules,
and the documentation share: errors first, then by name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a list's maintainer or a reader of the graph should know.

    `sentence` says what it is; `about` are IRI paths such as `entry/fm-fl/0123456789ab`; `list`
    and `line` are where to look.
    """

    kind: str
    sentence: str
    list: str
    line: int
    about: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """From the table of kinds."""
        return FINDING_KINDS[self.kind].severity
