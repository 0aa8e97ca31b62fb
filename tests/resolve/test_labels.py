"""Labels: what a few words in a table tell of a title."""

import pytest

from fedkg.resolve.labels import abbreviates, begins, is_telling, is_unlike
from fedkg.resolve.names import spells
from fedkg.resolve.units import units_of

from .conftest import entry

HETLORA = "Heterogeneous LoRA for Federated Fine-tuning of On-Device Foundation Models"
FEDIT = "Towards Building the Federated GPT: Federated Instruction Tuning"
FEDTPG = "Federated Text-driven Prompt Generation for Vision-Language Models"
PRIVATE = "Recovering Private Text in Federated Learning of Language Models"


def unit(title):
    (found,) = units_of([entry(title)])
    return found


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("FedIT", FEDIT),
        ("FedTPG", FEDTPG),
        ("HetLoRA", HETLORA),
        ("FedDPT / FedIT", FEDIT),
    ],
)
def test_a_label_abbreviates_the_words_that_it_begins(label, title):
    """Three words in order with nothing left over, or another beginning of the title."""
    assert abbreviates(unit(label), unit(title))


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("FedLearn", "Federated Learning of Large Language Models with Prompts"),
        ("FedGT", FEDIT),
        ("FedIT", "FedIT and More"),
        ("HetLoRA", "Prompt Tuning for Heterogeneous LoRA Modules"),
        ("One FedIT Survey", FEDIT),
    ],
)
def test_a_label_that_fits_by_chance_abbreviates_nothing(label, title):
    """Two words, a letter left out, another label, words inside the title, a phrase."""
    assert not abbreviates(unit(label), unit(title))


def test_a_label_spells_as_many_words_as_it_can():
    """“fedit” is three words here; a letter left over makes it none."""
    words = ("federated", "instruction", "tuning")
    assert spells("fedit", words) == 3
    assert spells("fed", words) == 1
    assert spells("fedits", words) == 0
    assert spells("fedit", ()) == 0


def test_spelling_takes_no_time_that_grows_with_every_letter():
    """A list may repeat one letter a thousand times to keep a build busy for ever."""
    assert spells("a" * 40, ("a" * 40,) * 40) == 40
    assert spells("a" * 1000, ("a" * 1000,) * 1000) == 0


def test_three_words_that_begin_a_title_say_which():
    """“Recovering Private Text” does; two words do not, and neither does the whole field."""
    assert begins(unit("Recovering Private Text"), unit(PRIVATE))
    assert not begins(unit("Recovering Private"), unit(PRIVATE))
    general = "Federated Learning Systems with Large Models in Practice"
    assert not begins(unit("Federated Learning Systems"), unit(general))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("FlexLoRA", True),
        ("Grouper", True),
        ("Recovering Private Text", True),
        ("Federated Learning", False),
        ("Large Language Models", False),
    ],
)
def test_a_label_tells_a_work_unless_it_is_of_the_field_at_large(label, expected):
    """A coined name, one word, or mostly words of its own."""
    assert is_telling(unit(label)) is expected


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("Decepticons", FEDIT, True),
        ("Private Text", PRIVATE, False),
        ("FlexLoRA", FEDIT, False),
        ("Federated Learning", FEDIT, False),
    ],
)
def test_plain_words_without_one_in_common_are_unlike(label, title, expected):
    """A coined name need not stand in its title, and words of the field say nothing."""
    assert is_unlike(unit(label), unit(title)) is expected
