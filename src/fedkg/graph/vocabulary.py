"""Venues, editions, datasets, models and their families: `graph/vocabulary`."""

from collections.abc import Iterator, Mapping

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import curie, number, text
from fedkg.model import Collection, Edition, Model, ModelFamily, Named, Venue, VenueKind

_VENUE_CLASSES: Mapping[VenueKind, str] = {
    VenueKind.CONFERENCE: "fabio:Series",
    VenueKind.WORKSHOP: "fabio:Series",
    VenueKind.JOURNAL: "fabio:Journal",
    VenueKind.PREPRINT_SERVER: "fabio:DocumentRepository",
}


def vocabulary_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of `graph/vocabulary`."""
    graph = GraphBuilder(base, "graph/vocabulary")
    kinds = {venue.key: venue.kind for venue in collection.venues}
    for venue in collection.venues:
        _add_venue(graph, venue)
    for edition in collection.editions:
        _add_edition(graph, edition, kinds[edition.venue])
    for dataset in collection.datasets:
        _add_named(graph, f"dataset/{dataset.key}", dataset, "fkg:Dataset", "schema:Dataset")
    for model in collection.models:
        _add_model(graph, model)
    if collection.families:
        _add_family_scheme(graph)
    for family in collection.families:
        _add_family(graph, family)
    return graph.lines()


def _add_named(graph: GraphBuilder, path: str, thing: Named, *classes: str) -> str:
    subject = graph.thing(path)
    graph.describe(subject, *classes)
    graph.add(subject, "skos:prefLabel", text(thing.name))
    graph.add_all(subject, "skos:altLabel", map(text, thing.aliases))
    return subject


def _add_venue(graph: GraphBuilder, venue: Venue) -> None:
    path = f"venue/{venue.key}"
    subject = _add_named(graph, path, venue, "fkg:Venue", _VENUE_CLASSES[venue.kind])
    graph.add(subject, "skos:altLabel", text(venue.full) if venue.full else None)
    graph.add(subject, "fkg:venueKind", curie(f"fkg:{venue.kind.value}"))


def _add_edition(graph: GraphBuilder, edition: Edition, kind: VenueKind) -> None:
    subject = graph.thing(f"edition/{edition.key}")
    proceedings = "Workshop" if kind is VenueKind.WORKSHOP else "Conference"
    graph.describe(subject, "fkg:Edition", f"fabio:{proceedings}Proceedings")
    graph.add(subject, "rdfs:label", text(edition.label))
    graph.add(subject, "fkg:editionOf", graph.thing(f"venue/{edition.venue}"))
    graph.add(subject, "fkg:year", number(edition.year))


def _add_model(graph: GraphBuilder, model: Model) -> None:
    subject = _add_named(graph, f"model/{model.key}", model, "fkg:Model", "fair4ml:MLModel")
    if model.family:
        graph.add(subject, "fkg:family", graph.thing(f"family/{model.family}"))
    if model.parameters:
        graph.add(subject, "fkg:parameterCount", number(model.parameters))


def _add_family_scheme(graph: GraphBuilder) -> None:
    scheme = graph.thing("family/")
    graph.describe(scheme, "skos:ConceptScheme")
    graph.add(scheme, "skos:prefLabel", text("Families of language models"))


def _add_family(graph: GraphBuilder, family: ModelFamily) -> None:
    path = f"family/{family.key}"
    subject = _add_named(graph, path, family, "fkg:ModelFamily", "skos:Concept")
    graph.add(subject, "skos:inScheme", graph.thing("family/"))
    if family.broader:
        graph.add(subject, "skos:broader", graph.thing(f"family/{family.broader}"))
