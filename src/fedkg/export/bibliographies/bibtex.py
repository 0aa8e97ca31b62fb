"""BibTeX 0.99d, as `btxdoc` describes it, with the fields that arXiv advises for its papers."""

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
from fedkg.export.bibliographies.latex import in_ascii
from fedkg.export.source import Source
from fedkg.export.works import Work, works

_TYPES: Mapping[str, str] = {
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "journal": "article",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros of every style, so they stand without braces."""


def bibtex(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as entries."""
    yield from joined(map(bibtex_entry, works(source)))


def bibtex_entry(work: Work) -> bytes:
    """Return a work as an entry; what nothing states is not in it."""
    type_ = _TYPES.get(work.kind, "misc")
    place = in_ascii(work.venue.name) if work.venue else ""
    proceedings = in_ascii(work.edition) or place
    arxiv = work.identifiers.get("arxiv", "")
    return entry(
        type_,
        key_of(work),
        {
            "author": people(work.authors, in_ascii),
            "title": titled(in_ascii(work.title)),
            "booktitle": braced(proceedings) if type_ == "inproceedings" else "",
            "journal": braced(place) if type_ == "article" else "",
            # Styles that know no eprint print this.
            "howpublished": braced(place) if work.kind == "preprint" else "",
            "year": braced(work.year),
            "month": _MONTHS[int(work.month) - 1] if work.month else "",
            "eprint": link(arxiv),
            "archiveprefix": braced("arXiv") if arxiv else "",
            "doi": link(work.identifiers.get("doi", "")),
            "url": link(work.urls[0] if work.urls else ""),
            "keywords": tags(work, in_ascii),
        },
    )
