"""arXiv: preprints by their ids, as an Atom feed.

Shape: info.arxiv.org/help/api/user-manual.html, sections 3.3 ("Outline of an Atom feed") and 3.4
("Errors": a feed whose entry has an id below arxiv.org/api/errors). arXiv knows no references.
"""

from collections.abc import Iterable, Iterator

from fedkg.enrich.answer import Answer, attempt, joined
from fedkg.enrich.decoding import OddShapeError
from fedkg.enrich.identifiers import doi_identifiers, strongest_first
from fedkg.enrich.markup import Element, element_of, words_in
from fedkg.enrich.request import Request, Wanted, batched, distinct
from fedkg.enrich.words import date_of, name_of, plain, title_of, venue_of
from fedkg.ids import identifiers_of
from fedkg.model import Record

SOURCE = "arxiv"
IDS_AT_MOST = 100

_QUERY = "https://export.arxiv.org/api/query"
_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_FEED = "{http://www.w3.org/2005/Atom}feed"


def requests_for(papers: Iterable[Wanted]) -> Iterator[Request]:
    """Yield requests for the newest version of preprints, a hundred at a time."""
    pairs = ((paper.key, value) for paper in papers for value in paper.values("arxiv"))
    for batch in batched(pairs, IDS_AT_MOST):
        ids = ",".join(value for _, value in batch)
        params = (("id_list", ids), ("max_results", str(IDS_AT_MOST)))
        keys = distinct(key for key, _ in batch)
        yield Request(_QUERY, keys, params, media_types=("application/atom+xml",))


def parse(content: bytes) -> Answer:
    """Return what a feed says."""
    return attempt(SOURCE, _parse, content)


def _parse(content: bytes) -> Answer:
    feed = element_of(content)
    if feed.tag != _FEED:
        raise OddShapeError("it is no Atom feed")
    return joined(
        attempt(SOURCE, _entry, entry, place, _words(entry, "atom:id"))
        for place, entry in enumerate(feed.iterfind("atom:entry", _NAMES), 1)
    )


def _entry(entry: Element) -> Answer:
    address = _words(entry, "atom:id").strip()
    if "arxiv.org/api/errors" in address:
        raise OddShapeError(f"arXiv says: {plain(_words(entry, 'atom:summary')) or 'error'}")
    own = identifiers_of(address)
    if not own or own[0].scheme != "arxiv":
        raise OddShapeError("its id is no arXiv id")
    record = Record(
        source=SOURCE,
        key=own[0].value,
        title=title_of(_words(entry, "atom:title")),
        primary_source=f"https://arxiv.org/abs/{own[0].value}",
        authors=tuple(
            name_of(_words(author, "atom:name")) for author in entry.iterfind("atom:author", _NAMES)
        ),
        identifiers=strongest_first((*own, *doi_identifiers(_words(entry, "arxiv:doi")))),
        date=date_of(_words(entry, "atom:published").strip()),
        venue=venue_of(_words(entry, "arxiv:journal_ref")),
    )
    return Answer((record,))


def _words(element: Element, path: str) -> str:
    return words_in(element, path, _NAMES)
