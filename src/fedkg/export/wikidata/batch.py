"""Papers as items, in the two forms that Wikibase takes: a batch of commands, and JSON."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from fedkg.export.source import Source
from fedkg.export.wikidata.entity_json import entity_json
from fedkg.export.wikidata.facts import entity_of, reference
from fedkg.export.wikidata.grammar import commands
from fedkg.export.wikidata.lint import Lint
from fedkg.export.wikidata.model import Entity
from fedkg.export.works import Work, works
from fedkg.namespaces import PREAMBLE

_AT_ONCE = 200
_READ = """SELECT ?paper ?address ?read WHERE {{
  VALUES ?paper {{ {papers} }}
  ?entry fkg:describes ?paper ; fkg:inList ?list . ?list dcterms:date ?read
  OPTIONAL {{ ?list dcterms:source ?address }}
}} ORDER BY ?paper DESC(BOUND(?address)) ?list"""
_CITED = """SELECT DISTINCT ?paper ?cited WHERE {{
  VALUES ?paper {{ {papers} }} ?paper cito:cites ?cited
}} ORDER BY ?paper ?cited"""

_CLASSES = """SELECT DISTINCT ?paper ?class WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper fabio:hasArXivId ?id .
  ?record fkg:describes ?paper ; fkg:statesArXivClass ?class ; fkg:statesIdentifier ?stated
  FILTER (?stated = CONCAT("arxiv:", ?id))
}}"""


def quickstatements(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as a batch for QuickStatements, a command a line.

    Raises ExportError for a batch that would be refused; the log says what else there is to mind.
    """
    for entity in _entities(source):
        yield "".join(f"{line}\n" for line in commands(entity)).encode()


def wikibase_json(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as an array of JSON, an item a line, as Wikidata's dumps are.

    Raises ExportError for what would be refused; the log says what else there is to mind.
    """
    before = "[\n"
    for entity in _entities(source):
        line = json.dumps(entity_json(entity), ensure_ascii=False, separators=(",", ":"))
        yield f"{before}{line}".encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _entities(source: Source) -> Iterator[Entity]:
    """Yield the papers as items that have been checked."""
    lint = Lint()
    items = {f"{source.base}{path}": qid for path, qid in source.items.items()}
    for work, read, cited, arxiv_class in _works(source):
        entity = entity_of(work, items, reference(work, *read), cited, arxiv_class)
        is_absent = work.iri.removeprefix(source.base) in source.absent
        lint.check(work.key, list(commands(entity)), was_looked_for=is_absent)
        yield entity
    lint.tell()


def _works(source: Source) -> Iterator[tuple[Work, tuple[str, ...], Sequence[str], str]]:
    """Yield each work with where and when it was read, what it cites, and its class of arXiv.

    A class that bibliographies do not agree on is "".
    """
    for part in source.parts(_AT_ONCE):
        papers = " ".join(f"<{iri}>" for iri in part)
        read: dict[str, tuple[str, ...]] = {}
        for paper, address, day in _asked(source, _READ.format(papers=papers)):
            read.setdefault(paper, (address, day))
        cited: dict[str, list[str]] = defaultdict(list)
        for paper, other in _asked(source, _CITED.format(papers=papers)):
            cited[paper].append(other)
        classes: dict[str, list[str]] = defaultdict(list)
        for paper, class_ in _asked(source, _CLASSES.format(papers=papers)):
            classes[paper].append(class_)
        for work in works(Source(source.store, source.base, tuple(part))):
            agreed = classes[work.iri][0] if len(classes[work.iri]) == 1 else ""
            yield work, read.get(work.iri, ()), cited[work.iri], agreed


def _asked(source: Source, query: str) -> list[tuple[str, ...]]:
    rows = source.store.select(PREAMBLE + query).rows
    return [tuple("" if one is None else one.value for one in row) for row in rows]
