"""How alike names are, from 0 to 100."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.reconcile.resemblance import EXACT, OTHER_NAME, asked_as, resemblance

TITLE = "FedBiOT: LLM Local Fine-tuning in Federated Learning without Full Model"


def score(asked: str, kind: str, name: str, *others: str) -> float:
    return resemblance(asked_as(asked, [kind]), kind, name, others)


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        ("jose garcia", "person", "José García"),
        ("García, José", "person", "Jose Garcia"),
        ("GSM-8K", "dataset", "GSM8K"),
        ("Strasse", "dataset", "Straße"),
        (TITLE.upper(), "paper", TITLE),
    ],
)
def test_case_marks_and_punctuation_do_not_count(asked: str, kind: str, name: str) -> None:
    """Nor does the order of a person's names, where a comma says so."""
    assert score(asked, kind, name) == EXACT


def test_other_names_come_right_after() -> None:
    """They are exact too, but the main name of something else goes first."""
    assert score("Grade School Math", "dataset", "GSM8K", "Grade School Math") == OTHER_NAME


@pytest.mark.parametrize(
    ("asked", "kind", "name", "least", "most"),
    [
        (
            "FedBiOT LLM local finetuning, federatd learning without full model",
            "paper",
            TITLE,
            90,
            96,
        ),
        ("FedBiOT", "paper", TITLE, 90, 90),
        ("FedBiOT: LLM Local Fine-tuning in Federated", "paper", TITLE, 75, 90),
        ("FedBiOT: LLM Locl Fine-tunning in Federated", "paper", TITLE, 75, 90),
        ("Y. Li", "person", "Yaliang Li", 85, 85),
        ("J. P. Munoz", "person", "J Pablo Muñoz", 85, 96),
        ("Y. Li", "person", "Yaliang Lin", 0, 80),
        ("Llama-2-7B", "model", "Llama-2-13B", 0, 80),
        ("QNLI", "dataset", "MNLI", 0, 80),
        ("Split learning", "technique", "GSM8K", 0, 40),
    ],
)
def test_likeness_is_graded(asked: str, kind: str, name: str, least: float, most: float) -> None:
    """A typo costs little, another number or another family name much."""
    assert least <= score(asked, kind, name) <= most


@given(st.text(max_size=30), st.sampled_from(["paper", "person", "model"]), st.text(max_size=30))
def test_scores_stay_in_bounds(asked: str, kind: str, name: str) -> None:
    """Whatever is compared; what has no letters is like nothing."""
    assert 0 <= score(asked, kind, name) <= EXACT
    assert score("…", kind, name) == 0
