"""Everything resolved from a set of lists, held together."""

from dataclasses import dataclass

from fedkg.model.findings import Finding
from fedkg.model.read import Failure, PaperList
from fedkg.model.resolved import (
    Decision,
    Edition,
    Model,
    ModelFamily,
    Named,
    Paper,
    Person,
    Repository,
    Stated,
    StatedCitation,
    StatedRecord,
    Venue,
)


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything resolved from a set of lists, each part sorted by key.

    `former_paths` are paths that are no thing's own, with the one thing that each leads to or the
    several that it may mean.
    """

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
    former_paths: tuple[tuple[str, tuple[str, ...]], ...] = ()
    failures: tuple[Failure, ...] = ()
