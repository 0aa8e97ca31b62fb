"""The pages, as a Flask application over a store."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from fedkg.export.dumps import Dump
from fedkg.ids import web_url
from fedkg.model import Store
from fedkg.namespaces import compact
from fedkg.queries import example_queries
from fedkg.search.candidates import Candidates
from fedkg.search.catalogue import Catalogue
from fedkg.search.names import SearchIndex
from fedkg.web import negotiation
from fedkg.web.coding import choose, coded
from fedkg.web.negotiation import GRAPHS, HTML, PROBLEM, RESULTS
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.browsing import browsing
from fedkg.web.pages.citing import citing
from fedkg.web.pages.crawling import crawling
from fedkg.web.pages.describing import Describer
from fedkg.web.pages.dumps import dumping
from fedkg.web.pages.home import Edition, home_pages
from fedkg.web.pages.matrices import matrices
from fedkg.web.pages.plain import without_direction
from fedkg.web.pages.reconciling import reconciling
from fedkg.web.pages.rendering import Pages
from fedkg.web.pages.searching import searching
from fedkg.web.pages.things import things
from fedkg.web.pages.vocabulary import vocabulary
from fedkg.web.pages.why import explaining
from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.problem import Problem, not_found
from fedkg.web.responding import PAGE_HEADERS

_NO_FILE = Path("no-index-of-names")
_DEFAULT = Addresses()
_NO_BUILD = Edition()
_Told = tuple[str | bytes, int, dict[str, str]]

_BLANK_QUERY = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fkg: <https://w3id.org/fedkg/ontology#>

SELECT ?paper ?title WHERE {
  ?paper fkg:listed true ; dcterms:title ?title .
}
ORDER BY ?title
LIMIT 20
"""


def create_app(
    store: Store,
    edition: Edition = _NO_BUILD,
    addresses: Addresses = _DEFAULT,
    search: Path = _NO_FILE,
    dumps: Sequence[Dump] = (),
) -> Flask:
    """Return the pages over `store`, whose things are where `addresses` say.

    `edition` names the build it was opened from, if any, `search` is the index that pages use, and
    `dumps` are the files that the server sends.
    """
    app = Flask("fedkg.web")
    app.jinja_env.filters.update(web_url=web_url, without_direction=without_direction)
    app.jinja_env.globals.update(href=addresses.href, link=addresses.link, short=compact)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    tag = f"{edition.build[:32]}-{version('fedkg')}" if edition.build else ""
    catalogue = Catalogue(search)
    describer = Describer(store, addresses)
    app.register_blueprint(things(describer, Pages(store, catalogue, describer), tag))
    app.register_blueprint(vocabulary(store, addresses))
    app.register_blueprint(explaining(store, addresses))
    app.register_blueprint(citing(store, addresses))
    app.register_blueprint(searching(SearchIndex(search), describer))
    app.register_blueprint(home_pages(store, catalogue, addresses, edition))
    app.register_blueprint(matrices(catalogue))
    app.register_blueprint(crawling(catalogue, addresses))
    app.register_blueprint(dumping(store, addresses, edition, dumps))
    app.register_blueprint(browsing(store, catalogue, addresses))
    app.register_blueprint(reconciling(store, Candidates(search), SearchIndex(search), addresses))
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(UnansweredError, _unanswered)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in PAGE_HEADERS.items():
            response.headers.setdefault(name, value)  # a preview is shown in other sites' frames
        response.headers["X-Fedkg-Build"] = edition.build
        response.vary.update(["Accept", "Accept-Encoding"])
        coding = choose(request.headers.get("Accept-Encoding", ""))
        smaller = None if response.is_streamed else coded(response.get_data(), coding)
        if smaller is not None:
            response.set_data(smaller)
            response.headers["Content-Encoding"] = coding
        if response.status_code == HTTPStatus.OK and not response.get_etag()[0]:
            response.add_etag()  # of the bytes that are sent: each coding has its own
            response.make_conditional(request)
            del response.headers["Date"]  # the server sets it
        return response

    return app


class Renderer:
    """Renders the pages of the endpoint, which the application itself does not serve."""

    def __init__(self, app: Flask) -> None:
        self._templates = app.jinja_env

    def form(self, example: str | None) -> bytes:
        """Return the query form, filled with the example of that name."""
        queries = example_queries()
        chosen = next((query for query in queries if query.name == example), None)
        page = self._templates.get_template("sparql.html").render(
            queries=queries,
            chosen=chosen,
            text=chosen.text if chosen else _BLANK_QUERY,
            result_formats=_names(RESULTS),
            graph_formats=_names(GRAPHS),
        )
        return page.encode()

    def problem(self, told: Problem) -> bytes:
        """Return an error as a page."""
        page = self._templates.get_template("problem.html").render(problem=told)
        return page.encode("utf-8", "replace")


def _unanswered(error: UnansweredError) -> _Told:
    return _told(error.problem)


def _error_page(error: HTTPException) -> _Told:
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _told(_problem_of(error), headers)


def _told(problem: Problem, more: Mapping[str, str] | None = None) -> _Told:
    chosen = negotiation.choose(request.headers.get("Accept"), (PROBLEM, HTML))
    headers = {**problem.headers, **(more or {})}
    if chosen is HTML:
        page = render_template("problem.html", problem=problem)
        return page, problem.status, {**headers, "Content-Type": HTML.content_type}
    return problem.to_bytes(), problem.status, {**headers, "Content-Type": PROBLEM.content_type}


def _problem_of(error: HTTPException) -> Problem:
    status = HTTPStatus(error.code or 500)
    if status is HTTPStatus.NOT_FOUND:
        return not_found(request.path)
    return Problem("http", status, status.phrase, error.description or status.phrase)


def _names(formats: tuple[negotiation.Format, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(format_.name for format_ in formats))
