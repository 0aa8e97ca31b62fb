"""Semantic Scholar: batches, pages of citations, and lines of its datasets."""

import json

import pytest

from fedkg.enrich import semantic_scholar
from fedkg.enrich.decoding import OddShapeError
from fedkg.enrich.request import Wanted
from fedkg.ids import Identifier

from .printing import printed

SHA = "2d5673caa9e6af3a7b82a43f19ee920992db07ad"
CITED = (Identifier("doi", "10.1000/1"), Identifier("s2", SHA))


def wanted(key: str, *names: tuple[str, str]) -> Wanted:
    """Return a paper with these identifiers."""
    return Wanted(key, tuple(Identifier(*name) for name in names))


def test_a_batch_asks_for_papers_by_the_first_name_that_is_taken():
    """Semantic Scholar's own id comes first; a paper without any name is not asked for."""
    papers = [
        wanted("a", ("arxiv", "2402.05926"), ("s2", SHA)),
        wanted("b", ("arxiv", "2402.05926"), ("doi", "10.1000/1")),
        wanted("c", ("acl", "P19-1001")),
        wanted("d", ("openreview", "abcdefg")),
        wanted("e", ("corpus", "7")),
    ]
    (request,) = semantic_scholar.requests_for(papers)
    assert request.method == "POST"
    assert request.keys == ("a", "b", "c", "e")
    assert json.loads(request.body)["ids"] == [SHA, "DOI:10.1000/1", "ACL:P19-1001", "CorpusId:7"]
    fields = dict(request.params)["fields"].split(",")
    assert {"title", "references.externalIds", "citations.externalIds"} <= set(fields)


@pytest.mark.parametrize(
    ("size", "sizes"), [(500, [500, 101]), (9999, [500, 101]), (400, [400, 201])]
)
def test_a_batch_has_five_hundred_papers_at_most(size, sizes):
    """Fewer may be asked for at a time: an answer ends at 9,999 citations."""
    papers = [wanted(f"p{n}", ("corpus", str(n + 1))) for n in range(601)]
    requests = semantic_scholar.requests_for(papers, size)
    assert [len(request.keys) for request in requests] == sizes


def test_a_batch_whose_answer_is_too_large_is_asked_for_in_halves():
    """In the end a paper is asked for without those that cite it, which come in pages."""
    papers = [wanted(key, ("corpus", str(number))) for number, key in enumerate("abc", 1)]
    (batch,) = semantic_scholar.requests_for(papers)
    one, two = semantic_scholar.narrower(batch)
    assert (one.keys, json.loads(one.body)["ids"]) == (("a",), ["CorpusId:1"])
    assert (two.keys, two.params) == (("b", "c"), batch.params)
    (least,) = semantic_scholar.narrower(one)
    assert least.keys == one.keys
    assert "references.title" in dict(least.params)["fields"]
    assert "citations" not in dict(least.params)["fields"]
    assert semantic_scholar.narrower(least) == ()


def test_places_of_papers_that_were_not_found_are_those_of_the_keys():
    """A null in a batch is no failure."""
    answer = semantic_scholar.parse(b"[null, null]")
    assert (answer.not_found, answer.failures) == ((0, 1), ())


def test_a_page_of_citations_says_who_cites_the_paper_asked_for(shared):
    """The answer does not name that paper itself."""
    content = (shared / "samples" / "s2_citations.json").read_bytes()
    answer = semantic_scholar.parse_citations(content, CITED)
    (reference,) = answer.references
    assert str(reference.citing) == "doi:10.1109/lra.2022.3229266"
    assert (reference.cited, reference.cited_also) == (CITED[0], CITED[1:])
    request = semantic_scholar.citations_request(wanted("a", ("doi", "10.1000/1(2)")))
    assert request.url.endswith("/paper/DOI:10.1000%2F1%282%29/citations")
    after = semantic_scholar.next_request(request, answer)
    assert dict(after.params) == {**dict(request.params), "offset": "100"}


def test_the_last_page_of_citations_has_no_next():
    """It has no "next"; a citing paper without any identifier is left out."""
    content = b'{"offset": 0, "data": [{"citingPaper": {"paperId": null, "title": "A"}}]}'
    answer = semantic_scholar.parse_citations(content, CITED)
    request = semantic_scholar.citations_request(wanted("a", ("s2", SHA)))
    assert semantic_scholar.next_request(request, answer) is None
    assert not answer.references
    assert semantic_scholar.citations_request(wanted("a")) is None
    assert semantic_scholar.parse_citations(b"{}", CITED).failures


def test_the_sample_of_a_paper_is_read(shared):
    """A paper stands in a batch as it stands alone."""
    content = (shared / "samples" / "s2_paper.json").read_bytes()
    answer = semantic_scholar.parse(b"[" + content + b"]")
    assert [str(one) for one in answer.records[0].identifiers] == [
        "doi:10.1093/mind/lix.236.433",
        f"s2:{SHA}",
        "corpus:14636783",
        "dblp:journals/x/Turing50",
    ]


def test_a_line_of_the_papers_dataset_is_a_record():
    """Its names are in lower case, and it has no references."""
    line = {
        "corpusid": 203012345,
        "externalids": {"DOI": "10.1038/S41586", "ArXiv": None, "PubMed": "37654321"},
        "title": "Dopamine",
        "authors": [{"authorId": "12345678", "name": "J. Smith"}],
        "venue": "Nature",
        "year": 2023,
        "publicationdate": "2023-06-15",
        "referencecount": 45,
    }
    assert printed(semantic_scholar.parse_line(json.dumps(line).encode())).splitlines() == [
        "RECORD 203012345 Dopamine",
        "  at https://api.semanticscholar.org/CorpusID:203012345",
        "  identifiers doi:10.1038/s41586 corpus:203012345 pmid:37654321",
        "  author J. Smith, key 12345678",
        "  date 2023-06",
        "  venue Nature",
    ]


def test_a_line_of_the_citations_dataset_is_a_reference():
    """A reference to what Semantic Scholar does not have says nothing."""
    line = b'{"citationid": 1, "citingcorpusid": 101, "citedcorpusid": 202, "isinfluential": true}'
    (reference,) = semantic_scholar.parse_line(line).references
    assert (str(reference.citing), str(reference.cited)) == ("corpus:101", "corpus:202")
    unknown = b'{"citingcorpusid": 101, "citedcorpusid": null}'
    assert not semantic_scholar.parse_line(unknown).references


@pytest.mark.parametrize(
    "line", ['{"corpusid": null}', '{"citingcorpusid": -1, "citedcorpusid": 2}']
)
def test_a_line_without_a_corpus_id_is_odd(line):
    """A line that names no paper is about none."""
    with pytest.raises(OddShapeError, match="no number of Semantic Scholar"):
        semantic_scholar.parse_line(line.encode())
