"""A query service on loopback: it answers from a few items, as long as nothing else is wanted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

JSON = "application/sparql-results+json"
ENTITY = "http://www.wikidata.org/entity/"
DIRECT = "http://www.wikidata.org/prop/direct/"


@dataclass
class Service:
    """Items by (property, value); `asked` are the queries; `instead` may answer in its place."""

    server: HTTPServer
    store: ox.Store = field(default_factory=ox.Store)
    asked: list[str] = field(default_factory=list)
    instead: Callable[[int], Response | None] = lambda _: None

    def __post_init__(self) -> None:
        expected = self.server.expect_request("/sparql", method="POST", headers={"Accept": JSON})
        expected.respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        return self.server.url_for("/sparql")

    @property
    def name(self) -> str:
        return f"{self.server.host}:{self.server.port}"

    def add(self, items: Mapping[tuple[str, str], str]) -> None:
        for (property_, value), qid in items.items():
            item, of = ox.NamedNode(ENTITY + qid), ox.NamedNode(DIRECT + property_)
            self.store.add(ox.Quad(item, of, ox.Literal(value)))

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.form["query"])
        other = self.instead(len(self.asked))
        if other is not None:
            return other
        found = self.store.query(request.form["query"])
        return Response(found.serialize(format=ox.QueryResultsFormat.JSON), content_type=JSON)
