"""BibLaTeX data (manual of biblatex 3.19, chapter 2), in UTF-8 as biber reads it."""

from collections.abc import Iterator, Mapping

from fedkg.export.bibliographies.entries import (
    braced,
    entry,
    joined,
    key_of,
    link,
    people,
    tags,
    titled,
)
from fedkg.export.bibliographies.latex import escaped
from fedkg.export.source import Source
from fedkg.export.works import Work, works

_TYPES: Mapping[str, str] = {
    "preprint": "online",
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "journal": "article",
}


def biblatex(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as entries."""
    yield from joined(map(biblatex_entry, works(source)))


def biblatex_entry(work: Work) -> bytes:
    """Return a work as an entry; what nothing states is not in it."""
    type_ = _TYPES.get(work.kind, "misc")
    venue = escaped(work.venue.name) if work.venue else ""
    event = escaped(work.edition)
    arxiv = work.identifiers.get("arxiv", "")
    return entry(
        type_,
        key_of(work),
        {
            "author": people(work.authors, escaped),
            "title": titled(escaped(work.title)),
            "booktitle": braced(event or venue) if type_ == "inproceedings" else "",
            "eventtitle": braced(event) if type_ == "inproceedings" else "",
            "journaltitle": braced(venue) if type_ == "article" else "",
            # What an arXiv paper is printed with is its eprint; of others it is their host.
            "organization": braced(venue) if type_ == "online" and not arxiv else "",
            "pubstate": braced("prepublished") if type_ == "online" else "",
            "date": braced(work.issued),
            "eprint": link(arxiv),
            "eprinttype": braced("arxiv") if arxiv else "",
            "doi": link(work.identifiers.get("doi", "")),
            "url": link(work.urls[0] if work.urls else ""),
            "keywords": tags(work, escaped),
        },
    )
