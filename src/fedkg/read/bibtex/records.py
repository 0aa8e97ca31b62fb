"""One row of a bibliography → a record: its title, people, identifiers and date."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fedkg.ids import Identifier, arxiv_identifier, identifiers_of, identifiers_of_doi, url_within
from fedkg.model import PartialDate, Record
from fedkg.read.bibtex.people import People, people_of, plain
from fedkg.read.dates import parse_date

TITLE_AT_MOST = 2000

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARXIV_PRINTED = re.compile(r"\barXiv\s*:\s*([\w./-]{7,40})", re.IGNORECASE)
_CORR = re.compile(r"\babs/(\d{4}\.\d{4,5})")
_ARXIV_CLASS = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2,}(?:-[a-z]+)?)?")
_ADDRESS_FIELDS = ("url", "ee", "link", "howpublished")
_ESCAPED = re.compile(r"\\([_%&#~$])")
_VALUE_AT_MOST = 2000


class UntitledError(ValueError):
    """A row without a title, or with one that is no title for its length."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as evaluated: its key, and its fields by name in lower case."""

    key: str
    fields: Mapping[str, str]


def record_of(row: Row, source: str, primary_source: str, retrieved: date | None) -> Record:
    """Return what a row says. Raises UntitledError, UnseparatedNamesError."""
    title = row.fields.get("title", "")
    title = plain(title) if len(title) <= TITLE_AT_MOST else ""
    if not title:
        raise UntitledError
    people = people_of(row.fields["author"]) if "author" in row.fields else People()
    return Record(
        source=source,
        key=row.key,
        title=title,
        primary_source=primary_source,
        retrieved=retrieved,
        authors=people.names,
        is_truncated=people.is_truncated,
        identifiers=tuple(dict.fromkeys(_identifiers(row.fields))),
        date=_date(row.fields),
        arxiv_class=_arxiv_class(row.fields),
    )


def _short(fields: Mapping[str, str], name: str) -> str:
    r"""Return a field with characters such as `\_` as they are; "" for one too long to be it."""
    value = fields.get(name, "")
    return _ESCAPED.sub(r"\1", value).strip() if len(value) <= _VALUE_AT_MOST else ""


def _identifiers(fields: Mapping[str, str]) -> Iterator[Identifier]:
    doi = _DOI.search(_short(fields, "doi"))
    if doi:
        yield from identifiers_of_doi(doi.group().rstrip("},.;"))
    yield from _eprint(fields)
    for name in _ADDRESS_FIELDS:
        url = url_within(_short(fields, name))
        if url:
            yield from identifiers_of(url)
    yield from _printed(fields)


def _eprint(fields: Mapping[str, str]) -> Iterator[Identifier]:
    kind = _short(fields, "archiveprefix") or _short(fields, "eprinttype") or "arxiv"
    if kind.lower() == "arxiv":
        eprint = _short(fields, "eprint").lower().removeprefix("arxiv:").strip()
        yield from filter(None, [arxiv_identifier(eprint)])


def _arxiv_class(fields: Mapping[str, str]) -> str:
    """Return the class of an `eprint` of arXiv (cs.CL, hep-th); other archives have their own."""
    found = _short(fields, "primaryclass") or _short(fields, "eprintclass")
    is_arxiv = any(_eprint(fields))
    return found if is_arxiv and _ARXIV_CLASS.fullmatch(found) else ""


def _printed(fields: Mapping[str, str]) -> Iterator[Identifier]:
    """Yield arXiv ids in words: "arXiv preprint arXiv:2203.06904", volume "abs/2203.06904"."""
    for name in ("journal", "howpublished", "note", "volume"):
        words = _short(fields, name)
        for match in (*_ARXIV_PRINTED.finditer(words), *_CORR.finditer(words)):
            yield from filter(None, [arxiv_identifier(match.group(1).rstrip(".,;"))])


def _date(fields: Mapping[str, str]) -> PartialDate | None:
    year, month = (plain(_short(fields, name)) for name in ("year", "month"))
    if not year:
        return parse_date(_short(fields, "date")) or parse_date(month)
    number = month.strip(" .")
    is_number = number.isascii() and number.isdigit()
    return parse_date(f"{year}-{number}" if is_number else f"{month} {year}")
