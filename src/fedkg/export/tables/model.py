"""The four tables of papers: their columns, and the rows that a work gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from fedkg.export.works import Work

Type = Literal["string", "integer"]
Cell = str | int | None
"""None is what nothing states."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what stands in it, and the type that Table Schema calls so."""

    name: str
    description: str
    type: Type = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is for, its columns, which of them are its key, and the rows of a work.

    `refers` is the column that holds a `paper` of the table of papers, where another one does.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Work], Iterable[Row]]
    refers: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def _paper_rows(work: Work) -> Iterator[Row]:
    identifiers = work.identifiers.get
    yield (
        work.iri,
        work.key,
        work.title,
        int(work.year) if work.year.isdecimal() else None,
        work.issued or None,
        work.kind or None,
        work.venue.name if work.venue else None,
        work.venue.iri if work.venue else None,
        work.edition or None,
        *map(identifiers, ("arxiv", "doi", "acl", "openreview", "ieee")),
        work.urls[0] if work.urls else None,
        # No paper is without authors: none are known.
        len(work.authors) or None,
        work.references or None,
    )


def _authorship_rows(work: Work) -> Iterator[Row]:
    for position, author in enumerate(work.authors, 1):
        given, family = author.parts
        yield (
            work.iri,
            position,
            author.iri,
            author.name,
            given or None,
            family or None,
            author.orcid or None,
        )


def _use_rows(work: Work) -> Iterator[Row]:
    kinds = {
        "dataset": work.datasets,
        "model": work.models,
        "technique": work.techniques,
        "repository": work.code,
    }
    for kind, things in kinds.items():
        yield from ((work.iri, kind, thing.iri, thing.name) for thing in things)


def _citation_rows(work: Work) -> Iterator[Row]:
    yield from ((work.iri, cited) for cited in work.cites)


_PAPER = Column("paper", "IRI of the paper")

PAPERS = Table(
    "papers",
    "Papers, each in the place and of the day of its preferred version",
    (
        _PAPER,
        Column("key", "Its key: the strongest of its identifiers"),
        Column("title", "Its title"),
        Column("year", "Year of the preferred version", "integer"),
        Column("issued", "The same as exactly as it is known: 2024-05 or 2024"),
        Column("kind", "preprint, conference, workshop or journal"),
        Column("venue", "Name of the venue"),
        Column("venue_iri", "IRI of the venue"),
        Column("edition", "Conference or workshop of a year, such as EMNLP 2024"),
        Column("arxiv", "arXiv id, without version"),
        Column("doi", "DOI"),
        Column("acl", "ACL Anthology id"),
        Column("openreview", "OpenReview id"),
        Column("ieee", "IEEE document id"),
        Column("url", "Link, to the preferred version where it has one"),
        Column("authors", "How many authors are known; empty where none is", "integer"),
        Column("references", "How much of its reference list is known: whole, partly, unknown"),
    ),
    ("paper",),
    _paper_rows,
)
AUTHORSHIPS = Table(
    "authorships",
    "Who wrote which paper, in order; papers whose authors nothing states have no row",
    (
        _PAPER,
        Column("position", "Place among the authors, from 1", "integer"),
        Column("person", "IRI of the person"),
        Column("name", "Name of the person"),
        Column("given", "Given names, as BibTeX parts the name"),
        Column("family", "Family name, with von and the like"),
        Column("orcid", "ORCID iD"),
    ),
    ("paper", "position"),
    _authorship_rows,
    "paper",
)
USES = Table(
    "uses",
    "Datasets, models, techniques and repositories of papers, as far as they are stated",
    (
        _PAPER,
        Column("kind", "dataset, model, technique or repository"),
        Column("thing", "IRI of what is used"),
        Column("name", "Its name; the address of a repository"),
    ),
    ("paper", "kind", "thing"),
    _use_rows,
    "paper",
)
CITATIONS = Table(
    "citations",
    "Which paper cites which, as far as reference lists are known (see papers.references)",
    (
        Column("citing", "IRI of the paper that cites"),
        Column("cited", "IRI of the paper that is cited; it need not be one of the papers here"),
    ),
    ("citing", "cited"),
    _citation_rows,
    "citing",
)
TABLES: Mapping[str, Table] = {
    table.name: table for table in (PAPERS, AUTHORSHIPS, USES, CITATIONS)
}
"""By name, the table of papers first."""
