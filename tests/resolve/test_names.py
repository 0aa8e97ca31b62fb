"""Names in titles: full titles, short names and labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.resolve.names import are_similar, name_of


def test_a_short_name_stands_before_a_colon():
    """“FedKSeed: …” is known as FedKSeed, and what follows tells which work it is."""
    name = name_of("FedKSeed: Federated Full-Parameter Tuning of Billion-Sized Language Models")
    assert name.short == "fedkseed"
    assert name.rest == "federatedfullparametertuningofbillionsizedlanguagemodels"
    assert not name.is_label


@pytest.mark.parametrize(
    "title",
    [
        "FedPETuning - When Federated Learning Meets Pre-trained Models",
        "FedPETuning – When Federated Learning Meets Pre-trained Models",
        "FedPETuning： When Federated Learning Meets Pre-trained Models",
        "Fed PE Tuning: When Federated Learning Meets Pre-trained Models",
    ],
)
def test_a_dash_or_a_chinese_colon_ends_a_short_name_as_well(title):
    """Lists are typed by hand; the hyphen inside “Pre-trained” is no dash."""
    assert name_of(title).short == "fedpetuning"


def test_a_long_phrase_before_a_colon_is_no_short_name():
    """“When Federated Learning Meets Large Models: A Survey” has no short name."""
    assert name_of("When Federated Learning Meets Large Models: A Survey of It").short is None


def test_one_to_four_words_are_a_label():
    """A cell of an area table holds labels such as “FlexLoRA”."""
    assert name_of("FlexLoRA").parts == {"flexlora"}
    assert name_of("Exploring PEFT in FL").is_label
    assert not name_of("Exploring PEFT in Federated Learning").is_label


def test_a_label_may_hold_several_names():
    """A slash, “or” and brackets around one word join names of one work."""
    assert name_of("FedLoRA / pFedLoRA").parts == {"fedlora", "pfedlora"}
    assert name_of("FedPrompt or PromptFL").parts == {"fedprompt", "promptfl"}
    assert name_of("pFL (pFedPrompt)").parts == {"pfl", "pfedprompt"}


def test_several_words_in_brackets_are_a_remark():
    """“FedPIT (Fed Instruction Tuning)” is known as FedPIT alone."""
    assert name_of("FedPIT (Fed Instruction Tuning)").parts == {"fedpit"}


def test_case_accents_and_punctuation_do_not_count():
    """Titles are compared by their letters and digits."""
    one = name_of("Pre-Training à la carte: tuning, of all the Models!")
    other = name_of("PRE-TRAINING A LA CARTE:  Tuning of All the Models")
    assert one.full == other.full


def test_titles_that_differ_in_a_word_are_similar():
    """Camera-ready titles lose a word, and lists make slips."""
    one = name_of("Heterogeneous LoRA for Federated Fine-tuning of On-Device Foundation Models")
    other = name_of("Heterogeneous LoRA for Federated Fine-tuning of Foundation Models")
    assert are_similar(one, other)


def test_a_renamed_work_with_the_same_subtitle_is_similar():
    """FewFedPIT was once called FedPIT; what stands behind the colon is the same."""
    rest = "Towards Privacy-preserving and Few-shot Federated Instruction Tuning"
    assert are_similar(name_of(f"FewFedPIT: {rest}"), name_of(f"FedPIT: {rest}"))


def test_a_short_subtitle_tells_nothing():
    """“A Survey” stands behind many a colon."""
    assert not are_similar(
        name_of("Federated Prompt Tuning: A Survey"), name_of("Split Learning: A Survey")
    )


def test_two_works_of_one_short_name_are_not_similar():
    """There are two FLoRA."""
    one = name_of("FLoRA: Federated Fine-Tuning Large Language Models with Heterogeneous LoRA")
    other = name_of("FLoRA: Enhancing Vision-Language Models with Efficient Federated Learning")
    assert not are_similar(one, other)


@given(st.text())
def test_any_text_has_a_name_that_is_similar_to_itself(title):
    """No title, however broken, makes naming raise."""
    name = name_of(title)
    assert are_similar(name, name) or not name.words
    assert name.is_label or title.strip()


@given(st.text(min_size=1), st.text(min_size=1))
def test_similarity_is_mutual(one, other):
    """Neither title comes first."""
    assert are_similar(name_of(one), name_of(other)) == are_similar(name_of(other), name_of(one))
