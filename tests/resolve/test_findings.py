"""Each kind of finding that resolving gives, with its sentence, and when there is none."""

import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fedkg.model import (
    FINDING_KINDS,
    Authorship,
    Failure,
    Heading,
    Paper,
    PaperList,
    Person,
    Reading,
    Record,
    Severity,
    Stated,
    StatedRecord,
    TemplateRow,
    Words,
)
from fedkg.resolve.findings import Context, RejectedWords
from fedkg.resolve.findings import findings_of as all_findings_of
from fedkg.resolve.papers import Grouping
from fedkg.resolve.things import things_of

from .conftest import entry, findings_of, month, readings_of, stated_at

PAGE = Path(__file__).resolve().parents[2] / "docs" / "findings.md"
TITLE = "FedMKT: Federated Mutual Knowledge Transfer for Large and Small Language Models"
OTHER = "Split Learning of Very Large Networks over Slow Links"
ARXIV = "https://arxiv.org/abs/2406.02224"
COLING = "https://aclanthology.org/2025.coling-main.17/"


def only(collection, kind):
    """Return the only finding of a kind."""
    (finding,) = findings_of(collection, kind)
    return finding


@pytest.fixture
def found(vocabulary):
    """Return `found(kind, statements, …)`: the findings of a kind in a context made by hand."""

    def find(kind, statements, **more):
        context = Context(
            readings=(),
            described=statements,
            silent=(),
            statings={},
            grouping=Grouping(()),
            things=things_of([], vocabulary),
            vocabulary=vocabulary,
            **more,
        )
        return [finding for finding in all_findings_of(context) if finding.kind == kind]

    return find


# ---------------------------------------------------------------- rows


def test_a_row_that_could_not_be_read(resolve_lists):
    """The sentence gives line and reason."""
    failure = Failure("zoo", 12, "| a |", "the row has fewer cells than its table")
    finding = only(
        resolve_lists([Reading(PaperList("zoo", "Zoo"), failures=(failure,))]), "failed-row"
    )
    assert finding.sentence == (
        "Line 12 could not be read: the row has fewer cells than its table."
    )
    assert (finding.list, finding.line, finding.about) == ("zoo", 12, ("list/zoo",))
    assert finding.severity is Severity.ERROR


def test_a_row_of_a_template(resolve_lists):
    """`[]()` was to be filled in."""
    row = TemplateRow("zoo", 179, "[]()")
    finding = only(
        resolve_lists([Reading(PaperList("zoo", "Zoo"), templates=(row,))]), "template-row"
    )
    assert finding.sentence == "Line 179 is a row of a template, '[]()': fill it in or delete it."


def test_a_month_of_a_template(resolved):
    """“Mon 2024” was to become “Oct 2024”; a Monday in words is no template."""
    left = replace(entry(TITLE, COLING), listed=Words(TITLE, COLING, date="Mon 2024"))
    assert "“Mon 2024”" in only(resolved(left), "template-row").sentence
    right = replace(left, listed=Words(TITLE, COLING, date="Monday, 4 March 2024"))
    assert findings_of(resolved(right), "template-row") == []


def test_a_heading_that_announces_another_number(resolved):
    """The headings of fm-fl say how many rows follow."""
    counted = Heading("LoRA (3)", "LoRA", 3)
    one = replace(entry(TITLE, COLING, "fm-fl:9"), headings=(counted,))
    finding = only(resolved(one), "section-count")
    assert finding.sentence == (
        "The heading “LoRA” announces 3 works and has 1: correct the number."
    )
    right = replace(one, headings=(replace(counted, count=1),))
    assert findings_of(resolved(right), "section-count") == []


# ---------------------------------------------------------------- names


def test_text_that_was_garbled(resolved):
    """The reader mended it; the file should be saved again."""
    finding = only(resolved(replace(entry(TITLE, COLING), repaired=True)), "mojibake")
    assert finding.sentence == f"“{TITLE}”: some characters are garbled; save the file as UTF-8."
    assert finding.severity is Severity.INFO


def test_what_is_no_paper(resolved):
    """A blog post describes no paper."""
    finding = only(resolved(entry("NIST blog", "https://www.nist.gov/blogs/1")), "not-a-paper")
    assert finding.sentence == "“NIST blog” is no paper, and describes none in the graph."


