"""What search engines ask for: `/robots.txt` and the sitemap (sitemaps.org protocol 0.9)."""

from collections.abc import Iterable
from http import HTTPStatus
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, make_response

from fedkg.search.catalogue import Catalogue
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.host import absolute

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_AT_ONCE = 10_000
"""Addresses in one file; the protocol allows 50,000."""
_OWN = ("dumps/",)
"""Pages that are about no thing."""
_NOT_FOR_CRAWLERS = (
    *("sparql", "graph-store", "search", "browse", "matrix", "why/"),
    *("dumps/graph.", "reconcile"),
)
"""What is large or can be asked in ever new ways, and says nothing that pages of things do not."""


def crawling(catalogue: Catalogue, addresses: Addresses) -> Blueprint:
    """Return the routes for crawlers."""
    routes = Blueprint("crawling", __name__)

    def url(path: str) -> str:
        return absolute(addresses.href(path))

    @routes.get("/robots.txt")
    def robots() -> Response:
        lines = [
            "User-agent: *",
            *(f"Disallow: {addresses.href(path)}" for path in _NOT_FOR_CRAWLERS),
            f"Sitemap: {url('sitemap.xml')}",
        ]
        response = make_response("".join(f"{line}\n" for line in lines))
        response.content_type = "text/plain; charset=utf-8"
        return response

    @routes.get("/sitemap.xml")
    def index() -> Response:
        parts = -(-catalogue.things // _AT_ONCE) if catalogue.is_there else 0
        found = (url(f"sitemap-{part}.xml") for part in range(parts))
        return _xml("sitemapindex", "sitemap", found)

    @routes.get("/sitemap-<int:part>.xml")
    def part(part: int) -> Response:
        if not catalogue.is_there or part * _AT_ONCE >= catalogue.things:
            abort(HTTPStatus.NOT_FOUND)
        paths = [f"{path}.html" for path in catalogue.things_from(part * _AT_ONCE, _AT_ONCE)]
        own = _OWN if part == 0 else ()
        return _xml("urlset", "url", (url(path) for path in (*own, *paths)))

    return routes


def _xml(root: str, each: str, urls: Iterable[str]) -> Response:
    rows = "".join(f"<{each}><loc>{escape(url)}</loc></{each}>\n" for url in urls)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    response = make_response(f'{head}<{root} xmlns="{_NAMESPACE}">\n{rows}</{root}>\n')
    response.content_type = "application/xml; charset=utf-8"
    return response
