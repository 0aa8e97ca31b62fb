"""Each kind of evidence, its weight, and where in the five lists it speaks."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from fedkg.model import Evidence
from fedkg.resolve import evidence as module
from fedkg.resolve.evidence import SAME, Weigher, is_objection, total
from fedkg.resolve.units import units_of

from .conftest import entry, month

SURVEY = "Federated Fine-Tuning of Large Language Models: Framework Comparison and Directions"
FEDKSEED = "FedKSeed: Federated Full-Parameter Tuning of Billion-Sized Language Models"

REAL = [
    # identifiers and links
    ("fedllm-areas:57 Fed-DPT", "fm-fl:402 Dual Prompt", "shared-arxiv +5 (2310.03103)"),
    ("fedllm-areas:37 FedPETuning", "fedllm:110", "shared-acl +5 (2023.findings-acl.632)"),
    ("fedllm-areas:29 FedKC", "fm-fl:1651", "shared-doi +5 (10.1145/3485447.3511988)"),
    (
        "fedllm-areas:58 FedAPT",
        "fm-fl:362",
        "shared-link +4 (ojs.aaai.org/index.php/AAAI/article/view/29434)",
    ),
    ("fedllm-areas:41 ZooPFL", "fm-fl:1383", "different-arxiv -4"),
    ("fm-fl:1438", "fm-fl:2108", "different-acl -4"),
    ("fm-fl:2306", "fed-reasoning:153", "different-ieee -4"),
    ("fm-fl:1761", "fm-fl:2012", "different-pmlr -4"),
    ("fm-fl:227", "fedllm-areas:35 Grouper", "different-neurips -4"),
    ("fm-fl:2399", "fm-fl:2441", "different-doi -2"),
    ("fm-fl:219", "fm-fl:1424", "different-openreview -2"),
    # titles in full
    ("fed-reasoning:90", "fm-fl:362", "equal-title +8"),
    ("fed-reasoning:72", "fm-fl:669", "equal-but-for-short-name +6"),
    ("fedllm:201", "fm-fl:903", "similar-title +6"),
    ("fed-reasoning:94", "fm-fl:410", "title-continues +5"),
    ("fm-fl:386", "fm-fl:318", "different-title -1"),
    ("fm-fl:780", "fed-reasoning:128", "different-title -3"),
    ("fm-fl:160", "fm-fl:233", "different-title -6"),
    ("fedllm:289 FATE-LLM", "fm-fl:2434 FATE", "different-short-name -3"),
    ("fedllm:186", "fed-reasoning:149", "shared-rare-words +4 (client, preference)"),
    ("fm-fl:2183", "fm-fl:2211", "shared-rare-words +2 (weather)"),
    # labels
    ("fedllm-areas:29 FedDAT", "fm-fl:255", "label-is-short-name +7"),
    ("fedllm-areas:59 FedLoRA", "fedllm-areas:30 FedLoRA /", "label-is-short-name +2"),
    ("fedllm-areas:30 FlexLoRA", "fedllm:53", "label-is-branch +7"),
    ("fedllm-areas:30 HetLoRA", "fm-fl:543", "label-abbreviates-title +4"),
    ("fedllm-areas:33 Recovering", "fm-fl:1775", "label-begins-title +5"),
    ("fedllm-areas:63 Multilingual", "fm-fl:1984", "label-words-in-title +5"),
    ("fedllm-areas:41 Fed-BBPL", "fedllm-areas:37 SLoRA", "different-name -6"),
    ("fedllm-areas:33 Decepticons", "fm-fl:1333", "label-unlike-title -6"),
    ("fedllm-areas:32 FedPIT", "fedllm:259", "another-label-has-the-link -3"),
    ("fedllm-areas:32 FedPIT", "fedllm:259", "label-is-short-name-of-another -7"),
    # what stands beside them
    ("fm-fl:160", "fm-fl:233", "no-common-author -6"),
    ("fed-reasoning:90", "fm-fl:362", "same-authors +5"),
    ("fed-reasoning:90", "fm-fl:567", "same-authors +4"),
    ("fedllm:89", "fm-fl:1761", "common-authors +2"),
    ("fedllm:89", "fm-fl:1761", "same-venue-and-year +1"),
    ("fedllm:321", "fm-fl:368", "same-venue-in-another-year -5"),
    ("fedllm-areas:34 FedBiOT", "fm-fl:603", "same-repository +2"),
]
"""Two entries of the five lists, by place and the beginning of the title, and a sign on them."""

MADE = [
    (
        entry("Photon: Federated Pretraining"),
        entry("PHOTON: Federated Pretraining", "https://example.org/1"),
        "equal-title +5",
    ),
    (entry("FedKSeed"), entry("FEDKSEED", "https://example.org/1"), "equal-label +3"),
    (entry(SURVEY), entry(f"{SURVEY} Again"), "similar-title +4"),
    (
        entry(SURVEY, "https://openreview.net/forum?id=06quMTmtRV"),
        entry(f"The {SURVEY}", "https://openreview.net/forum?id=06quMTmtRV"),
        "shared-openreview +5 (06quMTmtRV)",
    ),
]
"""Signs that the five lists do not hold alone."""


@pytest.fixture(scope="module")
def units(listed_papers):
    return units_of(*listed_papers)


@pytest.fixture(scope="module")
def weigh(units, listed_papers):
    """Return `weigh(place, place)`: the evidence on two entries of the five lists, as text."""
    weigher = Weigher.of(units)
    entries = listed_papers[0]

    def unit_at(where):
        place, _, start = where.partition(" ")
        paper_list, line = place.split(":")
        (found,) = (
            unit
            for unit in units
            for at in unit.entries
            if (entries[at].list, entries[at].line) == (paper_list, int(line))
            and entries[at].title.startswith(start)
        )
        return found

    return lambda one, other: list(map(str, weigher.weigh(unit_at(one), unit_at(other))))


def weighed(*entries):
    """Return the evidence on the first two entries, with the others known."""
    units = units_of(entries)
    one, other = (next(unit for unit in units if at in unit.entries) for at in (0, 1))
    return Weigher.of(units).weigh(one, other)


def texts(evidence):
    return list(map(str, evidence))


@pytest.mark.parametrize(("one", "other", "sign"), REAL)
def test_the_five_lists_hold_it(weigh, one, other, sign):
    """With its weight, whichever of the two comes first."""
    assert sign in weigh(one, other)
    assert sign in weigh(other, one)


@pytest.mark.parametrize(("one", "other", "sign"), MADE)
def test_it_is_weighed(one, other, sign):
    """Where the five lists have no plain case."""
    assert sign in texts(weighed(one, other))


def test_equal_labels_count_more_where_one_title_has_the_name():
    """Nobody else is called FedKSeed."""
    labels = entry("FedKSeed"), entry("FedKSeed", "https://example.org/1")
    assert texts(weighed(*labels)) == ["equal-label +3"]
    assert texts(weighed(*labels, entry(FEDKSEED))) == ["equal-label-of-one-title +7"]
    two = entry(FEDKSEED), entry("FedKSeed: Seeds for Sparse Updates in Federated Networks")
    assert texts(weighed(*labels, *two)) == ["equal-label +3"]


def test_every_kind_of_evidence_has_an_example_here():
    """What the source names, these tests weigh."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r'Evidence\(\s*f?"([a-z-]+)', source))
    shown = {sign.split(" ")[0] for *_, sign in (*REAL, *MADE)} | {"equal-label-of-one-title"}
    assert named - shown == {"shared-", "different-"}  # with the scheme behind them
    assert {f"different-{scheme}" for scheme in module._CONFLICTS} <= shown


