"""`/reconcile`: the W3C Entity Reconciliation service, version 0.2.

JSONP (section 2.3) is left out on purpose: a script of this origin whose first words a stranger
chooses would be one that the pages' Content-Security-Policy lets run. CORS does the same.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, make_response, render_template, request

from fedkg.errors import MalformedError
from fedkg.model import Store
from fedkg.namespaces import FKG
from fedkg.reconcile import schema
from fedkg.reconcile.extending import extend, proposal
from fedkg.reconcile.facts import Facts, Named
from fedkg.reconcile.identifiers import orcid_of, papers_named
from fedkg.reconcile.matching import Result, reconcile
from fedkg.reconcile.queries import clean, read_extension, read_queries
from fedkg.reconcile.schema import PROPERTIES, TYPE_OF_KIND, TYPES
from fedkg.search.candidates import Candidates
from fedkg.search.names import Hit, SearchIndex, TooSlowError
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.host import absolute
from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.problem import bad_request, busy, search_too_slow

MAX_BODY = 2**20
"""Bytes of a batch that are read."""
_SECONDS = 10.0
"""That a batch may look for names."""
_AT_ONCE = 50
"""Queries that a client does well to send in a batch."""
_SUGGESTED, _LOOKED_AT = 10, 40
_PREVIEW = (420, 220)
_PREVIEWED: Mapping[str, tuple[str, ...]] = {
    "paper": ("author", "venue", "year", "technique"),
    "person": ("paper", "orcid"),
    "model": ("family", "alias"),
    "technique": ("broader", "alias"),
}
_SHOWN = 5
"""Values of a property that a preview shows."""
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
_METHODS = "GET, HEAD, OPTIONS, POST"
_Asked = TypeVar("_Asked")


def reconciling(
    store: Store, candidates: Candidates, index: SearchIndex, addresses: Addresses
) -> Blueprint:
    """Return the routes of the service, over a store and the index of its names."""
    routes = Blueprint("reconciling", __name__)
    facts = Facts(store, addresses.base)

    @routes.after_request
    def open_to_all(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = _METHODS
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        return response

    @routes.route("/reconcile", methods=["GET", "POST"])
    def service() -> Response:
        given = _parameters()
        if "queries" in given:
            return _json(_answers(candidates, facts, given["queries"]))
        if "extend" in given:
            return _json(extend(_read(read_extension, given["extend"]), facts))
        if request.method == "POST":
            detail = "The form has neither queries nor extend: send one of them, as JSON."
            raise UnansweredError(bad_request("request", "Nothing asked", detail))
        return _json(manifest(addresses))

    @routes.route("/reconcile/extend", methods=["GET", "POST"])
    def extension() -> Response:
        return _json(extend(_read(read_extension, _parameters().get("extend", "")), facts))

    @routes.get("/reconcile/extend/propose")
    def propose() -> Response:
        type_, limit = request.args.get("type", ""), request.args.get("limit", type=int)
        found = [proposal(one) for one in schema.properties_of(type_)]
        asked: dict[str, Any] = {"properties": found[: limit if limit and limit > 0 else None]}
        asked |= {"type": type_} if type_ else {}
        return _json(asked | ({"limit": limit} if limit else {}))

    @routes.get("/reconcile/suggest/entity")
    def suggest_entity() -> Response:
        words = clean(request.args.get("prefix", ""))
        named = _named(facts, words)
        found = [_suggested(one) for one in named] if named else _begun(index, words)
        return _json({"result": _from_cursor(found)})

    @routes.get("/reconcile/suggest/type")
    def suggest_type() -> Response:
        found = schema.types_like(request.args.get("prefix", ""))
        return _json({"result": _from_cursor([_type(one.kind) for one in found])})

    @routes.get("/reconcile/suggest/property")
    def suggest_property() -> Response:
        found = schema.properties_like(request.args.get("prefix", ""))
        return _json({"result": _from_cursor([proposal(one) for one in found])})

    @routes.get("/reconcile/preview")
    def preview() -> Response:
        path = facts.path(clean(request.args.get("id", "")))
        thing = facts.things([path]).get(path) if path else None
        if thing is None:
            abort(HTTPStatus.NOT_FOUND)
        page = render_template(
            "preview.html",
            thing=thing,
            type=TYPE_OF_KIND[thing.kind].name,
            shown=_shown(facts, thing),
            most=_SHOWN,
        )
        response = make_response(page)
        response.headers["Content-Security-Policy"] = f"{_FRAMED}; frame-ancestors *"
        return response

    return routes


def manifest(addresses: Addresses) -> dict[str, Any]:
    """Return the service manifest (section 3.1), for the host by which the client calls us."""
    here = absolute(addresses.root)

    def at(path: str) -> dict[str, str]:
        return {"service_url": here, "service_path": f"/reconcile/{path}"}

    width, height = _PREVIEW
    limit = {"type": "number", "default": 0, "label": "Limit", "name": "limit"}
    limit |= {"help_text": "Values of a cell at most; 0 takes all"}
    return {
        "versions": ["0.2"],
        "name": "fedkg",
        "identifierSpace": addresses.base,
        "schemaSpace": FKG,
        "serviceVersion": version("fedkg"),
        "defaultTypes": [_type(kind) for kind in TYPE_OF_KIND],
        "batchSize": _AT_ONCE,  # of the draft after 0.2, which OpenRefine heeds
        "view": {"url": f"{here}/{{{{id}}}}"},
        "preview": {
            "url": f"{here}/reconcile/preview?id={{{{id}}}}",
            "width": width,
            "height": height,
        },
        "suggest": {name: at(f"suggest/{name}") for name in ("entity", "type", "property")},
        "extend": {"propose_properties": at("extend/propose"), "property_settings": [limit]},
    }


def _parameters() -> Mapping[str, str]:
    request.max_form_memory_size = request.max_content_length = MAX_BODY
    return request.form if request.method == "POST" else request.args


def _read(read: Callable[[str], _Asked], text: str) -> _Asked:
    try:
        return read(text)
    except MalformedError as error:
        raise UnansweredError(bad_request("request", "Not understood", str(error))) from error


def _answers(candidates: Candidates, facts: Facts, text: str) -> dict[str, Any]:
    queries = _read(read_queries, text)
    if not candidates.is_there:
        raise UnansweredError(busy("There is no index of names, or not yet"))
    try:
        with candidates.opened(_SECONDS) as circles:
            results = reconcile(queries, circles, facts)
    except TooSlowError as error:
        raise UnansweredError(search_too_slow()) from error
    return {key: {"result": [_result(one) for one in found]} for key, found in results.items()}


def _result(one: Result) -> dict[str, Any]:
    features = [{"id": name, "value": round(value, 1)} for name, value in one.features.items()]
    return {
        "id": one.path,
        "name": one.name,
        **({"description": one.description} if one.description else {}),
        "score": round(one.score, 1),
        "match": one.match,
        "type": [_type(one.kind)],
        "features": features,
    }


def _type(kind: str) -> dict[str, str]:
    return {"id": TYPE_OF_KIND[kind].id, "name": TYPE_OF_KIND[kind].name}


def _named(facts: Facts, words: str) -> list[Named]:
    """Return the things that an identifier, a path or a link names."""
    own, orcid = facts.path(words), orcid_of(words)
    paths = [*([own] if own else []), *papers_named(words)]
    paths += facts.people([orcid]).values() if orcid else []
    return list(facts.things(paths).values()) if paths else []


def _begun(index: SearchIndex, words: str) -> list[dict[str, Any]]:
    """Return the things whose names begin with words, or hold them."""
    if not index.is_there:
        return []
    try:
        hits = index.first(words, _LOOKED_AT)
    except TooSlowError as error:
        raise UnansweredError(search_too_slow()) from error
    return [_hit(one) for one in hits if one.kind in TYPE_OF_KIND]


def _hit(hit: Hit) -> dict[str, Any]:
    about = str(hit.year) if hit.year else "".join(text for text, _ in hit.others)
    found: dict[str, Any] = {"id": hit.path, "name": hit.text, "notable": [_type(hit.kind)]}
    return found | ({"description": about} if about else {})


def _suggested(thing: Named) -> dict[str, Any]:
    return {"id": thing.path, "name": thing.name, "notable": [_type(thing.kind)]}


def _from_cursor(found: list[Any]) -> list[Any]:
    """Return the suggestions after so many (section 6.1)."""
    skip = max(request.args.get("cursor", 0, type=int), 0)
    return found[skip : skip + max(_SUGGESTED, len(TYPES))]


def _shown(facts: Facts, thing: Named) -> list[tuple[str, list[str], int]]:
    """Return what a preview says: properties, some of their values, and how many there are."""
    shown = []
    for name in _PREVIEWED.get(thing.kind, ("alias",)):
        stated = facts.values(PROPERTIES[name], [thing.path]).get(thing.path, ())
        texts = sorted({one.names[0] if one.names else one.text for one in stated})
        if texts:
            shown.append((PROPERTIES[name].name, texts[:_SHOWN], len(texts)))
    return shown


def _json(members: Mapping[str, Any]) -> Response:
    response = make_response(json.dumps(members))  # ASCII, so that half characters are text too
    response.content_type = "application/json"
    return response
