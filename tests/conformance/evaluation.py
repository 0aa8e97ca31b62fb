"""Queries: their answers, and their syntax."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from .cases import PASSED, Case, Kind, Loaded, Outcome, Verdict, failed
from .live import Answer, Server, read_file
from .manifest import BASE, iri_of
from .results import FORMATS, JSON, TURTLE, differences, read

NOTHING = f"{BASE}nothing"
"""The name of a graph that there is not: a test without a default graph has an empty one."""

_GROUP = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it is sent: its text, the format that is wanted, its dataset."""

    text: str
    accept: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def all_data(suite: Path, cases: Iterable[Case]) -> Iterator[ox.Quad]:
    """Yield what the tests load, each file once, as a named graph even when it is a default one."""
    files = {(iri_of(suite, one.file), one) for case in cases for one in case.data}
    for base, graph, file in sorted({(iri, one.graph or iri, one.file) for iri, one in files}):
        yield from read_file(Loaded(graph, file), base)


def question_of(suite: Path, case: Case) -> Question:
    """Return the query of a test, with the base IRI and the dataset that the test gives it.

    The protocol has no base IRI: it is written as the first line. A query with FROM names its
    dataset itself.
    """
    assert case.query is not None
    text = case.query.read_text()
    accept = FORMATS[case.result.suffix] if case.result else JSON
    if accept == TURTLE and not re.search(r"\bCONSTRUCT\b", text, re.IGNORECASE):
        accept = JSON  # rows in the vocabulary of result sets
    with_base = f"BASE <{iri_of(suite, case.query)}>\n{text}"
    if re.search(r"\bFROM\b", text, re.IGNORECASE):
        return Question(with_base, accept)
    default = [iri_of(suite, one.file) for one in case.data if one.graph is None]
    named = [one.graph for one in case.data if one.graph is not None]
    return Question(with_base, accept, tuple(default or [NOTHING]), tuple(named))


def ask(server: Server, question: Question) -> Answer:
    """Send a query by GET."""
    parameters = {
        "query": question.text,
        "default-graph-uri": question.default_graphs,
        "named-graph-uri": question.named_graphs,
    }
    target = f"/sparql?{urlencode(parameters, doseq=True)}"
    return server.ask("GET", target, {"Accept": question.accept})


def check_evaluation(suite: Path, case: Case, server: Server) -> Outcome:
    """Ask a query and compare its answer."""
    question = question_of(suite, case)
    answer = ask(server, question)
    if re.search(r"\bSERVICE\b", question.text, re.IGNORECASE):
        return _check_service(answer)
    if answer.status != 200:
        return failed(f"{answer.status}: {detail(answer)}")
    if answer.media_type != question.accept:
        return failed(f"the answer is {answer.media_type}, not {question.accept}")
    return compare(suite, case, question, answer.body)


def compare(suite: Path, case: Case, question: Question, body: bytes) -> Outcome:
    """Compare an answer in the format that the question wants with the expected one."""
    assert case.result is not None
    expected = read(
        case.result.read_bytes(), FORMATS[case.result.suffix], iri_of(suite, case.result)
    )
    try:
        found = read(body, question.accept, NOTHING)
    except ValueError as error:
        return failed(f"the answer cannot be read: {error}")
    difference = differences(expected, found, ordered=is_ordered(question.text))
    return failed(difference) if difference else PASSED


def is_ordered(query: str) -> bool:
    """Tell whether ORDER BY stands outside of all braces."""
    without_comments = re.sub(r"(?m)(^|\s)#.*", " ", query)
    shorter = _GROUP.sub(" ", without_comments)
    while shorter != without_comments:
        without_comments, shorter = shorter, _GROUP.sub(" ", shorter)
    return re.search(r"\bORDER\s+BY\b", shorter, re.IGNORECASE) is not None


def check_syntax(case: Case, server: Server) -> Outcome:
    """Send a text as it is: right ones are answered, wrong ones get 400."""
    assert case.query is not None
    body = case.query.read_bytes()
    answer = server.ask("POST", "/sparql", {"Content-Type": "application/sparql-query"}, body)
    if case.kind is Kind.NEGATIVE:
        return PASSED if answer.status == 400 else failed(f"{answer.status} for a wrong query")
    if re.search(rb"\bSERVICE\b", body, re.IGNORECASE):
        return _check_service(answer)
    return PASSED if answer.status == 200 else failed(f"{answer.status}: {detail(answer)}")


def check_update(case: Case, server: Server) -> Outcome:
    """Send an update as one and as a query: both are refused."""
    assert case.query is not None
    for kind in ("update", "query"):
        content_type = {"Content-Type": f"application/sparql-{kind}"}
        answer = server.ask("POST", "/sparql", content_type, case.query.read_bytes())
        if not 400 <= answer.status < 500:
            return failed(f"{answer.status} for an update sent as application/sparql-{kind}")
    return Outcome(Verdict.REFUSED)


def detail(answer: Answer) -> str:
    """Return what a refusal says, on one line."""
    try:
        said = str(json.loads(answer.body)["detail"])
    except (ValueError, KeyError):
        said = answer.body.decode(errors="replace")[:200]
    return " ".join(said.split())


def _check_service(answer: Answer) -> Outcome:
    if answer.status == 403:
        return Outcome(Verdict.REFUSED, "SERVICE is refused with 403")
    return failed(f"{answer.status} for SERVICE, which must be refused with 403")
