"""Results of queries: read from any of their formats, and compared.

They are read with rdflib, the answers too: what the engine writes is not checked with its own
reader.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO
from typing import Any

import rdflib
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.query import Result
from rdflib.term import Node

XML = "application/sparql-results+xml"
JSON = "application/sparql-results+json"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
FORMATS = {".srx": XML, ".srj": JSON, ".csv": CSV, ".tsv": TSV, ".ttl": TURTLE}
TABLES = {XML: "xml", JSON: "json"}
GRAPHS = {
    TURTLE: "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_INTEGERS = {XSD.integer, XSD.decimal, XSD.int, XSD.long, XSD.short, XSD.byte}
_FLOATS = {XSD.double, XSD.float}

Row = tuple[Node | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of terms: a SELECT's, an ASK's (one row) or a graph's statements."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


def read(content: bytes, media_type: str, base: str = "") -> Table:
    """Return the table that is written in a result or graph format; raises ValueError."""
    if media_type not in {CSV, TSV, *TABLES, *GRAPHS}:
        raise ValueError(f"{media_type} is no format of results")
    try:
        with _literals_as_written():
            if media_type == CSV:
                return _read_csv(content)
            if media_type == TSV:
                return _read_tsv(content)
            if media_type in GRAPHS:
                return _of_graph(Graph().parse(content, format=GRAPHS[media_type], publicID=base))
            return _of_result(Result.parse(BytesIO(content), format=TABLES[media_type]))
    except Exception as error:  # whatever the readers of rdflib raise, the text is to blame
        raise ValueError(f"it is no {media_type}: {error}") from error


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Keep rdflib from writing `01` as `1`, and times in another time zone."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def differences(expected: Table, found: Table, *, ordered: bool = False) -> str:
    """Say how a table differs from the expected one; the empty string when it does not.

    Blank nodes are the same when one renaming makes all rows the same; numbers and truth
    values of one datatype when their values are.
    """
    if set(expected.variables) != set(found.variables):
        return f"the columns are {_words(found.variables)}, not {_words(expected.variables)}"
    wanted, got = _rows(expected), _rows(found)
    if expected.variables == ("boolean",) and wanted != got:
        return f"the answer is {got[0][0]}, not {wanted[0][0]}"
    if not _same(wanted, got):
        return _first_difference(wanted, got)
    if ordered and not _unify_all(list(zip(wanted, got, strict=True))):
        return "the rows are right, but not in their order"
    return ""


def _words(variables: Sequence[str]) -> str:
    return ", ".join(f"?{name}" for name in sorted(variables)) or "none"


def _of_graph(graph: Graph) -> Table:
    result_set = graph.value(None, RDF.type, RS.ResultSet)
    if result_set is None:
        return Table(("s", "p", "o"), tuple(graph))
    variables = tuple(str(name) for name in graph.objects(result_set, RS.resultVariable))
    rows = (_bindings(graph, solution) for solution in graph.objects(result_set, RS.solution))
    return Table(variables, tuple(tuple(row.get(v) for v in variables) for row in rows))


def _bindings(graph: Graph, solution: Node) -> Mapping[str, Node | None]:
    return {
        str(graph.value(binding, RS.variable)): graph.value(binding, RS.value)
        for binding in graph.objects(solution, RS.binding)
    }


def _of_result(result: Result) -> Table:
    if result.type == "ASK":
        return Table(("boolean",), ((Literal(bool(result.askAnswer)),),))
    variables = tuple(str(variable) for variable in result.vars or ())
    return Table(
        variables,
        tuple(tuple(row.get(rdflib.Variable(v)) for v in variables) for row in result.bindings),
    )


def _read_csv(content: bytes) -> Table:
    header, *lines = csv.reader(StringIO(content.decode(), newline=""))
    return Table(tuple(header), tuple(tuple(map(_csv_term, line)) for line in lines if line))


def _read_tsv(content: bytes) -> Table:
    """Read each term as Turtle: all of them at once, so that blank nodes are shared."""
    header, *lines = content.decode().removesuffix("\n").split("\n")
    variables = header.rstrip("\r").split("\t")
    if not all(name.startswith("?") for name in variables):
        raise ValueError("the first line does not name the variables as ?name")
    cells = [line.rstrip("\r").split("\t") for line in lines]
    if any(len(row) != len(variables) for row in cells):
        raise ValueError("its lines are not equally long")
    turtle = "".join(
        f"<row:{i}> <column:{j}> {term} .\n"
        for i, row in enumerate(cells)
        for j, term in enumerate(row)
        if term
    )
    graph = Graph().parse(data=turtle, format="turtle")
    return Table(
        tuple(name[1:] for name in variables),
        tuple(
            tuple(graph.value(URIRef(f"row:{i}"), URIRef(f"column:{j}")) for j in range(len(row)))
            for i, row in enumerate(cells)
        ),
    )


def _csv_term(text: str) -> Node:
    return BNode(text[2:]) if text.startswith("_:") else Literal(text)


def _rows(table: Table) -> list[Row]:
    order = sorted(range(len(table.variables)), key=lambda i: table.variables[i])
    return [tuple(_canonical(row[i]) for i in order) for row in table.rows]


def _canonical(term: Node | None) -> Node | None:
    if not isinstance(term, Literal):
        return term
    if term.datatype == XSD.boolean:
        return Literal({"0": "false", "1": "true"}.get(str(term), str(term)), datatype=XSD.boolean)
    try:
        if term.datatype in _INTEGERS:
            value: Any = Decimal(str(term)).normalize() + 0
            return Literal(f"{value:f}", datatype=term.datatype, normalize=False)
        if term.datatype in _FLOATS:
            return Literal(repr(float(term)), datatype=term.datatype, normalize=False)
    except (InvalidOperation, ValueError):
        pass
    return term


def _same(left: Sequence[Row], right: Sequence[Row]) -> bool:
    plain = [Counter(row for row in rows if not _blanks(row)) for rows in (left, right)]
    blank = [[row for row in rows if _blanks(row)] for rows in (left, right)]
    return plain[0] == plain[1] and len(blank[0]) == len(blank[1]) and _match(blank[0], blank[1])


def _blanks(row: Row) -> bool:
    return any(isinstance(term, BNode) for term in row)


def _match(left: Sequence[Row], right: Sequence[Row], known: Mapping[Node, Node] = {}) -> bool:
    """Whether some renaming of blank nodes turns one bag of rows into the other."""
    if not left:
        return True
    row, *rest = left
    for i, other in enumerate(right):
        renaming = _unify(row, other, known)
        if renaming is not None and _match(rest, [*right[:i], *right[i + 1 :]], renaming):
            return True
    return False


def _unify(left: Row, right: Row, known: Mapping[Node, Node]) -> Mapping[Node, Node] | None:
    renaming = dict(known)
    for a, b in zip(left, right, strict=True):
        if not (isinstance(a, BNode) and isinstance(b, BNode)):
            if a != b:
                return None
        elif renaming.setdefault(a, b) != b or list(renaming.values()).count(b) > 1:
            return None
    return renaming


def _unify_all(pairs: Sequence[tuple[Row, Row]]) -> bool:
    renaming: Mapping[Node, Node] | None = {}
    for left, right in pairs:
        renaming = None if renaming is None else _unify(left, right, renaming)
    return renaming is not None


def _first_difference(wanted: Sequence[Row], got: Sequence[Row]) -> str:
    left, right = (Counter(map(_show, rows)) for rows in (wanted, got))
    found = [
        f"{verb} {sum(rows.values())} of its rows, such as {min(rows)}"
        for verb, rows in (("lacks", left - right), ("adds", right - left))
        if rows
    ]
    return f"the answer {' and '.join(found)}" if found else "blank nodes are shared otherwise"


def _show(row: Row) -> str:
    terms = ("unbound" if t is None else "_:b" if isinstance(t, BNode) else t.n3() for t in row)
    return re.sub(r"\s+", " ", f"({', '.join(terms)})")
