"""What is a paper, and what a list names beside papers."""

import pytest

from fedkg.resolve.kind import is_paper

from .conftest import entry

TITLE = "Federated Fine-Tuning of Large Language Models"
BLOG = "Survey – NIST blog"


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("FlexLoRA", "https://arxiv.org/abs/2402.11505"),
        ("FlexLoRA", "https://doi.org/10.1145/3589334.3645707"),
        ("FlexLoRA", "https://openreview.net/forum?id=06quMTmtRV"),
        ("FlexLoRA", "https://www.nature.com/articles/s41467-024-1"),
        ("FlexLoRA", "https://neurips.cc/virtual/2024/poster/94124"),
        ("FlexLoRA", "https://openaccess.thecvf.com/content/CVPR2024/html/Wu.html"),
        ("FlexLoRA", "https://example.org/people/wu/flexlora.pdf"),
        (TITLE, "https://example.org/people/wu/flexlora"),
        (TITLE, None),
    ],
)
def test_identifiers_publishers_pdfs_and_long_titles_are_papers(vocabulary, title, link):
    """A label is enough where the link says that it is a paper."""
    assert is_paper(entry(title, link), vocabulary)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.nist.gov/blogs/cybersecurity-insights/protecting",
        "https://blog.example.org/2024/05/federated",
        "https://docs.example.org/en/latest/",
        "https://example.org/docs/federated",
        "https://flower.readthedocs.io/en/latest/index.html",
        "https://medium.com/@someone/federated-1234",
        "https://www.youtube.com/watch?v=abcdef",
        "https://huggingface.co/datasets/some/data",
        "https://github.com/alibaba/FederatedScope",
        "https://flower.ai/",
        "https://flower.ai",
        "https://www.nature.com/news/federated-learning",
    ],
)
@pytest.mark.parametrize("title", [BLOG, "Protecting Model Updates in Federated Learning"])
def test_posts_documentation_code_and_home_pages_are_no_papers(vocabulary, title, link):
    """However long the title is: the link says what it is."""
    assert not is_paper(entry(title, link), vocabulary)


def test_a_label_without_a_link_is_no_paper(vocabulary):
    """“FedLegal” alone, with no venue, says too little."""
    assert not is_paper(entry("FedLegal"), vocabulary)
    assert is_paper(entry("FedLegal", venue="ACL 2023"), vocabulary)


def test_a_paper_whose_only_link_is_its_code_is_a_paper(vocabulary):
    """A row with title, venue and a link to the code describes the paper."""
    code = "https://github.com/alibaba/FederatedScope"
    assert is_paper(entry(TITLE, code, venue="KDD 2024"), vocabulary)


def test_the_five_lists_name_a_post_and_a_data_page_beside_papers(five_lists):
    """They describe nothing, and each has a finding."""
    silent = {one.entry.title for one in five_lists.statements if one.describes is None}
    assert silent == {BLOG, "FederatedScope-LLM datasets"}
    found = [f for f in five_lists.findings if f.kind == "not-a-paper"]
    assert {f.sentence for f in found} == {
        f"“{title}” is no paper, and describes none in the graph." for title in silent
    }
