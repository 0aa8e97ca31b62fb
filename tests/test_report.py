"""What a build says of itself: figures, report.json, report.html, the lines it prints."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from fedkg.ids import Identifier
from fedkg.model import (
    Authorship,
    Collection,
    Decision,
    Entry,
    Failure,
    Finding,
    Named,
    Paper,
    PaperList,
    Person,
    Reference,
    Stated,
    StatedCitation,
    Words,
)
from fedkg.report import figures, summary, write_page, write_report

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
LINES = {"fedllm-areas": ["# Areas"] * 11 + ["| <b> |"] + [""] * 18 + ["  [Survey](https://x.org)"]}
DECISION = Decision(
    "wrong-fields",
    ("entry/fedllm/0",),
    reason="The datasets are the next entry's.",
    day=date(2026, 11, 21),
)
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
        decisions=(Decision("same", ("entry/a", "entry/b")), DECISION),
        unmatched=("“Nowhere” names no paper of the collection, or several",),
    )


@pytest.fixture
def report(collection, tmp_path):
    """The report of that collection."""
    target = tmp_path / "report.json"
    write_report(collection, {"https://example.org/graph/papers": 7}, target, LINES)
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
    """Kind, severity, place, the text of its line, sentence, and what it is about."""
    assert report["findings"][0] == {
        "kind": "not-a-paper",
        "severity": "info",
        "list": "fedllm-areas",
        "line": 31,
        "text": "[Survey](https://x.org)",
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


def test_the_report_explains_and_counts_every_kind_it_has(report):
    """Errors first, with title and help of the table."""
    counts = [(kind["kind"], kind["severity"], kind["findings"]) for kind in report["kinds"]]
    assert counts == [("failed-row", "error", 1), ("not-a-paper", "info", 1)]
    assert all(kind["title"] and kind["help"] for kind in report["kinds"])


def test_the_report_has_what_curators_decided(report):
    """With reason and day; what a rule decided has no reason and is not among them."""
    assert report["decisions"] == [
        {
            "kind": "wrong-fields",
            "about": ["entry/fedllm/0"],
            "reason": "The datasets are the next entry's.",
            "date": "2026-11-21",
        }
    ]


def test_the_report_has_the_facts_that_matched_nothing_or_a_title_alone(collection, tmp_path):
    """A citation that names no identifier is matched by the exact title: a person may check it."""
    source = Reference("reads", "x", "Another", "Another. 2023", "https://x.org/", date(2026, 1, 1))
    cited = StatedCitation(source, "x", "y", by_title=("Another",))
    target = tmp_path / "report.json"
    write_report(replace(collection, citations=(cited, cited)), {}, target)
    report = json.loads(target.read_text(encoding="utf-8"))
    assert report["titles_matched"] == ["Another"]
    assert report["unmatched"] == list(collection.unmatched)


@pytest.mark.parametrize("lines", [{}, {"fedllm-areas": []}, {"fedllm-areas": ["one"]}])
def test_a_line_that_is_not_known_has_no_text(collection, tmp_path, lines):
    """A list from standard input, say, cannot be read again."""
    write_report(collection, {}, tmp_path / "report.json", lines)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {finding["text"] for finding in report["findings"]} == {""}


def test_a_long_line_is_cut(collection, tmp_path):
    """At 500 characters: a whole list may stand in one line."""
    lines = {"fedllm-areas": ["x" * 9000] * 40}
    write_report(collection, {}, tmp_path / "report.json", lines)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {len(finding["text"]) for finding in report["findings"]} == {500}


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


# ---------------------------------------------------------------- report.html


class Page(HTMLParser):
    """Elements, links and words of a page; open elements must be closed in order."""

    def __init__(self, text):
        super().__init__()
        self.names, self.links, self.words, self.open = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture
def page(collection, tmp_path):
    """Return `page(**changes)`: the page of that collection, changed."""

    def render(**changes):
        write_page(replace(collection, **changes), LINES, tmp_path / "report.html")
        return (tmp_path / "report.html").read_text(encoding="utf-8")

    return render


def test_the_page_shows_each_finding_with_its_line(page):
    """Place, sentence and the text of the line; rows that failed; decisions; unmatched facts."""
    words = " ".join(" ".join(Page(page()).words).split())
    assert "fedllm-areas:31 “Survey – NIST blog” is no paper. [Survey](https://x.org)" in words
    assert "fedllm-areas:12 the row has no title | <b> |" in words
    assert "wrong-fields The datasets are the next entry's. (2026-11-21)" in words
    assert "“Nowhere” names no paper" in words


def test_the_page_counts_by_kind_and_list(page):
    """One row a kind, one column a list that has findings, and the sum."""
    row = re.search(r"<tr><td><a href=\"#failed-row\">.*?</tr>", page())[0]
    assert re.findall(r"<td[^>]*>(?:<a[^>]*>)?([^<]*)", row) == ["failed-row", "error", "1", "1"]


def test_the_page_needs_nothing_else(page):
    """No script, no image, no style sheet; it adapts to light and dark."""
    text = page()
    assert not set(Page(text).names) & {"script", "img", "link", "iframe", "object", "form"}
    assert "default-src 'none'" in text
    assert "color-scheme: light dark" in text


def test_what_a_list_says_stays_text(page):
    """A title may look like HTML, and a source like a script."""
    evil = "<script>alert(1)</script><img src=x onerror='a'>"
    text = page(
        lists=(PaperList("fedllm-areas", evil, "javascript:alert(1)"),),
        findings=(Finding("failed-row", evil, "fedllm-areas", 12, ("list/fedllm-areas",)),),
        failures=(Failure("fedllm-areas", 12, evil, evil),),
        decisions=(Decision("rename", (evil,), reason=evil),),
        unmatched=(evil,),
    )
    found = Page(text)
    assert not {"script", "img"} & set(found.names)
    assert set(found.links) == {"#failed-row"}
    assert text.count("&lt;script&gt;alert(1)") == 6


def test_a_list_is_linked_to_its_source(page):
    """Where that is a web address."""
    lists = (PaperList("fedllm-areas", "Areas", "https://example.org/a?b=1&c=2"),)
    assert "https://example.org/a?b=1&c=2" in Page(page(lists=lists)).links


def test_a_page_of_many_findings_stays_small(page):
    """The first five hundred of a kind, and where the others are."""
    many = tuple(replace(FINDINGS[0], line=line) for line in range(1, 1203))
    text = page(findings=many)
    assert text.count("<li><b>fedllm-areas:") == 500 + 1  # and the row that failed
    assert "702 more are in report.json." in text


def test_nothing_has_a_page_too(tmp_path):
    """Figures of zero, and no findings."""
    write_page(Collection(), {}, tmp_path / "report.html")
    assert "ol" not in Page((tmp_path / "report.html").read_text(encoding="utf-8")).names
