"""Which pairs are compared: no pair of one work is missed, and not many more."""

import csv
import importlib.util
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from fedkg.ids import fold
from fedkg.resolve.blocking import pairs
from fedkg.resolve.units import units_of, word_counts

from .conftest import entry

CHECKOUT = Path(__file__).resolve().parents[2]
GOLD = CHECKOUT / "tests" / "gold" / "works.csv"


@pytest.fixture(scope="module")
def made_papers():
    """`benchmarks/generate.py` as a module: papers that never were."""
    spec = importlib.util.spec_from_file_location(
        "generate", CHECKOUT / "benchmarks" / "generate.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.papers


def blocked(units):
    """Return the pairs of positions that are compared."""
    return pairs(units, word_counts(units))


def connected(members, edges):
    """Return the members that paths of edges lead to from the first one."""
    reached, waiting = set(), [min(members)]
    while waiting:
        one = waiting.pop()
        reached.add(one)
        ends = ({a, b} - {one} for a, b in edges if one in (a, b))
        waiting += [other for end in ends for other in end if other in members - reached]
    return reached


def test_each_pair_is_compared_once(listed_papers):
    """Whatever the number of blocks that two units share."""
    found = blocked(units_of(*listed_papers))
    assert found == sorted(set(found))
    assert all(one < other for one, other in found)


def test_no_work_of_the_five_lists_is_lost_by_blocking(listed_papers):
    """Units that a person calls one work are compared, or are by way of others of the work.

    But for two that no rule can join and a curator did: "FFA-LoRA", which is no word of its title,
    and "Recommender (Guo 2024)", a topic, an author and a year.
    """
    with GOLD.open(encoding="utf-8", newline="") as file:
        work_of = {
            (row["list"], int(row["line"]), fold(row["title"])): row["work"]
            for row in csv.DictReader(file)
        }
    entries, authors = listed_papers
    units = units_of(entries, authors)
    works = defaultdict(set)
    for at, unit in enumerate(units):
        for position in unit.entries:
            one = entries[position]
            works[work_of[one.list, one.line, fold(one.listed.title)]].add(at)
    edges = blocked(units)
    lost = {work for work, members in works.items() if connected(members, edges) != members}
    assert lost == {"ffa-lora", "pfcr"}


@pytest.mark.parametrize("count", [500, 2000, 8000])
def test_pairs_grow_with_papers_and_not_with_their_square(made_papers, count):
    """Fewer than ten a unit, and still every pair of one work."""
    made = list(made_papers(count))
    entries, papers = [], []
    for paper in made:
        entries.append(entry(paper.title, f"https://arxiv.org/abs/{paper.arxiv}"))
        papers.append(paper.number)
        if paper.number % 3 == 0:
            entries.append(entry(paper.short, None, "names:1"))
            papers.append(paper.number)
    units = units_of(entries, [made[number].authors for number in papers])
    found = blocked(units)
    assert len(found) < 10 * len(units)
    of_unit = [papers[unit.entries[0]] for unit in units]
    joined = {of_unit[one] for one, other in found if of_unit[one] == of_unit[other]}
    assert joined == set(range(0, count, 3))


def test_many_entries_of_one_title_are_a_chain():
    """Each is compared with the next alone: a thousand copies are no million pairs."""
    title = "Federated Fine-Tuning of Large Language Models for Everybody"
    units = units_of([entry(title, f"https://example.org/{n}", f"zoo:{n}") for n in range(1, 100)])
    found = blocked(units)
    assert len(found) == len(list(pairwise(units)))
    assert connected(set(range(99)), found) == set(range(99))


def test_what_is_common_brings_nobody_together():
    """Of forty works with “Federated Prompt Tuning” before a topic none is compared for it."""
    titles = [f"Federated Prompt Tuning for one{n} and two{n} and three{n}" for n in range(40)]
    units = units_of([entry(title) for title in titles])
    assert blocked(units) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FedPFT: Federated Proxy Fine-Tuning of Foundation Models", "FedPFT"),
        ("Heterogeneous LoRA for Federated Fine-tuning of On-Device Models", "HetLoRA"),
        ("Federated Text-driven Prompt Generation for Vision-Language Models", "FedTPG"),
        ("Recovering Private Text in Federated Learning", "Recovering Private Text"),
        (
            "PromptFL: Let Federated Participants Cooperatively Learn Prompts Instead of Models",
            "Let Federated Participants Cooperatively Learn Prompts",
        ),
    ],
)
def test_a_name_and_its_title_are_compared(one, other):
    """Short name, abbreviation, beginning, what stands behind the colon."""
    units = units_of([entry(one), entry(other)])
    assert blocked(units) == list(combinations(range(2), 2))
