"""Which entries are one paper, and whose each identifier is."""

from hypothesis import given
from hypothesis import strategies as st

from fedkg.resolve.papers import group_entries

from .conftest import entry, identifiers_in, month, paper_at, paper_titled, works_of
from .test_order import ENTRIES

FEDPIT = "Towards Privacy-preserving and Few-shot Federated Instruction Tuning"
FEDPETUNING = "FedPETuning: When Federated Learning Meets the Parameter-Efficient Tuning Methods"


def test_equal_titles_in_several_lists_are_one_paper(resolved):
    """Case and punctuation differ from list to list, and so do the links."""
    collection = resolved(
        entry(FEDPETUNING, "https://arxiv.org/abs/2212.10025", "fedllm:110"),
        entry(FEDPETUNING.upper() + ".", "https://openreview.net/forum?id=06quMTmtRV", "fm-fl:9"),
        entry(FEDPETUNING, None, "fed-reasoning:104"),
    )
    assert works_of(collection) == [["fed-reasoning:104", "fedllm:110", "fm-fl:9"]]
    assert identifiers_in(collection.papers[0]) == {"arxiv:2212.10025", "openreview:06quMTmtRV"}


def test_one_preprint_in_two_spellings_is_one_identifier(resolved):
    """An arXiv page with a version, and the DOI that arXiv gives, are the same preprint."""
    collection = resolved(
        entry(FEDPETUNING, "https://arxiv.org/abs/2212.10025v2"),
        entry(f"The {FEDPETUNING}", "https://doi.org/10.48550/arXiv.2212.10025", "fm-fl:2"),
    )
    assert works_of(collection) == [["fedllm:1", "fm-fl:2"]]
    assert identifiers_in(collection.papers[0]) == {"arxiv:2212.10025"}


def test_a_label_joins_the_paper_of_its_short_name(resolved):
    """An area table says “FedPETuning”, another list the whole title."""
    collection = resolved(
        entry(FEDPETUNING, "https://arxiv.org/abs/2212.10025", "fedllm:110"),
        entry("FedPETuning", "https://aclanthology.org/2023.findings-acl.632/", "fedllm-areas:37"),
    )
    assert works_of(collection) == [["fedllm-areas:37", "fedllm:110"]]


def test_a_label_that_two_papers_share_joins_neither(resolved):
    """Nothing says which of two FLoRA a bare “FLoRA” means."""
    collection = resolved(
        entry("FLoRA: Federated Fine-Tuning Large Language Models", None, "fedllm:71"),
        entry("FLoRA: Enhancing Vision-Language Models with Efficiency", None, "fm-fl:647"),
        entry("FLoRA", "https://arxiv.org/abs/2404.15182", "fedllm-areas:1"),
    )
    assert works_of(collection) == [["fedllm-areas:1"], ["fedllm:71"], ["fm-fl:647"]]


def test_a_label_with_an_identifier_of_its_own_stays_apart(resolved):
    """Another work may have the same short name."""
    collection = resolved(
        entry("FLoRA: Federated Fine-Tuning of Large Models", "https://arxiv.org/abs/2409.05976"),
        entry("FLoRA", "https://arxiv.org/abs/2404.15182", "fedllm-areas:1"),
    )
    assert works_of(collection) == [["fedllm-areas:1"], ["fedllm:1"]]


def test_one_paper_may_be_renamed(resolved):
    """FedPIT and FewFedPIT have one arXiv id and one subtitle."""
    collection = resolved(
        entry(f"FewFedPIT: {FEDPIT}", "https://arxiv.org/abs/2403.06131", "fed-reasoning:72"),
        entry(f"FedPIT: {FEDPIT}", "https://arxiv.org/abs/2403.06131", "fm-fl:669"),
    )
    (paper,) = collection.papers
    assert {paper.title, *paper.alternatives} == {f"FewFedPIT: {FEDPIT}", f"FedPIT: {FEDPIT}"}


def test_two_titles_with_one_link_stay_apart(resolved):
    """Where nothing says whose an identifier is, no paper gets it."""
    collection = resolved(
        entry("Federated Prompt Learning for Weather Models", "https://arxiv.org/abs/2404.11536"),
        entry(
            "Federated Adaptation for Recommendation Models",
            "https://arxiv.org/abs/2404.11536",
            "fedllm:2",
        ),
    )
    assert works_of(collection) == [["fedllm:1"], ["fedllm:2"]]
    assert [identifiers_in(paper) for paper in collection.papers] == [set(), set()]


