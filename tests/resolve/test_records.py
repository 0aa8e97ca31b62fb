"""What a bibliography adds to the works that lists name."""

from datetime import date

import pytest

from fedkg.ids import Identifier
from fedkg.model import Record
from fedkg.resolve.records import authors_known

from .conftest import entry, identifiers_in, paper_at, paper_titled

FEDPFT = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
WEATHER = "Federated Prompt Learning for Weather Foundation Models on Devices"
ARXIV = Identifier("arxiv", "2404.11536")
DOI = Identifier("doi", "10.24963/ijcai.2024/531")
PENG = ("Zhaopeng Peng", "Xiaoliang Fan", "Yufan Chen")
CHEN = ("Shengchao Chen", "Guodong Long")


def record(title, *identifiers, authors=PENG, key="", **fields):
    """Return a row of a bibliography."""
    return Record(
        "bib",
        key or title,
        title,
        "https://example.org/bib",
        date(2026, 11, 1),
        authors,
        identifiers=identifiers,
        **fields,
    )


def names(paper):
    return [one.name for one in paper.authorships]


def test_a_paper_gets_the_authors_of_its_record(resolved):
    """In their order; the record says whose they are."""
    collection = resolved(entry(FEDPFT), records=(record(FEDPFT.upper()),))
    (paper,) = collection.papers
    (stated,) = collection.records
    assert names(paper) == list(PENG)
    assert stated.paper == paper.key
    assert stated.authors == ("zhaopeng-peng", "xiaoliang-fan", "yufan-chen")
    assert collection.statements[0].authors == ()


def test_a_paper_gets_the_identifiers_of_its_record(resolved):
    """Its key is made of the strongest; a version without a place has the others."""
    collection = resolved(entry(FEDPFT), records=(record(FEDPFT, ARXIV, DOI),))
    (paper,) = collection.papers
    assert paper.key == "arxiv-2404.11536"
    assert identifiers_in(paper) == {"arxiv:2404.11536", "doi:10.24963/ijcai.2024/531"}
    assert "title-fedpft-federated-proxy-fine-tuning-of-foundation-models" in paper.former_keys
    assert collection.records[0].identifiers == (ARXIV, DOI)


def test_an_identifier_that_two_works_state_is_not_given_by_a_record(resolved):
    """The bibliography of fm-fl repeats the slip of the list."""
    link = "https://arxiv.org/abs/2404.11536"
    collection = resolved(
        entry(FEDPFT, link, "fm-fl:160"),
        entry(WEATHER, link, "fm-fl:2183"),
        records=(record(FEDPFT, ARXIV), record(WEATHER, ARXIV, authors=CHEN)),
    )
    for place, authors in (("fm-fl:160", PENG), ("fm-fl:2183", CHEN)):
        paper = paper_at(collection, place)
        assert identifiers_in(paper) == set()
        assert names(paper) == list(authors)


def test_an_identifier_that_two_records_state_is_given_to_neither(resolved):
    """Where the lists are silent."""
    collection = resolved(
        entry(FEDPFT),
        entry(WEATHER, None, "fedllm:2"),
        records=(record(FEDPFT, ARXIV), record(WEATHER, ARXIV, authors=CHEN)),
    )
    assert [identifiers_in(paper) for paper in collection.papers] == [set(), set()]


def test_a_record_of_another_work_is_left_out_with_a_reason(resolved):
    """Its identifier is FedPFT's, and its title is not."""
    collection = resolved(
        entry(FEDPFT, "https://arxiv.org/abs/2404.11536"),
        records=(record(WEATHER, ARXIV, authors=CHEN),),
    )
    assert names(collection.papers[0]) == []
    assert collection.records == ()
    assert collection.unmatched == (
        f"bib, record {WEATHER} (“{WEATHER}”): its identifier belongs to a paper of another title",
    )


def test_the_fullest_list_of_authors_is_taken_wherever_it_stands(resolved):
    """A record that ends in “and others” gives way to a list, and a list to a record."""
    short = record(FEDPFT, authors=PENG[:2], is_truncated=True)
    (paper,) = resolved(entry(FEDPFT, authors=PENG), records=(short,)).papers
    assert names(paper) == list(PENG)
    (paper,) = resolved(entry(FEDPFT, authors=PENG[:1]), records=(record(FEDPFT),)).papers
    assert names(paper) == list(PENG)


def test_authors_of_records_tell_works_apart():
    """They are known before works are made: of the one record of an entry's title."""
    entries = [entry(FEDPFT), entry(WEATHER, authors=CHEN), entry("Nobody Knows This Work at All")]
    known = authors_known(entries, [record(FEDPFT), record(WEATHER, authors=("Somebody Else",))])
    assert known == [PENG, CHEN, ()]


@pytest.mark.parametrize(
    "records",
    [
        [record(FEDPFT, key="a"), record(FEDPFT, key="b", authors=CHEN)],
        [record(FEDPFT, Identifier("arxiv", "2404.00001"))],
    ],
)
def test_a_record_that_may_be_another_works_is_no_witness(records):
    """Two records of the title, or another preprint."""
    one = entry(FEDPFT, "https://arxiv.org/abs/2404.11536")
    assert authors_known([one], records) == [()]


def test_the_order_of_records_changes_nothing(resolved):
    """Two of one work, and two that share an identifier."""
    records = (
        record(FEDPFT, DOI, key="a"),
        record(FEDPFT, DOI, key="b", authors=PENG[:2]),
        record(WEATHER, ARXIV, authors=CHEN),
        record("Nobody Lists This Work at All", ARXIV, authors=CHEN),
    )
    entries = (entry(FEDPFT), entry(WEATHER, None, "fedllm:2"))
    there = resolved(*entries, records=records)
    assert resolved(*entries, records=records[::-1]) == there
    assert len(there.records) == 3


# ---------------------------------------------------------------- the five lists


def test_nearly_nine_papers_in_ten_have_authors(whole, five_lists):
    """The bibliography of fm-fl names them; without it four in ten have some."""
    known = [sum(bool(paper.authorships) for paper in one.papers) for one in (whole, five_lists)]
    assert known[0] >= 0.88 * len(whole.papers)
    assert known[1] < 0.5 * len(five_lists.papers)


def test_the_three_records_with_one_doi_give_it_to_fedpft_alone(whole):
    """The bibliography says of three works that they are 10.48550/arXiv.2404.11536."""
    assert "arxiv:2404.11536" in identifiers_in(paper_titled(whole, "FedPFT:"))
    for title in ("Federated Adaptation for Foundation", WEATHER):
        paper = paper_titled(whole, title)
        assert paper.authorships
        assert "arxiv:2404.11536" not in identifiers_in(paper)


def test_every_record_that_ships_is_about_a_listed_paper(whole, what_ships):
    """What is about none is left out of the file."""
    assert len(whole.records) == len(what_ships.records) > 100
    assert whole.unmatched == ()
