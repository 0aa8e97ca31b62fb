"""RIS, as Reference Manager defined it and Zotero, EndNote and Mendeley read it.

A line is a tag, two blanks, a dash, a blank and the value; lines end in CR LF. Nothing can be
escaped, so a value is one line and holds no sign that parts values.
"""

from collections.abc import Iterator, Mapping

from fedkg.export.bibliographies.text import keywords, one_line, parts_of, verbatim
from fedkg.export.source import Source
from fedkg.export.works import Author, Work, works

_TYPES: Mapping[str, str] = {
    "preprint": "UNPB",
    "conference": "CPAPER",
    "workshop": "CPAPER",
    "journal": "JOUR",
}


def ris(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as entries."""
    return map(ris_entry, works(source))


def ris_entry(work: Work) -> bytes:
    """Return a work as an entry; what nothing states is not in it."""
    lines = (f"{tag}  - {value}" for tag, value in _values(work) if value)
    return "".join(f"{line}\r\n" for line in (*lines, "ER  - ", "")).encode()


def _values(work: Work) -> Iterator[tuple[str, str]]:
    type_ = _TYPES.get(work.kind, "GEN")
    venue = one_line(work.venue.name) if work.venue else ""
    event = one_line(work.edition)
    yield "TY", type_
    yield "ID", one_line(work.key)
    for author in work.authors:
        yield "AU", _name(author)
    yield "TI", one_line(work.title)
    if type_ == "CPAPER":
        yield "T2", event or venue  # the conference
        yield "C3", event or venue  # its proceedings
    elif type_ == "JOUR":
        yield "T2", venue
    elif type_ == "UNPB":
        yield "DB", venue
    yield "PY", work.year
    yield "DA", f"{work.year}/{work.month}//" if work.month else ""
    yield "AN", f"arXiv:{work.identifiers['arxiv']}" if "arxiv" in work.identifiers else ""
    yield "DO", one_line(work.identifiers.get("doi", ""))
    # A semicolon begins another URL, and in Zotero another keyword.
    yield "UR", verbatim(work.urls[0], ";") if work.urls else ""
    for keyword in keywords((one.name for one in work.techniques), ";"):
        yield "KW", keyword


def _name(author: Author) -> str:
    given, family = parts_of(author)
    return f"{family}, {given}" if given else family
