"""More real lists of other shapes: that reading is general, and knows no list by its name."""

from functools import cache
from pathlib import Path

import pytest

from fedkg.model import PaperList, Reading
from fedkg.read import read_bytes

# About how many papers each list holds by its README, and how far a reading may be from it: those
# lists also hold tools, companies and workshops under the same form, and are counted by pattern.
PAPERS = {
    "lishenghui__awesome-fm-fl": (262, 0),
    "ChanChiChoi__awesome-Federated-Learning": (2100, 150),
    "tmgthb__Autonomous-Agents": (458, 0),
    "zjukg__KG-LLM-Papers": (268, 15),
    "weimingwill__awesome-federated-learning.conferences": (260, 8),
    "XiaoxinHe__Awesome-Graph-LLM": (174, 10),
    "tushar-semwal__awesome-federated-computing": (116, 10),
    "solidlabnetwork__awesome-distributed-LLM": (100, 15),
    "youngfish42__Awesome-FL": (2591, 180),
    "WilliamYi96__Awesome-Federated-Learning": (24, 1),
}
SAMPLES = {
    ("ChanChiChoi__awesome-Federated-Learning", 348): (
        "Byzantine-robust distributed learning: Towards optimal statistical rates",
        "arxiv:1803.01498",
        "arXiv preprint",
        "2018",
    ),
    ("ChanChiChoi__awesome-Federated-Learning", 498): (
        "FedOpt: Towards Communication Efficiency and Privacy Preservation in Federated Learning",
        "",
        "Applied Sciences",
        "2020",
    ),
    ("Hannibal046__Awesome-LLM", 104): (
        "DeepSeek-R1: Incentivizing Reasoning Capability in LLMs via Reinforcement Learning",
        "arxiv:2501.12948",
        None,
        "2025-01",
    ),
    ("WilliamYi96__Awesome-Federated-Learning", 46): (
        "Local SGD: unified theory and new efficient methods",
        "",
        "NeurIPS",
        "2020",
    ),
    ("XiaoxinHe__Awesome-Graph-LLM", 71): (
        "One for All: Towards Training One Graph Model for All Classification Tasks",
        "arxiv:2310.00149",
        "ICLR",
        "2024",
    ),
    ("lishenghui__awesome-fm-fl", 1605): (
        "FedRLHF: A Convergence-Guaranteed Federated Framework for Privacy-Preserving and "
        "Personalized RLHF",
        "arxiv:2412.15538",
        "AAMAS",
        "2025-05",
    ),
    ("solidlabnetwork__awesome-distributed-LLM", 72): (
        "Safely Learning with Private Data: A Federated Learning Framework for Large Language "
        "Model",
        "arxiv:2406.14898",
        None,
        "None",
    ),
    ("tmgthb__Autonomous-Agents", 1399): (
        "MetaPS: Adaptive Programmatic Strategy Selection for Market Agents",
        "arxiv:2606.22385",
        None,
        "None",
    ),
    ("tushar-semwal__awesome-federated-computing", 144): (
        "Privacy-Preserving Deep Learning",
        "",
        "ACM SIGSAC",
        "2015",
    ),
    ("weimingwill__awesome-federated-learning.conferences", 394): (
        "Heterogeneous Data-Aware Federated Learning",
        "arxiv:2011.06393",
        "IJCAI Workshop",
        "2021",
    ),
    ("youngfish42__Awesome-FL", 466): (
        "Personalized Federated X-armed Bandit",
        "pmlr:v238/li24a arxiv:2310.16323",
        None,
        "None",
    ),
    ("zjukg__KG-LLM-Papers", 300): (
        "LLMs for Knowledge Graph Construction and Reasoning: Recent Capabilities and Future "
        "Opportunities",
        "arxiv:2305.13168",
        None,
        "2023-05",
    ),
}


@cache
def reading(shared: Path, name: str) -> Reading:
    """Return the reading of one of the lists."""
    return read_bytes((shared / "lists-more" / f"{name}.md").read_bytes(), PaperList("more", ""))


@pytest.mark.parametrize("name", PAPERS)
def test_a_foreign_list_reads_well(shared, name):
    """About as many entries are read as the list holds papers, and nothing fails."""
    papers, tolerance = PAPERS[name]
    found = reading(shared, name)
    assert abs(len(found.entries) - papers) <= tolerance
    assert found.failures == ()


@pytest.mark.parametrize("name", PAPERS)
def test_most_entries_lead_somewhere(shared, name):
    """Nine in ten entries have a link; only the list of printed references has few."""
    entries = reading(shared, name).entries
    linked = sum(entry.link is not None or bool(entry.repositories) for entry in entries)
    assert linked >= (0.9 * len(entries) if "WilliamYi96" not in name else 8)


@pytest.mark.parametrize(("name", "line"), SAMPLES)
def test_an_entry_of_a_foreign_list_is_read(shared, name, line):
    """The title, the identifiers, the venue and the date of an entry are those of its line."""
    entry = next(entry for entry in reading(shared, name).entries if entry.line == line)
    identifiers = " ".join(map(str, entry.identifiers))
    assert (entry.title, identifiers, entry.venue, str(entry.date)) == SAMPLES[name, line]
