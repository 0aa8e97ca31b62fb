"""Crossref: one work by its DOI, with the reference list that its publisher deposited.

Shapes: api.crossref.org/swagger-ui, "Works"; github.com/CrossRef/rest-api-doc, "api_format". A
list is whole where as many references are shown as the publisher counts, and each has an
identifier: its own DOI, or one in the words it was printed as ("unstructured").
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from fedkg.enrich.answer import Answer, attempt, each_once
from fedkg.enrich.decoding import (
    OddShapeError,
    Table,
    decoded,
    list_in,
    number_in,
    table,
    table_in,
    tables_in,
    text,
    text_in,
)
from fedkg.enrich.identifiers import (
    Identifiers,
    doi_identifiers,
    orcid_of,
    printed_identifiers,
)
from fedkg.enrich.request import Request, Wanted
from fedkg.enrich.words import name_of, partial_date, printed, title_of, venue_of
from fedkg.model import AuthorId, PartialDate, Record, Reference, ReferenceList

SOURCE = "crossref"

_WORKS = "https://api.crossref.org/works/"
_DATES = ("published", "issued", "published-online", "published-print")
_PRINTED = ("author", "year", "article-title", "volume-title", "series-title", "journal-title")


def requests_for(papers: Iterable[Wanted]) -> Iterator[Request]:
    """Yield a request for each DOI. arXiv's are with another agency, and none of a publication."""
    for paper in papers:
        for doi in paper.values("doi"):
            yield Request(_WORKS + quote(doi, safe=""), (paper.key,), may_be_absent=True)


def parse(content: bytes) -> Answer:
    """Return what the answer about one work says."""
    return attempt(SOURCE, _parse, content)


def _parse(content: bytes) -> Answer:
    said = table(decoded(content))
    if said.get("message-type") != "work":
        raise OddShapeError("its message-type is not work")
    work = table_in(said, "message")
    own = doi_identifiers(text_in(work, "DOI"))
    if not own:
        raise OddShapeError("its DOI is none of a publication")
    address = _WORKS + quote(text_in(work, "DOI"), safe="")
    people = [_author(one) for one in tables_in(work, "author")]
    record = Record(
        source=SOURCE,
        key=own[0].value,
        title=title_of(_first(work, "title")),
        primary_source=address,
        authors=tuple(name for name, _ in people),
        identifiers=own,
        date=_date(work),
        venue=venue_of(_first(work, "container-title")),
        author_ids=tuple(who for _, who in people),
    )
    return _with_references(record, work)


def _with_references(record: Record, work: Table) -> Answer:
    citing, *also = record.identifiers
    deposited = [(_cited(one), _words(one)) for one in tables_in(work, "reference")]
    references = [
        Reference(
            SOURCE, citing, cited[0], words, record.primary_source, None, tuple(also), cited[1:]
        )
        for cited, words in deposited
        if cited
    ]
    counted = number_in(work, "reference-count")
    is_whole = counted == len(deposited) == len(references)
    count = max(counted or 0, len(deposited))
    lists = (ReferenceList(SOURCE, citing, count, is_whole),) if deposited else ()
    return Answer((record,), each_once(references), lists)


def _cited(reference: Table) -> Identifiers:
    stated = doi_identifiers(text_in(reference, "DOI"))
    return stated or printed_identifiers(text_in(reference, "unstructured"))


def _words(reference: Table) -> str:
    whole = text_in(reference, "unstructured")
    parts = (text_in(reference, name) for name in _PRINTED)
    return printed(whole or ". ".join(part.rstrip(".") for part in parts if part))


def _author(author: Table) -> tuple[str, AuthorId]:
    names = (text_in(author, part) for part in ("given", "family", "suffix"))
    name = " ".join(part for part in names if part) or text_in(author, "name")
    return name_of(name), AuthorId(orcid_of(text_in(author, "ORCID")))


def _first(work: Table, name: str) -> str:
    """Return the first of several texts: of a title in two languages, the one it came out in."""
    values = list_in(work, name)
    return text(values[0], name) if values else ""


def _date(work: Table) -> PartialDate | None:
    dates = (_partial(table_in(work, name)) for name in _DATES)
    return next((found for found in dates if found), None)


def _partial(stated: Table) -> PartialDate | None:
    """Return the date of `{"date-parts": [[2012, 3, 21]]}`; of `[[null]]`, none."""
    parts = list_in(stated, "date-parts")
    numbers = parts[0] if parts else []
    if not isinstance(numbers, list):
        raise OddShapeError("a part of date-parts is no list")
    whole = [number for number in numbers[:2] if isinstance(number, int)]
    return partial_date(*whole) if whole else None
