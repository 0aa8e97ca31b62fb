"""Facts that ship: CSV files whose rows name their source, and the table of sources.

What a row cannot be is an error with its line, because a person keeps these files by hand.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fedkg.errors import InputError
from fedkg.ids import Identifier, identifiers_of, web_url
from fedkg.model import PartialDate, Record, Reference, ReferenceList
from fedkg.read.rows import Row, rows_of

AUTHOR_COLUMNS = ("source", "key", "title", "authors", "truncated", "identifiers", "date")
"""One row a work: authors joined by "; ", identifiers ("scheme:value") by blanks."""
CITATION_COLUMNS = ("source", "citing", "citing_title", "cited", "cited_title", "printed_as")
"""One row a pair of works; a work without an identifier is known by its title."""
LIST_COLUMNS = ("source", "citing", "citing_title", "references", "whole", "read_from")
"""One row a reference list: how long it is, whether all of it was read, and where."""

_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "ieee": "https://ieeexplore.ieee.org/document/{}",
    "pmlr": "https://proceedings.mlr.press/{}.html",
}
_NEURIPS = "https://proceedings.neurips.cc/paper_files/paper/2023/hash/{}-Abstract.html"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"((?:19|20)\d{2})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where facts come from. `address` is None for what was gathered for fedkg itself."""

    slug: str
    title: str
    licence: str
    retrieved: date
    address: str | None = None


def identifier_of(text: str) -> Identifier | None:
    """Return the identifier that `scheme:value` is, or None unless it is in canonical form."""
    scheme, _, value = text.partition(":")
    found = Identifier(scheme, value)
    # What stands behind an identifier's address is that identifier, or it is not canonical.
    address = address_of(found) or (_NEURIPS.format(value) if scheme == "neurips" else "")
    return found if found in identifiers_of(address) else None


def address_of(identifier: Identifier) -> str | None:
    """Return where a work of this identifier is published; None where the id alone does not say."""
    pattern = _ADDRESSES.get(identifier.scheme)
    return pattern.format(identifier.value) if pattern else None


