"""Papers, their versions, authors and techniques, people and repositories: `graph/papers`."""

from collections.abc import Iterator, Mapping

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import curie, iri, month, number, text, truth
from fedkg.ids import Identifier
from fedkg.model import Collection, Paper, PartialDate, Person, Repository, Version

IDENTIFIER_PROPERTIES: Mapping[str, str] = {
    "arxiv": "fabio:hasArXivId",
    "doi": "prism:doi",
    "acl": "fkg:aclAnthologyId",
    "openreview": "fkg:openReviewId",
    "ieee": "fkg:ieeeDocumentId",
}
"""The property of each scheme that has one; other identifiers are known by their links."""


def paper_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of `graph/papers`."""
    for paper in collection.papers:
        graph = GraphBuilder(base, "graph/papers")
        _add_paper(graph, paper)
        yield from graph.lines()
    for person in collection.people:
        graph = GraphBuilder(base, "graph/papers")
        _add_person(graph, person)
        yield from graph.lines()
    for repository in collection.repositories:
        graph = GraphBuilder(base, "graph/papers")
        _add_repository(graph, repository)
        yield from graph.lines()


def _add_paper(graph: GraphBuilder, paper: Paper) -> None:
    subject = graph.thing(f"paper/{paper.key}")
    graph.describe(subject, "fkg:Paper", "fabio:ResearchPaper", "schema:ScholarlyArticle")
    graph.add(subject, "dcterms:title", text(paper.title))
    graph.add_all(subject, "dcterms:alternative", map(text, paper.alternatives))
    graph.add(subject, "fkg:listed", truth(True))
    graph.add(subject, "fkg:referencesKnown", curie(f"fkg:{paper.references.value}"))
    graph.add_all(subject, "cito:cites", (graph.thing(f"paper/{cited}") for cited in paper.cites))
    for version in paper.versions:
        _add_version(graph, subject, version)
        _add_identifiers(graph, subject, version.identifiers)
    _add_preferred(graph, subject, paper)
    _add_authorships(graph, subject, paper)
    things = {
        "fkg:usesDataset": ("dataset", paper.datasets),
        "fkg:usesModel": ("model", paper.models),
        "fkg:repository": ("repository", paper.repositories),
    }
    for name, (kind, keys) in things.items():
        graph.add_all(subject, name, (graph.thing(f"{kind}/{key}") for key in keys))
    _add_assignments(graph, subject, paper)


def _add_version(graph: GraphBuilder, paper: str, version: Version) -> None:
    subject = graph.thing(f"version/{version.key}")
    graph.add(paper, "fkg:version", subject)
    graph.describe(subject, "fkg:Version", f"fabio:{version.kind.value}")
    graph.add(subject, "frbr:realizationOf", paper)
    _add_place(graph, subject, version)
    graph.add(subject, "schema:url", iri(version.url) if version.url else None)
    _add_identifiers(graph, subject, version.identifiers)


def _add_place(graph: GraphBuilder, subject: str, version: Version) -> None:
    """Say where and when a version appeared: of the version, and of a paper that prefers it."""
    if version.venue:
        graph.add(subject, "fkg:venue", graph.thing(f"venue/{version.venue}"))
    if version.edition:
        graph.add(subject, "fkg:publishedIn", graph.thing(f"edition/{version.edition}"))
    if version.issued:
        graph.add(subject, "dcterms:issued", month(version.issued))
        graph.add(subject, "fkg:year", number(version.issued.year))


def _add_identifiers(
    graph: GraphBuilder, subject: str, identifiers: tuple[Identifier, ...]
) -> None:
    for identifier in identifiers:
        name = IDENTIFIER_PROPERTIES.get(identifier.scheme)
        if name:
            graph.add(subject, name, text(identifier.value))


def _add_preferred(graph: GraphBuilder, subject: str, paper: Paper) -> None:
    preferred = paper.preferred_version
    if preferred:
        graph.add(subject, "fkg:preferredVersion", graph.thing(f"version/{preferred.key}"))
        _add_place(graph, subject, preferred)
    dates = [version.issued for version in paper.versions if version.issued]
    if dates:
        graph.add(subject, "fkg:firstIssued", month(min(dates, key=_earliest)))


def _earliest(date: PartialDate) -> tuple[int, int]:
    # A bare year may mean any of its months: it comes after the months that are named.
    return date.year, date.month or 13


def _add_authorships(graph: GraphBuilder, subject: str, paper: Paper) -> None:
    for authorship in paper.authorships:
        person = graph.thing(f"person/{authorship.person}")
        role = graph.thing(f"authorship/{paper.key}/{authorship.position}")
        graph.add(subject, "dcterms:creator", person)
        graph.add(subject, "fkg:authorship", role)
        graph.describe(role, "fkg:Authorship", "pro:RoleInTime")
        graph.add(role, "pro:withRole", curie("pro:author"))
        graph.add(role, "pro:relatesToDocument", subject)
        graph.add(role, "fkg:author", person)
        graph.add(role, "fkg:position", number(authorship.position))
        graph.add(role, "fkg:nameAsListed", text(authorship.name))


def _add_assignments(graph: GraphBuilder, subject: str, paper: Paper) -> None:
    for assignment in paper.assignments:
        technique = graph.thing(f"technique/{assignment.technique}")
        basis = assignment.basis.removesuffix("Basis").lower()
        node = graph.thing(f"assignment/{paper.key}/{assignment.technique}/{basis}")
        graph.add(subject, "fkg:technique", technique)
        graph.describe(node, "fkg:TechniqueAssignment", "prov:Entity")
        graph.add(node, "fkg:ofPaper", subject)
        graph.add(node, "fkg:technique", technique)
        graph.add(node, "fkg:basis", curie(f"fkg:{assignment.basis.value}"))
        for entry in assignment.entries:
            graph.add(node, "fkg:fromEntry", graph.thing(f"entry/{entry}"))


def _add_person(graph: GraphBuilder, person: Person) -> None:
    subject = graph.thing(f"person/{person.key}")
    graph.describe(subject, "fkg:Person", "foaf:Person")
    graph.add(subject, "foaf:name", text(person.name))
    graph.add_all(subject, "skos:altLabel", map(text, person.aliases))
    graph.add(subject, "fkg:orcid", text(person.orcid) if person.orcid else None)
    graph.add(subject, "fkg:identityBasis", curie(f"fkg:{person.basis.value}"))


def _add_repository(graph: GraphBuilder, repository: Repository) -> None:
    subject = graph.thing(f"repository/{repository.key}")
    graph.describe(subject, "fkg:Repository", "schema:SoftwareSourceCode")
    graph.add_all(subject, "schema:codeRepository", map(iri, repository.urls))
