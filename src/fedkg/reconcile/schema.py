"""The types and properties of the service (Entity Reconciliation 0.2, sections 3.2 and 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fedkg.namespaces import FKG

Form = Literal["thing", "text", "year", "number", "identifier"]
"""How the values of a property are compared and written."""


@dataclass(frozen=True, slots=True)
class Type:
    """A class of the ontology: `kind` begins the paths of its things."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things of some types. `path` leads to its values in SPARQL.

    The values of one of the form `thing` are of the type `target`.
    """

    id: str
    name: str
    types: tuple[str, ...]
    path: str
    form: Form = "text"
    target: str = ""


TYPES: Mapping[str, Type] = {
    one.id: one
    for one in (
        Type("Paper", "paper", "paper"),
        Type("Person", "person", "person"),
        Type("Venue", "venue", "venue"),
        Type("Dataset", "dataset", "dataset"),
        Type("Model", "model", "model"),
        Type("ModelFamily", "model family", "family"),
        Type("Technique", "technique", "technique"),
    )
}
TYPE_OF_KIND: Mapping[str, Type] = {one.kind: one for one in TYPES.values()}

_PAPER = ("Paper",)
_TOPICS = ("Dataset", "Model", "ModelFamily", "Technique", "Venue")
NAMES = "dcterms:title|foaf:name|skos:prefLabel|skos:altLabel|dcterms:alternative"
"""All that things are called."""
_OWN = "{0}|fkg:version/{0}"

PROPERTIES: Mapping[str, Property] = {
    one.id: one
    for one in (
        Property("name", "name or title", tuple(TYPES), NAMES),
        Property("doi", "DOI", _PAPER, _OWN.format("prism:doi"), "identifier"),
        Property("arxiv", "arXiv identifier", _PAPER, "fabio:hasArXivId", "identifier"),
        Property("acl", "ACL Anthology identifier", _PAPER, "fkg:aclAnthologyId", "identifier"),
        Property("openreview", "OpenReview identifier", _PAPER, "fkg:openReviewId", "identifier"),
        Property("ieee", "IEEE document number", _PAPER, "fkg:ieeeDocumentId", "identifier"),
        Property("year", "year", _PAPER, _OWN.format("fkg:year"), "year"),
        Property("issued", "date of appearance", _PAPER, "dcterms:issued"),
        Property("author", "author", _PAPER, "dcterms:creator", "thing", "Person"),
        Property("venue", "venue", _PAPER, _OWN.format("fkg:venue"), "thing", "Venue"),
        Property("dataset", "dataset", _PAPER, "fkg:usesDataset", "thing", "Dataset"),
        Property("model", "model", _PAPER, "fkg:usesModel", "thing", "Model"),
        Property("technique", "technique", _PAPER, "fkg:technique", "thing", "Technique"),
        Property("code", "code repository", _PAPER, "fkg:repository/schema:codeRepository"),
        Property("cites", "cites", _PAPER, "cito:cites", "thing", "Paper"),
        Property("orcid", "ORCID iD", ("Person",), "fkg:orcid", "identifier"),
        Property("paper", "paper", ("Person",), "^dcterms:creator", "thing", "Paper"),
        Property("family", "model family", ("Model",), "fkg:family", "thing", "ModelFamily"),
        Property("parameters", "parameters", ("Model",), "fkg:parameterCount", "number"),
        Property("broader", "broader", ("Technique",), "skos:broader", "thing", "Technique"),
        Property("alias", "other name", _TOPICS, "skos:altLabel"),
    )
}


def type_named(name: str) -> Type | None:
    """Return the type that an identifier, a prefixed name or an IRI names."""
    return TYPES.get(name.removeprefix(FKG).removeprefix("fkg:"))


def types_like(prefix: str) -> list[Type]:
    """Return the types whose name or identifier begins with a text, or has a word that does."""
    return [one for one in TYPES.values() if _begins(prefix, one.id, one.name)]


def properties_like(prefix: str) -> list[Property]:
    """Return the properties whose name or identifier begins with a text, or has such a word."""
    return [one for one in PROPERTIES.values() if _begins(prefix, one.id, one.name)]


def properties_of(type_: str) -> list[Property]:
    """Return the properties of the things of a type, those of all types for none."""
    known = type_named(type_)
    if known is None:
        return [] if type_ else list(PROPERTIES.values())
    return [one for one in PROPERTIES.values() if known.id in one.types]


def _begins(prefix: str, *names: str) -> bool:
    wanted = prefix.strip().casefold()
    texts = [name.casefold() for name in names]
    return any(one.startswith(wanted) for text in texts for one in (text, *text.split()))
