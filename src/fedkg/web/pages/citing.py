"""`/cite/<paper key>.<bib|ris|json>`: one paper for a reference manager, as a file to keep."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, abort, make_response

from fedkg.export.bibliographies.bibtex import bibtex_entry
from fedkg.export.bibliographies.csl import csl_items
from fedkg.export.bibliographies.ris import ris_entry
from fedkg.export.source import Source
from fedkg.export.works import Work, works
from fedkg.model import Store
from fedkg.web.pages.addresses import Addresses


@dataclass(frozen=True, slots=True)
class Citation:
    """A form of a citation: what it is called, its media type, and the function that writes it."""

    name: str
    media_type: str
    write: Callable[[Work], bytes]


def _csl(work: Work) -> bytes:
    return b"".join(csl_items([work]))


CITATIONS: Mapping[str, Citation] = {
    "bib": Citation("BibTeX", "application/x-bibtex; charset=utf-8", bibtex_entry),
    "ris": Citation("RIS", "application/x-research-info-systems; charset=utf-8", ris_entry),
    "json": Citation("CSL-JSON", "application/vnd.citationstyles.csl+json", _csl),
}
"""By suffix."""


def citing(store: Store, addresses: Addresses) -> Blueprint:
    """Return the routes of citations."""
    routes = Blueprint("citing", __name__)

    @routes.get("/cite/<name>")
    def cite(name: str) -> Response:
        key, _, suffix = name.rpartition(".")
        iri = addresses.iri(f"paper/{key}") if key else None
        if suffix not in CITATIONS or iri is None:
            abort(HTTPStatus.NOT_FOUND)
        chosen = CITATIONS[suffix]
        work = next(works(Source(store, addresses.base, (iri,))), None)
        if work is None:
            abort(HTTPStatus.NOT_FOUND)
        response = make_response(chosen.write(work))
        response.content_type = chosen.media_type
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    return routes