def test_a_second_identifier_that_is_shared_adds_little():
    """Two links of one row are copied together."""
    links = {"other_links": ("https://openreview.net/forum?id=06quMTmtRV",)}
    arxiv = "https://arxiv.org/abs/2404.15182"
    found = texts(weighed(entry(SURVEY, arxiv, **links), entry(FEDKSEED, arxiv, **links)))
    assert found[:2] == ["shared-arxiv +5 (2404.15182)", "shared-openreview +1 (06quMTmtRV)"]


def test_a_repository_of_many_works_is_no_sign():
    """FederatedScope holds the code of many papers; one of two titles says something."""
    code = {"repositories": ("https://github.com/alibaba/FederatedScope",)}
    two = entry(SURVEY, **code), entry(FEDKSEED, **code)
    third = entry("Another Work That Lives in the Same Repository", **code)
    assert "same-repository +2" in texts(weighed(*two))
    assert "same-repository +2" not in texts(weighed(*two, third))


def test_one_author_says_nothing():
    """A list that names the first author alone neither joins nor parts."""
    one = entry(SURVEY, authors=("Yaliang Li",))
    other = entry(FEDKSEED, authors=("Zhen Qin", "Bolin Ding"))
    assert texts(weighed(one, other)) == ["different-title -6"]


def test_a_preprint_server_is_no_venue():
    """In arXiv in two years is no contradiction."""
    one = entry(SURVEY, venue="arXiv", date=month("2023"))
    other = entry(SURVEY, "https://example.org/1", venue="arXiv", date=month("2024"))
    assert texts(weighed(one, other)) == ["equal-title +8"]


def test_a_sum_of_three_makes_one_work(units):
    """No pair of the five lists is one by a sign alone that lists often get wrong."""
    weak = {"same-venue-and-year", "same-repository", "common-authors", "shared-rare-words"}
    weigher = Weigher.of(units)
    for one, other in combinations(units, 2):
        found = weigher.weigh(one, other)
        if total(found) >= SAME:
            assert {item.kind for item in found} - weak


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ([("different-title", -6), ("shared-arxiv", 5)], False),
        ([("different-title", -6), ("no-common-author", -6), ("shared-arxiv", 5)], True),
        ([("different-title", -3)], True),
        ([("equal-title", 8), ("no-common-author", -6)], False),
        ([("different-name", -6), ("different-arxiv", -4)], False),
    ],
)
def test_titles_and_authors_that_differ_are_an_objection(signs, expected):
    """Names and links are what lists get wrong, so they alone keep nothing apart for good."""
    assert is_objection([Evidence(*sign) for sign in signs]) is expected
