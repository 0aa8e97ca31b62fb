"""Citation File Format 1.2.0 (its schema.json): a CITATION.cff whose references are the papers.

The file of one paper has it as `preferred-citation` instead: what the authors of its code put into
their repository. Every text is a JSON string, which YAML 1.2 reads as the same text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fedkg.export.bibliographies.text import keywords, one_line, parts_of
from fedkg.export.source import Source
from fedkg.export.works import Author, Work, works

_TYPES: Mapping[str, str] = {
    "preprint": "article",
    "conference": "conference-paper",
    "workshop": "conference-paper",
    "journal": "article",
}
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
"""What the schema takes for one."""
_UNPRINTABLE = re.compile("[\ufeff\ufffe\uffff]")
_UNKNOWN: Sequence[Mapping[str, str]] = ({"name": "authors not stated"},)
"""The schema wants an author."""
_MESSAGE = "If you use these works, please cite them: the references are taken from a fedkg graph."
_MESSAGE_OF_ONE = "If you use this work, please cite the paper."


def cff(source: Source) -> Iterator[bytes]:
    """Yield the file of the papers of a source."""
    found = works(source)
    if len(source.papers) == 1:
        for work in found:
            yield from cff_of_one(work)
    else:
        yield from cff_of_several(found)


def cff_of_several(found: Iterable[Work]) -> Iterator[bytes]:
    """Yield the file of several works."""
    yield _head(_MESSAGE, "Papers of a fedkg graph", [{"name": "fedkg contributors"}])
    before = "type: dataset\nreferences:"
    for work in found:
        yield f"{before}\n  - {_yaml(reference(work), '    ').lstrip()}".encode()
        before = ""
    if before:
        yield b"type: dataset\n"  # no reference: the schema takes no empty list of them


def cff_of_one(work: Work) -> Iterator[bytes]:
    """Yield the file of one work."""
    cited = reference(work)
    yield _head(_MESSAGE_OF_ONE, cited["title"], cited["authors"])
    yield f"preferred-citation:\n{_yaml(cited, '  ')}".encode()


def reference(work: Work) -> Mapping[str, Any]:
    """Return a work as a reference; what nothing states is not in it."""
    type_ = _TYPES.get(work.kind, "generic")
    venue = one_line(work.venue.name) if work.venue else ""
    event = one_line(work.edition)
    doi = work.identifiers.get("doi", "")
    is_doi = bool(_DOI.fullmatch(doi))
    links = [url for url in map(one_line, work.urls) if url.startswith(("https://", "http://"))]
    found: dict[str, Any] = {
        "type": type_,
        "title": one_line(work.title),
        "authors": _people(work.authors) or _UNKNOWN,
        "status": "preprint" if work.kind == "preprint" else "",
        "conference": {"name": event or venue} if type_ == "conference-paper" else {},
        "collection-title": event or venue if type_ == "conference-paper" else "",
        "journal": venue if work.kind == "journal" else "",
        "publisher": {"name": venue} if work.kind == "preprint" and venue else {},
        "year": int(work.year or 0),
        "month": int(work.month or 0),
        "doi": doi if is_doi else "",
        "identifiers": _identifiers(work, "" if is_doi else doi),
        "url": links[0] if links else "",
        "keywords": keywords((one.name for one in work.techniques), "\n"),
    }
    return {name: value for name, value in found.items() if value}


def _identifiers(work: Work, doi: str) -> Sequence[Mapping[str, str]]:
    arxiv = work.identifiers.get("arxiv", "")
    values = (f"arXiv:{arxiv}" if arxiv else "", f"doi:{one_line(doi)}" if doi else "")
    return [{"type": "other", "value": value} for value in values if value]


def _people(authors: Sequence[Author]) -> Sequence[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    for author in authors:
        person = _person(author)
        # No two may be alike: namesakes among the authors are told apart by what they are here.
        found.append({**person, "website": author.iri} if person in found else person)
    return found


def _person(author: Author) -> Mapping[str, str]:
    given, family = parts_of(author)
    if not given:
        return {"name": family}
    person = {"family-names": family, "given-names": given}
    orcid = author.orcid.rpartition("/")[2]
    return {**person, "orcid": f"https://orcid.org/{orcid}"} if orcid else person


def _head(message: str, title: str, authors: Sequence[Mapping[str, str]]) -> bytes:
    head = {"cff-version": "1.2.0", "message": message, "title": title, "authors": authors}
    return _yaml(head, "").encode()


def _yaml(values: Mapping[str, Any], indent: str) -> str:
    """Return a mapping as lines of YAML, each indented."""
    return "".join(f"{indent}{name}:{_value(value, indent)}" for name, value in values.items())


def _value(value: Any, indent: str) -> str:
    deeper = f"{indent}  "
    if isinstance(value, Mapping):
        return f"\n{_yaml(value, deeper)}"
    if isinstance(value, str | int):
        return f" {_scalar(value)}\n"
    items = (
        _yaml(one, f"{deeper}  ").lstrip() if isinstance(one, Mapping) else f"{_scalar(one)}\n"
        for one in value
    )
    return "\n" + "".join(f"{deeper}- {item}" for item in items)


def _scalar(value: str | int) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
