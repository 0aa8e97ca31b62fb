"""`explain` says what made a paper: its entries, what was weighed, and what was rejected."""

from pathlib import Path

import pytest

from fedkg.config import DEFAULT_BASE
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine, load_files, open_current
from fedkg.why import explain, find_paper, render_explanation

FEDPFT = """\
3 entries:
  fed-reasoning:133  FedPFT: Federated Proxy Fine-Tuning of Foundation Models
    https://www.ijcai.org/proceedings/2024/0531
  fm-fl:160  FedPFT: Federated Proxy Fine-Tuning of Foundation Models
    https://doi.org/10.48550/arXiv.2404.11536
  fm-fl:766  FedPFT: Federated Proxy Fine-Tuning of Foundation Models
    https://doi.org/10.48550/arXiv.2404.11536
joined:
  “FedPFT: Federated Proxy Fine-Tuning of Foundation Models”
    fed-reasoning:133, fm-fl:160, fm-fl:766
    +14: equal-title +8, same-authors +5, same-venue-and-year +1
"""
FEDPIT = """\
4 entries:
  fed-reasoning:72  FewFedPIT: Towards Privacy-preserving and Few-shot Federated Instruction Tuning
    https://arxiv.org/abs/2403.06131
  fedllm-areas:32  FedPIT (Fed Instruction Tuning)
    https://arxiv.org/abs/2305.05644
  fm-fl:669  FedPIT: Towards Privacy-preserving and Few-shot Federated Instruction Tuning
    https://arxiv.org/abs/2403.06131
  fm-fl:1193  FedPIT: Towards Privacy-preserving and Few-shot Federated Instruction Tuning
    https://arxiv.org/abs/2403.06131
joined:
"""
PREAMBLE = """\
@base <https://w3id.org/fedkg/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture(scope="module")
def graph(five_list_graph: Path) -> Engine:
    return open_current(GraphDirectory(five_list_graph))[1]


def explained(graph: Engine, name: str) -> str:
    return render_explanation(explain(graph, find_paper(graph, DEFAULT_BASE, name)))


def graph_of(folder: Path, turtle: str) -> Engine:
    file = folder / "some.ttl"
    file.write_text(PREAMBLE + turtle, encoding="utf-8")
    return load_files([file])


def parts(text: str) -> dict[str, str]:
    """Return what stands below each heading."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith(" "):
            heading = line.removesuffix(":")
            found[heading] = ""
        else:
            found[heading] += f"{line}\n"
    return found


def test_fedpft_keeps_its_link_against_two_works(graph):
    """Its three entries, the evidence that joins them, and the works that were kept apart."""
    text = explained(graph, "FedPFT")
    assert text.startswith(FEDPFT)
    apart = parts(text)["kept apart"]
    for other in (
        "Federated Adaptation for Foundation Model-based Recommendations",
        "Federated Prompt Learning for Weather Foundation Models on Devices",
    ):
        assert f"“{other}”\n" in apart
    assert (
        "    -6: different-title -6, no-common-author -6, same-venue-and-year +1, "
        "shared-arxiv +5 (2404.11536)\n"
    ) in apart


def test_what_two_works_lost_is_told_of_them(graph):
    """The finding on the entry of the weather paper says which link was rejected."""
    text = explained(graph, "Federated Prompt Learning for Weather Foundation Models on Devices")
    assert "arxiv:2404.11536" in parts(text)["rejected"]
    assert "decided by a person: arXiv 2305.14244 is the preprint" in text


def test_fedpit_has_two_titles_and_a_link_that_is_not_its_own(graph):
    """Renamed in print; the label's link is FedIT's, and its name outweighs that."""
    text = explained(graph, "FedPIT")
    assert text.startswith(FEDPIT)
    joined, apart = parts(text)["joined"], parts(text)["kept apart"]
    assert "    +3: different-arxiv -4, label-is-short-name +7\n" in joined
    assert (
        "    +16: equal-but-for-short-name +6, same-authors +5, shared-arxiv +5 (2403.06131)\n"
    ) in joined
    assert "    fedllm-areas:32, fedllm-areas:42\n" in apart
    weighed = "different-name -6, label-is-short-name-of-another -7, shared-arxiv +5 (2305.05644)"
    assert f"    -8: {weighed}\n" in apart
    rejected = parts(text)["rejected"]
    assert "“FedPIT (Fed Instruction Tuning)”" in rejected
    assert "arxiv:2305.05644" in rejected


def test_a_correction_is_told_with_its_reason(graph):
    """A curator looked at the first entry of fedllm."""
    corrected = parts(explained(graph, "FedPref"))["corrected by a curator"]
    assert "    decided by a person: The datasets and the code are those of the next" in corrected


def test_entries_that_nothing_tells_apart_were_not_weighed(graph):
    """Same title, same link: there was nothing to decide."""
    title = (
        "Adapter-based Selective Knowledge Distillation for Federated Multi-domain Meeting "
        "Summarization"
    )
    text = explained(graph, title)
    assert text.startswith("3 entries:\n")
    assert text.endswith("joined: all entries carry the same title and link\n")


def test_an_entry_alone_needs_no_reason(tmp_path):
    """Without a link it is shown without one."""
    graph = graph_of(
        tmp_path,
        """<entry/a/1> fkg:describes <paper/one> ; fkg:inList <list/a> ; fkg:line 7 ;
               fkg:titleAsListed "A Work" .""",
    )
    text = render_explanation(explain(graph, f"{DEFAULT_BASE}paper/one"))
    assert text == "1 entries:\n  a:7  A Work\n"


def test_evidence_stands_by_its_decision_and_no_other(tmp_path):
    """Decisions about other papers are left out."""
    graph = graph_of(
        tmp_path,
        """<entry/a/1> fkg:describes <paper/one> ; fkg:inList <list/a> ; fkg:line 7 ;
               fkg:titleAsListed "FedOne" ; fkg:linkAsListed "https://example.org/1" .
        <entry/a/2> fkg:describes <paper/two> ; fkg:inList <list/a> ; fkg:line 9 ;
               fkg:titleAsListed "FedTwo" .
        <decision/1> a fkg:Decision ; rdfs:comment "different" ;
            fkg:about <entry/a/1>, <entry/a/2> ;
            fkg:evidence "different-name -6", "shared-link +4 (example.org/1)" .
        <decision/2> a fkg:Decision ; rdfs:comment "rename" ; fkg:about <entry/a/2> ;
            fkg:reason "It was renamed." .""",
    )
    one = explain(graph, f"{DEFAULT_BASE}paper/one")
    (weighed,) = one.decisions
    assert weighed.outcome == "different"
    assert weighed.titles == ("FedOne", "FedTwo")
    assert weighed.evidence == ("different-name -6", "shared-link +4 (example.org/1)")
    assert "    -2: different-name -6, shared-link +4 (example.org/1)\n" in render_explanation(one)
    two = render_explanation(explain(graph, f"{DEFAULT_BASE}paper/two"))
    assert "corrected by a curator:\n  “FedTwo”\n    a:9\n" in two
    assert "    decided by a person: It was renamed.\n" in two


def test_every_paper_of_the_five_lists_is_explained(graph):
    """By its entries, and each decision by its evidence or by a person's reason."""
    papers = graph.select("SELECT ?p { ?p a <https://w3id.org/fedkg/ontology#Paper> } ORDER BY ?p")
    for (paper,) in papers.rows[::9]:
        assert paper is not None
        told = explain(graph, paper.value)
        assert told.entries
        assert render_explanation(told).startswith(f"{len(told.entries)} entries:\n")
        for one in told.decisions:
            assert one.evidence or one.reason
