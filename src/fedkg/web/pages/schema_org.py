"""What search engines read of a page: papers, people and datasets as schema.org describes them.

Each function returns a JSON-LD object of one type of schema.org, without the properties that
nothing is known of. Links that it names to pages elsewhere are http or https.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from fedkg.ids import web_url
from fedkg.namespaces import SCHEMA, SKOS
from fedkg.web.pages.describing import Thing
from fedkg.web.pages.papers import PaperPage
from fedkg.web.pages.people import Who

_ORCID = "https://orcid.org/"


def of_paper(paper: PaperPage) -> Mapping[str, Any]:
    """Return a paper as a ScholarlyArticle."""
    return _told(
        "ScholarlyArticle",
        paper.iri,
        {
            "name": paper.title,
            "headline": paper.title,
            "author": [
                {"@type": "Person", "@id": one.iri, "name": one.name} for one in paper.authors
            ],
            "alternateName": list(paper.others),
            "datePublished": max(
                filter(None, (one.issued for one in paper.versions)), default=None
            ),
            "sameAs": _addresses(one.url for one in paper.versions),
            "citation": [
                {"@type": "ScholarlyArticle", "@id": one.iri, "name": one.name}
                for one in paper.citations.cites
            ],
        },
    )


def of_person(who: Who) -> Mapping[str, Any]:
    """Return somebody as a Person; an ORCID iD identifies it and is a page about it too."""
    orcid = f"{_ORCID}{who.orcid}" if who.orcid else None
    return _told(
        "Person",
        who.iri,
        {
            "name": who.name,
            "alternateName": list(who.others),
            "url": who.iri,
            "identifier": orcid,
            "sameAs": _addresses([orcid, *who.same_as]),
        },
    )


def of_dataset(thing: Thing, papers: int) -> Mapping[str, Any]:
    """Return a thing as a Dataset that so many listed papers use.

    Search engines want a description of 50 characters or more; the graph has none, so this says
    what it knows.
    """
    name = thing.label or thing.iri
    users = "one listed paper uses" if papers == 1 else f"{papers or 'no'} listed papers use"
    return _told(
        "Dataset",
        thing.iri,
        {
            "name": name,
            "alternateName": _objects(thing, f"{SKOS}altLabel"),
            "url": thing.iri,
            "description": f"{name}: a dataset that {users}, "
            "as far as the lists and sources of this graph state it.",
            "sameAs": _addresses(_objects(thing, f"{SCHEMA}sameAs")),
        },
    )


def _told(type_: str, iri: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
    known = {name: value for name, value in said.items() if value}
    return {"@context": "https://schema.org", "@type": type_, "@id": iri, **known}


def _addresses(urls: Iterable[str | None]) -> list[str]:
    return sorted({found for url in urls if url and (found := web_url(url))})


def _objects(thing: Thing, property_: str) -> list[str]:
    return sorted(one.term.value for one in thing.says if one.property == property_)
