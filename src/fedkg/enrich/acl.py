"""ACL Anthology: all papers of a collection, from the XML that the Anthology is made of.

Shape: github.com/acl-org/acl-anthology, data/xml/schema.rnc; ids: aclanthology.org/info/ids. One
file holds the volumes of a year or venue ("2023.findings", "P19"). It knows no references.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from fedkg.enrich.answer import Answer, attempt, joined
from fedkg.enrich.decoding import OddShapeError
from fedkg.enrich.identifiers import acl_identifiers, doi_identifiers, orcid_of, strongest_first
from fedkg.enrich.markup import Element, element_of, words_in
from fedkg.enrich.request import Request, Wanted, distinct
from fedkg.enrich.words import date_of, month_of, name_of, partial_date, title_of, venue_of
from fedkg.model import AuthorId, PartialDate, Record

SOURCE = "acl"

_FILES = "https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml/"
_ADDRESS = "https://aclanthology.org/"
_COLLECTION = re.compile(r"(\d{4}\.[a-z0-9_]+)-|([A-Z]\d{2})-")


def requests_for(papers: Iterable[Wanted]) -> Iterator[Request]:
    """Yield a request for each collection that holds one of the papers."""
    collections: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for value in paper.values("acl"):
            match = _COLLECTION.match(value)
            if match:
                collections[match[1] or match[2]].append(paper.key)
    for name, keys in sorted(collections.items()):
        types = ("text/plain", "application/xml", "text/xml")
        yield Request(f"{_FILES}{name}.xml", distinct(keys), media_types=types, may_be_absent=True)


def parse(content: bytes) -> Answer:
    """Return what a collection, or a single paper of one, says."""
    return attempt(SOURCE, _parse, content)


def _parse(content: bytes) -> Answer:
    root = element_of(content)
    if root.tag == "paper":
        return _paper(root, None)
    if root.tag != "collection":
        raise OddShapeError("it is no collection of the ACL Anthology")
    papers = (
        (paper, volume.find("meta"))
        for volume in root.iterfind("volume")
        for paper in volume.iterfind("paper")
    )
    return joined(
        attempt(SOURCE, lambda one: _paper(*one), paper, place, words_in(paper[0], "title"))
        for place, paper in enumerate(papers, 1)
    )


def _paper(paper: Element, meta: Element | None) -> Answer:
    own = acl_identifiers(words_in(paper, "url"))
    if not own:
        raise OddShapeError("its url is no id of the ACL Anthology")
    people = [_author(one) for one in paper.iterfind("author")]
    record = Record(
        source=SOURCE,
        key=own[0].value,
        title=title_of(words_in(paper, "title")),
        primary_source=f"{_ADDRESS}{own[0].value}/",
        authors=tuple(name for name, _ in people),
        identifiers=strongest_first((*own, *doi_identifiers(words_in(paper, "doi")))),
        date=None if meta is None else _date(meta),
        venue=None if meta is None else venue_of(words_in(meta, "booktitle")),
        author_ids=tuple(who for _, who in people),
    )
    return Answer((record,))


def _author(author: Element) -> tuple[str, AuthorId]:
    name = f"{words_in(author, 'first')} {words_in(author, 'last')}"
    return name_of(name), AuthorId(orcid_of(author.get("orcid") or ""), author.get("id"))


def _date(meta: Element) -> PartialDate | None:
    year = date_of(words_in(meta, "year").strip())
    return partial_date(year.year, month_of(words_in(meta, "month"))) if year else None
