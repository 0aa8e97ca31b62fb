"""The values that flow through the stages: what is read, what is resolved, what is asked.

Read:      `PaperList`, `Entry`, `Failure`, `TemplateRow`, held together by `Reading`.
Resolved:  `Collection` of `Paper`, `Person`, `Venue`, … and what was found on the way.
Asked:     `Store`, the Protocol behind which an engine answers queries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, Protocol

from fedkg.ids import Identifier

# ---------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class PaperList:
    """A curated list as it was read. `licence` is an SPDX id or "unknown"."""

    slug: str
    title: str
    source: str | None = None
    licence: str = "unknown"
    retrieved: date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, or a year and a month (1 to 12)."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above an entry: its words as listed, without the count of rows behind them.

    `text` is the mended, readable form; `count` is the number of rows the heading announces.
    """

    as_listed: str
    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry, its text and target as they stand."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """The fields of an entry as they stand in the list; None where the list is silent."""

    title: str
    link: str | None = None
    other_links: tuple[Link, ...] = ()
    venue: str | None = None
    date: str | None = None
    authors: str | None = None
    datasets: str | None = None
    models: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One described work under its innermost heading.

    `line` (from 1) holds its title link, or its title where there is none. `listed` are the words
    as they stand; the other fields are what they state, normalised: mojibake mended, LaTeX decoded,
    lists split. `link` is an http(s) URL. `claims_paper` says that the form of the row names a
    paper (a title column, authors, a venue); `repaired`, that mojibake was mended.
    """

    list: str
    line: int
    headings: tuple[Heading, ...]
    listed: Words
    title: str
    link: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    venue: str | None = None
    date: PartialDate | None = None
    authors: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    claims_paper: bool = False
    repaired: bool = False

    @property
    def section(self) -> tuple[str, ...]:
        """The heading path, readable, outermost first."""
        return tuple(heading.text for heading in self.headings)


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that could not be read: where, its raw text, and why."""

    list: str
    line: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row left over from a template, such as `#### []() **`: it describes nothing."""

    list: str
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one list holds, in the order of its lines."""

    paper_list: PaperList
    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()
    templates: tuple[TemplateRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What a source other than a list says of one work: a row of a bibliography, say.

    `source` is the slug of the source and `key` the row's own key in it; `primary_source` is where
    the source is published. `authors` are full names in order; `is_truncated` says that the source
    ends them with "and others".
    """

    source: str
    key: str
    title: str
    primary_source: str
    retrieved: date | None = None
    authors: tuple[str, ...] = ()
    is_truncated: bool = False
    identifiers: tuple[Identifier, ...] = ()
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """That one work cites another, as a source other than a list says it.

    A work is named by an identifier, or by its exact title where it has none.
    """

    source: str
    citing: Identifier | str
    cited: Identifier | str
    printed_as: str
    primary_source: str
    retrieved: date


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A reference list that was read: how many references it has, and whether all were read."""

    source: str
    citing: Identifier | str
    references: int
    is_whole: bool


# ---------------------------------------------------------------- resolved


class VenueKind(StrEnum):
    """What kind of place a venue is; the value is the local name of its individual."""

    CONFERENCE = "Conference"
    JOURNAL = "Journal"
    WORKSHOP = "Workshop"
    PREPRINT_SERVER = "PreprintServer"

    @property
    def has_editions(self) -> bool:
        """Only conferences and workshops appear in editions."""
        return self in {VenueKind.CONFERENCE, VenueKind.WORKSHOP}


class VersionKind(StrEnum):
    """The FaBiO class of a version; `UNPLACED` is a version whose place nobody has named."""

    PREPRINT = "Preprint"
    CONFERENCE_PAPER = "ConferencePaper"
    WORKSHOP_PAPER = "WorkshopPaper"
    JOURNAL_ARTICLE = "JournalArticle"
    UNPLACED = "Expression"


class Basis(StrEnum):
    """Why a paper has a technique."""

    SECTION = "SectionBasis"
    TITLE = "TitleBasis"


@dataclass(frozen=True, slots=True)
class Named:
    """A dataset, or anything else known by a name and its other spellings. `key` is its slug."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


class IdentityBasis(StrEnum):
    """Why two names are one person; the value is the local name of its individual."""

    NAME = "ByName"
    CO_AUTHORS = "ByCoAuthors"
    IDENTIFIER = "ByIdentifier"
    CURATED = "Curated"


