"""CSL-JSON, which Zotero, Pandoc and every citeproc read (schema csl-data.json of CSL 1.0.2)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fedkg.export.bibliographies.text import keywords, one_line, parts_of
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
    return csl_items(works(source))


def csl_items(found: Iterable[Work]) -> Iterator[bytes]:
    """Yield works as one JSON array."""
    yield b"[\n"
    between = b""
    for work in found:
        yield between + json.dumps(item(work), ensure_ascii=False).encode()
        between = b",\n"
    yield b"\n]\n"


def item(work: Work) -> Mapping[str, Any]:
    """Return a work as an item of CSL-JSON; what nothing states is not in it."""
    is_preprint = work.kind == "preprint"
    venue = one_line(work.venue.name) if work.venue else ""
    event = one_line(work.edition)
    arxiv = f"arXiv:{work.identifiers['arxiv']}" if "arxiv" in work.identifiers else ""
    found: dict[str, Any] = {
        "id": work.key,
        "type": _TYPES.get(work.kind, "document"),
        "title": one_line(work.title),
        "author": [_name(author) for author in work.authors],
        "issued": _date(work),
        "container-title": "" if is_preprint else event or venue,
        "event-title": event,
        "publisher": venue if is_preprint else "",
        # The number of a preprint; of a journal article it would be that of the issue.
        "number": arxiv if is_preprint else "",
        "note": "" if is_preprint else arxiv,
        "DOI": one_line(work.identifiers.get("doi", "")),
        "URL": one_line(work.urls[0]) if work.urls else "",
        "keyword": ", ".join(keywords((one.name for one in work.techniques), ",")),
    }
    return {name: value for name, value in found.items() if value}


def _name(author: Author) -> Mapping[str, str]:
    given, family = parts_of(author)
    return {"family": family, "given": given} if given else {"literal": family}


def _date(work: Work) -> Mapping[str, Any]:
    parts = [int(part) for part in (work.year, work.month) if part]
    return {"date-parts": [parts]} if parts else {}
