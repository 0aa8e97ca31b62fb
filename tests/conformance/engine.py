"""The same tests asked of the engine itself, to tell its failures from the server's.

Here the default graph is the store's own, and the base IRI is the engine's: what differs from the
way over HTTP is all that the server adds.
"""

from pathlib import Path

import pyoxigraph as ox

from .cases import Case, Kind, Outcome, Verdict, failed
from .evaluation import compare, question_of
from .live import read_file
from .manifest import iri_of
from .results import CSV, JSON, TSV, XML

_RESULTS = {
    JSON: ox.QueryResultsFormat.JSON,
    XML: ox.QueryResultsFormat.XML,
    CSV: ox.QueryResultsFormat.CSV,
    TSV: ox.QueryResultsFormat.TSV,
}


def passes_alone(suite: Path, case: Case) -> bool:
    """Tell whether the engine passes a test of queries or their syntax."""
    if case.kind in {Kind.POSITIVE, Kind.NEGATIVE}:
        return _accepts(suite, case) == (case.kind is Kind.POSITIVE)
    return _evaluate(suite, case).verdict is Verdict.PASS


def _accepts(suite: Path, case: Case) -> bool:
    assert case.query is not None
    try:
        ox.Store().query(case.query.read_text(), base_iri=iri_of(suite, case.query))
    except (SyntaxError, RuntimeError):  # the latter for a function that there is not
        return False
    return True


def _evaluate(suite: Path, case: Case) -> Outcome:
    assert case.query is not None
    question = question_of(suite, case)
    store = ox.Store()
    for loaded in case.data:
        store.extend(read_file(loaded, iri_of(suite, loaded.file)))
    try:
        result = store.query(case.query.read_text(), base_iri=iri_of(suite, case.query))
        if isinstance(result, ox.QueryTriples):
            body = ox.serialize(result, format=ox.RdfFormat.TURTLE)
        else:
            body = result.serialize(format=_RESULTS[question.accept])
    except (SyntaxError, OSError, ValueError, RuntimeError) as error:
        return failed(str(error))
    return compare(suite, case, question, body or b"")