@pytest.mark.parametrize("field", ["datasets", "models"])
def test_names_that_nobody_knows_are_information(resolved, field):
    """They may well be right: the vocabulary is what lacks them."""
    finding = only(
        resolved(entry(TITLE, COLING, **{field: ("Frobnication",)})), f"unknown-{field[:-1]}"
    )
    assert finding.sentence.startswith("“Frobnication” is no ")
    assert finding.severity is Severity.INFO


def test_the_nearest_known_name_is_proposed(resolved):
    """But not one with other digits: CIFAR-10 and CIFAR-100 are two datasets."""
    finding = only(
        resolved(entry(TITLE, COLING, datasets=("CodeMathInstruct",))), "unknown-dataset"
    )
    assert finding.sentence.endswith("is “MathInstruct” meant?")
    finding = only(resolved(entry(TITLE, COLING, datasets=("CIFAR-1000",))), "unknown-dataset")
    assert finding.sentence.endswith("check its spelling.")


@pytest.mark.parametrize(
    ("words", "year"), [("Proceedings of Nowhere", None), ("FROBCON", "2024")], ids=str
)
def test_words_that_look_like_a_venue_and_are_none(resolved, words, year):
    """A dated acronym, or what is called a conference."""
    one = entry(TITLE, ARXIV, venue=words)
    one = replace(one, listed=replace(one.listed, venue=f"{words} {year or ''}"))
    assert only(resolved(one), "unknown-venue").sentence == (
        f"“{words}” is no venue that fedkg knows: check its spelling."
    )


@pytest.mark.parametrize("words", ["NN", "Springer", "a note", "ICML - some remark"])
def test_words_that_are_no_venue_are_left_alone(resolved, words):
    """Tags, publishers, remarks, and a known venue with something beside it."""
    assert findings_of(resolved(entry(TITLE, ARXIV, venue=words)), "unknown-venue") == []


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("link", ["", ".", "#", " "])
def test_a_link_without_an_address(resolved, link):
    """`[title]()` was to get one; `.` and `#` are the list itself."""
    empty = replace(entry(TITLE), listed=Words(TITLE, link=link))
    assert only(resolved(empty), "empty-link").sentence == (
        f"“{TITLE}” has an empty link: put the address in."
    )


def test_a_link_inside_a_link(resolved):
    """`[title]([x.pdf](https://…))` was pasted with its own brackets."""
    broken = replace(entry(TITLE, COLING), listed=Words(TITLE, f"[17.pdf]({COLING})"))
    assert only(resolved(broken), "malformed-link").sentence == (
        f"The link of “{TITLE}” holds a second link: leave only it."
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://https://arxiv.org/abs/2406.02224",
        "htps://arxiv.org/abs/2406.02224",
        "arxiv.org/abs/2406.02224",
        "https://arxiv.org/pdf/2406.02224.pdf,",
    ],
)
def test_a_damaged_address(resolved, link):
    """A beginning too many or too few, an end that is no paper's."""
    assert only(resolved(entry(TITLE, link)), "malformed-link").severity is Severity.ERROR


@pytest.mark.parametrize(
    "link",
    [
        ARXIV,
        "https://arxiv.org/pdf/2406.02224v2.pdf",
        "https://arxiv.org/abs/cs/0112017",
        "papers/fedmkt.pdf",
        "https://web.archive.org/web/2020/https://example.org/paper.pdf",
    ],
)
def test_a_sound_address_is_left_alone(resolved, link):
    """Files of the list's own repository too, and an address inside an address."""
    assert findings_of(resolved(entry(TITLE, link)), "malformed-link") == []


def test_a_link_that_a_curator_took_away_is_not_called_damaged(resolved):
    """What is listed is sound; that it is another work's is said elsewhere."""
    taken = replace(entry(TITLE, ARXIV), link=None, identifiers=())
    assert findings_of(resolved(taken), "malformed-link") == []


