"""What the linter says of a list, alone and beside others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg import resources
from fedkg.lint import lint, others_of
from fedkg.lint.others import readings_of
from fedkg.model import PaperList, Severity
from fedkg.read import read_bytes, read_source, shipped_sources
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import open_current

OURS = """\
# Mine

## LoRA

- [FedFirst: Federated Tuning of Large Models](https://arxiv.org/abs/2401.00001) [EMNLP 2024]
- [FedSecond: Federated Pruning of Small Models]()
"""
THEIRS = """\
# Theirs

## Tuning

- [Another work that nobody else has listed here]()
- [FedFirst: Federated Tuning of Large Models](https://arxiv.org/abs/2401.00001) [ACL 2024]
"""
FIELDS = ("link", "venue", "date", "authors", "datasets", "models", "repositories")


def reading_of(text, slug="theirs"):
    return read_bytes(text.encode(), PaperList(slug, slug))


def shipped_readings():
    sources = shipped_sources(resources.data_dir() / "lists.toml", resources.lists_dir())
    return {source.paper_list.slug: read_source(source) for source in sources}


def kinds(linted):
    return [(finding.line, finding.kind) for finding in linted.findings]


def test_a_finding_names_the_line_and_shows_its_text(linted):
    """The line is that of the entry, from 1."""
    answer = linted(OURS)

    assert kinds(answer) == [(6, "empty-link")]
    assert (
        answer.line_of(answer.findings[0]) == "- [FedSecond: Federated Pruning of Small Models]()"
    )
    assert answer.entries == 2


def test_an_error_fails_the_list_and_a_warning_only_when_strict(linted):
    """Notes never do."""
    error = linted(OURS)
    warning = linted(
        "## Papers (3)\n\n- [A Study of Federated Tuning](https://arxiv.org/abs/2401.00001)\n"
    )
    note = linted("- [FedPref of Gr√©goire: Many Objectives](https://arxiv.org/abs/2401.00001)\n")

    assert (error.fails(), warning.fails(), note.fails()) == (True, False, False)
    assert (warning.fails(strict=True), note.fails(strict=True)) == (True, False)
    assert [note.count(severity) for severity in Severity] == [0, 0, len(note.findings)]


def test_what_another_list_contradicts_is_found_at_our_line(linted):
    """Whichever of the two lists the finding was made for; findings of theirs alone stay theirs."""
    answer = linted(OURS, [reading_of(THEIRS)])

    assert kinds(answer) == [(5, "venue-conflict"), (6, "empty-link")]
    assert "mine:5" in answer.findings[0].sentence
    assert "theirs:6" in answer.findings[0].sentence


def test_a_list_that_names_no_authors_is_not_told_so_for_each_paper(linted):
    """It leaves them out on purpose, as most lists do."""
    text = "- [A Study of Federated Tuning](https://arxiv.org/abs/2401.00001)\n"

    assert kinds(linted(text)) == []


def test_an_older_edition_of_the_list_itself_is_no_other_list(linted):
    """A graph may hold the list that is linted: it is not compared with itself."""
    older = reading_of(OURS.replace("EMNLP", "ACL"), "mine")

    assert kinds(linted(OURS, [older])) == kinds(linted(OURS))


def test_a_graph_gives_back_the_entries_that_it_was_built_from(five_list_graph):
    """Its words are those of the lists, so what they state is the same."""
    _, store = open_current(GraphDirectory(five_list_graph))
    from_lists = shipped_readings()

    for reading in readings_of(store):
        entries = from_lists[reading.paper_list.slug].entries
        listed = {(entry.line, entry.title): entry for entry in entries}
        assert len(reading.entries) > 0
        for entry in reading.entries:
            same = listed[entry.line, entry.title]
            assert entry.section == same.section
            for field in FIELDS:
                assert getattr(entry, field) == getattr(same, field), (field, entry, same)
    assert {reading.paper_list.slug for reading in readings_of(store)} == set(from_lists)


def test_a_graph_and_the_lists_it_was_built_from_find_the_same(five_list_graph, vocabulary):
    """`--against` may name either."""
    source = resources.lists_dir() / "fedllm.md"
    listed = PaperList("fedllm", "")

    from_graph, from_lists = (
        lint(source.read_bytes(), listed, vocabulary, others_of(name))
        for name in (str(five_list_graph), "shipped")
    )

    assert kinds(from_graph) == kinds(from_lists)
    assert any("fm-fl:" in finding.sentence for finding in from_lists.findings)


@pytest.mark.parametrize("name", ["fedllm", "fedllm-areas", "fed-reasoning", "fm-fl"])
def test_the_lists_that_ship_have_findings_at_their_lines(name, vocabulary):
    """Each finding names a line that is there and has words in it."""
    source = resources.lists_dir() / f"{name}.md"
    answer = lint(source.read_bytes(), PaperList(name, ""), vocabulary)

    assert answer.findings
    assert all(answer.line_of(finding).strip() for finding in answer.findings)


@pytest.mark.shared
def test_lists_of_other_shapes_are_linted(shared: Path, vocabulary):
    """Every list of every shape gets an answer, in the order of its lines."""
    files = [file for file in (shared / "lists-more").glob("*.md") if file.name != "README.md"]

    for file in files:
        answer = lint(file.read_bytes(), PaperList("other", ""), vocabulary)
        lines = [finding.line for finding in answer.findings]
        assert answer.entries > 0, file
        assert lines == sorted(lines), file
        assert all(0 < line <= len(answer.lines) for line in lines), file
    assert len(files) > 5


@given(st.binary(max_size=300))
def test_no_bytes_make_the_linter_raise(linted, content):
    """A list may be anything."""
    linted(content)
