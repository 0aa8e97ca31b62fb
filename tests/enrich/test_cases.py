"""Each file of tests/cases/enrich is an answer of a service, a line `=>`, and what it says.

The part of the name before the first hyphen is the service. To report a bug, write such a file.
"""

import pytest

from .printing import printed
from .services import CASES, PARSES, case_of, check


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_answer_says_what_its_case_says(path):
    """Records, references, lists and failures come out as the case has them."""
    service, content, expected = case_of(path)
    answer = PARSES[service](content)
    check(answer)
    assert printed(answer) == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_abstracts_are_not_kept(path):
    """What others wrote about their work stays with them."""
    service, content, _ = case_of(path)
    assert "abstract" not in str(PARSES[service](content)).lower()


def test_every_service_has_a_case():
    """No service is without an answer that shows its shape."""
    assert {case_of(path)[0] for path in CASES} == set(PARSES)


SAMPLES = {
    "acl_anthology_paper.xml": "acl",
    "arxiv_atom.xml": "arxiv",
    "crossref_work.json": "crossref",
    "dblp_search_publ.json": "dblp",
    "dblp_zero_hits.json": "dblp",
    "opencitations_index_v2.json": "opencitations",
}


@pytest.mark.parametrize(("name", "service"), SAMPLES.items())
def test_the_samples_of_the_project_are_read_without_failure(shared, name, service):
    """What was seen of real answers is understood, all of it."""
    answer = PARSES[service]((shared / "samples" / name).read_bytes())
    check(answer)
    assert not answer.failures
