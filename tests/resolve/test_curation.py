"""What a person decided is read, fits the lists, is applied, and is recorded."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg import resources
from fedkg.errors import InputError
from fedkg.ids import Identifier
from fedkg.model import Heading, PartialDate
from fedkg.resolve.curation import (
    Different,
    EntryName,
    Rename,
    Same,
    SamePerson,
    SplitPerson,
    WrongFields,
    WrongLink,
    apply_to_entries,
    apply_to_works,
    concerning,
    curate_people,
    read_curation,
    recorded,
    renamed,
    suffix_of,
)
from fedkg.resolve.people import name_key

from .conftest import entry

DAY = date(2026, 11, 21)
FEDPREF = "FedPref: Federated Learning Across Heterogeneous Multi-objective Preferences"
DP_FPL = "Privacy-Preserving Personalized Federated Prompt Learning"
FUTURE = "The future of large language model pre-training is federated"
FLORA_NEURIPS = "FLoRA: Federated Fine-Tuning Large Language Models"
FLORA_RANK = "FLoRA: Low-Rank Adapters with Sketching"
SLORA_LINK = "https://arxiv.org/abs/2308.06522"
FED_BBPL_LINK = "https://dl.acm.org/doi/10.1145/3709356"


def stated(title, at="fedllm:1", link=None, other_links=(), **words):
    """Return an entry whose fields state what the words beside it say, as the reader does."""
    made = entry(title, link, at, other_links=other_links)
    parts = {
        name: tuple(words[name].split(", "))
        for name in ("authors", "datasets", "models")
        if name in words
    }
    parts |= {"venue": words["venue"]} if "venue" in words else {}
    parts |= {"repositories": (words["code"],)} if "code" in words else {}
    return replace(made, listed=replace(made.listed, **words), **parts)


def name(title, at="fedllm", **more):
    return EntryName(at, title, **more)


def make(kind, *names, label="curation.toml: decision 1", **fields):
    """Return a decision about entries that are given by name, or by title in fedllm."""
    named = tuple(one if isinstance(one, EntryName) else name(one) for one in names)
    given_reason = fields.pop("reason", "A person looked.")
    return kind(entries=named, reason=given_reason, date=DAY, label=label, **fields)


def curation(tmp_path, text):
    path = tmp_path / "curation.toml"
    path.write_text(text, encoding="utf-8")
    return read_curation(path)


def in_toml(kind, *, entries=2, more="", reason='reason = "A person looked."', day="2026-11-21"):
    """Return one decision as a person writes it."""
    named = ", ".join(f'{{ list = "fedllm", title = "Title {n}" }}' for n in range(entries))
    return f'[[decision]]\nkind = "{kind}"\nentries = [{named}]\n{reason}\ndate = {day}\n{more}\n'


# ---------------------------------------------------------------- what ships


@pytest.fixture(scope="module")
def shipped_decisions():
    return read_curation(resources.data_dir() / "curation.toml")


def test_every_shipped_decision_fits_the_five_lists(five_readings, shipped_decisions):
    """A list that was corrected says so here: correct the decision or remove it."""
    entries = [one for reading in five_readings for one in reading.entries]
    changed, applied = apply_to_entries(entries, shipped_decisions)
    works, more = apply_to_works(changed, [(at,) for at in range(len(changed))], shipped_decisions)
    _, titled = renamed(changed, works, shipped_decisions)
    _, people = curate_people(changed, works, shipped_decisions)
    assert len([*applied, *more, *titled, *people]) == len(shipped_decisions)


def test_shipped_decisions_are_few_and_give_their_reason_in_a_sentence(shipped_decisions):
    """What a rule can settle, a rule settles."""
    assert len(shipped_decisions) <= 10
    for decision in shipped_decisions:
        assert decision.reason[0].isupper() or decision.reason.startswith("arXiv")
        assert decision.reason.endswith(".")


def test_the_first_entry_of_fedllm_loses_what_it_has_of_the_next(five_readings, shipped_decisions):
    """FedPref keeps its authors; the datasets and the code of DP-FPL stay with DP-FPL."""
    entries = [one for reading in five_readings for one in reading.entries]
    changed, _ = apply_to_entries(entries, shipped_decisions)
    fedpref = next(one for one in changed if one.title == FEDPREF)
    dp_fpl = next(one for one in changed if one.title.startswith(DP_FPL) and one.list == "fedllm")
    assert (fedpref.datasets, fedpref.repositories) == ((), ())
    assert fedpref.authors == ("Maria Hartmann", "Grégoire Danoy", "Pascal Bouvry")
    assert len(dp_fpl.datasets) == 5
    assert dp_fpl.repositories == ("https://anonymous.4open.science/r/DP-FPL-84F8",)


def test_organisers_of_a_workshop_are_no_authors(five_readings, shipped_decisions):
    """The place of the paper is right, and stays."""
    entries = [one for reading in five_readings for one in reading.entries]
    changed, _ = apply_to_entries(entries, shipped_decisions)
    future = next(one for one in changed if one.title == FUTURE)
    assert (future.authors, future.venue) == ((), "NeurIPS Workshop")
    assert future.listed.authors.startswith("Sai Praneeth Karimireddy")


def test_what_repeats_the_entry_before_stays_with_the_entry_before(
    five_readings, shipped_decisions
):
    """Fei Wang, Ethan Hugh and Baochun Li wrote “More Than Enough is Too Much”."""
    entries = [one for reading in five_readings for one in reading.entries]
    changed, _ = apply_to_entries(entries, shipped_decisions)
    copied = next(one for one in changed if one.title.startswith("Flexible and Secure Code"))
    first = next(one for one in changed if one.title.startswith("More Than Enough is Too Much"))
    assert (copied.authors, copied.venue, copied.date) == ((), None, None)
    assert first.authors == ("Fei Wang", "Ethan Hugh", "Baochun Li")
    assert (first.venue, first.date) == ("Trans. Netw", PartialDate(2024, 3))


# ---------------------------------------------------------------- the file


def test_every_kind_of_decision_is_read(tmp_path):
    """The head of the shipped file says what each has."""
    right = 'right = { venue = "EMNLP", date = "2023-12", datasets = ["C4"], code = [] }'
    text = "\n".join(
        [
            in_toml("same"),
            in_toml("different"),
            in_toml("wrong-link", entries=1, more=f'wrong = "x"\nlink = "{SLORA_LINK}"'),
            in_toml(
                "wrong-fields",
                entries=1,
                more=f'wrong = {{ venue = "ACL 2023", datasets = "C5", code = "x" }}\n{right}',
            ),
            in_toml("rename", entries=1, more='title = "FewFedPIT"'),
            in_toml(
                "split-person",
                entries=1,
                more='name = "Yang Liu"\nkey = "thu"\norcid = "0000-0002-1825-0097"',
            ),
            in_toml("same-person", entries=1, more='names = ["Bill Yuchen Lin", "Yuchen Lin"]'),
        ]
    )
    found = curation(tmp_path, text)
    assert [type(one) for one in found] == [
        Same,
        Different,
        WrongLink,
        WrongFields,
        Rename,
        SplitPerson,
        SamePerson,
    ]
    assert found[0].entries == (name("Title 0"), name("Title 1"))
    assert found[3].right == {
        "venue": "EMNLP",
        "date": PartialDate(2023, 12),
        "datasets": ("C4",),
        "code": (),
    }
    assert {(one.reason, one.date) for one in found} == {("A person looked.", DAY)}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (in_toml("merge"), "unknown kind 'merge'"),
        (in_toml("same", more="because = 1"), "unknown field because"),
        ('[[decisions]]\nkind = "same"', "unknown field decisions"),
        (in_toml("same", reason=""), "needs reason"),
        (in_toml("same", reason='reason = " "'), "needs reason"),
        (in_toml("same", day='"2026-11-21"'), "needs date = YYYY-MM-DD"),
        (in_toml("same", day="2026-11-21T00:00:00"), "needs date = YYYY-MM-DD"),
        (in_toml("same", entries=1), "concerns 1 entries: name 2 or more"),
        (in_toml("rename", entries=0, more='title = "T"'), "name 1 or more"),
        (in_toml("rename", entries=1), "needs title"),
        (in_toml("wrong-link", entries=1), "needs wrong"),
        (in_toml("wrong-link", entries=1, more='wrong = "x"\nlink = "y"'), "no http(s) address"),
        (in_toml("wrong-fields", entries=1), "needs wrong"),
        (in_toml("wrong-fields", entries=1, more='wrong = { title = "T" }'), "unknown field title"),
        (
            in_toml(
                "wrong-fields",
                entries=1,
                more='wrong = { venue = "A" }\nright = { authors = ["Ann Lee"] }',
            ),
            "right, has the unknown field authors: use venue, date",
        ),
        (
            in_toml(
                "wrong-fields",
                entries=1,
                more='wrong = { date = "Mon 2024" }\nright = { date = "2024-13" }',
            ),
            'needs date = "YYYY" or "YYYY-MM"',
        ),
        (
            in_toml("split-person", entries=1, more='name = "Yang Liu"\nkey = "THU 2"'),
            "the key 'THU 2'",
        ),
        (
            in_toml(
                "split-person",
                entries=1,
                more='name = "A B"\nkey = "c"\norcid = "0000-0002-1825-0096"',
            ),
            "form or check digit is wrong",
        ),
        (in_toml("same-person", entries=1, more='names = ["Yang Liu"]'), "two or more"),
        (in_toml("same") + in_toml("same", reason='reason = "Again."'), "repeats decision 1"),
        ("[[decision]", "is not valid TOML"),
    ],
)
def test_a_decision_that_is_written_wrongly_is_refused(tmp_path, text, complaint):
    """The sentence names the file, and says what to write."""
    with pytest.raises(InputError) as error:
        curation(tmp_path, text)
    assert complaint in str(error.value)
    assert "curation.toml" in str(error.value)


def test_a_misspelt_part_of_an_entry_is_refused(tmp_path):
    """The sentence names the decision and the entry in it."""
    text = in_toml("same").replace('title = "Title 1"', 'titel = "Title 1"')
    with pytest.raises(InputError, match=r"decision 1 \(same\), entry 2, has the unknown field"):
        curation(tmp_path, text)


# ---------------------------------------------------------------- which entries


def test_a_section_a_link_or_a_line_tells_apart_entries_of_one_title():
    """A title that stands under two headings is two entries; the innermost heading is enough."""
    prompts = replace(
        entry("FedPrompt", "https://a.org/1", at="fm-fl:10"),
        headings=(Heading("Tuning", "Tuning"), Heading("Prompts (3)", "Prompts")),
    )
    privacy = replace(prompts, line=90, headings=(Heading("Privacy", "Privacy"),))
    linked = replace(privacy, line=91, listed=replace(privacy.listed, link="https://a.org/2"))
    entries = [prompts, privacy, linked]
    alone = [(0,), (1,), (2,)]
    for more, position in [
        ({"section": ("Prompts",)}, 0),
        ({"section": ("Tuning", "Prompts")}, 0),
        ({"section": ("Privacy",), "link": "https://a.org/1"}, 1),
        ({"line": 91}, 2),
    ]:
        decision = make(Rename, name("FedPrompt", "fm-fl", **more), title="FedPrompt, Anew")
        assert renamed(entries, alone, [decision])[0] == {position: "FedPrompt, Anew"}


def test_a_title_may_be_written_as_listed_or_as_mended():
    """Who copies from the file gets it right, and so does who copies from a page of the graph."""
    one = entry("Grégoire’s Method")
    one = replace(one, listed=replace(one.listed, title="Gr√©goire’s Method"))
    for title in ("Gr√©goire’s Method", "Grégoire’s Method"):
        assert renamed([one], [(0,)], [make(Rename, title, title="New")])[0] == {0: "New"}


@pytest.mark.parametrize(
    ("named", "complaint"),
    [
        (name(FUTURE), "fits no entry: there is no “The future"),
        (name("FedPrompt", line=7), "(its title stands in lines 3, 5); the list has changed"),
        (name("FedPrompt"), "fits 2 entries: “FedPrompt” of fedllm (lines 3, 5); add the section"),
        (name("FedPrompt", "fm-fl"), "there is no “FedPrompt” of fm-fl"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "fields", "apply"),
    [
        (WrongLink, {"wrong": "x"}, lambda e, d: apply_to_entries(e, d)),
        (WrongFields, {"wrong": {"venue": "x"}}, lambda e, d: apply_to_entries(e, d)),
        (Same, {}, lambda e, d: apply_to_works(e, [(0,), (1,)], d)),
        (Rename, {"title": "x"}, lambda e, d: renamed(e, [(0,), (1,)], d)),
        (SplitPerson, {"name": "A", "key": "x"}, lambda e, d: curate_people(e, [(0,), (1,)], d)),
    ],
)
def test_a_decision_that_fits_no_entry_or_several_is_an_error(
    named, complaint, kind, fields, apply
):
    """The sentence names the file, the decision, what is there, and the remedy."""
    entries = [entry("FedPrompt", at="fedllm:3"), entry("FedPrompt", at="fedllm:5")]
    with pytest.raises(InputError) as error:
        apply(entries, [make(kind, named, label="data/curation.toml: decision 4", **fields)])
    assert complaint in str(error.value)
    assert str(error.value).startswith("data/curation.toml: decision 4 ")


def test_an_entry_is_named_once_in_a_decision():
    """Nothing is different from itself."""
    decision = make(Different, name("FedIT"), name("FedIT", line=1))
    with pytest.raises(InputError, match="names “FedIT” of fedllm twice"):
        apply_to_works([entry("FedIT")], [(0,)], [decision])


def test_decisions_about_lists_that_are_not_read_do_not_count():
    """Who builds one list is not told that decisions about another fit nothing."""
    here = make(Rename, "FedIT", title="x")
    across = make(Same, name("FedIT"), name("FedIT", "fm-fl"))
    assert concerning([here, across], {"fedllm", "my-list"}) == (here,)
    assert concerning([here, across], {"fedllm", "fm-fl"}) == (here, across)


# ---------------------------------------------------------------- wrong links and fields


def test_a_wrong_link_takes_its_identifiers_along():
    """Fed-BBPL with the arXiv id of SLoRA: what is listed stays, what it states goes."""
    fed_bbpl = stated("Fed-BBPL", link=SLORA_LINK)
    decision = make(WrongLink, "Fed-BBPL", wrong=SLORA_LINK)
    (changed,), (applied,) = apply_to_entries([fed_bbpl], [decision])
    assert (changed.link, changed.identifiers) == (None, ())
    assert changed.listed == fed_bbpl.listed
    assert [(one.field, one.words) for one in applied.rejected] == [("link", SLORA_LINK)]


def test_the_right_link_takes_the_place_of_the_wrong_one():
    """Where a person knows it."""
    decision = make(WrongLink, "Fed-BBPL", wrong=SLORA_LINK, link=FED_BBPL_LINK)
    (changed,), _ = apply_to_entries([stated("Fed-BBPL", link=SLORA_LINK)], [decision])
    assert changed.link == FED_BBPL_LINK
    assert changed.identifiers == (Identifier("doi", "10.1145/3709356"),)


def test_another_link_may_be_the_wrong_one():
    """The title link stays, and so does an identifier that a good link states too."""
    one = stated("SLoRA", link=SLORA_LINK, other_links=(FED_BBPL_LINK, f"{SLORA_LINK}v2"))
    wrong = [make(WrongLink, "SLoRA", wrong=url) for url in (FED_BBPL_LINK, f"{SLORA_LINK}v2")]
    (changed,), _ = apply_to_entries([one], wrong)
    assert changed.link == SLORA_LINK
    assert changed.identifiers == (Identifier("arxiv", "2308.06522"),)


def test_wrong_fields_are_emptied_or_read_anew():
    """Each field alone; the others are as they were."""
    one = stated(
        "FedIT", authors="Ann Lee, Bo Li", venue="ACL", date="Mon 2024", code="https://a.org/x"
    )
    decision = make(
        WrongFields,
        "FedIT",
        wrong={"venue": "ACL", "date": "Mon 2024", "code": "https://a.org/x"},
        right={"venue": "EMNLP", "code": ("https://github.com/a/b",)},
    )
    (changed,), _ = apply_to_entries([replace(one, date=PartialDate(2024))], [decision])
    assert (changed.venue, changed.date) == ("EMNLP", None)
    assert changed.repositories == ("https://github.com/a/b",)
    assert changed.authors == ("Ann Lee", "Bo Li")
    assert changed.listed == one.listed


def test_a_year_that_was_read_off_a_wrong_venue_goes_with_it():
    """“ICLR 2025” is where the year came from."""
    one = replace(stated("FedIT", venue="ICLR 2025"), date=PartialDate(2025))
    decision = make(WrongFields, "FedIT", wrong={"venue": "ICLR 2025"})
    (changed,), _ = apply_to_entries([one], [decision])
    assert (changed.venue, changed.date) == (None, None)


@pytest.mark.parametrize(
    "decision",
    [
        make(WrongFields, "FedIT", wrong={"venue": "ICLR 2024"}),
        make(WrongFields, "FedIT", wrong={"models": "GPT-2"}),
        make(WrongLink, "FedIT", wrong=SLORA_LINK),
    ],
)
def test_words_that_the_list_has_corrected_are_not_rejected(decision):
    """A decision is about the words that a person saw: other words make it an error."""
    with pytest.raises(InputError, match="the list has changed, so correct the decision or remove"):
        apply_to_entries([stated("FedIT", venue="ICLR 2025", link=FED_BBPL_LINK)], [decision])


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        (WrongFields, {"venue": "ACL"}, [{"right": {"venue": "EMNLP"}}, {"right": {}}]),
        (WrongLink, SLORA_LINK, [{"link": FED_BBPL_LINK}, {"link": None}]),
    ],
)
def test_two_values_for_one_field_are_a_contradiction(kind, wrong, right):
    """Both decisions are named."""
    one = stated("FedIT", venue="ACL", link=SLORA_LINK)
    decisions = [
        make(kind, "FedIT", label=f"c.toml: decision {number}", wrong=wrong, **fields)
        for number, fields in enumerate(right, 1)
    ]
    for order in permutations(decisions):
        with pytest.raises(InputError, match="keep one of them") as error:
            apply_to_entries([one], order)
        assert "decision 1" in str(error.value)
        assert "decision 2" in str(error.value)


# ---------------------------------------------------------------- same and different


def floras():
    """Two works of one short name, each listed twice."""
    return [
        stated(FLORA_NEURIPS, "fedllm:1", "https://arxiv.org/abs/2409.05976"),
        stated("FLoRA", "fm-fl:2", "https://arxiv.org/abs/2409.05976"),
        stated(FLORA_RANK, "fedllm:3", SLORA_LINK),
        stated(FLORA_RANK, "fm-fl:4"),
    ]


def test_same_joins_whole_works():
    """Naming one entry of each is enough."""
    decision = make(Same, name("FLoRA", "fm-fl"), name(FLORA_RANK, "fm-fl"))
    works, (applied,) = apply_to_works(floras(), [(0, 1), (2, 3)], [decision])
    assert works == ((0, 1, 2, 3),)
    assert applied.entries == (1, 3)


def test_different_leaves_each_other_entry_with_what_it_is_most_like():
    """One title goes with one title; a label with the link that it shares."""
    decision = make(Different, FLORA_NEURIPS, name(FLORA_RANK, "fm-fl"))
    works, _ = apply_to_works(floras(), [(0, 1, 2, 3)], [decision])
    assert works == ((0, 1), (2, 3))


def test_a_title_says_more_than_a_link_that_several_share():
    """A shared link is most often why a person has to tell works apart."""
    first, second = stated("A", "fedllm:1", SLORA_LINK), stated("B", "fedllm:2", SLORA_LINK)
    third = stated("B", "fm-fl:3", FED_BBPL_LINK)
    works, _ = apply_to_works([first, second, third], [(0, 1, 2)], [make(Different, "A", "B")])
    assert works == ((0,), (1, 2))


def test_same_pulls_an_entry_to_the_side_that_a_person_says():
    """Where likeness would go the other way."""
    decisions = [
        make(Different, FLORA_NEURIPS, name(FLORA_RANK, "fm-fl")),
        make(Same, name("FLoRA", "fm-fl"), FLORA_RANK),
    ]
    works, _ = apply_to_works(floras(), [(0, 1, 2, 3)], decisions)
    assert works == ((0,), (1, 2, 3))


def test_what_is_different_is_never_brought_together_by_way_of_others():
    """A joins C, and B, which was with A, must not meet D, which was with C."""
    entries = [entry(title, at=f"fedllm:{n}") for n, title in enumerate("ABCD", 1)]
    decisions = [make(Same, "A", "C"), make(Different, "B", "D")]
    found = {apply_to_works(entries, w, decisions)[0] for w in permutations([(0, 1), (2, 3)])}
    assert found == {((0, 1, 2), (3,))}


def test_three_that_are_different_are_different_from_each_other():
    """One decision can say it of many."""
    entries = [entry(title, at=f"fedllm:{n}") for n, title in enumerate("ABC", 1)]
    assert apply_to_works(entries, [(0, 1, 2)], [make(Different, "A", "B", "C")])[0] == (
        (0,),
        (1,),
        (2,),
    )


def test_decisions_that_contradict_each_other_are_an_error():
    """Also where it takes a third entry to see it; all of them are named."""
    entries = [entry(title, at=f"fedllm:{n}") for n, title in enumerate("ABC", 1)]
    decisions = [
        make(Same, "A", "B", label="c.toml: decision 1 (same)"),
        make(Same, "B", "C", label="c.toml: decision 2 (same)"),
        make(Different, "A", "C", label="c.toml: decision 3 (different)"),
    ]
    for order in permutations(decisions):
        with pytest.raises(InputError) as error:
            apply_to_works(entries, [(0,), (1,), (2,)], order)
        assert str(error.value) == (
            "c.toml: decision 1 (same) and decision 2 (same) and decision 3 (different) say of "
            "“A” and “C” that they are one work and not: keep one of them."
        )


ENTRIES = [
    stated(title, f"fedllm:{line}", link)
    for line, (title, link) in enumerate(
        [("A", None), ("A", SLORA_LINK), ("B", SLORA_LINK), ("B", None), ("C", None), ("D", None)],
        1,
    )
]


@given(data=st.data())
def test_neither_order_nor_repetition_of_decisions_changes_works(data):
    """Whatever is decided: a contradiction stays one, and works made twice are the same."""
    at = st.integers(0, len(ENTRIES) - 1)
    pairs = st.lists(st.tuples(at, at).filter(lambda pair: pair[0] != pair[1]), max_size=3)
    decisions = [
        make(kind, *(name(ENTRIES[p].title, line=ENTRIES[p].line) for p in pair))
        for kind in (Same, Different)
        for pair in data.draw(pairs)
    ]
    labels = data.draw(st.lists(st.integers(0, 2), min_size=6, max_size=6))
    works = [tuple(p for p in range(6) if labels[p] == label) for label in set(labels)]

    def outcome(some_works, some_decisions):
        try:
            return apply_to_works(ENTRIES, some_works, some_decisions)
        except InputError:
            return None

    once = outcome(works, decisions)
    shuffled = outcome(data.draw(st.permutations(works)), data.draw(st.permutations(decisions)))
    assert shuffled == once
    if once:
        assert outcome(once[0], decisions) == once
        assert sorted(p for work in once[0] for p in work) == list(range(6))


def test_neither_order_nor_repetition_of_decisions_changes_entries():
    """What was rejected once is not there to be rejected again, and the words still are."""
    one = stated("FedIT", link=SLORA_LINK, venue="ICLR 2025", other_links=(FED_BBPL_LINK,))
    decisions = [
        make(WrongLink, "FedIT", wrong=SLORA_LINK, link="https://arxiv.org/abs/2305.05644"),
        make(WrongLink, "FedIT", wrong=FED_BBPL_LINK, link="https://doi.org/10.1109/1.2"),
        make(WrongFields, "FedIT", wrong={"venue": "ICLR 2025"}, right={"venue": "ICASSP"}),
    ]
    once = apply_to_entries([one], decisions)
    assert once[0][0].link == "https://arxiv.org/abs/2305.05644"
    for order in permutations(decisions):
        assert apply_to_entries([one], order) == once
        assert apply_to_entries(once[0], order) == once


# ---------------------------------------------------------------- titles and people


def test_a_rename_gives_a_work_its_title():
    """Whichever of its entries is named."""
    entries = [entry("FedPIT"), entry("FewFedPIT", at="fedllm:2"), entry("SLoRA", at="fedllm:3")]
    decision = make(Rename, "FedPIT", title="FewFedPIT: Instruction Tuning")
    titles, (applied,) = renamed(entries, [(2,), (0, 1)], [decision])
    assert titles == {1: "FewFedPIT: Instruction Tuning"}
    assert applied.entries == (0,)


def test_one_work_gets_one_title_and_one_title_one_work():
    """Two titles contradict each other; entries of two works are not one."""
    entries = [entry("A"), entry("B", at="fedllm:2")]
    decisions = [make(Rename, "A", title="X"), make(Rename, "B", title="Y")]
    assert renamed(entries, [(0,), (1,)], decisions)[0] == {0: "X", 1: "Y"}
    with pytest.raises(InputError, match="give one work two titles"):
        renamed(entries, [(0, 1)], decisions)
    with pytest.raises(InputError, match="renames 2 works at once"):
        renamed(entries, [(0,), (1,)], [make(Rename, "A", "B", title="X")])


def test_a_split_person_is_another_on_the_whole_work_of_the_entry():
    """Yang Liu of one paper is not Yang Liu of the others, whichever list names the paper."""
    entries = [
        stated("A", "fedllm:1", authors="Yang Liu, Bo Li"),
        stated("A", "fm-fl:2", authors="YANG LIU"),
        stated("B", "fedllm:3", authors="Yang Liu"),
    ]
    decision = make(SplitPerson, "A", name="Yang Liu", key="thu", orcid="0000-0002-1825-0097")
    people, _ = curate_people(entries, [(0, 1), (2,)], [decision])
    split = people.identity_of("yang liu", 0)
    assert people.identity_of(name_key("YANG LIU"), 1) == split
    assert people.identity_of("yang liu", 2) == "yang liu"
    assert people.identity_of("bo li", 0) == "bo li"
    assert (suffix_of(split), suffix_of("yang liu")) == ("thu", "")
    assert people.orcids == {split: "0000-0002-1825-0097"}
    assert people.is_curated(split)
    assert not people.is_curated("yang liu")


def test_names_of_one_person_are_one_identity_everywhere():
    """Also by way of a third name, and on works that the decision does not name."""
    entries = [
        stated("A", "fedllm:1", authors="Bill Yuchen Lin"),
        stated("B", "fedllm:2", authors="Yuchen Lin, B. Y. Lin"),
        stated("C", "fedllm:3", authors="Yuchen Lin"),
    ]
    decisions = [
        make(SamePerson, "A", "B", names=("Bill Yuchen Lin", "Yuchen Lin")),
        make(SamePerson, "B", names=("B. Y. Lin", "Yuchen Lin"), orcid="0000-0002-1825-0097"),
    ]
    alone = [(0,), (1,), (2,)]
    for order in permutations(decisions):
        people, applied = curate_people(entries, alone, order)
        assert (people, applied) == curate_people(entries, alone, decisions)
        same = {people.identity_of(key, 2) for key in ("bill yuchen lin", "yuchen lin", "b y lin")}
        assert len(same) == 1
        assert set(people.orcids) == same
        assert people.is_curated(same.pop())


def test_authors_that_another_source_names_count():
    """A list may be silent where a bibliography is not."""
    decision = make(SplitPerson, "A", name="Yang Liu", key="thu")
    people, _ = curate_people([entry("A")], [(0,)], [decision], names=[("Yang Liu",)])
    assert suffix_of(people.identity_of("yang liu", 0)) == "thu"


@pytest.mark.parametrize(
    ("decisions", "complaint"),
    [
        ([make(SplitPerson, "A", name="Li Wei", key="x")], "Li Wei, who is no author of “A”"),
        ([make(SamePerson, "A", names=("Li Wei", "Yang Liu"))], "Li Wei, who is an author of none"),
        (
            [make(SplitPerson, "A", name="Yang Liu", key=key) for key in ("thu", "hkust")],
            "say of Yang Liu on “A” of fedllm that the key is",
        ),
        (
            [
                make(SplitPerson, "A", name="Yang Liu", key="thu", orcid=orcid)
                for orcid in ("0000-0002-1825-0097", "0000-0001-5109-3700")
            ],
            "give one person the ORCIDs",
        ),
    ],
)
def test_decisions_about_people_that_cannot_hold_are_errors(decisions, complaint):
    """A name that is not there, two keys, two ORCIDs."""
    with pytest.raises(InputError) as error:
        curate_people([stated("A", authors="Yang Liu, Bo Li")], [(0,)], decisions)
    assert complaint in str(error.value)


# ---------------------------------------------------------------- recorded


def test_what_was_applied_is_recorded_with_its_reason():
    """About the entries, by their keys."""
    entries = [entry("A"), entry("B", at="fedllm:2"), entry("C", at="fedllm:3")]
    decisions = [
        make(Same, "B", "A", reason="A preprint and its paper."),
        make(Different, "A", "C", reason="Two groups, one name."),
    ]
    _, applied = apply_to_works(entries, [(0,), (1,), (2,)], decisions)
    found = recorded(applied, ["fedllm/a", "fedllm/b", "fedllm/c"])
    assert [(one.kind, one.about, one.reason, one.day) for one in found] == [
        ("same", ("entry/fedllm/a", "entry/fedllm/b"), "A preprint and its paper.", DAY),
        ("different", ("entry/fedllm/a", "entry/fedllm/c"), "Two groups, one name.", DAY),
    ]
