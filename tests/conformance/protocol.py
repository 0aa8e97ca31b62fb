"""The SPARQL Protocol: the suite's HTTP requests, sent as they are."""

import re

from rdflib import Literal

from .cases import PASSED, Case, Expected, Outcome, Request, Verdict, failed
from .evaluation import detail
from .live import Answer, Server
from .results import CSV, GRAPHS, JSON, TSV, XML, read

BASE = "http://www.example/sparql"
"""A base IRI for answers: the suite asks only that they can be read."""
FORMATS = {
    "boolean": {JSON, XML},
    "tabular": {JSON, XML, CSV, TSV},
    "RDF": set(GRAPHS),
}


def check_protocol(case: Case, server: Server) -> Outcome:
    """Send the requests of a test; of an update's, only the update, which is refused."""
    if case.name.startswith("update_"):
        return _check_refusal(_send(server, case.requests[0]))
    for request in case.requests:
        why = _fault(_send(server, request), request.expected)
        if why:
            return failed(why)
    return PASSED


def _send(server: Server, request: Request) -> Answer:
    target = re.sub(r"^/sparql/", "/sparql", request.target)
    return server.ask(request.method, target, request.headers, request.body)


def _check_refusal(answer: Answer) -> Outcome:
    if 400 <= answer.status < 500:
        return Outcome(Verdict.REFUSED)
    return failed(f"{answer.status} for an update, which must be refused")


def status_fault(answer: Answer, expected: Expected) -> str:
    """Say what is wrong with the status; nothing when it is one of the expected."""
    if any(re.fullmatch(status, str(answer.status)) for status in expected.statuses):
        return ""
    statuses = " or ".join(status.replace(".", "x") for status in expected.statuses)
    why = f": {detail(answer)}" if answer.status >= 400 and answer.body else ""
    return f"the status is {answer.status}, not {statuses}{why}"


def _fault(answer: Answer, expected: Expected) -> str:
    wrong = status_fault(answer, expected)
    if wrong or expected.format is None:
        return wrong
    if answer.media_type not in FORMATS[expected.format]:
        return f"the answer is {answer.content_type}, which is not {expected.format}"
    try:
        table = read(answer.body, answer.media_type, BASE)
    except ValueError as error:
        return f"the answer cannot be read: {error}"
    if expected.boolean is not None and table.rows != ((Literal(expected.boolean),),):
        return f"the answer is not {str(expected.boolean).lower()}"
    return ""
