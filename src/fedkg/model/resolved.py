"""What entries and facts are resolved to: papers, people, venues, things, and the decisions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fedkg.ids import Identifier
from fedkg.model.read import Entry, PartialDate, Record, Reference


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
