"""Units: entries between which there is nothing to decide."""

import random

import pytest

from fedkg.resolve.units import claims_of, shared_repositories, units_of, word_counts

from .conftest import entry, month

FEDPFT = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
LINK = "https://arxiv.org/abs/2404.11536"
SCOPE = "https://github.com/alibaba/FederatedScope"


def test_entries_of_one_title_and_one_identifier_are_one_unit():
    """However title and link are written."""
    (unit,) = units_of(
        [
            entry(FEDPFT, LINK, "fm-fl:160"),
            entry(FEDPFT.upper(), "https://doi.org/10.48550/arXiv.2404.11536", "fedllm:3"),
        ]
    )
    assert unit.entries == (0, 1)
    assert {str(claim) for claim in unit.identifiers} == {"arxiv:2404.11536"}


def test_another_link_makes_another_unit():
    """Whether the two are one work is for the evidence to say."""
    link = "https://www.ijcai.org/proceedings/2024/0531"
    assert len(units_of([entry(FEDPFT, LINK), entry(FEDPFT, link), entry(FEDPFT)])) == 3


def test_a_link_without_identifier_is_a_claim_and_names_no_work():
    """With or without www and a slash at its end."""
    first, second = (
        entry(FEDPFT, "https://www.example.org/papers/7/"),
        entry(FEDPFT, "http://example.org/papers/7", "zoo:1"),
    )
    assert {str(claim) for claim in claims_of(first)} == {"link:example.org/papers/7"}
    (unit,) = units_of([first, second])
    assert unit.claims == claims_of(second)
    assert unit.identifiers == frozenset()


def test_a_unit_says_what_its_entries_say_together():
    """Authors as they are compared, years, and where it was published."""
    (unit,) = units_of(
        [
            entry(FEDPFT, LINK, authors=("Zhaopeng Peng",), venue="IJCAI", date=month("2024")),
            entry(FEDPFT, LINK, "zoo:1", authors=("X. Fan", "Yufan Chén"), date=month("2024-04")),
        ]
    )
    assert unit.authors == {"zhaopeng peng", "x fan", "yufan chen"}
    assert unit.appearances == {("ijcai", 2024)}
    assert unit.years == {2024}


@pytest.mark.parametrize("server", ["arXiv", "OpenReview", "Preprint", "arXiv preprint"])
def test_a_preprint_server_is_no_place_that_tells_works_apart(server):
    """Every year's papers are there."""
    (unit,) = units_of([entry(FEDPFT, LINK, venue=server, date=month("2024"))])
    assert unit.appearances == frozenset()


def test_authors_known_from_elsewhere_count():
    """fm-fl states none; its bibliography does."""
    (unit,) = units_of([entry(FEDPFT, LINK)], [("Zhaopeng Peng", "Xiaoliang Fan")])
    assert unit.authors == {"zhaopeng peng", "xiaoliang fan"}


def test_a_branch_of_a_repository_may_bear_the_name_of_the_work():
    """FedKSeed and FlexLoRA are branches of FederatedScope; a folder in a branch is no branch."""
    urls = (f"{SCOPE}/tree/FedKSeed", f"{SCOPE}/tree/llm/federatedscope", f"{SCOPE}/issues/7")
    (unit,) = units_of([entry(FEDPFT, LINK, repositories=urls)])
    assert unit.branches == {"fedkseed"}
    assert len(unit.repositories) == 1


def test_a_repository_of_three_titles_is_shared(listed_papers):
    """As FederatedScope is; the repository of one work on two lists is not."""
    named = ["/".join(found[1:]) for found in shared_repositories(units_of(*listed_papers))]
    assert "alibaba/federatedscope" in named
    twice = [entry(f"{FEDPFT}, {n}", repositories=(SCOPE,)) for n in ("one", "two")]
    assert shared_repositories(units_of(twice)) == frozenset()


def test_a_word_is_counted_once_a_title():
    """Three lists that name one work make no word common."""
    units = units_of([entry(FEDPFT, LINK), entry(FEDPFT), entry(f"{FEDPFT} Again")])
    counts = word_counts(units)
    assert (counts["fedpft"], counts["again"]) == (2, 1)


def test_the_order_of_entries_changes_no_unit(listed_papers):
    """Units come sorted by what they say."""
    entries, authors = listed_papers
    order = random.Random(3).sample(range(len(entries)), len(entries))
    mixed = units_of([entries[at] for at in order], [authors[at] for at in order])
    plain = units_of(entries, authors)
    assert [unit.key for unit in mixed] == [unit.key for unit in plain]
    assert [unit.authors for unit in mixed] == [unit.authors for unit in plain]
