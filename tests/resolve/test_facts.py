"""Tests for facts from elsewhere: whose they are, and what is left over."""

import random
from datetime import date

import pytest

from fedkg import resources
from fedkg.ids import Identifier
from fedkg.model import Collection, Record, Reference, ReferenceList
from fedkg.read.facts import (
    identifier_of,
    read_author_facts,
    read_citation_facts,
    read_sources,
)
from fedkg.resolve.facts import Known, Match, Unmatched, describe, link

FACTS = resources.data_dir() / "facts"
DAY = date(2026, 11, 1)

FEDPFT = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
SHARED = "arxiv:2404.11536"
FLEXLORA = "arxiv:2402.11505"


def ids(*texts: str) -> tuple[Identifier, ...]:
    """Return identifiers from "scheme:value"."""
    found = tuple(map(identifier_of, texts))
    assert None not in found
    return tuple(filter(None, found))


def record(title: str, *identifiers: str, key: str = "") -> Record:
    """Return a record of a bibliography."""
    return Record(
        "bib", key or title, title, "https://example.org/b", DAY, (), False, ids(*identifiers)
    )


def known(papers: dict[str, list[str]], **owned: str) -> Known:
    """Return papers, each with its titles; `owned` gives a paper its identifier."""
    return Known.of(papers, {ids(text)[0]: paper for paper, text in owned.items()})


def found(one: Record, papers: Known, *others: Record) -> tuple[str, Match] | str:
    """Return whose a record is and how that was found, or why it is nobody's."""
    described, unmatched = describe([one, *others], papers)
    mine = [(d.paper, d.match) for d in described if d.record is one]
    return mine[0] if mine else next(u.reason for u in unmatched if u.fact is one)


def test_identifier_and_title_that_agree_are_best() -> None:
    """Case and punctuation of a title do not count."""
    papers = known({"fedpft": [FEDPFT]}, fedpft=SHARED)
    assert found(record(FEDPFT.upper(), SHARED), papers) == ("fedpft", Match.BOTH)


def test_a_title_alone_must_be_exact() -> None:
    """A record without identifiers that says something else is nobody's."""
    papers = known({"fedpft": [FEDPFT]})
    assert found(record(FEDPFT), papers) == ("fedpft", Match.TITLE)
    assert found(record(FEDPFT + " Again"), papers) == "it is about no listed paper"


def test_an_identifier_alone_needs_a_title_that_does_not_disagree() -> None:
    """A changed short name or word is no disagreement, another title is."""
    papers = known({"fedpft": [FEDPFT]}, fedpft=SHARED)
    for title in (
        "Federated Proxy Fine-Tuning of Foundation Models",
        "FedProxy: Federated Proxy Fine-Tuning of Foundation Models",
    ):
        assert found(record(title, SHARED), papers) == ("fedpft", Match.IDENTIFIER)
    other = record("Time-FFM: Towards LM-Empowered Federated Forecasting", SHARED)
    assert found(other, papers) == "its identifier belongs to a paper of another title"


def test_a_label_agrees_with_a_title_that_it_can_stand_for() -> None:
    """Its short name, what it abbreviates, or a title without a short name."""
    papers = known({"label": ["FlexLoRA"]}, label=FLEXLORA)
    agreeing = ("FlexLoRA: Tuning with Resources", "Tuning under Heterogeneous Tasks and Resources")
    for title in agreeing:
        assert found(record(title, FLEXLORA), papers) == ("label", Match.IDENTIFIER)
    other = record("SLoRA: Federated Parameter Efficient Tuning", FLEXLORA)
    assert found(other, papers) == "its identifier belongs to a paper of another title"
    abbreviated = known({"label": ["FedIT"]}, label=FLEXLORA)
    title = "Shepherd: Towards Federated Instruction Tuning of Models"
    assert found(record(title, FLEXLORA), abbreviated) == ("label", Match.IDENTIFIER)


def test_an_identifier_that_several_works_share_proves_nothing() -> None:
    """Two other works of the bibliography carry the DOI of FedPFT: titles decide alone."""
    other = "Time-FFM: Towards LM-Empowered Federated Forecasting"
    papers = known({"fedpft": [FEDPFT], "time-ffm": [other]}, fedpft=SHARED)
    mine, theirs = record(FEDPFT, SHARED), record(other, SHARED)
    assert found(mine, papers, theirs) == ("fedpft", Match.TITLE)
    assert found(theirs, papers, mine) == ("time-ffm", Match.TITLE)
    described, _ = describe([mine, theirs], papers)
    assert [one.identifiers for one in described] == [ids(SHARED), ()]


def test_an_identifier_disputed_in_the_lists_proves_nothing() -> None:
    """Even where the bibliography gives it to one work only."""
    other = "Time-FFM: Towards LM-Empowered Federated Forecasting"
    papers = Known.of(
        {"fedpft": [FEDPFT], "time-ffm": [other]}, {ids(SHARED)[0]: "fedpft"}, ids(SHARED)
    )
    assert found(record(other, SHARED), papers) == ("time-ffm", Match.TITLE)
    assert found(record("Something Else of Five Words", SHARED), papers) == (
        "it is about no listed paper"
    )


