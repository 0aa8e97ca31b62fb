"""`/why/<paper key>`: the lines behind a statement, and why entries are one paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request

from fedkg.errors import UnknownNameError
from fedkg.ids import web_url
from fedkg.model import Store
from fedkg.namespaces import PREAMBLE
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.describing import Describer
from fedkg.web.pages.listings import NOUNS
from fedkg.web.pages.things import redirect
from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.problem import unknown_name
from fedkg.why import NOUNS as PROPERTIES
from fedkg.why import Answer, Explanation, decisions, explain, grouped, why

_TITLE = "SELECT ?title WHERE {{ <{iri}> dcterms:title ?title }} ORDER BY ?title"
_ORIGINS = """SELECT ?entry ?list ?title ?source WHERE {{
  VALUES ?entry {{ {entries} }} ?entry fkg:inList ?list . ?list dcterms:title ?title
  OPTIONAL {{ ?list dcterms:source ?source }}
}} ORDER BY ?entry ?list ?source"""
_BLOB = 5
"""How many steps the path of a file has at least on GitHub: owner, name, blob, branch, file."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The paper that is explained: its key, IRI and title."""

    key: str
    iri: str
    title: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The list (IRI) of an entry, its title, and the address where it is published, if known."""

    list: str
    title: str
    source: str | None

    @property
    def has_lines(self) -> bool:
        """Whether an address can name a line of the list: a file on GitHub, but no repository."""
        return self.source is not None and _is_file_on_github(self.source)

    def published(self, line: int) -> str | None:
        """Return the address of a line in the published list, of the list where it has none."""
        if self.source is None or not self.has_lines:
            return self.source
        file = urlsplit(self.source)._replace(query="plain=1", fragment=f"L{line}")
        return file.geturl()  # plain: Markdown that is shown as a page has no lines


def explaining(store: Store, addresses: Addresses) -> Blueprint:
    """Return the route of what `fedkg why` and `fedkg explain` say of a paper of the store."""
    describer = Describer(store, addresses)
    routes = Blueprint("explaining", __name__)

    @routes.get("/why/<path:key>")
    def explained(key: str) -> Response:
        paper = read_subject(store, addresses, key)
        if paper is None:
            return _elsewhere(describer, key)
        name = request.args.get("property", "")
        page = _statement(store, paper, name) if name else _one_paper(store, paper)
        return make_response(page)

    return routes


def read_subject(store: Store, addresses: Addresses, key: str) -> Subject | None:
    """Return the paper of a key, None where there is none."""
    iri = addresses.iri(f"paper/{key}")
    if iri is None:
        return None
    titles = store.select(PREAMBLE + _TITLE.format(iri=iri)).rows
    return next((Subject(key, iri, title.value) for (title,) in titles if title), None)


def read_origins(store: Store, entries: Iterable[str]) -> Mapping[str, Origin]:
    """Return the list of each of some entries (IRIs)."""
    wanted = " ".join(f"<{entry}>" for entry in sorted(set(entries)))
    if not wanted:
        return {}
    rows = store.select(PREAMBLE + _ORIGINS.format(entries=wanted)).rows
    return {
        entry.value: Origin(list_.value, title.value, web_url(source.value) if source else None)
        for entry, list_, title, source in rows
        if entry and list_ and title
    }


def _statement(store: Store, paper: Subject, name: str) -> str:
    try:
        answers = why(store, paper.iri, name, request.args.get("value") or None)
    except UnknownNameError as error:
        raise UnansweredError(unknown_name(str(error))) from error
    return render_template(
        "why.html",
        paper=paper,
        groups=grouped(answers),
        decided=decisions(store, paper.iri),
        origins=read_origins(store, _behind(answers)),
        nouns=NOUNS,
        properties=PROPERTIES,
    )


def _one_paper(store: Store, paper: Subject) -> str:
    told = explain(store, paper.iri)
    origins = read_origins(store, _explained(told))
    return render_template("one_paper.html", paper=paper, told=told, origins=origins)


def _behind(answers: Iterable[Answer]) -> Iterable[str]:
    return (one.entry for answer in answers for one in (*answer.sources, *answer.others))


def _explained(told: Explanation) -> Iterable[str]:
    yield from (one.place.entry for one in told.entries)
    yield from (place.entry for one in told.decisions for place in one.places)


def _elsewhere(describer: Describer, key: str) -> Response:
    """Send a former key on to the paper that it means now, with the same question."""
    now = describer.lead_of(f"paper/{key}").now
    path = describer.addresses.path(now) if now else None
    if path is None:
        raise UnansweredError(unknown_name(f"There is no paper {key!r}: look for it at /search."))
    href = describer.addresses.href(
        f"why/{path.removeprefix('paper/')}",
        property=request.args.get("property"),
        value=request.args.get("value"),
    )
    return redirect(HTTPStatus.MOVED_PERMANENTLY, href)


def _is_file_on_github(address: str) -> bool:
    parts = urlsplit(address)
    steps = parts.path.strip("/").split("/")
    return parts.hostname == "github.com" and len(steps) >= _BLOB and steps[2] == "blob"
