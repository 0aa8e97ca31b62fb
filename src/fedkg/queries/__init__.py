"""The example queries: files that people can read, copy and mend without reading Python.

Each `<name>.rq` starts with comment lines and is a whole SPARQL query as it stands:

    # title: Co-authors of a person
    # question: With whom has a person written papers, and how often?
    # parameter: name = "Yaliang Li"  (a person's name)

A parameter is a variable that the query binds once, on a line `VALUES ?name { "Yaliang Li" }`;
another value takes the place of the default there. A default in quotes takes any text, a bare one
any whole number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fedkg.errors import InputError, UnknownNameError
from fedkg.resources import queries_dir

_HEADER = re.compile(r"#\s*(title|question|parameter):\s*(.+)")
_PARAMETER = re.compile(r"""(\w+)\s*=\s*("[^"\\]*"|\d+)\s+\((.+)\)""")
_ESCAPES = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"}
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that may be chosen. `default` is a SPARQL term: a quoted text or a number."""

    name: str
    default: str
    explanation: str

    @property
    def binding(self) -> str:
        """The text that binds the default in the query."""
        return f"VALUES ?{self.name} {{ {self.default} }}"

    def term(self, value: str) -> str:
        """Return `value` as a SPARQL term of the kind of the default; raises InputError."""
        if self.default.startswith('"'):
            return f'"{value.translate(_ESCAPES)}"'
        if not (value.isascii() and value.isdigit()):
            raise InputError(f"{self.name} is {value!r}: give a whole number.")
        return str(int(value[:18]))


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A query with the question it answers. `name` is its file's name without `.rq`."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str

    def with_values(self, values: Mapping[str, str]) -> str:
        """Return the query with other values for some parameters; raises InputError."""
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                names = ", ".join(known) or "none"
                raise InputError(f"{self.name} has no parameter {name}: it has {names}.")
            parameter = known[name]
            bound = f"VALUES ?{name} {{ {parameter.term(value)} }}"
            text = text.replace(parameter.binding, bound)
        return text


def read_query(path: Path) -> ExampleQuery:
    """Read one `.rq` file; raises InputError when its first lines do not say what it is."""
    text = path.read_text(encoding="utf-8")
    headers: dict[str, list[str]] = {"title": [], "question": [], "parameter": []}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            break
        headers[match[1]].append(match[2].strip())
    if len(headers["title"]) != 1 or len(headers["question"]) != 1:
        raise InputError(f"{path}, line 1: start with one `# title: …` and one `# question: …`.")
    parameters = tuple(_parameter(path, declared) for declared in headers["parameter"])
    query = ExampleQuery(path.stem, headers["title"][0], headers["question"][0], parameters, text)
    _check_bindings(path, query)
    return query


def example_queries(folder: Path | None = None) -> tuple[ExampleQuery, ...]:
    """Return the queries of a folder, by default those that ship with fedkg, sorted by title."""
    paths = (folder or queries_dir()).glob("*.rq")
    return tuple(sorted(map(read_query, paths), key=lambda query: (query.title, query.name)))


def example_query(name: str) -> ExampleQuery:
    """Return the query of that name that ships with fedkg; raises UnknownNameError."""
    queries = example_queries()
    found = next((query for query in queries if query.name == name), None)
    if found is None:
        names = ", ".join(sorted(query.name for query in queries))
        raise UnknownNameError(f"There is no example query {name}: there are {names}.")
    return found


def _parameter(path: Path, declared: str) -> Parameter:
    match = _PARAMETER.fullmatch(declared)
    if match is None:
        form = '`# parameter: name = "default"  (explanation)`'
        raise InputError(f"{path}: {declared!r} is no parameter: write {form}.")
    return Parameter(match[1], match[2], match[3])


def _check_bindings(path: Path, query: ExampleQuery) -> None:
    for parameter in query.parameters:
        if query.text.count(parameter.binding) != 1:
            raise InputError(f"{path}: write {parameter.binding!r} once, to bind the parameter.")