def read_sources(path: Path) -> dict[str, FactSource]:
    """Return the sources of a `sources.toml` by slug, in its order. Raises InputError."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): restore it.") from error
    except ValueError as error:
        raise InputError(f"{path} is not valid TOML: {error}; mend that line.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{path}: write each source as a table [[source]].")
    sources: dict[str, FactSource] = {}
    for source in (_source(path, row) for row in rows):
        if sources.setdefault(source.slug, source) is not source:
            raise InputError(f"{path}: the source {source.slug} stands twice: rename one.")
    return sources


def read_author_facts(path: Path, sources: Mapping[str, FactSource]) -> tuple[Record, ...]:
    """Return the records of an `authors.csv`, in its order.

    Raises InputError with the line and the remedy: a source must be known and published, a key
    must stand once, identifiers and dates must be in canonical form.
    """
    records: dict[tuple[str, str], Record] = {}
    for row in rows_of(path, AUTHOR_COLUMNS):
        record = _record(row, _source_of(row, sources))
        if records.setdefault((record.source, record.key), record) is not record:
            raise row.error(f"the key {record.key} of {record.source} stands twice: rename one")
    return tuple(records.values())


def read_citation_facts(
    citations: Path, lists: Path, sources: Mapping[str, FactSource]
) -> tuple[tuple[Reference, ...], tuple[ReferenceList, ...]]:
    """Return what `citations.csv` and `reference_lists.csv` say, in their order.

    The primary source of a reference is where the reference list of its citing work was read, so
    every citing work has a row there. Raises InputError.
    """
    read_from: dict[tuple[str, Identifier | str], str] = {}
    found = []
    for row in rows_of(lists, LIST_COLUMNS):
        one = _reference_list(row, _source_of(row, sources))
        if (one.source, one.citing) in read_from:
            raise row.error("this reference list stands twice: remove one row")
        read_from[one.source, one.citing] = _address(row, "read_from")
        found.append(one)
    references: dict[tuple[str, Identifier | str, Identifier | str], Reference] = {}
    for row in rows_of(citations, CITATION_COLUMNS):
        reference = _reference(row, _source_of(row, sources), read_from, lists)
        key = (reference.source, reference.citing, reference.cited)
        if references.setdefault(key, reference) is not reference:
            raise row.error("this citation stands twice: remove one row")
    return tuple(references.values()), tuple(found)


def _source_of(row: Row, sources: Mapping[str, FactSource]) -> FactSource:
    if row.fields["source"] not in sources:
        names = ", ".join(sources) or "none"
        raise row.error(
            f"the source {row.fields['source']!r} is not in sources.toml: it has {names}"
        )
    return sources[row.fields["source"]]


def _identifier(row: Row, text: str) -> Identifier:
    found = identifier_of(text)
    if found is None:
        raise row.error(f"{text!r} is no identifier: write it like arxiv:2312.06353")
    return found


def _work(row: Row, column: str) -> Identifier | str:
    """Return the identifier in a column, else the title in the column beside it."""
    title = row.filled(f"{column}_title")
    return _identifier(row, row.fields[column]) if row.fields[column] else title


def _record(row: Row, source: FactSource) -> Record:
    if source.address is None:
        raise row.error(f"the source {source.slug} has no address: add one to sources.toml")
    return Record(
        source=source.slug,
        key=row.filled("key"),
        title=row.filled("title"),
        primary_source=source.address,
        retrieved=source.retrieved,
        authors=_names(row),
        is_truncated=row.truth("truncated"),
        identifiers=tuple(_identifier(row, text) for text in row.fields["identifiers"].split()),
        date=_date(row),
    )


def _names(row: Row) -> tuple[str, ...]:
    if not row.fields["authors"]:
        return ()
    names = tuple(row.fields["authors"].split("; "))
    for name in names:
        if name != " ".join(name.split()) or not name or ";" in name:
            raise row.error(f"{name!r} is no name: join names with a semicolon and one blank")
    return names


def _date(row: Row) -> PartialDate | None:
    text = row.fields["date"]
    match = _DATE.fullmatch(text)
    if text and match is None:
        raise row.error(f"the date {text!r} is neither a year nor a month: write 2024 or 2024-07")
    return PartialDate(int(match[1]), int(match[2]) if match[2] else None) if match else None


def _reference_list(row: Row, source: FactSource) -> ReferenceList:
    count = row.fields["references"]
    if not (count.isascii() and count.isdigit()):
        raise row.error(f"references is {count!r}: write how many there are")
    return ReferenceList(source.slug, _work(row, "citing"), int(count), row.truth("whole"))


def _reference(
    row: Row,
    source: FactSource,
    read_from: Mapping[tuple[str, Identifier | str], str],
    lists: Path,
) -> Reference:
    citing = _work(row, "citing")
    if (source.slug, citing) not in read_from:
        raise row.error(f"{lists} has no row for the list of {citing}: add one")
    return Reference(
        source=source.slug,
        citing=citing,
        cited=_work(row, "cited"),
        printed_as=row.filled("printed_as"),
        primary_source=read_from[source.slug, citing],
        retrieved=source.retrieved,
    )


def _address(row: Row, column: str) -> str:
    url = web_url(row.filled(column))
    if url is None:
        raise row.error(f"{column} is no http(s) address: mend it")
    return url


def _source(path: Path, row: Mapping[str, object]) -> FactSource:
    name = row.get("slug")
    if not isinstance(name, str) or not _SLUG.fullmatch(name):
        raise InputError(f"{path}: {name!r} is no slug: use lower-case letters, digits, hyphens.")
    title, licence, retrieved = row.get("title"), row.get("licence"), row.get("retrieved")
    if not isinstance(title, str) or not isinstance(licence, str):
        raise InputError(f"{path}: the source {name} lacks a title or a licence: add it.")
    if type(retrieved) is not date:
        raise InputError(f"{path}: retrieved of {name} is no date: write YYYY-MM-DD.")
    address = row.get("address")
    url = web_url(address) if isinstance(address, str) else None
    if address is not None and url is None:
        raise InputError(f"{path}: the address of {name} is no http(s) address: mend it.")
    return FactSource(name, title, licence, retrieved, url)
