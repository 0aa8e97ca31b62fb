"""What the suite asks for, and what came of it, as values."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Verdict(StrEnum):
    """What came of a test."""

    PASS = "pass"
    FAIL = "fail"
    REFUSED = "refused"
    NOT_ASKED = "not asked"


class Outcome(NamedTuple):
    """A verdict, and one sentence that explains it."""

    verdict: Verdict
    why: str = ""


PASSED = Outcome(Verdict.PASS)


def failed(why: str) -> Outcome:
    """Return a failure with its reason."""
    return Outcome(Verdict.FAIL, why)


class Kind(StrEnum):
    """What a test is about; the values are the class names of the suite."""

    EVALUATION = "QueryEvaluationTest"
    CSV = "CSVResultFormatTest"
    POSITIVE = "PositiveSyntaxTest11"
    NEGATIVE = "NegativeSyntaxTest11"
    UPDATE = "UpdateEvaluationTest"
    POSITIVE_UPDATE = "PositiveUpdateSyntaxTest11"
    NEGATIVE_UPDATE = "NegativeUpdateSyntaxTest11"
    PROTOCOL = "ProtocolTest"
    GRAPH_STORE = "GraphStoreProtocolTest"
    DESCRIPTION = "ServiceDescriptionTest"


class Loaded(NamedTuple):
    """A file, and the graph that it is loaded into; None is the default graph."""

    graph: str | None
    file: Path


@dataclass(frozen=True, slots=True)
class Expected:
    """What the suite expects of an HTTP answer; statuses are regular expressions."""

    statuses: tuple[str, ...]
    boolean: bool | None = None
    format: str | None = None
    content_type: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request of the suite."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes | None
    expected: Expected


@dataclass(frozen=True, slots=True)
class Case:
    """One test."""

    directory: str
    name: str
    title: str
    kind: Kind
    query: Path | None = None
    data: tuple[Loaded, ...] = ()
    result: Path | None = None
    requests: tuple[Request, ...] = ()
    requires: frozenset[str] = field(default_factory=frozenset)
