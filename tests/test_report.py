"""What a build says of itself: figures, report.json, the lines it prints."""

import json

import pytest

from fedkg.ids import Identifier
from fedkg.model import (
    Authorship,
    Collection,
    Entry,
    Failure,
    Finding,
    Named,
    Paper,
    PaperList,
    Person,
    Stated,
    Words,
)
from fedkg.report import figures, summary, write_report

ENTRY = Entry(
    "fedllm",
    37,
    (),
    Words("FedPref", "https://arxiv.org/abs/2501.13604"),
    "FedPref",
    "https://arxiv.org/abs/2501.13604",
    (Identifier("arxiv", "2501.13604"),),
)
POST = Entry("fedllm-areas", 31, (), Words("Survey – NIST blog"), "Survey – NIST blog")
FAILURE = Failure("fedllm-areas", 12, "| <b> |", "the row has no title")
FINDINGS = (
    Finding("not-a-paper", "“Survey – NIST blog” is no paper.", "fedllm-areas", 31, ("entry/x",)),
    Finding("failed-row", "Line 12 could not be read.", "fedllm-areas", 12, ("list/fedllm-areas",)),
)


@pytest.fixture
def collection():
    """Two lists with a paper, a post, a row that failed and two findings."""
    return Collection(
        lists=(PaperList("fedllm", "FedLLM"), PaperList("fedllm-areas", "Areas")),
        statements=(Stated(ENTRY, "fedllm/0", describes="x"), Stated(POST, "fedllm-areas/0")),
        papers=(
            Paper("x", "FedPref", authorships=(Authorship(1, "maria", "Maria Hartmann"),)),
            Paper("y", "Another", datasets=("gsm8k",)),
        ),
        people=(Person("maria", "Maria Hartmann"),),
        datasets=(Named("gsm8k", "GSM8K"),),
        findings=FINDINGS,
        failures=(FAILURE,),
    )


@pytest.fixture
def report(collection, tmp_path):
    """The report of that collection."""
    write_report(collection, {"https://example.org/graph/papers": 7}, tmp_path / "report.json")
    return json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))


def test_figures_count_everything_and_what_it_is_out_of(collection):
    """How many papers state authors, datasets and models stands beside how many there are."""
    found = figures(collection)
    assert (found["lists"], found["entries"], found["failures"], found["findings"]) == (2, 2, 1, 2)
    assert (found["papers"], found["people"], found["datasets"], found["models"]) == (2, 1, 1, 0)
    stating = [found[f"papers with {name}"] for name in ("authors", "datasets", "models")]
    assert stating == [1, 1, 0]


def test_nothing_has_figures_too():
    """All of them zero."""
    assert set(figures(Collection()).values()) == {0}


def test_the_report_holds_the_figures_and_the_sizes(report, collection):
    """Those of meta.json, and the triples of each graph."""
    assert report["figures"] == figures(collection)
    assert report["triples"] == {"https://example.org/graph/papers": 7}


def test_the_report_has_every_row_that_was_not_read(report):
    """With list, line, its text as it stands, and the reason."""
    assert report["failures"] == [
        {
            "list": "fedllm-areas",
            "line": 12,
            "raw": "| <b> |",
            "reason": "the row has no title",
        }
    ]


def test_the_report_has_every_finding_with_its_severity(report):
    """Kind, severity, place, sentence, and what it is about."""
    assert report["findings"][0] == {
        "kind": "not-a-paper",
        "severity": "info",
        "list": "fedllm-areas",
        "line": 31,
        "sentence": "“Survey – NIST blog” is no paper.",
        "about": ["entry/x"],
    }
    assert [one["severity"] for one in report["findings"]] == ["info", "error"]


def test_the_report_counts_list_by_list(report):
    """Entries, papers, failures, and findings by kind."""
    assert report["lists"] == [
        {"slug": "fedllm", "entries": 1, "papers": 1, "failures": 0, "findings": {}},
        {
            "slug": "fedllm-areas",
            "entries": 1,
            "papers": 0,
            "failures": 1,
            "findings": {"failed-row": 1, "not-a-paper": 1},
        },
    ]


def test_the_report_is_readable_text(collection, tmp_path):
    """UTF-8, indented, ending in a newline: a person may open it."""
    write_report(collection, {}, tmp_path / "report.json")
    content = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert "“Survey – NIST blog”" in content
    assert content.endswith("}\n")


def test_the_summary_is_a_few_lines_for_a_person(collection):
    """Figures with what they are out of, triples, and findings by kind."""
    text = summary(collection, 1234)
    assert "2 papers (1 with authors, 1 with datasets, 0 with models), 1 people" in text
    assert "1234 triples; 2 findings: 1 failed-row, 1 not-a-paper\n" in text
    assert text.endswith("\n")


def test_the_summary_of_a_list_without_findings_names_none():
    """No colon with nothing behind it."""
    assert summary(Collection(), 0).endswith("0 triples; 0 findings\n")