@pytest.mark.parametrize(
    "link",
    [
        "https://2024.naacl.org/program/accepted_papers/",
        "https://icml.cc/Conferences/2023",
        "https://proceedings.mlr.press/v162/",
        "https://openreview.net/group?id=ICLR.cc/2024/Conference",
        "https://www.example.org/",
    ],
)
def test_a_link_to_a_site_instead_of_a_work(resolved, link):
    """Programmes, home pages, volumes."""
    found = findings_of(resolved(entry(TITLE, link, venue="NAACL 2024")), "generic-link")
    assert [finding.severity for finding in found] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("title", "link"),
    [
        (TITLE, "https://fedmkt.example.org/"),
        (TITLE, "https://someone.github.io/"),
        (TITLE, "https://icml.cc/virtual/2024/poster/34753"),
        ("Workshop on Federated Learning for Large Language Models", "https://www.example.org/"),
        ("FATE-LLM", "https://www.example.org/"),
    ],
)
def test_a_page_of_its_own_is_no_generic_link(resolved, title, link):
    """A project's site, a poster, an event, a tool."""
    assert findings_of(resolved(entry(title, link, venue="ICML 2024")), "generic-link") == []


def test_a_link_that_is_another_works_too(resolved):
    """The sentence names the other work and where it stands, and both entries are referred to."""
    weather = "Federated Prompt Tuning for Weather Models"
    collection = resolved(
        entry(weather, "https://arxiv.org/abs/2404.11536", "fm-fl:233"),
        entry(OTHER, "https://arxiv.org/abs/2404.11536", "fm-fl:400"),
    )
    first, second = findings_of(collection, "shared-link")
    assert (first.line, second.line) == (233, 400)
    assert second.sentence == (
        f"The link of “{OTHER}” (arxiv:2404.11536) is also that of “{weather}” (fm-fl:233): "
        "link the work that is meant, or merge the entries if it is one."
    )
    keys = [stated_at(collection, place).key for place in ("fm-fl:400", "fm-fl:233")]
    assert second.about == tuple(f"entry/{key}" for key in keys)


def test_a_work_that_was_renamed_shares_no_link_with_itself(resolved):
    """Another list has another title, with some of the same words: that is no wrong link."""
    link = "https://arxiv.org/abs/2404.11536"
    renamed = "Splitting Very Large Networks: Learning where Links are Slow"
    one, two = entry(OTHER, link), entry(renamed, link, "zoo:2")
    assert findings_of(resolved(one, two), "shared-link") == []
    people = (
        {"authors": ("Ada Lovelace", "Alan Turing")},
        {"authors": ("Emmy Noether", "Kurt Gödel")},
    )
    strangers = [replace(e, **names) for e, names in zip((one, two), people, strict=True)]
    found = findings_of(resolved(*strangers), "shared-link")
    assert {finding.list for finding in found} == {"fedllm", "zoo"}


def test_one_name_and_two_identifiers(resolved):
    """One of them is another work's."""
    finding = only(
        resolved(
            entry(TITLE, ARXIV),
            entry(TITLE, ARXIV, "fm-fl:2"),
            entry(TITLE, "https://arxiv.org/abs/2301.00001", "zoo:3"),
        ),
        "link-title-mismatch",
    )
    assert finding.list == "zoo"
    assert "arxiv:2301.00001 here and arxiv:2406.02224 at fedllm:1 and fm-fl:2" in finding.sentence


# ---------------------------------------------------------------- places and years


def test_a_venue_that_its_own_link_contradicts(resolved):
    """The link decides; the sentence says what to write."""
    finding = only(resolved(entry(TITLE, COLING, venue="ACL 2025")), "venue-conflict")
    assert finding.sentence == (
        f"“{TITLE}” is listed as ACL, but its link is COLING: write COLING."
    )
    assert finding.severity is Severity.WARNING


def test_entries_that_disagree_on_the_venue(resolved):
    """Each list hears of it, and both sides are shown with their lines."""
    collection = resolved(
        entry(TITLE, None, "fedllm:3", venue="ACL 2025"),
        entry(TITLE, None, "fm-fl:9", venue="COLING 2025"),
    )
    first, second = findings_of(collection, "venue-conflict")
    assert (first.list, second.list) == ("fedllm", "fm-fl")
    assert first.sentence == (
        f"“{TITLE}”: entries disagree on the venue: ACL (fedllm:3), COLING (fm-fl:9); "
        "write the right one."
    )
    assert f"paper/{collection.papers[0].key}" in first.about
    assert len(first.about) == 3


