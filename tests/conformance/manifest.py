"""From the suite's manifests to its tests."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from .cases import Case, Expected, Kind, Loaded, Request

BASE = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
"""Where the suite is on the web: its files name each other, and graphs, by these IRIs."""

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUS = {
    "StatusCode2xx": "2..",
    "StatusCode3xx": "3..",
    "StatusCode4xx": "4..",
    "OK": "200",
    "Created": "201",
    "NoContent": "204",
    "NotFound": "404",
}


def suite_of(shared: Path) -> Path:
    """Return the folder of the SPARQL 1.1 tests among the project's reference files."""
    return shared / "w3c" / "rdf-tests" / "sparql" / "sparql11"


def iri_of(suite: Path, file: Path) -> str:
    """Return the IRI of a file of the suite."""
    return BASE + file.relative_to(suite).as_posix()


def absent(suite: Path) -> list[str]:
    """Return the names of the directories that the suite includes and this copy lacks."""
    named = re.findall(r"<([\w-]+)/manifest.ttl>", (suite / "manifest-all.ttl").read_text())
    return sorted(set(named) - set(directories(suite)))


def directories(suite: Path) -> list[str]:
    """Return the names of the suite's directories, in order."""
    return sorted(folder.name for folder in suite.iterdir() if (folder / "manifest.ttl").exists())


def read_cases(suite: Path, directory: str) -> list[Case]:
    """Return the tests of a directory in the order of its manifests."""
    manifests = sorted((suite / directory).glob("manifest*.ttl"))
    return [case for manifest in manifests for case in _Manifest(suite, manifest).cases()]


class _Manifest:
    def __init__(self, suite: Path, manifest: Path) -> None:
        self._suite = suite
        self._directory = manifest.parent.name
        self._graph = Graph().parse(manifest, publicID=iri_of(suite, manifest))

    def cases(self) -> Iterator[Case]:
        for entries in self._graph.objects(None, MF.entries):
            for entry in self._graph.items(entries):
                yield self._case(entry)

    def _case(self, entry: Node) -> Case:
        action = self._graph.value(entry, MF.action)
        asked = isinstance(action, BNode) and self._one(action, QT.query, UT.request)
        data = [*self._data(entry), *(self._data(action) if isinstance(action, BNode) else ())]
        return Case(
            self._directory,
            str(entry).rpartition("#")[2],
            " ".join(str(self._graph.value(entry, MF.name)).split()),
            Kind(str(self._graph.value(entry, RDF.type)).rpartition("#")[2]),
            query=self._path(asked or action),
            data=tuple(sorted(data, key=lambda loaded: (loaded.graph or "", loaded.file))),
            result=self._path(self._graph.value(entry, MF.result)),
            requests=tuple(self._requests(action)),
            requires=frozenset(str(o)[len(MF) :] for o in self._graph.objects(entry, MF.requires)),
        )

    def _one(self, subject: Node, *predicates: URIRef) -> Node | None:
        found = (self._graph.value(subject, predicate) for predicate in predicates)
        return next((node for node in found if node is not None), None)

    def _file(self, node: Node) -> Path:
        return self._suite / str(node).removeprefix(BASE)

    def _path(self, node: Node | None) -> Path | None:
        return self._file(node) if isinstance(node, URIRef) else None

    def _data(self, node: Node) -> Iterator[Loaded]:
        for predicate in (QT.data, UT.data):
            for file in self._graph.objects(node, predicate):
                yield Loaded(None, self._file(file))
        for predicate in (QT.graphData, UT.graphData):
            for graph in self._graph.objects(node, predicate):
                file = self._one(graph, QT.graph, UT.graph) or graph
                name = self._graph.value(graph, RDFS.label) or file
                yield Loaded(str(name), self._file(file))

    def _requests(self, action: Node | None) -> Iterator[Request]:
        requests = self._graph.value(action, HT.requests) if action is not None else None
        for request in self._graph.items(requests) if requests is not None else ():
            body = self._graph.value(request, HT.body)
            chars = None if body is None else str(self._graph.value(body, CNT.chars))
            encoding = str(self._graph.value(body, CNT.characterEncoding)) if body else ""
            yield Request(
                str(self._graph.value(request, HT.methodName)),
                str(self._graph.value(request, HT.absolutePath)),
                self._headers(request),
                None if chars is None else chars.encode(encoding),
                self._expected(self._graph.value(request, HT.resp)),
            )

    def _headers(self, message: Node) -> dict[str, str]:
        fields: Iterable[Node] = ()
        headers = self._graph.value(message, HT.headers)
        if headers is not None:
            fields = self._graph.items(headers)
        return {
            str(self._graph.value(f, HT.fieldName)): str(self._graph.value(f, HT.fieldValue))
            for f in fields
        }

    def _expected(self, response: Node | None) -> Expected:
        assert response is not None, "each request of the suite has its answer"
        statuses = self._graph.objects(response, MF.expectedStatus)
        boolean = self._graph.value(response, MF.expectedBoolean)
        expected_format = self._graph.value(response, MF.expectedFormat)
        body = self._graph.value(response, HT.body)
        return Expected(
            tuple(sorted(STATUS[str(status).rpartition("#")[2]] for status in statuses)),
            boolean=boolean.toPython() if isinstance(boolean, Literal) else None,
            format=None if expected_format is None else str(expected_format),
            content_type=self._headers(response).get("content-type"),
            body=None if body is None else str(self._graph.value(body, CNT.chars)),
        )
