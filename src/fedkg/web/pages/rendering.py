"""The page of each thing: what its kind shows, put into its template."""

from functools import cached_property

from flask import render_template, request

from fedkg.model import Store
from fedkg.search.catalogue import Catalogue
from fedkg.web.negotiation import FORMS, HTML
from fedkg.web.pages import schema_org
from fedkg.web.pages.citations import Standing, read_standing
from fedkg.web.pages.citing import CITATIONS
from fedkg.web.pages.describing import SHOWN, Describer
from fedkg.web.pages.likeness import SimilarRow, read_similar
from fedkg.web.pages.lists import read_list
from fedkg.web.pages.papers import read_paper
from fedkg.web.pages.people import read_person
from fedkg.web.pages.profiles import KINDS as PROFILED
from fedkg.web.pages.profiles import read_profile
from fedkg.web.pages.views import NOUNS

_LAST_PAGE = 1_000_000


class Pages:
    """Renders the pages of the things of a store, with what a catalogue counts."""

    def __init__(self, store: Store, catalogue: Catalogue, describer: Describer) -> None:
        self._store = store
        self._catalogue = catalogue
        self._describer = describer

    def page(self, iri: str, path: str) -> str:
        """Return the page of the thing at a path.

        One that shows what the catalogue counts is a plain page until there is a catalogue.
        """
        kind, _, key = path.partition("/")
        shared: dict[str, object] = {
            "path": path,
            "base": self._describer.addresses.base,
            "forms": [one.name for one in FORMS if one is not HTML],
            "most_pointing": SHOWN,
            "nouns": NOUNS,
        }
        page = None
        if kind == "paper":
            page = self._paper(iri, shared)
        elif kind == "person" and key:
            page = self._person(iri, shared)
        elif kind == "list" and self._catalogue.is_there:
            page = self._list(path, shared)
        elif kind in PROFILED and key and self._catalogue.is_there:
            page = self._profile(iri, kind, shared)
        if page is None:
            page = render_template("thing.html", thing=self._describer.thing(iri), **shared)
        return page

    def _paper(self, iri: str, shared: dict[str, object]) -> str:
        paper = read_paper(self._store, iri)
        told, similar = schema_org.of_paper(paper), self._similar(iri)
        return render_template(
            "paper.html",
            paper=paper,
            similar=similar,
            standing=self._standing,
            schema_org=told,
            citations=CITATIONS,
            **shared,
        )

    @cached_property
    def _standing(self) -> Standing:
        """Counted once: at 100,000 papers it takes longer than the rest of a page."""
        return read_standing(self._store)

    def _similar(self, iri: str) -> tuple[SimilarRow, ...]:
        if not self._catalogue.is_there:
            return ()
        return read_similar(self._store, self._catalogue, self._describer.addresses, iri)

    def _person(self, iri: str, shared: dict[str, object]) -> str:
        person, thing = read_person(self._store, iri), self._describer.thing(iri)
        told = schema_org.of_person(person.who)
        return render_template("person.html", person=person, thing=thing, schema_org=told, **shared)

    def _list(self, path: str, shared: dict[str, object]) -> str | None:
        number = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
        addresses = self._describer.addresses
        found = read_list(self._store, self._catalogue, addresses, path, number)
        return None if found is None else render_template("list.html", list=found, **shared)

    def _profile(self, iri: str, kind: str, shared: dict[str, object]) -> str:
        thing = self._describer.thing(iri)
        profile = read_profile(self._store, self._catalogue, self._describer.addresses, iri)
        told = schema_org.of_dataset(thing, profile.number) if kind == "dataset" else None
        return render_template(
            "profile.html", profile=profile, thing=thing, schema_org=told, **shared
        )
