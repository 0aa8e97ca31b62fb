"""What is read: lists and their entries, and the facts of other sources."""

from dataclasses import dataclass
from datetime import date

from fedkg.ids import Identifier


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
class AuthorId:
    """Who an author is: an ORCID iD, and the key under which the source keeps the person."""

    orcid: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a source other than a list says of one work: a row of a bibliography, say.

    `source` is the slug of the source and `key` the row's own key in it; `primary_source` is where
    the source is published. `authors` are full names in order; `is_truncated` says that the source
    ends them with "and others". `author_ids` says who they are, in the same order; it is empty
    where the source does not say. `arxiv_class` is its primary class at arXiv (cs.CL), or "".
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
    arxiv_class: str = ""
    venue: str | None = None
    author_ids: tuple[AuthorId, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """That one work cites another, as a source other than a list says it.

    A work is named by an identifier, or by its exact title where it has none; `citing_also` and
    `cited_also` are its other identifiers. `printed_as` is empty where the source shows no words.
    """

    source: str
    citing: Identifier | str
    cited: Identifier | str
    printed_as: str
    primary_source: str
    retrieved: date | None = None
    citing_also: tuple[Identifier, ...] = ()
    cited_also: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A reference list that was read: how many references it has, and whether all were read."""

    source: str
    citing: Identifier | str
    references: int
    is_whole: bool
