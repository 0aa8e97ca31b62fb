"""The page that says how the tests went."""

from collections import Counter
from collections.abc import Iterable, Sequence

from .cases import Verdict
from .run import Done

HEAD = """\
# Conformance

`make conformance` starts `fedkg serve`, asks it the
[SPARQL 1.1 tests of the W3C](https://w3c.github.io/rdf-tests/sparql/sparql11/) over HTTP and writes
this page; `make test` fails when a line of it is no longer true. The suite itself is not in this
repository.

- **pass**: status, format and content are what the suite expects. Rows are compared as a bag (as a
  list below ORDER BY), blank nodes up to renaming, numbers and truth values of one datatype by
  value, except in CSV.
- **refused**: an update, or SERVICE, is refused with 4xx. The suite would have it carried out; this
  endpoint is for reading.
- **not asked**: the test requires what the suite leaves open and this server has not.
- **in the engine**: the same queries asked of pyoxigraph in process, without the server.

A query without a dataset of its own is asked over the union of all graphs here, as the service
description says. The suite means one default graph beside named graphs, so each evaluation test
names them with `default-graph-uri` and `named-graph-uri` (a query with FROM has its own), and its
base IRI in a first line `BASE <…>`. Syntax tests and protocol tests are sent as they are, those of
the protocol to `/sparql` instead of `/sparql/`. For the graph store protocol, the state that the
writes of a test would leave is served, and the writes are sent and must be refused.

Directories of the suite that this copy of it lacks: {absent}.

## Summary

| directory | tests | pass | fail | refused | not asked | in the engine |
|---|---|---|---|---|---|---|
"""
LONGEST = 300


def page(done: Iterable[Done], absent: Sequence[str]) -> str:
    """Return the whole page, a section for each directory; `absent` are those left out."""
    directories: dict[str, list[Done]] = {}
    for one in done:
        directories.setdefault(one.case.directory, []).append(one)
    rows = [summary(name, directories[name]) for name in sorted(directories)]
    total = summary("", [one for tests in directories.values() for one in tests])
    sections = [section(name, directories[name]) for name in sorted(directories)]
    head = HEAD.format(absent=", ".join(absent) or "none")
    return head + "\n".join([*rows, total, *sections]) + "\n"


def summary(directory: str, done: Sequence[Done]) -> str:
    """Return the row of a directory; without a name, the row of all."""
    counts = Counter(one.outcome.verdict for one in done)
    verdicts = [str(counts[verdict] or "") for verdict in Verdict]
    asked = [one.in_engine for one in done if one.in_engine is not None]
    name = f"[{directory}](#{directory})" if directory else "all"
    engine = f"{sum(asked)} of {len(asked)}" if asked else ""
    return f"| {' | '.join([name, str(len(done)), *verdicts, engine])} |"


def section(directory: str, done: Sequence[Done]) -> str:
    """Return a heading and a row for each test."""
    rows = "\n".join(map(_row, done))
    return f"\n## {directory}\n\n| test | title | outcome | why |\n|---|---|---|---|\n{rows}"


def _row(one: Done) -> str:
    verdict = one.outcome.verdict
    why = one.outcome.why
    if len(why) > LONGEST:
        why = f"{why[:LONGEST].rstrip()} …"
    if one.in_engine is False:
        also = "also fails" if verdict is Verdict.FAIL else "fails"
        why = f"{why.rstrip('.')} ({also} in the engine)".strip()
    shown = f"**{verdict}**" if verdict is Verdict.FAIL else str(verdict)
    cells = [f"`{one.case.name}`", _plain(one.case.title), shown, _plain(why)]
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Escape what Markdown would take for more than words."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{char}" if char in "|*[]`\\" else char for char in escaped)
