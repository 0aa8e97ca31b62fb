"""The Graph Store Protocol, reading: what the suite's writes would leave is loaded beforehand."""

from collections.abc import Iterator, Sequence
from email import message_from_bytes
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from .cases import PASSED, Case, Expected, Outcome, Request, Verdict, failed
from .evaluation import detail
from .live import Answer, Server, in_graph, serving
from .protocol import status_fault
from .results import differences, read

NEEDS = {
    "DirectGraphIdentification": "graphs are named by the parameter `graph`, not by their path",
    "POSTGraphCreation": "graphs are not created here",
}
READS = {"GET", "HEAD"}

OTHER = "http://www.example/other"
"""A graph that is always there, to tell a graph that is missing from a graph store that is."""

State = dict[str | None, list[ox.Quad]]


def check_graph_store(case: Case) -> Outcome:
    """Read what the test's writes would have left; send the writes too, which are refused."""
    lacking = sorted(NEEDS.keys() & case.requires)
    if lacking:
        return Outcome(Verdict.NOT_ASKED, f"it requires {lacking[0]}: {NEEDS[lacking[0]]}")
    state: State = {}
    waiting: list[Request] = []
    for request in case.requests:
        if request.method in READS:
            waiting.append(request)
            continue
        why = _read_all(state, waiting)
        if why:
            return failed(why)
        waiting = []
        _write(state, request)
    why = _read_all(state, waiting, [r for r in case.requests if r.method not in READS])
    return failed(why) if why else PASSED


def _read_all(state: State, reads: Sequence[Request], writes: Sequence[Request] = ()) -> str:
    """Serve a state and say what is wrong with the answers; nothing when all are right."""
    if not reads and not writes:
        return ""
    other = in_graph(OTHER, b"<s> <p> 1 .", ox.RdfFormat.TURTLE, OTHER) if None not in state else []
    with serving([*other, *(quad for quads in state.values() for quad in quads)]) as server:
        there = server.ask("GET", f"/graph-store?graph={OTHER}")
        if other and there.status != 200:
            return f"GET of a graph that is there gives {there.status}: {detail(there)}"
        for request in reads:
            why = _fault(_send(server, request), request)
            if why:
                return f"{request.method} {_target(request)}: {why}"
        for request in writes:
            answer = _send(server, request)
            if not 400 <= answer.status < 500:
                return f"{request.method} is not refused: {answer.status}"
    return ""


def _target(request: Request) -> str:
    return request.target.replace("/gsp", "/graph-store", 1)


def _send(server: Server, request: Request) -> Answer:
    return server.ask(request.method, _target(request), request.headers, request.body)


def _write(state: State, request: Request) -> None:
    names = parse_qs(urlsplit(request.target).query, keep_blank_values=True)
    graph = names["graph"][0] if "graph" in names else None
    if request.method != "POST":
        state.pop(graph, None)
    for content in _turtle(request):
        base = graph or "http://www.example/"
        quads = in_graph(graph, content, ox.RdfFormat.TURTLE, base)
        state.setdefault(graph, []).extend(quads)


def _turtle(request: Request) -> Iterator[bytes]:
    """Yield the Turtle of a request: its body, or the parts of it."""
    if request.body is None:
        return
    header = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(header + request.body)
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload


def _fault(answer: Answer, request: Request) -> str:
    expected: Expected = request.expected
    wrong = status_fault(answer, expected)
    if wrong:
        return wrong
    if expected.content_type and _squeezed(answer.content_type) != _squeezed(expected.content_type):
        return f"the content type is {answer.content_type}, not {expected.content_type}"
    if request.method == "HEAD":
        return "there is a body" if answer.body else ""
    if expected.body is None:
        return ""
    try:
        found = read(answer.body, answer.media_type, "http://www.example/")
    except ValueError as error:
        return f"the answer cannot be read: {error}"
    return differences(read(expected.body.encode(), "text/turtle", "http://www.example/"), found)


def _squeezed(content_type: str) -> str:
    return content_type.replace(" ", "").lower()
