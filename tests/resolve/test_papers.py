"""Which entries are one paper, and whose each identifier is."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fedkg.resolve.papers import group_entries

from .conftest import entry, identifiers_in, month, paper_at, paper_titled, works_of
from .test_order import ENTRIES

FEDPIT = "Towards Privacy-preserving and Few-shot Federated Instruction Tuning"
ZOOPFL = "ZooPFL: Exploring Black-box Foundation Models for Personalized Federated Learning"
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


def test_a_label_joins_the_only_paper_of_its_short_name_and_loses_a_link_of_its_own(resolved):
    """fedllm-areas links another preprint than ZooPFL's: a name is right more often than a link.

    Until another list told, the number was ZooPFL's: its IRI leads on, and is no identifier of it.
    """
    collection = resolved(
        entry(ZOOPFL, "https://arxiv.org/abs/2310.05143", "fm-fl:1383"),
        entry("ZooPFL", "https://arxiv.org/abs/2305.05655", "fedllm-areas:41"),
    )
    assert works_of(collection) == [["fedllm-areas:41", "fm-fl:1383"]]
    assert identifiers_in(collection.papers[0]) == {"arxiv:2310.05143"}
    assert "arxiv-2305.05655" in collection.papers[0].former_keys


def test_a_label_of_fed_and_a_technique_needs_more_than_its_name(resolved):
    """Several works are called FLoRA: where the links differ, they may be two of them."""
    collection = resolved(
        entry("FLoRA: Federated Fine-Tuning Large Models", "https://arxiv.org/abs/2409.05976"),
        entry("FLoRA", "https://arxiv.org/abs/2404.15182", "fedllm-areas:1"),
    )
    assert works_of(collection) == [["fedllm-areas:1"], ["fedllm:1"]]


def test_two_labels_of_one_name_with_different_preprints_stay_apart(resolved):
    """No title says which of two FLoRA either is."""
    collection = resolved(
        entry("FLoRA", "https://arxiv.org/abs/2409.05976", "fedllm:1"),
        entry("FLoRA", "https://arxiv.org/abs/2404.15182", "zoo:1"),
    )
    assert works_of(collection) == [["fedllm:1"], ["zoo:1"]]


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


def test_the_best_pairs_are_joined_first():
    """A link that a list got wrong would bring two works together, were it taken first.

    FedPIT has the link of FedIT in one list, and its title in another: the name wins.
    """
    wrong = "https://arxiv.org/abs/2305.05644"
    entries = [
        entry("FedPIT (Fed Instruction Tuning)", wrong, "fedllm-areas:32"),
        entry("FedIT", wrong, "fedllm-areas:42"),
        entry("Towards Building the Federated GPT: Federated Instruction Tuning", wrong),
        entry(f"FedPIT: {FEDPIT}", "https://arxiv.org/abs/2403.06131", "fm-fl:669"),
    ]
    grouping = group_entries(entries)
    assert grouping.works == ((0, 3), (1, 2))
    (rejection,) = grouping.rejections
    assert (rejection.entry, rejection.others) == (0, (1, 2))


def test_an_objection_keeps_two_titles_apart_whatever_joins_them():
    """A label with a link that both works carry cannot make them one."""
    link = "https://arxiv.org/abs/2404.11536"
    entries = [
        entry("FedPFT: Federated Proxy Fine-Tuning of Foundation Models", link),
        entry("FedPFT", link, "zoo:1"),
        entry("Split Learning of Very Large Networks at the Edge", link, "zoo:2"),
    ]
    grouping = group_entries(entries)
    assert (2,) in grouping.works
    assert (0, 1) in grouping.works


def test_what_was_compared_is_told_with_its_evidence():
    """What was joined, and what stayed apart in spite of a sign."""
    link = "https://arxiv.org/abs/2404.11536"
    grouping = group_entries(
        [
            entry("FedPFT: Federated Proxy Fine-Tuning of Foundation Models", link),
            entry("FedPFT", None, "zoo:1"),
            entry("Split Learning of Very Large Networks at the Edge", link, "zoo:2"),
        ]
    )
    told = {(c.one, c.other): (c.same, [str(e) for e in c.evidence]) for c in grouping.comparisons}
    assert {frozenset((*one, *other)): what for (one, other), what in told.items()} == {
        frozenset({0, 1}): (True, ["label-is-short-name +7"]),
        frozenset({0, 2}): (False, ["shared-arxiv +5 (2404.11536)", "different-title -6"]),
    }


def test_of_two_preprints_of_one_work_the_one_stated_most_stays():
    """The other is rejected as its own: no second work has it."""
    right, wrong = "https://arxiv.org/abs/2310.05143", "https://arxiv.org/abs/2305.05655"
    grouping = group_entries(
        [entry(ZOOPFL, right), entry(ZOOPFL, wrong, "zoo:1"), entry(ZOOPFL, right, "fm-fl:2")]
    )
    (work,) = grouping.works
    (rejection,) = grouping.rejections
    assert len(work) == 3
    assert (rejection.entry, rejection.own, rejection.others) == (1, True, (0, 2))
    assert str(rejection.identifier) == "arxiv:2305.05655"


def test_a_title_in_full_counts_before_labels():
    """Two labels with a wrong link do not outvote the title."""
    wrong = "https://arxiv.org/abs/2305.05655"
    grouping = group_entries(
        [
            entry("ZooPFL", wrong, "zoo:1"),
            entry("ZooPFL", wrong, "fm-fl:2"),
            entry(ZOOPFL, "https://arxiv.org/abs/2310.05143"),
        ]
    )
    assert {rejection.entry for rejection in grouping.rejections} == {0, 1}


def test_a_work_may_have_two_dois():
    """A preprint elsewhere and a journal each give one."""
    (paper_a, paper_b) = ("https://doi.org/10.1145/3589334", "https://doi.org/10.36227/te.1")
    assert group_entries([entry(ZOOPFL, paper_a), entry(ZOOPFL, paper_b)]).rejections == ()


def test_lists_that_agree_say_whose_an_identifier_is(resolved):
    """Two lists give FedPFT the id, one gives it to another work."""
    link = "https://arxiv.org/abs/2404.11536"
    fedpft = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
    collection = resolved(
        entry(fedpft, link, "fm-fl:160"),
        entry(fedpft, link, "zoo:1"),
        entry("Federated Adaptation for Recommendation", link, "fm-fl:233"),
    )
    assert identifiers_in(paper_at(collection, "fm-fl:160")) == {"arxiv:2404.11536"}
    assert identifiers_in(paper_at(collection, "fm-fl:233")) == set()


def test_a_work_with_a_preprint_of_its_own_gets_no_second_one(resolved):
    """Without the list that dates FedPFT nothing is known, but that it is not the weather's."""
    link = "https://arxiv.org/abs/2404.11536"
    weather = "Federated Prompt Learning for Weather Foundation Models on Devices"
    collection = resolved(
        entry("FedPFT: Federated Proxy Fine-Tuning of Foundation Models", link, "fm-fl:160"),
        entry(weather, link, "fm-fl:2183"),
        entry(weather, "https://arxiv.org/abs/2305.14244", "fedllm-areas:62"),
    )
    assert identifiers_in(paper_at(collection, "fm-fl:2183")) == {"arxiv:2305.14244"}
    assert identifiers_in(paper_at(collection, "fm-fl:160")) == set()


@given(st.lists(ENTRIES, max_size=8), st.integers(0, 99))
def test_the_order_of_entries_changes_no_work(entries, seed):
    """Nor what is rejected, nor what is said of it."""
    entries = [replace(one, line=line) for line, one in enumerate(entries, 1)]
    order = random.Random(seed).sample(range(len(entries)), len(entries))

    def told(given):
        grouping = group_entries(given)
        lines = [one.line for one in given]
        return (
            {frozenset(lines[at] for at in work) for work in grouping.works},
            {(lines[r.entry], r.identifier, r.own) for r in grouping.rejections},
            {
                (frozenset(lines[at] for at in (*c.one, *c.other)), c.evidence, c.same)
                for c in grouping.comparisons
            },
        )

    assert told([entries[at] for at in order]) == told(entries)


@given(st.lists(ENTRIES, max_size=8))
def test_grouping_is_a_partition(entries):
    """Every entry is in one work, and a work has what its entries state and was not rejected."""
    grouping = group_entries(entries)
    assert sorted(entry for work in grouping.works for entry in work) == list(range(len(entries)))
    for rejection in grouping.rejections:
        assert rejection.identifier in entries[rejection.entry].identifiers


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
