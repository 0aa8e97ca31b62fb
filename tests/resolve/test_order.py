"""Laws of resolving: the order of lists and entries changes nothing, and nothing is made up."""

import random
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fedkg.model import Collection, Entry, Paper, Reading, Stated, StatedRecord, VersionKind
from fedkg.resolve import resolve

from .conftest import entry, identifiers_in, month, readings_of

TITLES = (
    "FLoRA: Federated Fine-Tuning Large Language Models",
    "FLoRA: Enhancing Vision-Language Models with Federated Learning",
    "FLoRA",
    "FedLoRA / pFedLoRA",
    "pFL (pFedLoRA)",
    "pFedLoRA: Model-Heterogeneous Personalized Federated Learning with LoRA",
    "Federated Fine-Tuning of Large Language Models, a Survey",
    "Federated Fine-Tuning of Large Language Models: a Survey",
    "On Federated Fine-Tuning of Large Language Models, a Survey",
    "大型语言模型的联邦学习",
    "???",
    "!!!",
)
LINKS = (
    None,
    "https://arxiv.org/abs/2404.15182",
    "https://arxiv.org/abs/2409.05976v2",
    "https://doi.org/10.48550/arXiv.2404.15182",
    "https://doi.org/10.1145/3589334.3645707",
    "https://doi.org/10.18653/v1/2023.emnlp-main.84",
    "https://aclanthology.org/2025.coling-main.17/",
    "https://openreview.net/forum?id=06quMTmtRV",
    "https://example.org/paper.pdf",
    "https://example.org/journal/12",
)
VENUES = (None, None, "ACL", "ACL 2024", "COLING 2025", "EMNLP", "arXiv", "IEEE TMC", "Nowhere 9")
DATES = (None, None, month("2023"), month("2024-04"), month("2024"), month("2025-01"))
NAMES = ("Li Li", "Lili", "Jiayi Chen", "Jia-Yi Chen", "JIAYI CHEN", "陈佳怡", "-")
DATASETS = ("GSM8K", "GSM-8K", "Caltech101", "Our own", "our-own", "Summarization", "C", "C++")
MODELS = ("LLaMA-7B", "Llama-7B", "7B", "Our model", "GPTs", "T5-base")
CODE = (
    "https://github.com/alibaba/FederatedScope",
    "https://github.com/alibaba/federatedscope/tree/llm",
    "https://gitlab.com/Someone/Code",
    "https://example.org/code/",
)
SECTIONS = ((), ("LoRA",), ("Methods", "Prompt Tuning"), ("Blogs",))


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return up to three of the values."""
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


ENTRIES = st.builds(
    entry,
    st.sampled_from(TITLES),
    st.sampled_from(LINKS),
    headings=st.sampled_from(SECTIONS),
    other_links=some(LINKS[1:]),
    list=st.sampled_from(["fedllm", "fm-fl", "zoo"]),
    venue=st.sampled_from(VENUES),
    date=st.sampled_from(DATES),
    authors=some(NAMES),
    datasets=some(DATASETS),
    models=some(MODELS),
    repositories=some(CODE),
)


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """Return lists whose entries tempt to be joined; no two entries stand on one line."""
    drawn = draw(st.lists(ENTRIES, min_size=1, max_size=7))
    return readings_of(replace(one, line=line) for line, one in enumerate(drawn, 1))


def shuffled(readings: list[Reading], seed: int) -> list[Reading]:
    """Return the same lists, in another order, with their entries in another order."""
    shuffle = random.Random(seed)
    mixed = [
        replace(reading, entries=tuple(shuffle.sample(reading.entries, len(reading.entries))))
        for reading in readings
    ]
    return shuffle.sample(mixed, len(mixed))


@given(readings(), st.integers(0, 99))
def test_the_order_of_lists_and_entries_changes_nothing(resolve_lists, readings, seed):
    """Whoever names the lists in another order gets the same papers, keys, facts and findings."""
    assert resolve_lists(shuffled(readings, seed)) == resolve_lists(readings)


def test_the_order_of_the_five_lists_changes_nothing(resolve_lists, five_readings, five_lists):
    """The same holds of the real lists, backwards and mixed."""
    backwards = [replace(r, entries=r.entries[::-1]) for r in reversed(five_readings)]
    assert resolve_lists(backwards) == five_lists
    mixed = shuffled(five_readings, 7)
    assert resolve_lists(mixed) == five_lists


@given(readings())
def test_every_entry_is_stated_once_and_describes_one_paper_at_most(resolve_lists, readings):
    """Grouping is a partition: no entry is lost, none is in two papers, no paper is without one."""
    collection = resolve_lists(readings)
    stated = collection.statements
    given_entries = [one for reading in readings for one in reading.entries]
    assert sorted(map(repr, (s.entry for s in stated))) == sorted(map(repr, given_entries))
    assert len({s.key for s in stated}) == len(stated)
    assert {s.describes for s in stated} - {None} == {p.key for p in collection.papers}


@given(readings())
def test_nothing_is_said_of_a_paper_that_no_entry_of_it_states(resolve_lists, readings):
    """Every author, place, date, thing and identifier has an entry behind it."""
    assert list(unfounded(resolve_lists(readings))) == []


def test_nothing_is_said_of_the_papers_of_the_five_lists_that_no_entry_states(five_lists, whole):
    """The same holds of the real lists; with a bibliography, of entries and records together."""
    assert list(unfounded(five_lists)) == []
    assert list(unfounded(whole)) == []


def test_the_order_of_facts_and_decisions_changes_nothing(
    five_readings, vocabulary, what_ships, whole
):
    """Records, references and decisions backwards, lists mixed."""
    backwards = replace(
        what_ships,
        records=what_ships.records[::-1],
        references=what_ships.references[::-1],
        reference_lists=what_ships.reference_lists[::-1],
        curation=what_ships.curation[::-1],
    )
    assert resolve(shuffled(five_readings, 3), vocabulary, backwards) == whole


def test_all_that_a_paper_refers_to_is_described(whole):
    """No key leads nowhere."""
    known = {
        name: {thing.key for thing in getattr(whole, name)}
        for name in ("papers", "people", "venues", "editions", "datasets", "models", "repositories")
    }
    for stated in whole.records:
        assert stated.paper in known["papers"]
        assert set(stated.authors) <= known["people"]
    for paper in whole.papers:
        assert set(paper.cites) <= known["papers"] - {paper.key}
        assert {one.person for one in paper.authorships} <= known["people"]
        assert {one.venue for one in paper.versions} - {None} <= known["venues"]
        assert {one.edition for one in paper.versions} - {None} <= known["editions"]
        assert set(paper.datasets) <= known["datasets"]
        assert set(paper.models) <= known["models"]
        assert set(paper.repositories) <= known["repositories"]
        assert paper.preferred_version in (*paper.versions, None)


def unfounded(collection: Collection) -> Iterator[str]:
    """Yield what is said of papers without an entry or a record that states it."""
    for paper in collection.papers:
        stated = [one for one in collection.statements if one.describes == paper.key]
        records = [one for one in collection.records if one.paper == paper.key]
        for what, said, founded in claims(paper, stated, records):
            for value in said:
                if value not in founded:
                    yield f"{paper.key}: {what} {value}"


def claims(
    paper: Paper, stated: list[Stated], records: list[StatedRecord]
) -> Iterator[tuple[str, set[object], set[object]]]:
    """Yield what is said of a paper, and what its entries and records state, kind by kind."""

    def union(name: str) -> set[object]:
        return {value for one in stated for value in getattr(one, name)}

    entries: list[Entry] = [one.entry for one in stated]
    identifiers = {str(found) for one in entries for found in one.identifiers}
    identifiers |= {str(found) for one in records for found in one.record.identifiers}
    names = {name for one in entries for name in one.authors}
    names |= {name for one in records for name in one.record.authors}
    people = union("authors") | {person for one in records for person in one.authors}
    arxiv = {"arxiv"} if any(found.startswith("arxiv:") for found in identifiers) else set()
    urls = {one.link for one in entries} | {
        link.url for one in entries for link in one.listed.other_links
    }
    versions = paper.versions
    placed = [version for version in versions if version.kind is not VersionKind.UNPLACED]
    yield "title", {paper.title, *paper.alternatives}, {one.title for one in entries}
    yield "author", {one.person for one in paper.authorships}, people
    yield "name", {one.name for one in paper.authorships}, names
    yield "dataset", set(paper.datasets), union("datasets")
    yield "model", set(paper.models), union("models")
    yield "repository", set(paper.repositories), union("repositories")
    yield "technique", {one.technique for one in paper.assignments}, union("techniques")
    yield "identifier", set(identifiers_in(paper)), identifiers
    yield "venue", {version.venue for version in placed}, union("venues") | arxiv
    yield "edition", {one.edition for one in versions if one.edition}, union("editions")
    yield "url", {version.url for version in versions if version.url}, urls
    for one in paper.assignments:
        founded = {s.key for s in stated if one.technique in s.techniques}
        yield "assignment", set(one.entries), founded
