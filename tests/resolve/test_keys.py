"""Keys: of entries, which do not move with lines, and of papers."""

import re
from dataclasses import replace

from .conftest import entry, stated_at

TITLE = "Federated Fine-Tuning of Large Language Models"
LINK = "https://arxiv.org/abs/2406.02224"
OTHER_LINK = "https://arxiv.org/abs/2404.15182"


def entry_keys(collection):
    return {one.entry.line: one.key for one in collection.statements}


def test_an_entry_is_known_by_its_list_and_a_digest(resolved):
    """`<list>/<12 hex>` of headings, title and link as listed."""
    (key,) = entry_keys(resolved(entry(TITLE, LINK, headings=("Papers", "2024")))).values()
    assert re.fullmatch(r"fedllm/[0-9a-f]{12}", key)


def test_entries_do_not_move_with_lines(resolved):
    """A line that is added above changes no key."""
    one = entry(TITLE, LINK, "fedllm:10")
    moved = replace(one, line=99)
    assert entry_keys(resolved(one))[10] == entry_keys(resolved(moved))[99]


def test_other_words_are_another_entry(resolved):
    """Heading, title and link each count; what else is listed does not."""
    one = entry(TITLE, LINK, headings=("2024",))
    others = [
        entry(TITLE, LINK, headings=("2025",)),
        entry(TITLE, LINK),
        entry(TITLE.upper(), LINK, headings=("2024",)),
        entry(TITLE, LINK + "v2", headings=("2024",)),
    ]
    keys = [entry_keys(resolved(each))[1] for each in (one, *others)]
    assert len(set(keys)) == len(keys)
    assert entry_keys(resolved(replace(one, venue="ACL 2024")))[1] == keys[0]


def test_repeats_are_counted_in_the_order_of_lines(resolved):
    """The same words under the same headings again get -2, then -3."""
    lines = [7, 3, 5]
    keys = entry_keys(resolved(*(entry(TITLE, LINK, f"fedllm:{line}") for line in lines)))
    assert (keys[5], keys[7]) == (f"{keys[3]}-2", f"{keys[3]}-3")


def test_a_paper_is_known_by_its_strongest_identifier(resolved):
    """First arXiv, then DOI, then ACL, then OpenReview."""
    (paper,) = resolved(
        entry(TITLE, "https://openreview.net/forum?id=06quMTmtRV", "fedllm:1"),
        entry(TITLE, "https://doi.org/10.1145/3589334.3645707", "fedllm:2"),
        entry(TITLE, LINK, "fedllm:3"),
    ).papers
    assert paper.key == "arxiv-2406.02224"
    assert {"doi-10-1145-3589334-3645707", "openreview-06qumtmtrv"} <= set(paper.former_keys)


def test_a_paper_without_identifier_is_known_by_its_title(resolved):
    """Transliterated, lower case, 80 characters at most."""
    (paper,) = resolved(entry(TITLE, None)).papers
    assert paper.key == "title-federated-fine-tuning-of-large-language-models"


def test_a_title_that_has_no_slug_gets_a_digest(resolved):
    """“???” has a key that nothing else has."""
    (paper,) = resolved(entry("???", None, venue="ACL 2024")).papers
    assert re.fullmatch(r"title-[0-9a-f]{8}", paper.key)


def test_two_papers_of_one_title_are_told_apart_whatever_their_lines(resolved):
    """Labels whose links were rejected share a title; lines that move change no key."""
    first = entry("FLoRA", LINK, "fedllm:1")
    second = entry("FLoRA", OTHER_LINK, "fedllm:2")
    others = [entry("FedIT", LINK, "zoo:2"), entry("FedMKT", OTHER_LINK, "zoo:3")]
    before = resolved(first, second, *others)
    after = resolved(replace(first, line=9), replace(second, line=5), *others)
    titles = [paper.title for paper in before.papers]
    assert sorted(titles) == ["FLoRA", "FLoRA", "FedIT", "FedMKT"]
    assert len({paper.key for paper in before.papers}) == 4
    assert stated_at(before, "fedllm:1").describes == stated_at(after, "fedllm:9").describes
    assert stated_at(before, "fedllm:2").describes == stated_at(after, "fedllm:5").describes


def test_every_key_of_the_five_lists_is_safe_in_an_iri(five_lists):
    """Lower-case letters, digits, hyphens, and dots and slashes where the design has them."""
    for name in ("people", "venues", "editions", "datasets", "models", "families", "repositories"):
        for thing in getattr(five_lists, name):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", thing.key), thing
    for paper in five_lists.papers:
        for key in (paper.key, *paper.former_keys):
            assert re.fullmatch(r"[a-z]+-[a-z0-9.]+(-[a-z0-9.]+)*", key), key
