"""Which other keys lead to a paper."""

from .conftest import entry, paper_at

TITLE = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
LINK = "https://arxiv.org/abs/2404.11536"


def test_other_identifiers_and_titles_lead_to_the_paper(resolved):
    """Whoever knows the work by its DOI or by its title finds it."""
    (paper,) = resolved(
        entry(TITLE, LINK),
        entry(TITLE, "https://www.ijcai.org/proceedings/2024/0531", "fed-reasoning:133"),
        entry("FedPFT", "https://doi.org/10.24963/ijcai.2024/531", "fedllm-areas:2"),
    ).papers
    assert paper.key == "arxiv-2404.11536"
    assert paper.former_keys == (
        "doi-10-24963-ijcai-2024-531",
        "title-fedpft",
        "title-fedpft-federated-proxy-fine-tuning-of-foundation-models",
    )


def test_the_key_itself_is_no_alias(resolved):
    """Nothing leads to itself."""
    (paper,) = resolved(entry(TITLE)).papers
    assert paper.former_keys == ()


def test_a_title_that_two_papers_share_is_no_alias(resolved):
    """Nobody can say which of two FLoRA is meant: it leads to both."""
    collection = resolved(
        entry("FLoRA", LINK, "fedllm:1"),
        entry("FLoRA", "https://arxiv.org/abs/2409.05976", "zoo:1"),
    )
    assert len(collection.papers) == 2
    assert "title-flora" not in {key for paper in collection.papers for key in paper.former_keys}
    keys = tuple(f"paper/{paper.key}" for paper in collection.papers)
    assert dict(collection.former_paths)["paper/title-flora"] == keys


def test_a_rejected_link_is_no_alias(resolved):
    """Two works carry the arXiv id, and neither gets it: it leads to both."""
    collection = resolved(
        entry("Federated Prompt Learning for Weather Models", LINK, "fedllm:1"),
        entry("Split Learning of Very Large Networks", LINK, "fedllm:2"),
    )
    for place in ("fedllm:1", "fedllm:2"):
        paper = paper_at(collection, place)
        assert "arxiv-2404.11536" not in (paper.key, *paper.former_keys)
    assert len(dict(collection.former_paths)["paper/arxiv-2404.11536"]) == 2


def test_no_alias_of_the_five_lists_leads_to_two_papers(five_lists):
    """Each former key has one paper, and is no paper's key."""
    former = [key for paper in five_lists.papers for key in paper.former_keys]
    assert len(set(former)) == len(former)
    assert not {paper.key for paper in five_lists.papers} & set(former)