def test_an_entry_whose_link_proves_its_venue_hears_of_no_conflict(resolved):
    """The other one is to be mended."""
    collection = resolved(
        entry(TITLE, COLING, "fedllm:3", venue="COLING 2025"),
        entry(TITLE, None, "fm-fl:9", venue="ACL 2025"),
    )
    assert only(collection, "venue-conflict").list == "fm-fl"


@pytest.mark.parametrize("venue", ["arXiv", "TMLR", "FL@FM-NeurIPS 2023"])
def test_appearances_of_different_kinds_are_no_conflict(resolved, venue):
    """A work may appear at a preprint server, at a workshop, at a conference and in a journal."""
    collection = resolved(
        entry(TITLE, ARXIV, venue=venue), entry(TITLE, None, "fm-fl:9", venue="COLING 2025")
    )
    assert findings_of(collection, "venue-conflict") == []


def test_entries_that_disagree_on_the_year(resolved):
    """At one venue a work appears once."""
    collection = resolved(
        entry(TITLE, None, "fedllm:3", venue="TMLR", date=month("2023")),
        entry(TITLE, None, "fm-fl:9", venue="TMLR", date=month("2024-02")),
    )
    first, second = findings_of(collection, "year-conflict")
    assert (first.list, second.list) == ("fedllm", "fm-fl")
    assert first.sentence == (
        f"“{TITLE}”: entries disagree on the year of TMLR: 2023 (fedllm:3), 2024 (fm-fl:9); "
        "write the right one."
    )


def test_a_year_that_its_own_link_contradicts(resolved):
    """The address of the proceedings holds the year; a date without a venue may be a preprint's."""
    dated = entry(TITLE, COLING, venue="COLING", date=month("2024-01"))
    assert only(resolved(dated), "year-conflict").sentence == (
        f"“{TITLE}” is listed under 2024, but its link is of COLING 2025: write 2025."
    )
    assert findings_of(resolved(replace(dated, venue=None)), "year-conflict") == []


@pytest.mark.parametrize(
    ("venue", "year", "remedy"),
    [
        ("ArXiv", "2025", "write 2024."),
        ("ArXiv", "2023", "write 2024."),
        ("ICML", "2023", None),
        ("ICML", "2022", "correct the year or the link."),
        ("ICML", "2025", None),
        ("ArXiv", "2024", None),
        (None, "2025", None),
    ],
)
def test_a_year_that_the_arxiv_id_contradicts(resolved, venue, year, remedy):
    """2406.02224 is of June 2024: a preprint is of that year, a publication seldom much older."""
    found = findings_of(
        resolved(entry(TITLE, ARXIV, venue=venue, date=month(year))), "year-contradicts-id"
    )
    assert [finding.sentence.partition("June 2024: ")[2] for finding in found] == (
        [remedy] if remedy else []
    )


# ---------------------------------------------------------------- repeats


def test_a_work_twice_under_one_heading(resolved):
    """The second is to go."""
    finding = only(
        resolved(
            entry(TITLE, ARXIV, "zoo:5", headings=("LoRA",)),
            entry(TITLE, ARXIV, "zoo:9", headings=("LoRA",)),
        ),
        "duplicate-entry",
    )
    assert (finding.line, finding.severity) == (9, Severity.ERROR)
    assert finding.sentence == (
        f"“{TITLE}” stands under the same heading at zoo:5 too: keep one of them."
    )


def test_a_work_under_two_headings_is_no_repetition(resolved):
    """A taxonomy names it where it belongs; so do two lists."""
    collection = resolved(
        entry(TITLE, ARXIV, "zoo:5", headings=("LoRA",)),
        entry(TITLE, ARXIV, "zoo:9", headings=("Privacy",)),
        entry(TITLE, ARXIV, "fm-fl:9", headings=("LoRA",)),
    )
    assert findings_of(collection, "duplicate-entry") == []
    assert findings_of(collection, "preprint-superseded") == []


