"""Each kind of finding that resolving gives, with its sentence."""

from dataclasses import replace

import pytest

from fedkg.model import (
    FINDING_KINDS,
    Failure,
    Heading,
    PaperList,
    Reading,
    Severity,
    TemplateRow,
    Words,
)

from .conftest import entry, findings_of, month, stated_at

TITLE = "FedMKT: Federated Mutual Knowledge Transfer for Large and Small Language Models"
COLING = "https://aclanthology.org/2025.coling-main.17/"


def only(collection, kind):
    """Return the only finding of a kind."""
    (finding,) = findings_of(collection, kind)
    return finding


def test_a_row_that_could_not_be_read(resolve_lists):
    """The sentence gives line and reason."""
    failure = Failure("zoo", 12, "| a |", "the row has fewer cells than its table")
    found = only(
        resolve_lists([Reading(PaperList("zoo", "Zoo"), failures=(failure,))]), "failed-row"
    )
    assert found.sentence == ("Line 12 could not be read: the row has fewer cells than its table.")
    assert (found.list, found.line, found.about) == ("zoo", 12, ("list/zoo",))
    assert found.severity is Severity.ERROR


def test_a_row_of_a_template(resolve_lists):
    """`[]()` was to be filled in."""
    row = TemplateRow("zoo", 179, "[]()")
    found = only(
        resolve_lists([Reading(PaperList("zoo", "Zoo"), templates=(row,))]), "template-row"
    )
    assert found.sentence == ("Line 179 is a row of a template, '[]()': fill it in or delete it.")


def test_a_heading_that_announces_another_number(resolved):
    """The headings of fm-fl say how many rows follow."""
    counted = Heading("LoRA (3)", "LoRA", 3)
    one = replace(entry(TITLE, COLING, "fm-fl:9"), headings=(counted,))
    found = only(resolved(one), "section-count")
    assert found.sentence == ("The heading “LoRA” announces 3 works and has 1: correct the number.")
    right = replace(one, headings=(replace(counted, count=1),))
    assert findings_of(resolved(right), "section-count") == []


def test_text_that_was_garbled(resolved):
    """The reader mended it; the file should be saved again."""
    found = only(resolved(replace(entry(TITLE, COLING), repaired=True)), "mojibake")
    assert found.sentence == f"“{TITLE}”: some characters are garbled; save the file as UTF-8."
    assert found.severity is Severity.INFO


def test_what_is_no_paper(resolved):
    """A blog post describes no paper."""
    found = only(resolved(entry("NIST blog", "https://www.nist.gov/blogs/1")), "not-a-paper")
    assert found.sentence == "“NIST blog” is no paper, and describes none in the graph."


def test_a_link_without_an_address(resolved):
    """`[title]()` was to get one."""
    empty = replace(entry(TITLE), listed=Words(TITLE, link=""))
    assert only(resolved(empty), "empty-link").sentence == (
        f"“{TITLE}” has an empty link: put the address in."
    )


def test_a_link_inside_a_link(resolved):
    """`[title]([x.pdf](https://…))` was pasted with its own brackets."""
    broken = replace(entry(TITLE, COLING), listed=Words(TITLE, f"[17.pdf]({COLING})"))
    assert only(resolved(broken), "malformed-link").sentence == (
        f"The link of “{TITLE}” holds a second link: leave only it."
    )


def test_a_link_that_is_another_works_too(resolved):
    """The sentence names the other work and where it stands, and both entries are referred to."""
    weather = "Federated Prompt Learning for Weather Models"
    collection = resolved(
        entry(weather, "https://arxiv.org/abs/2404.11536", "fm-fl:233"),
        entry("Split Learning of Very Large Networks", "https://arxiv.org/abs/2404.11536", "zoo:4"),
    )
    found = {finding.list: finding for finding in findings_of(collection, "shared-link")}
    assert set(found) == {"fm-fl", "zoo"}
    assert found["zoo"].sentence == (
        "The link of “Split Learning of Very Large Networks” (arxiv:2404.11536) is also that of "
        f"“{weather}” (fm-fl:233): link the work that is meant."
    )
    keys = [stated_at(collection, place).key for place in ("zoo:4", "fm-fl:233")]
    assert found["zoo"].about == tuple(f"entry/{key}" for key in keys)


