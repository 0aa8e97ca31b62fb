"""Linked data: every IRI of the graph answers, in the form that the client likes best.

`/paper/x` sends to `/paper/x.html`, `.ttl`, `.jsonld`, `.nt` or `.rdf` (303); former and other IRIs
send to the thing (301), or tell the several things that they may mean (300).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.exceptions import NotAcceptable, NotFound

from fedkg.ids import Identifier, arxiv_identifier, identifiers_of_doi
from fedkg.web import negotiation
from fedkg.web.coding import choose
from fedkg.web.negotiation import FORMS, HTML, Format
from fedkg.web.pages.addresses import KINDS, Addresses
from fedkg.web.pages.describing import Describer, Lead
from fedkg.web.pages.rendering import Pages

_BY_NAME = {one.name: one for one in FORMS}
_SCHEMES = ("doi", "arxiv", "acl", "openreview", "ieee")


def things(describer: Describer, pages: Pages, version: str) -> Blueprint:
    """Return the routes of all things, with their `pages`.

    `version` tells answers of one build from all others.
    """
    addresses = describer.addresses
    routes = Blueprint("things", __name__)

    @routes.get(f"/<any({','.join(KINDS)}):kind>/", defaults={"key": ""})  # a scheme of things
    @routes.get(f"/<any({','.join(KINDS)}):kind>/<path:key>")
    def thing(kind: str, key: str) -> Response:
        path = f"{kind}/{key}"
        lead = describer.lead_of(path)
        if lead.is_thing:
            return _chosen(describer, path)
        stem, dot, name = path.rpartition(".")
        form = _BY_NAME.get(name) if dot else None
        if form is not None and (of_stem := describer.lead_of(stem)) != Lead():
            if of_stem.is_thing:
                return _sent(describer, pages, stem, form, version)
            return _led(describer, of_stem, f".{name}")
        return _led(describer, lead)

    @routes.get(f"/<any({','.join(_SCHEMES)}):scheme>/<path:value>")
    def identifier(scheme: str, value: str) -> Response:
        for key in _keys(scheme, value):
            path = f"paper/{key}"
            lead = describer.lead_of(path)
            if lead.is_thing:
                return redirect(HTTPStatus.MOVED_PERMANENTLY, addresses.href(path))
            if lead != Lead():
                return _led(describer, lead)
        raise NotFound

    return routes


def _chosen(describer: Describer, path: str) -> Response:
    """Send on to the form that the client likes best."""
    addresses = describer.addresses
    response = redirect(HTTPStatus.SEE_OTHER, addresses.href(f"{path}.{chosen_form().name}"))
    response.headers.extend(_links(addresses, path))
    return response


def _led(describer: Describer, lead: Lead, suffix: str = "") -> Response:
    """Send on to what replaced a thing, or tell the things that may be meant."""
    addresses = describer.addresses
    now = addresses.path(lead.now) if lead.now else None
    if now is not None:
        return redirect(HTTPStatus.MOVED_PERMANENTLY, addresses.href(f"{now}{suffix}"))
    paths = [path for iri in lead.may_mean if (path := addresses.path(iri)) is not None]
    if not paths:
        raise NotFound
    page = render_template("choices.html", paths=paths)
    response = make_response(page, HTTPStatus.MULTIPLE_CHOICES)
    for path in paths:
        response.headers.add("Link", f'<{addresses.href(path)}>; rel="alternate"')
    return response


def _sent(describer: Describer, pages: Pages, path: str, form: Format, version: str) -> Response:
    """Send the description of a thing in a form, or 304 to who has it."""
    iri = describer.addresses.iri(path)
    assert iri is not None
    coding = choose(request.headers.get("Accept-Encoding", ""))
    tag = "-".join(filter(None, (version, form.name, coding))) if version else ""
    if tag and request.if_none_match.contains(tag):
        response = make_response(b"", HTTPStatus.NOT_MODIFIED)
    elif form is HTML:
        response = make_response(pages.page(iri, path))
    else:
        response = make_response(describer.description(iri, form.written_as))
        response.content_type = form.content_type
    if tag:
        response.set_etag(tag)
        response.headers["Cache-Control"] = "no-cache"
    response.headers.extend(_links(describer.addresses, path))
    return response


def _links(addresses: Addresses, path: str) -> Mapping[str, Any]:
    """Return the Link header: the other forms, and the published IRI (RFC 8288)."""
    links = [
        f'<{addresses.href(f"{path}.{one.name}")}>; rel="{rel}"; type="{one.sent_as}"'
        for one in FORMS
        for rel in (("alternate", "describedby") if one is not HTML else ("alternate",))
    ]
    return {"Link": ", ".join([*links, f'<{addresses.iri(path)}>; rel="canonical"'])}


def chosen_form() -> Format:
    """Return the form that the client likes best. Raises NotAcceptable when it likes none."""
    form = negotiation.choose(request.headers.get("Accept"), FORMS)
    if form is None:
        raise NotAcceptable(f"There is {', '.join(one.sent_as for one in FORMS)}: ask for one.")
    return form


def redirect(status: HTTPStatus, href: str) -> Response:
    """Send on to a link of this host, whatever its name."""
    response = make_response("", status)
    response.autocorrect_location_header = False
    response.headers["Location"] = href
    return response


def _keys(scheme: str, value: str) -> tuple[str, ...]:
    """Return the keys that a paper of an identifier may have."""
    if scheme == "doi":
        return tuple(one.key for one in identifiers_of_doi(value))
    if scheme == "arxiv":
        found = arxiv_identifier(value)
        return (found.key,) if found else ()
    return (Identifier(scheme, value).key,)
