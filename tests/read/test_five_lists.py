"""The five lists that ship with the package, read and held against their files."""

import re
from collections import Counter
from functools import cache

import pytest

from fedkg.ids import fold
from fedkg.model import Entry, Reading
from fedkg.read import read_source, shipped_sources
from fedkg.resources import data_dir, lists_dir

ENTRIES = {"fedllm": 49, "fedllm-early": 5, "fedllm-areas": 65, "fed-reasoning": 30, "fm-fl": 247}
SHORT = sorted(ENTRIES.keys() - {"fm-fl"})
LINK = re.compile(r"\]\((https?://[^)\s]+)\)")
BADGE = re.compile(r"\[!\[[^]]*\]\([^)]*\)\]\([^)]*\)")


@cache
def reading(slug: str) -> Reading:
    """Return the reading of a shipped list."""
    sources = shipped_sources(data_dir() / "lists.toml", lists_dir())
    return next(read_source(source) for source in sources if source.paper_list.slug == slug)


@cache
def lines(slug: str) -> list[str]:
    """Return the lines of a shipped list as they stand."""
    return (lists_dir() / f"{slug}.md").read_text(encoding="utf-8").split("\n")


def near(entry: Entry, after: int = 6) -> str:
    """Return the line of an entry and the lines below it, as one text."""
    return "\n".join(lines(entry.list)[entry.line - 1 : entry.line + after])


@pytest.mark.parametrize("slug", ENTRIES)
def test_every_entry_is_read(slug):
    """Each list gives as many entries as were counted in it by hand, and no failures."""
    assert len(reading(slug).entries) == ENTRIES[slug]
    assert reading(slug).failures == ()


def test_template_rows_are_told_apart():
    """The two headings left over from a template describe nothing, and are no failures."""
    assert [row.line for row in reading("fed-reasoning").templates] == [179, 180]
    assert not any(reading(slug).templates for slug in ENTRIES if slug != "fed-reasoning")


def test_sections_hold_as_many_entries_as_their_headings_say():
    """The headings of fm-fl end in the number of their rows: "Selective Tuning (7)"."""
    headings = {entry.headings: entry.headings[-1].count for entry in reading("fm-fl").entries}
    counted = Counter(entry.headings for entry in reading("fm-fl").entries)
    announced = sum(line.startswith("#") and line.endswith(")") for line in lines("fm-fl"))
    assert counted == headings
    assert len(headings) == announced


@pytest.mark.parametrize("slug", ENTRIES)
def test_the_words_of_an_entry_stand_where_it_says(slug):
    """The title is found within three lines of an entry's line, its link on the line itself."""
    for entry in reading(slug).entries:
        assert fold(entry.listed.title) in fold(near(entry, after=3)), entry
        assert (entry.listed.link or "") in near(entry, after=0), entry


@pytest.mark.parametrize("slug", ENTRIES)
def test_the_fields_of_an_entry_stand_below_it(slug):
    """Venue, date, authors, datasets, models and links are words of the list, verbatim."""
    for entry in reading(slug).entries:
        listed = entry.listed
        fields = (listed.venue, listed.date, listed.authors, listed.datasets, listed.models)
        below = near(entry, after=22 if slug == "fm-fl" else 6)
        for words in filter(None, fields):
            assert " ".join(words.split()) in " ".join(below.split()), (entry, words)
        assert all(link.url in below for link in listed.other_links)


@pytest.mark.parametrize("slug", SHORT)
def test_no_link_is_dropped(slug):
    """Every web link of the short lists, badges apart, is a link of some entry."""
    kept = {
        url
        for entry in reading(slug).entries
        for url in (entry.link, entry.listed.link, entry.listed.code)
    } | {link.url for entry in reading(slug).entries for link in entry.listed.other_links}
    found = {url for line in lines(slug) for url in LINK.findall(BADGE.sub("", line))}
    assert found
    assert found <= kept


def test_single_entries_say_what_was_read_by_eye():
    """What is known of single entries: a mended name, a date, several works in a cell."""
    by_title = {entry.title: entry for slug in ENTRIES for entry in reading(slug).entries}
    fedpref = "FedPref: Federated Learning Across Heterogeneous Multi-objective Preferences"
    assert by_title[fedpref].authors[1] == "Grégoire Danoy"
    assert by_title[fedpref].repaired
    focus = next(title for title in by_title if title.startswith("F^3OCUS"))
    assert str(by_title[focus].date) == "2025-06"
    short = next(e for e in reading("fedllm-areas").entries if e.title == "RaFFM")
    assert short.line == 29
    assert [link.text for link in short.listed.other_links] == ["OpenReview"]
