"""Which papers cite which, and how much of that is known."""

from collections import Counter
from datetime import date

import pytest

from fedkg.ids import Identifier
from fedkg.model import Completeness, Reference, ReferenceList

from .conftest import entry, paper_at, paper_titled

FERRET = "Ferret: Federated Full-Parameter Tuning at Scale for Large Language Models"
FEDKSEED = "Federated Full-Parameter Tuning of Billion-Sized Language Models"
FLOWER = "Flower: A Friendly Federated Learning Framework"
FERRET_ID = Identifier("arxiv", "2409.06277")
FEDKSEED_ID = Identifier("arxiv", "2312.06353")
ENTRIES = (
    entry(FERRET, "https://arxiv.org/abs/2409.06277", "fm-fl:1"),
    entry(FEDKSEED, "https://arxiv.org/abs/2312.06353", "fm-fl:2"),
    entry(FLOWER, None, "fm-fl:3"),
)


def reference(citing, cited, source="reference-lists"):
    address = "https://arxiv.org/abs/2409.06277"
    return Reference(source, citing, cited, "Qin, Z. As printed.", address, date(2026, 11, 1))


def reference_list(citing, *, whole):
    return ReferenceList("reference-lists", citing, 42, whole)


def test_a_reference_by_identifier_or_by_exact_title_is_a_citation(resolved):
    """Case and punctuation of a title aside; the title that found a paper is told."""
    collection = resolved(
        *ENTRIES,
        references=(
            reference(FERRET_ID, FEDKSEED_ID),
            reference(FERRET_ID, "Flower — A friendly federated learning framework."),
        ),
    )
    ferret = paper_at(collection, "fm-fl:1")
    flower = paper_at(collection, "fm-fl:3").key
    assert ferret.cites == ("arxiv-2312.06353", flower)
    by_title = {one.cited: one.by_title for one in collection.citations}
    assert by_title == {
        "arxiv-2312.06353": (),
        flower: ("Flower — A friendly federated learning framework.",),
    }


def test_a_title_that_is_not_exact_is_left_out_and_told(resolved):
    """“Flower” alone may be another work."""
    collection = resolved(*ENTRIES, references=(reference(FERRET_ID, "Flower: A Framework"),))
    assert paper_at(collection, "fm-fl:1").cites == ()
    assert collection.unmatched == (
        "reference-lists, arxiv:2409.06277 cites Flower: A Framework: "
        "“Flower: A Framework” names no paper of the collection, or several",
    )


def test_what_two_sources_say_is_cited_once(resolved):
    """Both are kept as who says so."""
    collection = resolved(
        *ENTRIES,
        references=(
            reference(FERRET_ID, FEDKSEED_ID),
            reference(FERRET_ID, FEDKSEED, "openalex"),
        ),
    )
    assert paper_at(collection, "fm-fl:1").cites == ("arxiv-2312.06353",)
    sources = [one.reference.source for one in collection.citations]
    assert sources == ["openalex", "reference-lists"]


@pytest.mark.parametrize(
    ("lists", "references", "expected"),
    [
        ([True], [FEDKSEED_ID], Completeness.WHOLE),
        ([True], [], Completeness.WHOLE),
        ([False], [], Completeness.PARTLY),
        ([False, True], [], Completeness.WHOLE),
        ([], [FEDKSEED_ID], Completeness.PARTLY),
        ([], [], Completeness.UNKNOWN),
    ],
)
def test_a_paper_says_how_much_of_its_references_is_known(resolved, lists, references, expected):
    """A whole list may hold no listed paper; a citation that is known is a part of a list."""
    collection = resolved(
        *ENTRIES,
        references=tuple(reference(FERRET_ID, cited) for cited in references),
        reference_lists=tuple(reference_list(FERRET_ID, whole=whole) for whole in lists),
    )
    assert paper_at(collection, "fm-fl:1").references is expected
    assert paper_at(collection, "fm-fl:2").references is Completeness.UNKNOWN


def test_a_paper_does_not_cite_itself(resolved):
    """A preprint and its publication are one work."""
    collection = resolved(*ENTRIES, references=(reference(FERRET_ID, FERRET),))
    assert paper_at(collection, "fm-fl:1").cites == ()
    assert collection.unmatched[0].endswith("both works are one paper")


def test_an_identifier_that_an_entry_got_wrong_cites_nothing(resolved):
    """Whoever cites 2404.11536 cites the work that has it, and that is not known."""
    link = "https://arxiv.org/abs/2404.11536"
    collection = resolved(
        *ENTRIES,
        entry("Federated Prompt Learning for Weather Models", link, "zoo:1"),
        entry("Split Learning of Very Large Networks", link, "zoo:2"),
        references=(reference(FERRET_ID, Identifier("arxiv", "2404.11536")),),
    )
    assert paper_at(collection, "fm-fl:1").cites == ()
    assert len(collection.unmatched) == 1


def test_a_list_is_no_citation(five_lists):
    """To stand in one list, or under one heading, says nothing of who cites whom."""
    assert five_lists.citations == ()
    assert {paper.references for paper in five_lists.papers} == {Completeness.UNKNOWN}


def test_the_citations_that_ship_link_listed_papers(whole, what_ships):
    """All sixty-eight; seventeen papers have a list of references that somebody read."""
    assert len(what_ships.references) == 68
    assert sum(len(paper.cites) for paper in whole.papers) == len(whole.citations) == 68
    known = Counter(paper.references for paper in whole.papers)
    assert (known[Completeness.WHOLE], known[Completeness.PARTLY]) == (16, 1)
    fedkseed = paper_titled(whole, FEDKSEED).key
    assert fedkseed in paper_titled(whole, "Ferret:").cites
