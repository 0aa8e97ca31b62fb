"""What the other services are asked, and how a request is made."""

from fedkg.enrich import DUMPS, SERVICES, acl, arxiv, crossref, dblp, opencitations
from fedkg.enrich.answer import Answer
from fedkg.enrich.request import Wanted, batched, distinct, no_next_page, search_words
from fedkg.ids import Identifier


def wanted(key: str, *names: tuple[str, str], title: str = "") -> Wanted:
    """Return a paper with these identifiers and this title."""
    return Wanted(key, tuple(Identifier(*name) for name in names), title)


PAPERS = [
    wanted("a", ("doi", "10.1000/(a)b;2"), ("arxiv", "2402.05926"), title="$F$: A “Title”"),
    wanted("b", ("acl", "2023.findings-acl.236"), ("arxiv", "math/0309136")),
    wanted("c", ("acl", "P19-1001")),
    wanted("d", ("acl", "2023.findings-emnlp.1")),
]


def test_crossref_is_asked_for_one_doi_at_a_time():
    """The DOI is one step of the address, so its slash is escaped."""
    (request,) = crossref.requests_for(PAPERS)
    assert request.url == "https://api.crossref.org/works/10.1000%2F%28a%29b%3B2"
    assert (request.method, request.keys, request.params) == ("GET", ("a",), ())


def test_opencitations_is_asked_both_ways():
    """What the work cites, and what cites it, under the DOIs of its preprint as well."""
    urls = [request.url for request in opencitations.requests_for(PAPERS[:1])]
    index = "https://api.opencitations.net/index/v2"
    assert urls == [
        f"{index}/references/doi:10.1000/%28a%29b%3B2",
        f"{index}/citations/doi:10.1000/%28a%29b%3B2",
        f"{index}/references/doi:10.48550/arxiv.2402.05926",
        f"{index}/citations/doi:10.48550/arxiv.2402.05926",
    ]


def test_arxiv_is_asked_for_a_hundred_ids_at_a_time():
    """Ten are shown unless more are asked for."""
    papers = [wanted(f"p{n}", ("arxiv", f"2401.{n:05}")) for n in range(101)]
    first, second = arxiv.requests_for(papers)
    params = dict(first.params)
    assert params["id_list"].count(",") == 99
    assert params["max_results"] == "100"
    assert second.keys == ("p100",)
    assert first.media_types == ("application/atom+xml",)


def test_dblp_is_asked_for_the_words_of_a_title():
    """Signs are operators of its search language; without a title there is nothing to ask."""
    (request,) = dblp.requests_for(PAPERS)
    assert dict(request.params) == {"q": "F A Title", "format": "json", "h": "30", "f": "0"}
    assert search_words("a|b -c $d") == "a b c d"


def test_dblp_is_asked_for_the_next_hits_but_not_for_all():
    """Hundreds of works share a title of one word; the wanted one is among the first."""
    (request,) = dblp.requests_for(PAPERS)
    after = dblp.next_request(request, Answer(next_page="30"))
    assert dict(after.params)["f"] == "30"
    assert dblp.next_request(request, Answer(next_page="120")) is None
    assert dblp.next_request(request, Answer()) is None


def test_the_anthology_is_asked_for_each_collection_once():
    """A collection holds the volumes of a year or a venue."""
    requests = list(acl.requests_for(PAPERS))
    assert [(r.url.rsplit("/", 1)[1], r.keys) for r in requests] == [
        ("2023.findings.xml", ("b", "d")),
        ("P19.xml", ("c",)),
    ]


def test_requests_can_be_told_apart_and_looked_up():
    """The same request is the same key of a cache."""
    assert list(arxiv.requests_for(PAPERS)) == list(arxiv.requests_for(PAPERS))
    assert len({*arxiv.requests_for(PAPERS), *arxiv.requests_for(PAPERS)}) == 1


def test_every_service_can_be_asked_and_says_how_to_go_on():
    """What is there for one is there for all, so that nobody asks which it is."""
    for service in SERVICES.values():
        for request in service.requests_for(PAPERS):
            assert request.url.startswith("https://")
            assert set(request.keys) <= {"a", "b", "c", "d"}
            assert service.next_request(request, Answer()) is None
            assert all(len(less.keys) <= len(request.keys) for less in service.narrower(request))
        assert not service.parse(b"nothing").records
    assert set(DUMPS) < set(SERVICES)


def test_things_come_in_batches():
    """The last one may be shorter; keys keep their order."""
    assert list(batched(range(5), 2)) == [(0, 1), (2, 3), (4,)]
    assert distinct("abcab") == ("a", "b", "c")
    assert no_next_page(next(arxiv.requests_for(PAPERS)), Answer(next_page="x")) is None