def test_a_venue_that_its_own_link_contradicts(resolved):
    """The link decides; the sentence says what to write."""
    found = only(resolved(entry(TITLE, COLING, venue="ACL 2025")), "venue-conflict")
    assert found.sentence == (f"“{TITLE}” is listed as ACL, but its link is COLING: write COLING.")
    assert found.severity is Severity.WARNING


def test_entries_that_disagree_on_the_venue(resolved):
    """Both sides are shown with their lines; nothing is settled silently."""
    collection = resolved(
        entry(TITLE, None, "fedllm:3", venue="ACL 2025"),
        entry(TITLE, None, "fm-fl:9", venue="COLING 2025"),
    )
    found = only(collection, "venue-conflict")
    assert found.sentence == (
        f"“{TITLE}”: entries disagree on the venue: ACL (fedllm:3), COLING (fm-fl:9)."
    )
    assert found.about[0] == f"paper/{collection.papers[0].key}"
    assert len(found.about) == 3


def test_a_preprint_and_its_publication_are_no_conflict(resolved):
    """A work may appear at a preprint server and at one venue."""
    collection = resolved(
        entry(TITLE, "https://arxiv.org/abs/2406.02224", venue="arXiv"),
        entry(TITLE, None, "fm-fl:9", venue="COLING 2025"),
    )
    assert collection.findings == ()


def test_entries_that_disagree_on_the_year(resolved):
    """At one venue a work appears once."""
    collection = resolved(
        entry(TITLE, None, "fedllm:3", venue="TMLR", date=month("2023")),
        entry(TITLE, None, "fm-fl:9", venue="TMLR", date=month("2024-02")),
    )
    assert only(collection, "year-conflict").sentence == (
        f"“{TITLE}”: entries disagree on the year of TMLR: 2023 (fedllm:3), 2024 (fm-fl:9)."
    )


def test_a_year_that_its_own_link_contradicts(resolved):
    """The address of the proceedings holds the year."""
    found = only(resolved(entry(TITLE, COLING, date=month("2024-01"))), "year-conflict")
    assert found.sentence == (
        f"“{TITLE}” is listed under 2024, but its link is of COLING 2025: write 2025."
    )


@pytest.mark.parametrize("field", ["venue", "datasets", "models"])
def test_names_that_nobody_knows_are_information(resolved, field):
    """They may well be right: the vocabulary is what lacks them."""
    words = "Frobnication" if field == "venue" else ("Frobnication",)
    kind = f"unknown-{field.rstrip('s')}"
    found = only(resolved(entry(TITLE, COLING, **{field: words})), kind)
    assert found.sentence.startswith("“Frobnication” is no ")
    assert found.severity is Severity.INFO


def test_the_findings_of_the_five_lists(five_lists):
    """Every finding is of a known kind, stands at a line, and is about things that exist."""
    lists = {one.slug for one in five_lists.lists}
    paths = {f"list/{slug}" for slug in lists}
    paths |= {f"entry/{one.key}" for one in five_lists.statements}
    paths |= {f"paper/{paper.key}" for paper in five_lists.papers}
    for finding in five_lists.findings:
        assert finding.kind in FINDING_KINDS
        assert finding.list in lists
        assert finding.line > 0
        assert finding.about
        assert set(finding.about) <= paths
        assert finding.sentence.endswith(".")


def test_known_errors_of_the_five_lists_are_found(five_lists):
    """The errors that a reader sees with the eye, by list and line."""
    found = {(finding.kind, finding.list, finding.line) for finding in five_lists.findings}
    assert {
        ("venue-conflict", "fed-reasoning", 128),  # ACL beside a COLING page
        ("malformed-link", "fed-reasoning", 118),
        ("template-row", "fed-reasoning", 179),
        ("template-row", "fed-reasoning", 180),
        ("shared-link", "fedllm-areas", 32),  # FedPIT with the link of FedIT
        ("shared-link", "fedllm-areas", 41),  # Fed-BBPL with the link of SLoRA
        ("shared-link", "fm-fl", 233),  # two works with the link of FedPFT
        ("shared-link", "fm-fl", 2183),
    } <= found
