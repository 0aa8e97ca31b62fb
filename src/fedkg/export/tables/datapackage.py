"""The tables as a data package: CSV files, and a `datapackage.json` that describes them.

As the Frictionless Standards say: Data Package, Tabular Data Package and Table Schema, version 1.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fedkg.export.source import Source
from fedkg.export.tables.model import PAPERS, TABLES, Table
from fedkg.export.tables.separated import lines
from fedkg.export.works import works
from fedkg.namespaces import PREAMBLE

DESCRIPTION = "datapackage.json"
_NAME = "fedkg"
_LISTS_AT_ONCE = 1000
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_ABOUT = """SELECT ?description ?licence ?version WHERE {
  ?dataset a dcat:Dataset ; dcterms:license ?licence
  OPTIONAL { ?dataset dcterms:description ?description }
  OPTIONAL { ?dataset dcat:version ?version }
} ORDER BY ?dataset LIMIT 1"""
_LISTS = """SELECT ?list ?title (MIN(STR(?at)) AS ?path) (MIN(STR(?terms)) AS ?licence) WHERE {
  ?list a fkg:PaperList ; dcterms:title ?title
  OPTIONAL { ?list dcterms:source ?at } OPTIONAL { ?list dcterms:license ?terms }
} GROUP BY ?list ?title ORDER BY ?list ?title"""
_LISTING = """SELECT DISTINCT ?list WHERE {{
  VALUES ?paper {{ {papers} }} ?entry fkg:describes ?paper ; fkg:inList ?list
}}"""


def datapackage(source: Source) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the package as (name, some of its bytes), the description last."""
    digests = {table.name: _Digest() for table in TABLES.values()}

    def counted(table: Table, part: bytes) -> tuple[str, bytes]:
        digests[table.name].add(part)
        return _file(table), part

    for table in TABLES.values():
        yield counted(table, lines([table.header]))
    for work in works(source):
        for table in TABLES.values():
            if part := lines(table.rows(work)):
                yield counted(table, part)
    resources = [_resource(table, digests[table.name]) for table in TABLES.values()]
    described = {**_about(source), "sources": _sources(source), "resources": resources}
    yield DESCRIPTION, json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"


def is_datapackage(folder: Path) -> bool:
    """Whether a folder holds a package of ours, and nothing beside it that would be lost."""
    try:
        described = json.loads((folder / DESCRIPTION).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    ours = {DESCRIPTION, *map(_file, TABLES.values())}
    named = isinstance(described, dict) and described.get("name") == _NAME
    return named and {file.name for file in folder.iterdir()} <= ours


class _Digest:
    """How many bytes a file has, and their sha256."""

    def __init__(self) -> None:
        self.size = 0
        self.sha256 = hashlib.sha256()

    def add(self, part: bytes) -> None:
        self.size += len(part)
        self.sha256.update(part)


def _file(table: Table) -> str:
    return f"{table.name}.csv"


def _resource(table: Table, digest: _Digest) -> Mapping[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "path": _file(table),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": digest.size,
        "hash": f"sha256:{digest.sha256.hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> Mapping[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": column.type,
            "description": column.description,
            **({"constraints": {"required": True}} if column.name in table.key else {}),
        }
        for column in table.columns
    ]
    schema: dict[str, Any] = {
        "fields": fields,
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.refers:
        (key,) = PAPERS.key
        reference = {"resource": PAPERS.name, "fields": key}
        schema["foreignKeys"] = [{"fields": table.refers, "reference": reference}]
    return schema


def _about(source: Source) -> Mapping[str, Any]:
    about: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": _NAME,
        "title": "fedkg: papers, authorships, uses and citations",
    }
    for description, licence, version in _asked(source, _ABOUT):
        if description:
            about["description"] = description
        if version:
            about["version"] = version
        if licence == _CC0:
            about["licenses"] = [{"name": "CC0-1.0", "path": _CC0, "title": "CC0 1.0"}]
        else:
            about["licenses"] = [{"path": licence}]
    return about


def _sources(source: Source) -> list[Mapping[str, str]]:
    """Return the lists that name one of the papers, each with its own licence."""
    naming: set[str] = set()
    for part in source.parts(_LISTS_AT_ONCE):
        papers = " ".join(f"<{paper}>" for paper in part)
        naming |= {one for (one,) in _asked(source, _LISTING.format(papers=papers))}
    return [
        {
            "title": title,
            **({"path": path} if path else {}),
            **({"license": licence} if licence else {}),
        }
        for one, title, path, licence in _asked(source, _LISTS)
        if one in naming
    ]


def _asked(source: Source, query: str) -> list[tuple[str, ...]]:
    rows = source.store.select(PREAMBLE + query).rows
    return [tuple("" if one is None else one.value for one in row) for row in rows]
