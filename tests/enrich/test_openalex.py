"""OpenAlex: what is asked, page by page, and what of an answer is more than its shape."""

import json

from fedkg.enrich import openalex
from fedkg.enrich.request import Request, Wanted
from fedkg.ids import Identifier


def wanted(key: str, *names: str) -> Wanted:
    """Return a paper with identifiers like "doi:10.1/2"."""
    pairs = (name.split(":", 1) for name in names)
    return Wanted(key, tuple(Identifier(scheme, value) for scheme, value in pairs))


def page(*works: dict, cursor: str | None = "next") -> bytes:
    """Return a page of works."""
    return json.dumps({"meta": {"next_cursor": cursor}, "results": works}).encode()


def work(**fields: object) -> dict:
    """Return a work with the least that it must have."""
    return {"id": "https://openalex.org/W1", "title": "A", **fields}


def test_papers_are_asked_for_fifty_at_a_time():
    """A filter takes fifty values."""
    papers = [wanted(f"p{n}", f"doi:10.1000/{n}") for n in range(120)]
    requests = list(openalex.requests_for(papers))
    assert [len(request.keys) for request in requests] == [50, 50, 20]
    first = dict(requests[0].params)
    assert first["filter"].startswith("doi:10.1000/0|10.1000/1|")
    assert first["cursor"] == "*"


def test_a_paper_is_asked_for_by_its_openalex_id_else_by_its_dois():
    """Each preprint has a DOI of arXiv, under which OpenAlex may know it."""
    papers = [
        wanted("a", "openalex:W7", "doi:10.1000/1"),
        wanted("b", "arxiv:2402.05926", "doi:10.1000/2"),
        wanted("c", "acl:P19-1001"),
        wanted("d", "doi:10.1000/a,b"),
    ]
    by_id, by_doi = openalex.requests_for(papers)
    assert (by_id.keys, dict(by_id.params)["filter"]) == (("a",), "openalex:W7")
    assert by_doi.keys == ("b",)
    assert dict(by_doi.params)["filter"] == "doi:10.1000/2|10.48550/arxiv.2402.05926"


def test_the_next_page_is_asked_for_with_the_cursor_of_the_last():
    """Everything else of the request stays."""
    request = next(openalex.requests_for([wanted("a", "doi:10.1000/1")]))
    after = openalex.next_request(request, openalex.parse(page(work())))
    assert isinstance(after, Request)
    assert dict(after.params) == {**dict(request.params), "cursor": "next"}


def test_the_last_page_has_no_next():
    """The cursor is null, or leads on although the page is empty."""
    request = Request("https://api.openalex.org/works", ())
    assert openalex.next_request(request, openalex.parse(page(work(), cursor=None))) is None
    assert openalex.next_request(request, openalex.parse(page())) is None


def test_a_hundred_authors_may_be_the_first_hundred():
    """A list of works shows no more of them; a file of a snapshot shows all."""
    authors = [{"author": {"display_name": f"A {n}"}} for n in range(100)]
    listed = work(authorships=authors)
    assert openalex.parse(page(listed)).records[0].is_truncated
    assert not openalex.parse(page(work(authorships=authors[:99]))).records[0].is_truncated
    assert not openalex.parse_work(json.dumps(listed).encode()).records[0].is_truncated
    flagged = {**listed, "is_authors_truncated": True}
    assert openalex.parse_work(json.dumps(flagged).encode()).records[0].is_truncated


def test_no_referenced_works_means_unknown():
    """An empty list is what a work has whose references OpenAlex never saw."""
    answer = openalex.parse(page(work(referenced_works=[])))
    assert (answer.references, answer.lists) == ((), ())


def test_a_file_of_a_snapshot_is_read_like_a_page(shared):
    """The sample of a whole work says the same in both."""
    content = (shared / "samples" / "openalex_work.json").read_bytes()
    alone = openalex.parse_work(content)
    paged = openalex.parse(b'{"results": [' + content + b"]}")
    assert alone == paged
    assert len(alone.references) == 5
