"""`/search`: things by their names, and straight to the page of what an identifier names."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from fedkg.reconcile.identifiers import papers_named
from fedkg.search.names import WEIGHED, Found, Hit, SearchIndex, TooSlowError
from fedkg.web.pages.addresses import KINDS
from fedkg.web.pages.describing import Describer
from fedkg.web.pages.things import redirect
from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.problem import search_too_slow

PER_PAGE = 20
SUGGESTED = 8
"""Things that are offered while somebody types."""
_LAST_PAGE = 50
_MOST = 500
"""Characters of a search that are read."""

NOUNS = {
    "paper": "papers",
    "person": "people",
    "dataset": "datasets",
    "model": "models",
    "family": "model families",
    "technique": "techniques",
    "venue": "venues",
    "list": "lists",
}


def searching(index: SearchIndex, describer: Describer) -> Blueprint:
    """Return the route of the search."""
    routes = Blueprint("searching", __name__)

    @routes.get("/search")
    def search() -> Response:
        words = request.args.get("q", "")[:_MOST].strip()
        kind = request.args.get("kind", "")
        kind = kind if kind in NOUNS else ""
        page = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
        path = _named(describer, words)
        if path is not None:
            return redirect(HTTPStatus.SEE_OTHER, describer.addresses.href(path))
        found = Found()
        if index.is_there:
            try:
                skip = (page - 1) * PER_PAGE
                found = index.search(words, kind, most=PER_PAGE, skip=skip)
            except TooSlowError as error:
                raise UnansweredError(search_too_slow()) from error
        number = (found.kinds or {}).get(kind, 0) if kind else found.number
        return make_response(
            render_template(
                "search.html",
                words=words,
                kind=kind,
                page=page,
                found=found,
                number=number,
                has_more=page < _LAST_PAGE and page * PER_PAGE < number,
                nouns=NOUNS,
                is_there=index.is_there,
                weighed=WEIGHED,
            )
        )

    @routes.get("/search.json")
    def suggest() -> Response:
        words = request.args.get("q", "")[:_MOST].strip()
        path = _named(describer, words)
        if path is None:
            found = [(hit.text, hit.path) for hit in _hits(index, words)]
        else:
            found = [(words, path)]
        return jsonify(
            [
                {"name": name, "kind": one.partition("/")[0], "href": describer.addresses.href(one)}
                for name, one in found
            ]
        )

    return routes


def _hits(index: SearchIndex, words: str) -> tuple[Hit, ...]:
    """Return the first things for words that may not be whole yet; none where that takes long."""
    if not index.is_there:
        return ()
    try:
        return index.first(words, SUGGESTED)
    except TooSlowError:
        return ()


def _named(describer: Describer, words: str) -> str | None:
    """Return the path of the thing that an identifier, its IRI or a link to a paper names."""
    for path in _paths(describer, words):
        lead = describer.lead_of(path)
        if lead.is_thing:
            return path
        if lead.now is not None:
            return describer.addresses.path(lead.now)
    return None


def _paths(describer: Describer, words: str) -> list[str]:
    """Return the paths that words may mean when they are no words."""
    own = describer.addresses.path(words)
    if own is not None and own.partition("/")[0] in KINDS and " " not in words:
        return [own]
    return papers_named(words)
