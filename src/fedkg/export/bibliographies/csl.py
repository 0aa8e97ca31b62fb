"""CSL-JSON, which Zotero, Pandoc and every citeproc read (schema csl-data.json of CSL 1.0.2)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fedkg.export.source import Source
from fedkg.export.works import Author, Work, works

_TYPES: Mapping[str, str] = {
    "preprint": "article",
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "journal": "article-journal",
}


def csl_json(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as one JSON array, an item a line."""
    yield b"[\n"
    between = b""
    for work in works(source):
        yield between + json.dumps(item(work), ensure_ascii=False).encode()
        between = b",\n"
    yield b"\n]\n"


def item(work: Work) -> Mapping[str, Any]:
    """Return a work as an item of CSL-JSON; what nothing states is not in it."""
    found: dict[str, Any] = {
        "id": work.key,
        "type": _TYPES.get(work.kind, "document"),
        "title": work.title,
        "author": [_name(author) for author in work.authors],
        "issued": _date(work),
        "container-title": work.venue.name if work.venue and work.kind != "preprint" else "",
        "event-title": work.edition,
        "publisher": work.venue.name if work.venue and work.kind == "preprint" else "",
        "number": f"arXiv:{work.identifiers['arxiv']}" if "arxiv" in work.identifiers else "",
        "DOI": work.identifiers.get("doi", ""),
        "URL": work.urls[0] if work.urls else "",
    }
    return {name: value for name, value in found.items() if value}


def _name(author: Author) -> Mapping[str, str]:
    given, family = author.parts
    return {"family": family, "given": given} if given else {"literal": author.name}


def _date(work: Work) -> Mapping[str, Any]:
    parts = [int(part) for part in (work.year, work.month) if part]
    return {"date-parts": [parts]} if parts else {}