def test_two_publications_of_a_work_are_no_repetition(resolved):
    """A conference paper and the journal article made of it."""
    collection = resolved(
        entry(TITLE, None, "zoo:5", venue="KDD 2023"), entry(TITLE, None, "zoo:9", venue="TKDE")
    )
    assert findings_of(collection, "duplicate-entry") == []


def test_a_preprint_that_has_been_published(resolved):
    """In the same list the entries are merged, in another the place is named."""
    published = entry(TITLE, COLING, "zoo:5", headings=("2025",), venue="COLING 2025")
    preprint = entry(TITLE, ARXIV, "zoo:9", headings=("Preprints",), venue="ArXiv")
    finding = only(resolved(published, preprint), "preprint-superseded")
    assert finding.line == 9
    assert finding.sentence == (
        f"“{TITLE}” is listed as a preprint, but has been published: COLING 2025 (zoo:5); "
        "merge the entries."
    )
    elsewhere = replace(preprint, list="fedllm")
    assert only(resolved(published, elsewhere), "preprint-superseded").sentence.endswith(
        "COLING 2025 (zoo:5); name that place."
    )


def test_a_link_to_arxiv_alone_calls_nothing_a_preprint(resolved):
    """Many lists link the preprint of what they know to be published."""
    collection = resolved(
        entry(TITLE, COLING, "zoo:5", venue="COLING 2025"), entry(TITLE, ARXIV, "fedllm:9")
    )
    assert findings_of(collection, "preprint-superseded") == []


# ---------------------------------------------------------------- people


def with_authors(place, *names, **fields):
    """Return an entry of the work TITLE that names authors."""
    return replace(entry(TITLE, ARXIV, place), authors=names, **fields)


def test_a_paper_without_known_authors(resolved):
    """Once for a paper, with the first entry of each list that names the authors of others."""
    collection = resolved(
        entry(TITLE, ARXIV, "zoo:5"),
        entry(TITLE, ARXIV, "zoo:9"),
        entry(TITLE, ARXIV, "fm-fl:2"),
        entry(OTHER, None, "zoo:7", authors=("Ada Lovelace",)),
        entry(OTHER, None, "fm-fl:7"),
    )
    finding = only(collection, "authors-missing")
    assert (finding.list, finding.line, finding.severity) == ("fm-fl", 2, Severity.INFO)
    keys = [stated_at(collection, place).key for place in ("fm-fl:2", "zoo:5")]
    assert finding.about[1:] == tuple(f"entry/{key}" for key in keys)
    assert finding.about[0].startswith("paper/")


def test_a_list_that_names_no_authors_lacks_none(resolved):
    """Its form leaves them out."""
    assert findings_of(resolved(entry(TITLE, ARXIV)), "authors-missing") == []


def test_a_paper_whose_authors_another_source_names_lacks_none(found):
    """A bibliography is as good as a list."""
    statements = [
        Stated(entry(title, at=f"fedllm:{line}"), f"fedllm/{line}", describes=str(line))
        for line, title in enumerate((TITLE, OTHER), 1)
    ]
    record = Record("bib", "a", TITLE, "https://example.org/", date(2024, 1, 1), ("Ada Lovelace",))
    one, two = (StatedRecord(record, paper) for paper in ("1", "2"))
    assert found("authors-missing", statements, records=[one, two]) == []
    (finding,) = found("authors-missing", statements, records=[one])
    assert finding.line == 2


def test_an_author_list_that_stops_early(resolved):
    """Six of nine authors, or “et al.”."""
    full = with_authors("fm-fl:9", "Ada Lovelace", "Alan Turing", "Emmy Noether")
    short = with_authors("zoo:2", "A. Lovelace", "Alan Turing")
    finding = only(resolved(full, short), "authors-truncated")
    assert finding.sentence == (
        f"“{TITLE}”: 2 authors are named here and 3 in fm-fl:9; add Emmy Noether."
    )
    words = Words(TITLE, ARXIV, authors="Ada Lovelace, et al.")
    alone = with_authors("zoo:2", "Ada Lovelace", listed=words)
    assert only(resolved(alone), "authors-truncated").sentence == (
        f"“{TITLE}”: the authors end after Ada Lovelace; add the others."
    )


