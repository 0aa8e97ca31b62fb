"""What services say is matched by identifiers alone, and makes no paper another."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedkg.ids import Identifier
from fedkg.model import Completeness, Record, Reference, ReferenceList
from fedkg.resolve import Served

from .conftest import entry, paper_at

FERRET = "Ferret: Federated Full-Parameter Tuning at Scale for Large Language Models"
FEDKSEED = "Federated Full-Parameter Tuning of Billion-Sized Language Models"
FLOWER = "Flower: A Friendly Federated Learning Framework"
FERRET_ID = Identifier("arxiv", "2409.06277")
FEDKSEED_ID = Identifier("arxiv", "2312.06353")
FERRET_DOI = Identifier("doi", "10.1000/ferret")
W1, W2, W3 = (Identifier("openalex", f"W{n}") for n in (1, 2, 3))
ENTRIES = (
    entry(FERRET, "https://arxiv.org/abs/2409.06277", "fm-fl:1"),
    entry(FEDKSEED, "https://arxiv.org/abs/2312.06353", "fm-fl:2"),
    entry(FLOWER, None, "fm-fl:3"),
)
DAY = date(2026, 11, 1)


def record(title, *identifiers, source="openalex", key="", authors=()):
    """Return what a service says of a work."""
    address = "https://openalex.org/W1"
    return Record(
        source, key or str(identifiers[0]), title, address, DAY, authors, False, identifiers
    )


def cites(citing, cited, source="openalex"):
    """Return a reference between two works, each by one or several identifiers."""
    (first, *more), (last, *others) = citing, cited
    address = "https://openalex.org/W1"
    return Reference(source, first, last, "", address, DAY, tuple(more), tuple(others))


def test_a_title_alone_finds_no_paper(resolved):
    """Of a record of a service; for what ships it does."""
    said = record(FLOWER, W1, authors=("Daniel J. Beutel",))

    served = resolved(*ENTRIES, served=Served((said,)))
    shipped = resolved(*ENTRIES, records=(said,))

    assert paper_at(served, "fm-fl:3").authorships == ()
    assert served.unmatched == (f"openalex, record {W1} (“{FLOWER}”): it is about no listed paper",)
    assert [one.name for one in paper_at(shipped, "fm-fl:3").authorships] == ["Daniel J. Beutel"]


def test_a_record_adds_authors_and_changes_no_key_and_no_identifier(resolved):
    """The paper of a DOI stays that, though a service knows its arXiv id."""
    listed = entry(FERRET, "https://doi.org/10.1000/ferret", "fm-fl:1")

    collection = resolved(
        listed, served=Served((record(FERRET, FERRET_ID, FERRET_DOI, W1, authors=("Yao Shu",)),))
    )

    paper = paper_at(collection, "fm-fl:1")
    assert paper.key == "doi-10-1000-ferret"
    assert paper.former_keys == paper_at(resolved(listed), "fm-fl:1").former_keys
    assert [one.name for one in paper.authorships] == ["Yao Shu"]
    assert {i for version in paper.versions for i in version.identifiers} == {FERRET_DOI}
    assert [one.paper for one in collection.records] == [paper.key]


def test_what_a_record_gives_a_paper_finds_references_and_records_of_other_services(resolved):
    """OpenAlex cites by its own ids; Crossref knows a DOI that OpenAlex alone names."""
    served = Served(
        (
            record(FERRET, FERRET_ID, FERRET_DOI, W1),
            record(FEDKSEED, FEDKSEED_ID, W2),
            record(FERRET, FERRET_DOI, source="crossref"),
        ),
        (cites([FERRET_ID, W1], [W2]), cites([FERRET_DOI], [FEDKSEED_ID], "crossref")),
        (ReferenceList("crossref", FERRET_DOI, 1, True),),
    )

    collection = resolved(*ENTRIES, served=served)

    paper = paper_at(collection, "fm-fl:1")
    assert paper.cites == ("arxiv-2312.06353",)
    assert paper.references is Completeness.WHOLE
    assert {one.reference.source for one in collection.citations} == {"openalex", "crossref"}
    assert len(collection.records) == 3
    assert collection.unmatched == ()


def test_a_work_of_two_papers_is_refused_and_told(resolved):
    """Its identifiers do not agree: neither gets the record, nor what it cites."""
    served = Served(
        (record(FERRET, FERRET_ID, FEDKSEED_ID, W1),),
        (cites([FERRET_ID, FEDKSEED_ID], [FEDKSEED_ID]),),
    )

    collection = resolved(*ENTRIES, served=served)

    assert collection.records == ()
    assert collection.citations == ()
    assert collection.unmatched == (
        f"openalex, arxiv:2409.06277 cites arxiv:2312.06353: the identifiers of {FERRET_ID} belong "
        "to several papers",
        f"openalex, record {FERRET_ID} (“{FERRET}”): its identifiers belong to several papers",
    )


def test_an_identifier_that_records_give_two_papers_finds_neither(resolved):
    """A number of a service on records of two works names no work."""
    served = Served(
        (record(FERRET, FERRET_ID, W1), record(FEDKSEED, FEDKSEED_ID, W1, source="s2")),
        (cites([FEDKSEED_ID], [W1]),),
    )

    collection = resolved(*ENTRIES, served=served)

    assert len(collection.records) == 2
    assert collection.citations == ()
    assert len(collection.unmatched) == 1
    assert "belong to several papers" in collection.unmatched[0]


def test_a_record_of_another_title_is_refused(resolved):
    """An identifier may be wrong: in the service, or in the list."""
    collection = resolved(*ENTRIES, served=Served((record("Cats and Dogs at Home", FERRET_ID),)))

    assert collection.records == ()
    assert "another title" in collection.unmatched[0]


def test_works_that_no_list_names_are_counted(resolved):
    """Each would be a line of the report otherwise, thousands of them."""
    served = Served((), tuple(cites([FERRET_ID], [one]) for one in (W1, W2, W3)))

    collection = resolved(*ENTRIES, served=served)

    assert collection.unmatched == (
        "openalex: 3 references and lists are not between papers of the collection",
    )


def test_services_do_not_decide_which_entries_are_one_work(resolved):
    """Authors of a record are a sign that two entries are one, but not those of a service."""
    two = (
        entry("FedPFT", None, "fm-fl:1", authors=("Zhaopeng Peng", "Xiaoliang Fan")),
        entry("FedPFT: Federated Proxy Fine-Tuning of Foundation Models", None, "fedllm:1"),
    )
    said = record(two[1].title, W1, authors=("Zhaopeng Peng", "Xiaoliang Fan"))

    assert resolved(*two, served=Served((said,))).papers == resolved(*two).papers


IDS = st.sampled_from((FERRET_ID, FEDKSEED_ID, FERRET_DOI, W1, W2, W3))
SOME = st.lists(IDS, min_size=1, max_size=3, unique=True)
SOURCES = st.sampled_from(("openalex", "s2", "crossref"))
RECORDS = st.lists(
    st.builds(
        lambda title, ids, source: record(title, *ids, source=source, key="|".join(map(str, ids))),
        st.sampled_from((FERRET, FEDKSEED, FLOWER, "Cats")),
        SOME,
        SOURCES,
    ),
    max_size=5,
    unique_by=lambda one: (one.source, one.key),
)
REFERENCES = st.lists(st.builds(cites, SOME, SOME, SOURCES), max_size=6)
LISTS = st.lists(
    st.builds(ReferenceList, SOURCES, IDS, st.integers(1, 9), st.booleans()), max_size=3
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(records=RECORDS, references=REFERENCES, lists=LISTS, chance=st.randoms())
def test_the_order_of_facts_changes_nothing(resolved, records, references, lists, chance):
    """Nor do facts make one paper of two, or another key."""
    one = resolved(*ENTRIES, served=Served(tuple(records), tuple(references), tuple(lists)))
    for said in (records, references, lists):
        chance.shuffle(said)
    other = resolved(*ENTRIES, served=Served(tuple(records), tuple(references), tuple(lists)))

    assert other == one
    bare = resolved(*ENTRIES)
    assert [(p.key, p.versions, p.former_keys) for p in one.papers] == [
        (p.key, p.versions, p.former_keys) for p in bare.papers
    ]