def test_an_identifier_goes_to_the_paper_whose_date_is_its_month(resolved):
    """An arXiv id holds the month of its preprint."""
    link = "https://arxiv.org/abs/2404.11536"
    fedpft = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
    other = "Federated Adaptation for Foundation Model Recommendation"
    collection = resolved(
        entry(fedpft, link, "fm-fl:160"),
        entry(fedpft, None, "fed-reasoning:133", date=month("2024-04")),
        entry(other, link, "fm-fl:233", date=month("2024")),
    )
    assert identifiers_in(paper_at(collection, "fm-fl:160")) == {"arxiv:2404.11536"}
    assert identifiers_in(paper_at(collection, "fm-fl:233")) == set()


def test_a_link_without_identifier_may_stand_on_many_papers(resolved):
    """A page of a workshop or a project lists more than one work."""
    collection = resolved(
        entry("Federated Prompt Learning for Weather Models", "https://example.org/papers"),
        entry("Split Learning of Very Large Networks", "https://example.org/papers", "fedllm:2"),
    )
    assert len(collection.papers) == 2


def test_two_papers_that_share_a_repository_stay_apart(resolved):
    """alibaba/FederatedScope holds the code of many papers."""
    code = ("https://github.com/alibaba/FederatedScope",)
    collection = resolved(
        entry("FederatedScope-LLM: A Comprehensive Package for Tuning", repositories=code),
        entry("FS-Real: A Real-World Cross-Device Platform", None, "fm-fl:2", repositories=code),
    )
    assert len(collection.papers) == 2
    assert {paper.repositories for paper in collection.papers} == {
        ("github-com-alibaba-federatedscope",)
    }


def test_titles_without_a_letter_are_told_apart(resolved):
    """“???” is not “!!!”, although neither has a letter to compare."""
    collection = resolved(
        entry("???", None, "zoo:1", venue="ACL 2024"), entry("!!!", None, "zoo:2", venue="ACL 2023")
    )
    assert works_of(collection) == [["zoo:1"], ["zoo:2"]]


@given(st.lists(ENTRIES, max_size=8))
def test_grouping_is_a_partition(entries):
    """Every entry is in one work, and a work has what its entries state and was not rejected."""
    grouping = group_entries(entries)
    assert sorted(entry for work in grouping.works for entry in work) == list(range(len(entries)))


# ---------------------------------------------------------------- the five lists


def test_fedpft_keeps_the_link_that_two_other_works_carry(five_lists):
    """Three works of fm-fl link 10.48550/arXiv.2404.11536; two other lists name FedPFT as well."""
    owners = [p.title for p in five_lists.papers if "arxiv:2404.11536" in identifiers_in(p)]
    assert owners == ["FedPFT: Federated Proxy Fine-Tuning of Foundation Models"]
    for title in (
        "Federated Adaptation for Foundation Model-based Recommendations",
        "Federated Prompt Learning for Weather Foundation Models on Devices",
    ):
        assert "arxiv:2404.11536" not in identifiers_in(paper_titled(five_lists, title))


def test_fed_bbpl_does_not_get_the_link_of_slora(five_lists):
    """fedllm-areas gives Fed-BBPL the arXiv id of SLoRA."""
    assert identifiers_in(paper_titled(five_lists, "Fed-BBPL")) == set()
    assert "arxiv:2308.06522" in identifiers_in(paper_titled(five_lists, "SLoRA:"))


def test_fedpit_does_not_get_the_link_of_fedit(five_lists):
    """fedllm-areas gives FedPIT the arXiv id of FedIT."""
    (fedpit,) = [p for p in five_lists.papers if "arxiv:2403.06131" in identifiers_in(p)]
    assert "arxiv:2305.05644" not in identifiers_in(fedpit)
    assert "FedPIT (Fed Instruction Tuning)" in fedpit.alternatives
    (fedit,) = [p for p in five_lists.papers if "arxiv:2305.05644" in identifiers_in(p)]
    assert "FedIT" in fedit.alternatives


def test_there_are_two_flora(five_lists):
    """Two papers have one short name."""
    titles = [p.title for p in five_lists.papers if p.title.startswith("FLoRA:")]
    assert len(titles) == 2


def test_federatedscope_is_the_code_of_more_than_one_paper(five_lists):
    """Sharing a repository does not make two works one."""
    key = "github-com-alibaba-federatedscope"
    assert sum(key in paper.repositories for paper in five_lists.papers) > 1