def test_author_lists_that_disagree(resolved):
    """Another author, or another order."""
    full = with_authors("fm-fl:9", "Ada Lovelace", "Alan Turing", "Emmy Noether")
    lacking = with_authors("zoo:2", "Ada Lovelace", "Emmy Noether")
    assert only(resolved(full, lacking), "authors-conflict").sentence == (
        f"“{TITLE}”: compared with fm-fl:9, the authors here lack Alan Turing; check them."
    )
    turned = with_authors("zoo:2", "Alan Turing", "Ada Lovelace", "Emmy Noether")
    assert "in another order than in fm-fl:9" in (
        only(resolved(full, turned), "authors-conflict").sentence
    )


@pytest.mark.parametrize(
    "names",
    [
        ("Lovelace A", "Turing A M"),
        ("A. Lovelace", "A. Turing"),
        ("Lovelace Ada", "Turing Alan"),
        ("Ada Lovelacé", "Alan M. Turing"),
        ("Ada  Lovelase", "Alan Turing"),
    ],
)
def test_other_spellings_of_the_same_authors_agree(resolved, names):
    """Initials, order within a name, accents, slips."""
    collection = resolved(
        with_authors("fm-fl:9", "Ada Lovelace", "Alan Turing"), with_authors("zoo:2", *names)
    )
    kinds = {finding.kind for finding in collection.findings}
    assert not kinds & {"authors-conflict", "authors-truncated"}


def company(found, *teams, name="Yang Liu"):
    """Return the homonyms among papers, each by `name` and the people of a team."""
    papers, statements = [], []
    for at, team in enumerate(teams):
        names = [name, *team]
        authors = tuple(Authorship(i, n.lower(), n) for i, n in enumerate(names, 1))
        papers.append(Paper(f"p{at}", f"Paper {at}", authorships=authors))
        statements.append(Stated(entry(f"Paper {at}", at=f"zoo:{at + 1}"), f"zoo/{at}", f"p{at}"))
    everybody = {name, *(one for team in teams for one in team)}
    people = [Person(one.lower(), one) for one in sorted(everybody)]
    return found("possible-homonym", statements, papers=papers, people=people)


def test_a_name_on_papers_without_a_common_co_author(found):
    """Three papers in three groups: perhaps three people."""
    (finding,) = company(found, ["Ada Lovelace"], ["Alan Turing"], ["Emmy Noether"])
    assert (finding.list, finding.line) == ("zoo", 1)
    assert finding.sentence == (
        "“Yang Liu” stands on 3 papers, which fall into 3 groups without a common co-author: "
        "the name may be several people's."
    )
    assert finding.about[0] == "person/yang liu"


@pytest.mark.parametrize(
    "teams",
    [
        [["Ada Lovelace"], ["Alan Turing"]],
        [["Ada Lovelace"], ["Alan Turing"], ["Alan Turing", "Ada Lovelace"]],
        [["Ada Lovelace"]] * 4 + [["Alan Turing"], ["Emmy Noether"]],
    ],
)
def test_common_co_authors_and_few_papers_suspect_nobody(found, teams):
    """Two papers, a chain of co-authors, one large group beside single papers."""
    assert company(found, *teams) == []


@pytest.mark.parametrize("name", ["Y. Liu", "Liu Y", "H. Vincent Poor"])
def test_a_name_with_initials_or_a_middle_name_is_no_homonym(found, name):
    """The one is no full name, the other is seldom shared."""
    assert company(found, ["Ada Lovelace"], ["Alan Turing"], ["Emmy Noether"], name=name) == []


# ---------------------------------------------------------------- curation


def test_what_a_curator_rejected_is_told_with_the_reason(found):
    """A link, or words of another field."""
    stated = Stated(entry(TITLE, ARXIV), "fedllm/0", describes="x")
    why = "They are the next entry's"
    words = [RejectedWords("fedllm/0", field, "…", why) for field in ("link", "datasets")]
    (field,) = found("wrong-fields", [stated], rejected=words)
    assert field.sentence == f"“{TITLE}”: “…” (datasets) is of another work. {why}."
    (link,) = found("link-title-mismatch", [stated], rejected=words)
    assert link.sentence == f"“{TITLE}”: the link leads to another work. {why}."


# ---------------------------------------------------------------- all


