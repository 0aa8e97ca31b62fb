"""Where and when a work appeared: places in words and in links, versions and dates."""

import pytest

from fedkg.model import VenueKind, VersionKind

from .conftest import entry, findings_of, month

TITLE = "FedMKT: Federated Mutual Knowledge Transfer for Large and Small Language Models"
ARXIV = "https://arxiv.org/abs/2406.02224"
COLING = "https://aclanthology.org/2025.coling-main.17/"


def versions(paper):
    """Return what a reader asks of versions: key behind the paper's, date."""
    return [
        (version.key.removeprefix(f"{paper.key}/"), str(version.issued))
        for version in paper.versions
    ]


def test_a_link_outweighs_the_words_beside_it(resolved):
    """“ACL” beside a COLING page is COLING, and a conflict that the maintainer can mend."""
    collection = resolved(entry(TITLE, COLING, venue="ACL", date=month("2025-01")))
    assert versions(collection.papers[0]) == [("coling-2025", "2025-01")]
    (finding,) = findings_of(collection, "venue-conflict")
    assert "listed as ACL" in finding.sentence
    assert "COLING" in finding.sentence


def test_a_rejected_venue_stays_with_its_entry(resolved):
    """What the list says is not lost."""
    collection = resolved(entry(TITLE, COLING, venue="ACL", date=month("2025-01")))
    assert set(collection.statements[0].venues) == {"acl", "coling"}
    assert {venue.key for venue in collection.venues} == {"acl", "coling"}


def test_findings_is_a_series_of_its_own(resolved):
    """A paper in the Findings of ACL is not in ACL."""
    collection = resolved(entry(TITLE, "https://aclanthology.org/2023.findings-acl.632/"))
    (venue,) = collection.venues
    assert venue.name == "Findings of ACL"
    assert collection.editions[0].label == "Findings of ACL 2023"


def test_a_workshop_is_not_its_conference(resolved):
    """FL@FM-NeurIPS is a workshop, with editions of its own."""
    collection = resolved(entry(TITLE, None, venue="FL@FM-NeurIPS 2023"))
    (paper,) = collection.papers
    (venue,) = collection.venues
    assert venue.kind is VenueKind.WORKSHOP
    assert venue.name != "NeurIPS"
    assert paper.versions[0].kind is VersionKind.WORKSHOP_PAPER


def test_an_arxiv_link_marked_with_a_venue_makes_two_versions(resolved):
    """The preprint has the link, the id and its month; the published version has no link."""
    collection = resolved(entry(TITLE, ARXIV, venue="EMNLP 2024"))
    (paper,) = collection.papers
    assert versions(paper) == [("emnlp-2024", "2024"), ("arxiv", "2024-06")]
    published, preprint = paper.versions
    assert (published.kind, published.url) == (VersionKind.CONFERENCE_PAPER, None)
    assert (preprint.kind, preprint.url) == (VersionKind.PREPRINT, ARXIV)
    assert paper.preferred == published.key


def test_a_preprint_server_in_words_adds_no_version(resolved):
    """“ArXiv 2024” beside an arXiv link says nothing new."""
    collection = resolved(entry(TITLE, ARXIV, venue="ArXiv 2024"))
    assert versions(collection.papers[0]) == [("arxiv", "2024-06")]
    assert collection.editions == ()


@pytest.mark.parametrize("words", ["preprint", "Preprint"])
def test_words_that_name_no_place_make_no_venue(resolved, words):
    """“preprint” is no venue, and no unknown one either."""
    collection = resolved(entry(TITLE, ARXIV, venue=words))
    assert [venue.name for venue in collection.venues] == ["arXiv"]
    assert findings_of(collection, "unknown-venue") == []


def test_journals_have_no_edition(resolved):
    """A journal is a venue with a year; only conferences and workshops have editions."""
    collection = resolved(entry(TITLE, None, venue="TMLR", date=month("2024-03")))
    (paper,) = collection.papers
    assert paper.versions[0].kind is VersionKind.JOURNAL_ARTICLE
    assert paper.versions[0].venue == "tmlr"
    assert str(paper.versions[0].issued) == "2024-03"
    assert collection.editions == ()


def test_the_earliest_of_two_publications_is_preferred(resolved):
    """A conference paper that became an article is cited as the conference paper."""
    collection = resolved(
        entry(TITLE, None, venue="KDD 2024"), entry(TITLE, None, "fm-fl:2", venue="TMLR 2025")
    )
    (paper,) = collection.papers
    assert versions(paper) == [("kdd-2024", "2024"), ("tmlr", "2025")]
    assert paper.preferred == f"{paper.key}/kdd-2024"