def test_title_and_identifier_together_outweigh_another_identifier() -> None:
    """And the other identifier does not become the paper's."""
    papers = Known.of(
        {"a": [FEDPFT], "b": ["Another Work of Several Words"]},
        {ids(SHARED)[0]: "a", ids("ieee:10210127")[0]: "b"},
    )
    (one,), _ = describe([record(FEDPFT, SHARED, "ieee:10210127", "doi:10.1145/3742788")], papers)
    assert (one.paper, one.match) == ("a", Match.BOTH)
    assert one.identifiers == ids(SHARED, "doi:10.1145/3742788")


def test_a_title_with_another_identifier_of_one_scheme_is_another_work() -> None:
    """A work has one arXiv id; it may have several DOIs."""
    papers = known({"fedpft": [FEDPFT]}, fedpft=SHARED)
    assert found(record(FEDPFT, FLEXLORA), papers) == "the paper of its title has other identifiers"
    assert found(record(FEDPFT, "doi:10.1145/3742788"), papers) == ("fedpft", Match.TITLE)


def test_a_title_that_two_papers_have_needs_an_identifier() -> None:
    """Two works may be called alike."""
    papers = known({"a": [FEDPFT], "b": [FEDPFT]}, a=SHARED)
    assert found(record(FEDPFT), papers) == "several papers have its title"
    assert found(record(FEDPFT, SHARED), papers) == ("a", Match.BOTH)


def test_the_order_of_records_changes_nothing(five_lists: Collection) -> None:
    """The same records describe the same papers."""
    records = list(read_author_facts(FACTS / "authors.csv", read_sources(FACTS / "sources.toml")))
    papers = Known.of_papers(five_lists.papers)
    before = {one.record.key: one for one in describe(records, papers)[0]}
    random.Random(3).shuffle(records)
    assert {one.record.key: one for one in describe(records, papers)[0]} == before


def test_nearly_all_papers_of_fm_fl_get_authors(five_lists: Collection) -> None:
    """That list names no author; its bibliography does."""
    records = read_author_facts(FACTS / "authors.csv", read_sources(FACTS / "sources.toml"))
    described, _ = describe(records, Known.of_papers(five_lists.papers))
    listed = {s.describes for s in five_lists.statements if s.entry.list == "fm-fl"} - {None}
    assert len({one.paper for one in described} & listed) >= 0.98 * len(listed)


def reference(citing: str, cited: str) -> Reference:
    """Return a reference between works given by identifier or title."""
    works = [identifier_of(work) or work for work in (citing, cited)]
    return Reference("lists", works[0], works[1], "printed", "https://example.org/a", DAY)


def test_a_reference_links_two_papers() -> None:
    """By identifier, else by the exact title; what was found by title is said."""
    papers = known({"a": [FEDPFT], "b": ["Flower: A Friendly Framework"]}, a=SHARED)
    citations = link([reference(SHARED, "Flower: a friendly framework")], [], papers)
    (one,) = citations.linked
    assert (one.citing, one.cited) == ("a", "b")
    assert one.by_title == ("Flower: a friendly framework",)


@pytest.mark.parametrize(
    ("cited", "reason"),
    [
        ("Flower", "“Flower” names no paper"),
        (FLEXLORA, f"{FLEXLORA} names no paper"),
        (FEDPFT, "both works are one paper"),
    ],
)
def test_a_reference_that_links_nothing_is_returned_with_the_reason(
    cited: str, reason: str
) -> None:
    """A title in part is no title; a paper does not cite itself."""
    papers = known({"a": [FEDPFT], "b": ["Flower: A Friendly Framework"]}, a=SHARED)
    one = reference(SHARED, cited)
    citations = link([one], [], papers)
    assert citations.linked == ()
    (left,) = citations.unmatched
    assert isinstance(left, Unmatched)
    assert left.fact is one
    assert left.reason.startswith(reason)


def test_a_reference_list_is_known_whole_where_one_version_was_read_whole() -> None:
    """A preprint and its publication are one paper."""
    papers = known({"a": [FEDPFT]}, a=SHARED)
    whole = ReferenceList("lists", ids(SHARED)[0], 52, True)
    partly = ReferenceList("lists", FEDPFT, 50, False)
    foreign = ReferenceList("lists", "Nobody's Paper", 5, True)
    assert link([], [partly], papers).lists == {"a": False}
    for lists in ([partly, whole], [whole, partly]):
        assert link([], lists, papers).lists == {"a": True}
    assert [one.fact for one in link([], [foreign], papers).unmatched] == [foreign]


def test_all_citations_that_ship_link_listed_papers(five_lists: Collection) -> None:
    """68 of them, from 17 reference lists, one of which was read in part."""
    references, lists = read_citation_facts(
        FACTS / "citations.csv", FACTS / "reference_lists.csv", read_sources(FACTS / "sources.toml")
    )
    citations = link(references, lists, Known.of_papers(five_lists.papers))
    assert citations.unmatched == ()
    assert len(citations.linked) == 68
    assert (len(citations.lists), sum(citations.lists.values())) == (17, 16)
