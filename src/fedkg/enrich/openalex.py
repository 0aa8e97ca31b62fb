"""OpenAlex: works by DOI or by its own ids, from the API or from a snapshot.

Shapes: docs.openalex.org, "Work object", "Authorship object" and "Paging"; of values joined by
"|" a filter takes 50 ("Filter entity lists"). A work's references are those that OpenAlex found
among its own works, so that a list of them is never whole, and an empty one says nothing. A
referenced work may have been merged or deleted since: it is only an identifier here.
"""

import re
from collections.abc import Iterable, Iterator

from fedkg.enrich.answer import Answer, attempt, joined
from fedkg.enrich.decoding import (
    OddShapeError,
    Table,
    decoded,
    list_in,
    number_in,
    table,
    table_in,
    tables_in,
    text_in,
)
from fedkg.enrich.identifiers import (
    Identifiers,
    doi_identifiers,
    orcid_of,
    service_identifiers,
    strongest_first,
)
from fedkg.enrich.request import Request, Wanted, batched, distinct
from fedkg.enrich.words import date_of, name_of, partial_date, title_of, venue_of
from fedkg.ids import Identifier, identifiers_of
from fedkg.model import AuthorId, PartialDate, Record, Reference, ReferenceList

SOURCE = "openalex"
VALUES_AT_MOST = 50
AUTHORS_SHOWN = 100
"""A list of works shows that many authors of each ("Authorship object")."""

_WORKS = "https://api.openalex.org/works"
_ADDRESS = "https://openalex.org/"
_FIELDS = (
    "id,doi,title,publication_year,publication_date,authorships,primary_location,locations,"
    "referenced_works"
)
_TELLING = re.compile(r"https?://(?:www\.)?(?:arxiv\.org|aclanthology\.org|openreview\.net)/")
_REFERENCED = re.compile(r"(?:(?:^|\|)https://openalex\.org/W[1-9]\d{0,14})*", re.ASCII)
_NO_VALUE = re.compile(r"[|,]")


def requests_for(papers: Iterable[Wanted]) -> Iterator[Request]:
    """Yield requests for papers by their OpenAlex ids, else by their DOIs, arXiv's own included.

    A DOI with a comma or a bar is left out: a filter has no way to write it.
    """
    asked = [(paper, *_values(paper)) for paper in papers]
    for name in ("openalex", "doi"):
        pairs = ((p.key, value) for p, found, values in asked if found == name for value in values)
        for batch in batched(pairs, VALUES_AT_MOST):
            joined_values = "|".join(value for _, value in batch)
            params = (
                ("filter", f"{name}:{joined_values}"),
                ("select", _FIELDS),
                ("per-page", "100"),
                ("cursor", "*"),
            )
            yield Request(_WORKS, distinct(key for key, _ in batch), params)


def next_request(request: Request, answer: Answer) -> Request | None:
    """Return the request for the next page, or None behind the last."""
    return request.with_params(cursor=answer.next_page) if answer.next_page else None


def parse(content: bytes) -> Answer:
    """Return what a page of works says."""
    return attempt(SOURCE, _parse_page, content)


def parse_work(content: bytes) -> Answer:
    """Return what one work says: a line of a snapshot's files. Raises OddShapeError."""
    return _work(table(decoded(content)), shown=None)


def _values(paper: Wanted) -> tuple[str, list[str]]:
    own = paper.values("openalex")
    if own:
        return "openalex", own
    return "doi", [doi for doi in paper.dois() if not _NO_VALUE.search(doi)]


def _parse_page(content: bytes) -> Answer:
    page = table(decoded(content))
    if "results" not in page:
        raise OddShapeError(f"it has no results: {text_in(page, 'message') or 'no page of works'}")
    works = list_in(page, "results")
    answers = (
        attempt(SOURCE, lambda one: _work(table(one), AUTHORS_SHOWN), work, place)
        for place, work in enumerate(works, 1)
    )
    # The cursor behind the last page is null, or leads to a page without works.
    next_page = text_in(table_in(page, "meta"), "next_cursor") if works else ""
    return joined(answers).to_next_page(next_page or None)


def _work(work: Table, shown: int | None) -> Answer:
    own = service_identifiers("openalex", text_in(work, "id"))
    if not own:
        raise OddShapeError("its id is no OpenAlex id")
    key = own[0].value
    people = [_author(one) for one in tables_in(work, "authorships")]
    record = Record(
        source=SOURCE,
        key=key,
        title=title_of(text_in(work, "title")),
        primary_source=_ADDRESS + key,
        authors=tuple(name for name, _ in people),
        is_truncated=work.get("is_authors_truncated") is True or len(people) == shown,
        identifiers=_identifiers(work, own),
        date=_date(work),
        venue=_venue(table_in(work, "primary_location")),
        author_ids=tuple(who for _, who in people),
    )
    return _answer(record, _referenced(list_in(work, "referenced_works")))


def _answer(record: Record, cited: list[Identifier]) -> Answer:
    citing, *also = record.identifiers
    others = tuple(also)
    address = record.primary_source
    references = tuple(Reference(SOURCE, citing, one, "", address, None, others) for one in cited)
    lists = (ReferenceList(SOURCE, citing, len(references), is_whole=False),) if cited else ()
    return Answer((record,), references, lists)


def _author(authorship: Table) -> tuple[str, AuthorId]:
    author = table_in(authorship, "author")
    name = text_in(author, "display_name") or text_in(authorship, "raw_author_name")
    key = text_in(author, "id").removeprefix(_ADDRESS)
    return name_of(name), AuthorId(orcid_of(text_in(author, "orcid")), key or None)


def _identifiers(work: Table, own: Identifiers) -> Identifiers:
    found = [*own, *doi_identifiers(text_in(work, "doi"))]
    for location in tables_in(work, "locations"):
        address = text_in(location, "landing_page_url")
        if _TELLING.match(address):
            found += identifiers_of(address)
    return strongest_first(found)


def _referenced(works: list[object]) -> list[Identifier]:
    """Return the works of a reference list, each once."""
    addresses = [work for work in works if isinstance(work, str)]
    # Twenty references a work: one look at all of them takes a fifth of the time of many.
    if len(addresses) < len(works) or not _REFERENCED.fullmatch("|".join(addresses)):
        raise OddShapeError("a part of referenced_works is no OpenAlex id")
    return [Identifier("openalex", one[len(_ADDRESS) :]) for one in dict.fromkeys(addresses)]


def _date(work: Table) -> PartialDate | None:
    """Return when a work was published; 1 January is what a mere year becomes in OpenAlex."""
    day = text_in(work, "publication_date")
    year = number_in(work, "publication_year")
    if not day or day.endswith("-01-01"):
        return partial_date(year) or date_of(day[:4])
    return date_of(day) or partial_date(year)


def _venue(location: Table) -> str | None:
    source = table_in(location, "source")
    words = text_in(source, "display_name") or text_in(location, "raw_source_name")
    return venue_of(words)