def test_the_order_of_lists_and_entries_changes_no_finding(
    five_readings, five_lists, resolve_lists
):
    """Shuffled lists have the same findings, in the same order."""
    shuffled = list(five_readings)
    random.Random(3).shuffle(shuffled)
    mixed = [
        replace(one, entries=tuple(random.Random(7).sample(one.entries, len(one.entries))))
        for one in shuffled
    ]
    assert resolve_lists(mixed).findings == five_lists.findings


def test_nothing_is_found_in_nothing(resolved):
    """No entries, no findings."""
    assert readings_of([]) == []
    assert resolved().findings == ()


def test_the_findings_of_the_five_lists(five_lists):
    """Every finding is of a known kind, stands at a line, and is about things that exist."""
    lists = {one.slug for one in five_lists.lists}
    paths = {f"list/{slug}" for slug in lists}
    paths |= {f"entry/{one.key}" for one in five_lists.statements}
    paths |= {f"paper/{paper.key}" for paper in five_lists.papers}
    paths |= {f"person/{person.key}" for person in five_lists.people}
    for finding in five_lists.findings:
        assert finding.kind in FINDING_KINDS
        assert finding.list in lists
        assert finding.line > 0
        assert finding.about
        assert set(finding.about) <= paths
        assert finding.sentence.endswith((".", "?"))


def test_known_errors_of_the_five_lists_are_found(five_lists):
    """The errors that a reader sees with the eye, by list and line."""
    found = {(finding.kind, finding.list, finding.line) for finding in five_lists.findings}
    assert {
        ("venue-conflict", "fed-reasoning", 114),  # ACL beside an EMNLP page
        ("venue-conflict", "fed-reasoning", 128),  # ACL beside a COLING page
        ("malformed-link", "fed-reasoning", 118),
        ("template-row", "fed-reasoning", 68),  # Mon 2024
        ("template-row", "fed-reasoning", 179),
        ("template-row", "fed-reasoning", 180),
        ("mojibake", "fedllm-areas", 29),
        ("shared-link", "fedllm-areas", 32),  # FedPIT with the link of FedIT
        ("shared-link", "fedllm-areas", 41),  # Fed-BBPL with the link of SLoRA
        ("shared-link", "fm-fl", 233),  # two works with the link of FedPFT
        ("shared-link", "fm-fl", 2183),
        ("preprint-superseded", "fedllm", 236),  # AISTATS 2024 in line 89
        ("year-contradicts-id", "fedllm", 259),  # [ArXiv 2024] beside 2305.05644
        ("authors-truncated", "fed-reasoning", 58),
        ("generic-link", "fm-fl", 1976),  # accepted papers of NAACL
    } <= found


def test_a_taxonomy_repeats_nothing(five_lists):
    """In fm-fl 60 papers stand under several headings, on purpose."""
    assert findings_of(five_lists, "duplicate-entry") == []


# ---------------------------------------------------------------- documentation


def described_kinds() -> dict[str, str]:
    """Return the sections of docs/findings.md by their headings."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_kind_is_documented_in_the_words_of_the_table():
    """Copy title, severity and help of `FINDING_KINDS` to docs/findings.md, in its order."""
    sections = described_kinds()
    assert list(sections) == list(FINDING_KINDS)
    for kind in FINDING_KINDS.values():
        words = " ".join(sections[kind.name].split())
        assert words.startswith(f"**{kind.title}** ({kind.severity.value}). {kind.help}")


def test_the_examples_of_the_page_are_found(five_lists):
    """“In `fedllm`, line 236” is a line where a finding of that kind stands."""
    found = {(finding.kind, finding.list, finding.line) for finding in five_lists.findings}
    for kind, text in described_kinds().items():
        for match in re.finditer(r"`([\w-]+)`,\s+lines?\s+(\d+)(?:\s+and\s+(\d+))?", text):
            for line in filter(None, match.groups()[1:]):
                assert (kind, match[1], int(line)) in found


def test_errors_come_first_in_the_table():
    """Then warnings, then information; by name within each."""
    order = [(list(Severity).index(kind.severity), kind.name) for kind in FINDING_KINDS.values()]
    assert order == sorted(order)
    assert all(kind.help.endswith(".") and kind.title for kind in FINDING_KINDS.values())