class Completeness(StrEnum):
    """How much of a paper's reference list is known."""

    WHOLE = "Whole"
    PARTLY = "Partly"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True)
class Person(Named):
    """A person, known by full name unless something better is known."""

    orcid: str | None = None
    basis: IdentityBasis = IdentityBasis.NAME


@dataclass(frozen=True, slots=True)
class Model(Named):
    """A language model. `family` is a ModelFamily key, `parameters` a count."""

    family: str | None = None
    parameters: int | None = None


@dataclass(frozen=True, slots=True)
class ModelFamily(Named):
    """A family of models. `broader` is the key of the family it descends from."""

    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Venue(Named):
    """A series of proceedings, a journal or a preprint server. `full` is the name written out."""

    kind: VenueKind = VenueKind.CONFERENCE
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One year's edition of a conference or workshop: "EMNLP 2023"."""

    key: str
    label: str
    venue: str
    year: int


@dataclass(frozen=True, slots=True)
class Repository:
    """A source repository. `urls` are the links to it, as listed."""

    key: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What one entry states, in terms of resolved things (keys). The twin of `Entry`.

    `describes` is a Paper key, or None for an entry that is no paper.
    """

    entry: Entry
    key: str
    describes: str | None = None
    venues: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One place of appearance of a paper. `key` is `<paper-key>/<arxiv|edition|venue slug>`."""

    key: str
    kind: VersionKind
    venue: str | None = None
    edition: str | None = None
    issued: PartialDate | None = None
    url: str | None = None
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Authorship:
    """One place in an author list. `position` counts from 1; `name` is as listed."""

    position: int
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A technique of a paper, and the entries whose heading (or title) says so (entry keys)."""

    technique: str
    basis: Basis
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One work, whatever the number of entries and versions. All references are keys."""

    key: str
    title: str
    alternatives: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    preferred: str | None = None
    authorships: tuple[Authorship, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    repositories: tuple[str, ...] = ()
    former_keys: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    references: Completeness = Completeness.UNKNOWN

    @property
    def preferred_version(self) -> Version | None:
        """The version whose place and date stand for the paper."""
        return next((v for v in self.versions if v.key == self.preferred), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign that two entries are, or are not, the same work: for it above 0, against it below."""

    kind: str
    weight: int
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.weight:+d}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Decision:
    """Why entries are, or are not, the same work, or what a curator decided of them.

    `kind` is `same` or `different`, or a kind of curation (`wrong-link`, `rename`, …); `about` are
    IRI paths such as `entry/fm-fl/0123456789ab`. A curator gives a `reason` and a day.
    """

    kind: str
    about: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class StatedRecord:
    """What a record states of a paper (key), with the keys of its authors in order.

    `identifiers` are those of the record that are the paper's.
    """

    record: Record
    paper: str
    authors: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedCitation:
    """A reference and the papers (keys) that it links; `by_title` are titles that found one."""

    reference: Reference
    citing: str
    cited: str
    by_title: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything resolved from a set of lists, each part sorted by key."""

    lists: tuple[PaperList, ...] = ()
    statements: tuple[Stated, ...] = ()
    papers: tuple[Paper, ...] = ()
    people: tuple[Person, ...] = ()
    venues: tuple[Venue, ...] = ()
    editions: tuple[Edition, ...] = ()
    datasets: tuple[Named, ...] = ()
    models: tuple[Model, ...] = ()
    families: tuple[ModelFamily, ...] = ()
    repositories: tuple[Repository, ...] = ()
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    records: tuple[StatedRecord, ...] = ()
    citations: tuple[StatedCitation, ...] = ()
    unmatched: tuple[str, ...] = ()
    former_paths: tuple[tuple[str, str], ...] = ()
    failures: tuple[Failure, ...] = ()


# ---------------------------------------------------------------- asked


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term of an answer."""

    value: str
    kind: Literal["iri", "literal", "blank"]
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT; unbound variables are None."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class Store(Protocol):
    """A graph that answers SPARQL queries; the default graph is the union of the named ones."""

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT; raises QueryError."""
        ...

    def answer(
        self,
        query: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> bytes:
        """Return a whole answer serialised as `media_type`; raises QueryError."""
        ...
