"""All tests of some directories, run against one server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .cases import Case, Kind, Outcome
from .description import check_description
from .engine import passes_alone
from .evaluation import all_data, check_evaluation, check_syntax, check_update
from .graph_store import check_graph_store
from .live import Server, serving
from .manifest import read_cases
from .protocol import check_protocol

QUERIES = {Kind.EVALUATION, Kind.CSV, Kind.POSITIVE, Kind.NEGATIVE}
UPDATES = {Kind.UPDATE, Kind.POSITIVE_UPDATE, Kind.NEGATIVE_UPDATE}


@dataclass(frozen=True, slots=True)
class Done:
    """A test and its outcome; `in_engine` is that of the engine alone, None without one."""

    case: Case
    outcome: Outcome
    in_engine: bool | None = None


@contextmanager
def server_for(suite: Path, names: Sequence[str]) -> Iterator[tuple[Server, list[Case]]]:
    """Serve all that the tests of these directories load; give them too."""
    cases = [case for name in names for case in read_cases(suite, name)]
    with serving(all_data(suite, [case for case in cases if not is_update(case)])) as server:
        yield server, cases


def run(suite: Path, case: Case, server: Server) -> Done:
    """Run one test."""
    outcome = _outcome(suite, case, server)
    is_query = case.kind in QUERIES and not is_update(case)
    return Done(case, outcome, passes_alone(suite, case) if is_query else None)


def is_update(case: Case) -> bool:
    """Tell whether a test is about an update; those with wrong syntax have the name of queries'."""
    return case.kind in UPDATES or (case.query is not None and case.query.suffix == ".ru")


def _outcome(suite: Path, case: Case, server: Server) -> Outcome:
    if is_update(case):
        return check_update(case, server)
    match case.kind:
        case Kind.PROTOCOL:
            return check_protocol(case, server)
        case Kind.GRAPH_STORE:
            return check_graph_store(case)
        case Kind.DESCRIPTION:
            return check_description(case, server)
        case Kind.POSITIVE | Kind.NEGATIVE:
            return check_syntax(case, server)
        case _:
            return check_evaluation(suite, case, server)
