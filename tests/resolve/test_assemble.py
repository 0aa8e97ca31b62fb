"""What ships is put to use: decisions of a curator, and the whole of the five lists."""

from collections import Counter
from datetime import date

import pytest

from fedkg import resources
from fedkg.errors import InputError
from fedkg.pipeline import shipped, shipped_facts
from fedkg.resolve import check_permanence, lasting_paths, read_curation, resolve
from fedkg.resolve.curation import Different, EntryName, Rename, Same, WrongFields, WrongLink

from .conftest import entry, identifiers_in, paper_at, paper_titled, works_of

DAY = date(2026, 11, 21)
FEDPFT = "FedPFT: Federated Proxy Fine-Tuning of Foundation Models"
LINK = "https://arxiv.org/abs/2404.11536"


def decision(kind, *titles, **fields):
    """Return a decision about entries of fedllm, given by title."""
    named = tuple(EntryName("fedllm", title) for title in titles)
    return kind(entries=named, reason="A person looked.", date=DAY, label="decision 1", **fields)


def test_a_curator_joins_what_no_rule_can(resolved):
    """And the decision is recorded with its reason and its day."""
    weather = "Federated Prompt Learning for Weather Foundation Models on Devices"
    label = "Weather Forecasting (Chen 2023)"
    entries = (entry(label, LINK), entry(weather, None, "fedllm:2"))
    assert len(resolved(*entries).papers) == 2
    same = decision(Same, *(one.title for one in entries))
    collection = resolved(*entries, curation=(same,))
    assert works_of(collection) == [["fedllm:1", "fedllm:2"]]
    (recorded,) = (one for one in collection.decisions if one.reason)
    assert (recorded.kind, recorded.reason, recorded.day) == ("same", "A person looked.", DAY)
    assert recorded.about == tuple(sorted(f"entry/{one.key}" for one in collection.statements))


def test_a_curator_parts_what_rules_join(resolved):
    """Whatever they have in common."""
    entries = (entry(FEDPFT, LINK), entry("FedPFT", LINK, "fedllm:2"))
    assert len(resolved(*entries).papers) == 1
    apart = decision(Different, FEDPFT, "FedPFT")
    collection = resolved(*entries, curation=(apart,))
    assert works_of(collection) == [["fedllm:1"], ["fedllm:2"]]


def test_a_curator_names_the_right_link(resolved):
    """The wrong one stays on the entry as listed, and is nobody's identifier."""
    right = "https://arxiv.org/abs/2404.00001"
    mended = decision(WrongLink, FEDPFT, wrong=LINK, link=right)
    collection = resolved(entry(FEDPFT, LINK), curation=(mended,))
    assert identifiers_in(collection.papers[0]) == {"arxiv:2404.00001"}
    assert collection.statements[0].entry.listed.link == LINK
    assert [one.kind for one in collection.decisions] == ["wrong-link"]


def test_a_curator_gives_a_title(resolved):
    """The listed one becomes another name of the paper."""
    title = "FedPFT, the Title in Print"
    collection = resolved(entry(FEDPFT), curation=(decision(Rename, FEDPFT, title=title),))
    (paper,) = collection.papers
    assert (paper.title, paper.alternatives) == (title, (FEDPFT,))
    assert "title-fedpft-federated-proxy-fine-tuning-of-foundation-models" in paper.former_keys


def test_a_decision_that_matches_nothing_stops_the_build(resolved):
    """Its list was corrected, so it is to be corrected or removed."""
    gone = decision(WrongFields, FEDPFT, wrong={"authors": "Ann Lee"})
    with pytest.raises(InputError):
        resolved(entry(FEDPFT), curation=(gone,))


def test_decisions_about_other_lists_do_not_concern_one_list():
    """Whoever builds one of the five is not told of the four that are missing."""
    (fedllm,) = (source for source in shipped() if source.paper_list.slug == "fedllm")
    whole = read_curation(resources.data_dir() / "curation.toml")
    kept = shipped_facts([fedllm]).curation
    assert 0 < len(kept) < len(whole)
    assert all(one.lists == {"fedllm"} for one in kept)


# ---------------------------------------------------------------- the five lists


def test_every_decision_that_ships_is_in_the_graph(whole, what_ships):
    """With its kind and its reason."""
    applied = Counter((one.kind, one.reason) for one in whole.decisions if one.reason)
    assert sum(applied.values()) == len(what_ships.curation)
    assert {kind for kind, _ in applied} == {"same", "wrong-fields", "wrong-link"}


def test_the_first_entry_of_fedllm_has_no_datasets(whole):
    """They and the code are those of the next entry, which keeps them."""
    fedpref = paper_titled(whole, "FedPref:")
    assert (fedpref.datasets, fedpref.repositories) == ((), ())
    assert len(fedpref.authorships) == 3
    dp_fpl = paper_titled(whole, "Privacy-Preserving Personalized Federated Prompt Learning")
    assert len(dp_fpl.datasets) == 5


def test_organisers_of_a_workshop_are_no_authors(whole):
    """The bibliography knows who wrote “The future of … is federated”."""
    paper = paper_titled(whole, "The future of large language model pre-training")
    names = [one.name for one in paper.authorships]
    assert "Sai Praneeth Karimireddy" not in names


def test_what_repeats_the_entry_before_is_not_said(whole):
    """Authors, venue and date of one entry of fed-reasoning are another paper's."""
    paper = paper_titled(whole, "Flexible and Secure Code Deployment")
    assert paper.authorships == ()
    assert {version.issued for version in paper.versions} <= {None}


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("FFA-LoRA", "Improving LoRA in Privacy-preserving Federated Learning"),
        ("Weather Forecasting (Chen 2023)", "Federated Prompt Learning for Weather Foundation"),
        ("Medical VQA (Zhu 2024)", "Prompt-Based Personalized Federated Learning for Medical"),
        ("Recommender (Guo 2024)", "Prompt-enhanced Federated Content Representation"),
    ],
)
def test_labels_that_a_curator_knows_are_papers(whole, label, title):
    """And the preprint that the label links is the paper's."""
    assert label in paper_titled(whole, title).alternatives


def test_no_key_comes_to_mean_another_paper_when_a_list_is_added(five_readings, vocabulary, whole):
    """Whoever wrote an IRI down before finds the same work behind it, by whatever IRI now."""
    now = {one.key: one.describes for one in whole.statements}
    lead = {key: paper.key for paper in whole.papers for key in (paper.key, *paper.former_keys)}
    for left_out in range(len(five_readings)):
        sources = [one for at, one in enumerate(shipped()) if at != left_out]
        readings = [one for at, one in enumerate(five_readings) if at != left_out]
        before = resolve(readings, vocabulary, shipped_facts(sources))
        for one in before.statements:
            if one.describes in lead:
                assert lead[one.describes] == now[one.key], one.entry.title


def test_adding_a_list_loses_no_iri(five_readings, vocabulary, whole):
    """Every lasting IRI of the graph without a list is there with it, or leads somewhere."""
    for left_out in range(len(five_readings)):
        sources = [one for at, one in enumerate(shipped()) if at != left_out]
        readings = [one for at, one in enumerate(five_readings) if at != left_out]
        before = resolve(readings, vocabulary, shipped_facts(sources))

        check_permanence(whole, lasting_paths(before))


def test_there_are_two_hundred_and_fifteen_papers(whole):
    """As many as a person counts, and each entry that is a paper's is one paper's."""
    assert len(whole.papers) == 215
    assert len(paper_at(whole, "fm-fl:160").versions) == 2