def test_entries_of_one_edition_make_one_version(resolved):
    """The version has what each of them knows: the month, the link, the identifiers."""
    collection = resolved(
        entry(TITLE, COLING, date=month("2025-01")),
        entry(TITLE, None, "fm-fl:2", venue="COLING 2025"),
        entry(TITLE, None, "fed-reasoning:3", venue="COLING"),
    )
    (version,) = collection.papers[0].versions
    assert str(version.issued) == "2025-01"
    assert version.url == COLING
    assert [str(found) for found in version.identifiers] == ["acl:2025.coling-main.17"]


def test_a_year_that_the_link_proves_outweighs_any_number_of_words(resolved):
    """Words are copied by hand; the address of the proceedings is not."""
    collection = resolved(
        entry(TITLE, COLING),
        entry(TITLE, None, "fm-fl:2", venue="COLING 2024"),
        entry(TITLE, None, "fm-fl:3", venue="COLING 2024"),
    )
    assert versions(collection.papers[0]) == [("coling-2025", "2025")]
    (finding,) = findings_of(collection, "year-conflict")
    assert "2024 (fm-fl:2, fm-fl:3), 2025 (fedllm:1)" in finding.sentence


def test_without_proof_the_year_stated_most_is_taken(resolved):
    """Ties go to the earliest."""
    years = ["2023", "2024", "2024"]
    collection = resolved(
        *(entry(TITLE, None, f"fm-fl:{n}", venue=f"KDD {year}") for n, year in enumerate(years, 1))
    )
    assert versions(collection.papers[0]) == [("kdd-2024", "2024")]


def test_a_date_without_a_place_makes_no_edition(resolved):
    """That a work is of 2023 and of ACL does not put it into ACL 2023: no entry says so."""
    collection = resolved(
        entry(TITLE, None, date=month("2023")), entry(TITLE, None, "fm-fl:2", venue="ACL")
    )
    (version,) = collection.papers[0].versions
    assert (version.venue, version.edition, str(version.issued)) == ("acl", None, "2023")


def test_a_date_without_a_place_does_not_move_an_edition(resolved):
    """Two entries date the work 2024, but the one that names ACL says 2023."""
    collection = resolved(
        entry(TITLE, None, date=month("2024")),
        entry(TITLE, None, "fedllm:2", date=month("2024")),
        entry(TITLE, None, "fm-fl:2", venue="ACL 2023"),
    )
    assert versions(collection.papers[0]) == [("acl-2023", "2023")]


def test_an_identifier_without_a_place_is_a_version_of_the_web(resolved):
    """A DOI that proves no venue is kept, as a version whose place nobody named."""
    collection = resolved(entry(TITLE, "https://doi.org/10.9999/abc.12", date=month("2024-05")))
    (version,) = collection.papers[0].versions
    assert version.kind is VersionKind.UNPLACED
    assert (version.venue, str(version.issued)) == (None, "2024-05")
    assert [str(found) for found in version.identifiers] == ["doi:10.9999/abc.12"]


def test_a_rejected_link_proves_no_place(resolved):
    """A link that is another paper's says nothing of where this one appeared.

    The place itself is there: it was, when the first paper alone was listed.
    """
    collection = resolved(
        entry("Federated Prompt Learning for Weather Models", COLING),
        entry("Split Learning of Very Large Networks", COLING, "fedllm:2"),
    )
    assert [paper.versions for paper in collection.papers] == [(), ()]
    assert [one.venues for one in collection.statements] == [(), ()]
    assert [venue.key for venue in collection.venues] == ["coling"]


def test_an_unknown_venue_makes_no_place(resolved):
    """Its words stay on the entry, and a finding asks for the spelling."""
    collection = resolved(entry(TITLE, ARXIV, venue="Proceedings of Nowhere"))
    assert [venue.name for venue in collection.venues] == ["arXiv"]
    (finding,) = findings_of(collection, "unknown-venue")
    assert finding.sentence == (
        "“Proceedings of Nowhere” is no venue that fedkg knows: check its spelling."
    )


def test_a_paper_without_place_and_link_has_no_version(resolved):
    """Nothing is known of where it appeared, and nothing is made up."""
    (paper,) = resolved(entry(TITLE)).papers
    assert (paper.versions, paper.preferred, paper.preferred_version) == ((), None, None)
