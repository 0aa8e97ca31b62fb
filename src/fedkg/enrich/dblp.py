"""DBLP: publications found by the words of a title, or from its XML dump.

Shapes: dblp.org/faq/13501473 (search API: q, h, f, format) and dblp.org/faq/16154937 (dblp.xml).
Both come from XML: one author, one venue or one link stands alone, several are a list. A search
by title also finds other works: what is about a paper is decided by identifiers, later.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fedkg.enrich.answer import Answer, attempt, joined
from fedkg.enrich.decoding import (
    OddShapeError,
    Table,
    code_in,
    decoded,
    one_or_more,
    table,
    table_in,
    text,
    text_in,
)
from fedkg.enrich.identifiers import (
    arxiv_identifiers,
    doi_identifiers,
    orcid_of,
    service_identifiers,
    strongest_first,
)
from fedkg.enrich.markup import Element, words_of
from fedkg.enrich.request import Request, Wanted, search_words
from fedkg.enrich.words import date_of, month_of, name_of, partial_date, plain, title_of, venue_of
from fedkg.ids import Identifier, identifiers_of
from fedkg.model import AuthorId, Record

SOURCE = "dblp"
HITS_A_PAGE = 30
PAGES_AT_MOST = 4
"""A title of few words finds thousands of works; the wanted one is among the first."""

_SEARCH = "https://dblp.org/search/publ/api"
_ADDRESS = "https://dblp.org/rec/"
_NUMBER = re.compile(r" \d{4}$", re.ASCII)
_CORR = re.compile(r"abs/(.+)")
_VENUES = ("journal", "booktitle", "school", "publisher")


@dataclass(frozen=True, slots=True)
class _Said:
    """What either form says of a publication."""

    key: str
    title: str
    authors: tuple[tuple[str, AuthorId], ...]
    venue: str
    year: str
    month: str
    volume: str
    links: tuple[str, ...]


def requests_for(papers: Iterable[Wanted]) -> Iterator[Request]:
    """Yield a search for the title of each paper that has one."""
    for paper in papers:
        words = search_words(paper.title)
        if words:
            params = (("q", words), ("format", "json"), ("h", str(HITS_A_PAGE)), ("f", "0"))
            yield Request(_SEARCH, (paper.key,), params)


def next_request(request: Request, answer: Answer) -> Request | None:
    """Return the request for the next hits, or None behind the last, or behind enough of them."""
    if answer.next_page is None or int(answer.next_page) >= HITS_A_PAGE * PAGES_AT_MOST:
        return None
    return request.with_params(f=answer.next_page)


def parse(content: bytes) -> Answer:
    """Return what the hits of a search say; no hits are no failure."""
    return attempt(SOURCE, _parse, content)


def parse_element(publication: Element) -> Answer:
    """Return what a publication in the dump says. Raises OddShapeError."""
    links = (words_of(link).strip() for link in publication.iterfind("ee"))
    authors = publication.findall("author") or publication.findall("editor")
    said = _Said(
        key=publication.get("key") or "",
        title=_words(publication, "title"),
        authors=tuple(
            _author(words_of(one), AuthorId(orcid_of(one.get("orcid") or ""))) for one in authors
        ),
        venue=next(filter(None, (_words(publication, name) for name in _VENUES)), ""),
        year=_words(publication, "year"),
        month=_words(publication, "month"),
        volume=_words(publication, "volume"),
        links=tuple(links),
    )
    return _answer(said)


def _words(publication: Element, name: str) -> str:
    found = publication.find(name)
    return "" if found is None else words_of(found)


def _parse(content: bytes) -> Answer:
    result = table(decoded(content)).get("result")
    hits = table(table(result, "result").get("hits"), "hits")
    found = one_or_more(hits, "hit")
    answers = (
        attempt(SOURCE, lambda one: _hit(table(one)), hit, place)
        for place, hit in enumerate(found, 1)
    )
    after = _number(hits, "@first") + len(found)
    goes_on = bool(found) and after < _number(hits, "@total")
    return joined(answers).to_next_page(str(after) if goes_on else None)


def _number(hits: Table, name: str) -> int:
    words = code_in(hits, name)
    return int(words[:9]) if words.isascii() and words.isdigit() else 0


def _hit(hit: Table) -> Answer:
    info = table_in(hit, "info")
    people = (table(one, "an author") for one in one_or_more(table_in(info, "authors"), "author"))
    links = [*one_or_more(info, "ee"), *one_or_more(info, "doi")]
    venues = one_or_more(info, "venue")
    said = _Said(
        key=text_in(info, "key"),
        title=text_in(info, "title"),
        authors=tuple(
            _author(text_in(one, "text"), AuthorId(key=text_in(one, "@pid") or None))
            for one in people
        ),
        venue=text(venues[0], "venue") if venues else "",
        year=code_in(info, "year"),
        month="",
        volume=code_in(info, "volume"),
        links=tuple(text(link, "ee") for link in links),
    )
    return _answer(said)


def _author(words: str, who: AuthorId) -> tuple[str, AuthorId]:
    """Return a name without the number that tells it from its namesakes ("Wei Wang 0001")."""
    return name_of(_NUMBER.sub("", plain(words))), who


def _answer(said: _Said) -> Answer:
    own = service_identifiers("dblp", said.key)
    if not own:
        raise OddShapeError("its key is none of DBLP")
    year = date_of(said.year)
    record = Record(
        source=SOURCE,
        key=said.key,
        title=title_of(_without_stop(plain(said.title))),
        primary_source=_ADDRESS + said.key,
        authors=tuple(name for name, _ in said.authors),
        identifiers=strongest_first((*own, *_identifiers(said))),
        date=partial_date(year.year, month_of(said.month)) if year else None,
        venue=venue_of(said.venue),
        author_ids=tuple(who for _, who in said.authors),
    )
    return Answer((record,))


def _identifiers(said: _Said) -> Iterator[Identifier]:
    for link in said.links:
        yield from identifiers_of(link) or doi_identifiers(link)
    corr = _CORR.fullmatch(said.volume) if said.key.startswith("journals/corr/") else None
    if corr:
        yield from arxiv_identifiers(corr.group(1))


def _without_stop(title: str) -> str:
    """Return a title without the full stop that DBLP ends every title with."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title
