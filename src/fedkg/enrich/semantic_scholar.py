"""Semantic Scholar: papers with their references and citations, in batches or from its datasets.

Shapes: api.semanticscholar.org/api-docs/graph, "Get details for multiple papers at once" and
"Details about a paper's citations"; api.semanticscholar.org/api-docs/datasets for lines of the
datasets "papers" and "citations". References are found in the text by machine, or withheld at a
publisher's wish (null): a list of them is never whole, and an empty one says nothing.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from fedkg.enrich.answer import Answer, attempt, each_once, joined
from fedkg.enrich.decoding import (
    OddShapeError,
    Table,
    code_in,
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
    acl_identifiers,
    arxiv_identifiers,
    doi_identifiers,
    service_identifiers,
    strongest_first,
)
from fedkg.enrich.request import Request, Wanted, batched
from fedkg.enrich.words import date_of, name_of, partial_date, printed, title_of, venue_of
from fedkg.ids import Identifier
from fedkg.model import AuthorId, PartialDate, Record, Reference, ReferenceList

SOURCE = "s2"
PAPERS_AT_MOST = 500
"""So many papers a request may name."""
PAPERS_A_REQUEST = 100
"""So many are named: an answer may have 10 MB and 9,999 citations, some seventy a paper."""
CITATIONS_A_PAGE = 1000

_GRAPH = "https://api.semanticscholar.org/graph/v1/paper/"
_PAGE = "https://www.semanticscholar.org/paper/"
_OWN = "externalIds,title,venue,year,publicationDate,authors,referenceCount"
_LINKED = ("references.externalIds", "references.title")
_LINKING = ("citations.externalIds", "citations.title")
_PREFIXES = {
    "s2": "",
    "corpus": "CorpusId:",
    "doi": "DOI:",
    "arxiv": "ARXIV:",
    "acl": "ACL:",
}


def requests_for(papers: Iterable[Wanted], size: int = PAPERS_A_REQUEST) -> Iterator[Request]:
    """Yield requests for papers with their references and citations, `size` at a time.

    Each is asked for by the first of its identifiers that Semantic Scholar takes.
    """
    fields = ",".join((_OWN, *_LINKED, *_LINKING))
    asked = ((paper.key, name) for paper in papers if (name := _name(paper)))
    for batch in batched(asked, min(size, PAPERS_AT_MOST)):
        yield _batch(batch, fields)


def narrower(request: Request) -> tuple[Request, ...]:
    """Return requests for less, to be made where the answer to one is too large.

    They are the halves of a batch; for one paper, itself without those that cite it, for whom
    there is `citations_request`; then there is nothing less.
    """
    names = json.loads(request.body or b"{}").get("ids", [])
    fields = dict(request.params)["fields"]
    pairs = list(zip(request.keys, names, strict=True))
    if len(pairs) > 1:
        middle = len(pairs) // 2
        return _batch(pairs[:middle], fields), _batch(pairs[middle:], fields)
    less = ",".join((_OWN, *_LINKED))
    return (_batch(pairs, less),) if pairs and fields != less else ()


def citations_request(paper: Wanted, offset: int = 0) -> Request | None:
    """Return the request for a page of the papers that cite one; None if it has no known name."""
    name = _name(paper)
    if not name:
        return None
    fields = "externalIds,title"
    params = (("fields", fields), ("limit", str(CITATIONS_A_PAGE)), ("offset", str(offset)))
    return Request(f"{_GRAPH}{quote(name, safe=':')}/citations", (paper.key,), params)


def next_request(request: Request, answer: Answer) -> Request | None:
    """Return the request for the next page of citations, or None; a batch has one page."""
    return request.with_params(offset=answer.next_page) if answer.next_page else None


def parse(content: bytes) -> Answer:
    """Return what a batch says. A null in it stands for a paper that was not found."""
    return attempt(SOURCE, _parse_batch, content)


def parse_citations(content: bytes, cited: Identifiers) -> Answer:
    """Return what a page of citations says of the work that has these identifiers."""
    return attempt(SOURCE, lambda page: _parse_page(page, cited), content)


def parse_line(content: bytes) -> Answer:
    """Return what a line of the dataset "papers" or "citations" says. Raises OddShapeError."""
    line = table(decoded(content))
    return _citation_line(line) if "citingcorpusid" in line else _paper_line(line)


def _batch(pairs: Sequence[tuple[str, str]], fields: str) -> Request:
    body = json.dumps({"ids": [name for _, name in pairs]}).encode()
    keys = tuple(key for key, _ in pairs)
    return Request(f"{_GRAPH}batch", keys, (("fields", fields),), "POST", body)


def _name(paper: Wanted) -> str | None:
    named = (
        prefix + value for scheme, prefix in _PREFIXES.items() for value in paper.values(scheme)
    )
    return next(named, None)


def _parse_batch(content: bytes) -> Answer:
    papers = decoded(content)
    if not isinstance(papers, list):
        said = table(papers)
        words = text_in(said, "error") or text_in(said, "message")
        raise OddShapeError(f"it is no batch of papers: {words or 'no list'}")
    answers = (
        attempt(SOURCE, lambda one: _paper(table(one)), paper, place)
        for place, paper in enumerate(papers, 1)
        if paper is not None
    )
    absent = tuple(place for place, paper in enumerate(papers) if paper is None)
    return joined(answers).with_absent(absent)


def _parse_page(content: bytes, cited: Identifiers) -> Answer:
    page = table(decoded(content))
    if "data" not in page:
        raise OddShapeError(f"it has no data: {text_in(page, 'error') or 'no page of citations'}")
    answers = (
        attempt(SOURCE, lambda one: _citing(table(one), cited), entry, place)
        for place, entry in enumerate(list_in(page, "data"), 1)
    )
    after = number_in(page, "next")
    return joined(answers).to_next_page(str(after) if after else None)


def _citing(entry: Table, cited: Identifiers) -> Answer:
    citing = table_in(entry, "citingPaper")
    found = _identifiers(citing)
    return Answer(references=(_reference(found, cited, "", _address(citing)),) if found else ())


def _paper(paper: Table) -> Answer:
    own = _identifiers(paper)
    key = text_in(paper, "paperId")
    if not service_identifiers("s2", key):
        raise OddShapeError("its paperId is no id of Semantic Scholar")
    address = _address(paper)
    record = _record(paper, key, own, address, text_in(paper, "publicationDate"))
    linked = [(_identifiers(one), one) for one in tables_in(paper, "references")]
    cited = [
        _reference(own, found, printed(text_in(one, "title")), address)
        for found, one in linked
        if found
    ]
    linking = ((_identifiers(one), _address(one)) for one in tables_in(paper, "citations"))
    citing = [_reference(found, own, "", page) for found, page in linking if found]
    count = max(number_in(paper, "referenceCount") or 0, len(linked))
    lists = (ReferenceList(SOURCE, own[0], count, is_whole=False),) if linked else ()
    return Answer((record,), each_once(cited + citing), lists)


def _paper_line(line: Table) -> Answer:
    corpus = service_identifiers("corpus", code_in(line, "corpusid"))
    if not corpus:
        raise OddShapeError("its corpusid is no number of Semantic Scholar")
    own = strongest_first((*corpus, *_external(table_in(line, "externalids"))))
    address = f"https://api.semanticscholar.org/CorpusID:{corpus[0].value}"
    record = _record(line, corpus[0].value, own, address, text_in(line, "publicationdate"))
    return Answer((record,))


def _citation_line(line: Table) -> Answer:
    # A reference that is no paper of theirs has null here: a fact about nothing that has a name.
    if line.get("citingcorpusid") is None or line.get("citedcorpusid") is None:
        return Answer()
    citing = service_identifiers("corpus", code_in(line, "citingcorpusid"))
    cited = service_identifiers("corpus", code_in(line, "citedcorpusid"))
    if not citing or not cited:
        raise OddShapeError("a corpusid is no number of Semantic Scholar")
    address = f"https://api.semanticscholar.org/CorpusID:{citing[0].value}"
    return Answer(references=(_reference(citing, cited, "", address),))


def _record(paper: Table, key: str, own: Identifiers, address: str, day: str) -> Record:
    people = [_author(one) for one in tables_in(paper, "authors")]
    return Record(
        source=SOURCE,
        key=key,
        title=title_of(text_in(paper, "title")),
        primary_source=address,
        authors=tuple(name for name, _ in people),
        identifiers=own,
        date=_date(day, number_in(paper, "year")),
        venue=venue_of(text_in(paper, "venue")),
        author_ids=tuple(who for _, who in people),
    )


def _date(day: str, year: int | None) -> PartialDate | None:
    return date_of(day) or partial_date(year)


def _author(author: Table) -> tuple[str, AuthorId]:
    return name_of(text_in(author, "name")), AuthorId(key=code_in(author, "authorId") or None)


def _reference(citing: Identifiers, cited: Identifiers, words: str, address: str) -> Reference:
    return Reference(SOURCE, citing[0], cited[0], words, address, None, citing[1:], cited[1:])


def _address(paper: Table) -> str:
    return _PAGE + quote(text_in(paper, "paperId"), safe="")


def _identifiers(paper: Table) -> Identifiers:
    own = service_identifiers("s2", text_in(paper, "paperId"))
    return strongest_first((*own, *_external(table_in(paper, "externalIds"))))


def _external(names: Table) -> Iterator[Identifier]:
    yield from doi_identifiers(text_in(names, "DOI"))
    yield from arxiv_identifiers(text_in(names, "ArXiv"))
    yield from acl_identifiers(text_in(names, "ACL"))
    yield from service_identifiers("dblp", text_in(names, "DBLP"))
    yield from service_identifiers("pmid", code_in(names, "PubMed"))
    yield from service_identifiers("corpus", code_in(names, "CorpusId"))
