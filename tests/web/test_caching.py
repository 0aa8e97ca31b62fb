"""Answers that a client has already are not sent again."""

import pytest

from .conftest import Answer, Site

QUERY = "SELECT ?p { ?p a <https://w3id.org/fedkg/ontology#Paper> } ORDER BY ?p"


def again(site: Site, tag: str, query: str = QUERY, **fields: str) -> Answer:
    return site.ask(site.target(query, **fields), headers={"If-None-Match": tag})


def test_an_answer_has_a_tag_by_which_it_is_known_again(site: Site) -> None:
    """Without asking the engine: 304 and no body."""
    tag = site.query(QUERY).headers["etag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}'):
        answer = again(site, given)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == tag
        assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        (QUERY + " LIMIT 1", {}),
        (QUERY, {"format": "csv"}),
        (QUERY, {"default-graph-uri": "https://w3id.org/fedkg/graph/papers"}),
        (QUERY, {"named-graph-uri": "https://w3id.org/fedkg/graph/papers"}),
    ],
)
def test_another_question_or_form_has_another_tag(
    site: Site, query: str, fields: dict[str, str]
) -> None:
    """So that no answer is taken for that of another."""
    tag = site.query(QUERY).headers["etag"]
    answer = again(site, tag, query, **fields)
    assert answer.status == 200
    assert answer.headers["etag"] != tag


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "STRUUID()", "BNODE()"])
def test_an_answer_that_is_new_each_time_has_none(site: Site, call: str) -> None:
    """Nor may it be kept."""
    assert "etag" not in site.query(f"SELECT ({call} AS ?x) {{}}").headers


def test_an_error_and_an_answer_to_post_have_none(site: Site) -> None:
    """The first may go away, the second is of no address."""
    assert "etag" not in site.query("no query").headers
    headers = {"Content-Type": "application/sparql-query"}
    answer = site.ask("/sparql", method="POST", body=QUERY.encode(), headers=headers)
    assert (answer.status, answer.headers.get("etag")) == (200, None)
