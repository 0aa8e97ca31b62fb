"""What papers can be found by in Wikidata, and the queries that look for it."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fedkg.export.source import Source
from fedkg.namespaces import FABIO, PREAMBLE, PRISM

AT_ONCE = 200
"""Identifiers that one query looks for: the service has a minute for each."""
_PAPERS_AT_ONCE = 200
_READ = """SELECT DISTINCT ?paper ?p ?value WHERE {{
  VALUES ?paper {{ {papers} }} ?paper ?p ?value FILTER (?p IN (prism:doi, fabio:hasArXivId))
}} ORDER BY ?paper ?p ?value"""
_NAME = re.compile(r"(?:doi|arxiv)-[1-9][0-9]*\.rq", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of identifier: what people call it, its name in files, its property in Wikidata."""

    called: str
    name: str
    property: str


_DOI = Scheme("DOI", "doi", "P356")
_ARXIV = Scheme("arXiv id", "arxiv", "P818")
_SCHEMES = {f"{PRISM}doi": _DOI, f"{FABIO}hasArXivId": _ARXIV}


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as Wikidata writes it, of the paper at a path."""

    path: str
    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return f"{self.scheme.called} {self.value}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Values of one scheme that are looked for at once; `name` is that of a file."""

    name: str
    scheme: Scheme
    values: tuple[str, ...]

    @property
    def query(self) -> str:
        """The query, whose answer names each value: with its items, or without any.

        So an answer says what was looked for, and whether it is whole.
        """
        values = "\n".join(f"    {_literal(value)}" for value in self.values)
        return (
            f"# Which items have one of these as {self.scheme.called}? No item: there is none.\n"
            "PREFIX wdt: <http://www.wikidata.org/prop/direct/>\n"
            "SELECT ?item ?value WHERE {\n"
            f"  VALUES ?value {{\n{values}\n  }}\n"
            f"  OPTIONAL {{ ?item wdt:{self.scheme.property} ?value }}\n"
            "}\n"
        )


def identifiers_of(source: Source) -> tuple[Identifier, ...]:
    """Return the DOIs and arXiv ids of the papers of a source, by paper."""
    return tuple(one for part in source.parts(_PAPERS_AT_ONCE) for one in _read(source, part))


def batches(identifiers: Sequence[Identifier], at_once: int = AT_ONCE) -> Iterator[Batch]:
    """Yield what is looked for, each value once, by scheme."""
    for scheme in _SCHEMES.values():
        values = sorted({one.value for one in identifiers if one.scheme == scheme})
        for at in range(0, len(values), at_once):
            name = f"{scheme.name}-{at // at_once + 1}"
            yield Batch(name, scheme, tuple(values[at : at + at_once]))


def query_files(identifiers: Sequence[Identifier]) -> Iterator[tuple[str, bytes]]:
    """Yield a file for each batch: its name and its query."""
    for batch in batches(identifiers):
        yield f"{batch.name}.rq", batch.query.encode()


def holds_queries(folder: Path) -> bool:
    """Tell whether a folder holds the queries of an earlier check and nothing else."""
    return all(_NAME.fullmatch(file.name) for file in folder.iterdir())


def _read(source: Source, papers: Sequence[str]) -> Iterator[Identifier]:
    asked = _READ.format(papers=" ".join(f"<{iri}>" for iri in papers))
    for row in source.store.select(PREAMBLE + asked).rows:
        paper, property_, value = ("" if one is None else one.value for one in row)
        scheme = _SCHEMES[property_]
        yield Identifier(
            paper.removeprefix(source.base), scheme, value.upper() if scheme == _DOI else value
        )


def _literal(text: str) -> str:
    # The escapes of JSON, where it escapes at all, are escapes of SPARQL.
    return json.dumps(text, ensure_ascii=False)
