"""The law of growth: a list that is added takes away no IRI; each stays, or leads somewhere."""

import re
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fedkg.model import Entry
from fedkg.resolve import check_permanence, lasting_paths

from .conftest import entry, readings_of
from .test_order import ENTRIES

PEOPLE = ("Li Wei", "Li-Wei", "LiWei", "W. Li", "Wei A. Li", "Wei Li", "-")
CODE = ("https://github.com/a-b/c", "https://github.com/a/b-c", "https://example.org/a/b-c")
DIGEST = re.compile(r"-[0-9a-f]{8}")

ALIKE = st.builds(
    entry,
    st.sampled_from(("FLoRA", "FLoRA!", "FedIT: Towards One", "FedIT: Another", "???")),
    st.sampled_from((None, "https://arxiv.org/abs/2404.15182", "https://arxiv.org/abs/2409.05976")),
    list=st.sampled_from(["fedllm", "fm-fl", "zoo"]),
    authors=st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True).map(tuple),
    repositories=st.sampled_from(((), *((one,) for one in CODE))),
    datasets=st.sampled_from(((), ("C",), ("C++",), ("Our own",), ("our-own",))),
)
"""Entries whose names make the same slugs."""


def by(person: str, at: str, **fields: object) -> Entry:
    """Return an entry of a paper of its own by a person."""
    return entry(f"A paper that stands at {at}", None, at, authors=(person,), **fields)


@settings(max_examples=400)
@given(st.lists(ALIKE | ENTRIES, min_size=1, max_size=6), st.sampled_from(["fedllm", "fm-fl"]))
@example([by("Li Wei", "fedllm:1"), by("Li-Wei", "zoo:2")], "fedllm")
def test_a_list_more_loses_no_iri(resolve_lists, drawn, kept):
    """What a graph of one list has, the graph of all lists has or leads from."""
    lists = readings_of(replace(one, line=line) for line, one in enumerate(drawn, 1))
    before = resolve_lists([one for one in lists if one.paper_list.slug == kept])
    after = resolve_lists(lists)
    check_permanence(after, lasting_paths(before))


def test_a_name_that_two_people_come_to_share_leads_to_both(resolved):
    """Whoever cited “Li Wei” by the IRI of before finds them, and sees who came to be meant too."""
    alone = resolved(by("Li Wei", "fedllm:1"))
    both = resolved(by("Li Wei", "fedllm:1"), by("Li-Wei", "zoo:2"))
    assert [person.key for person in alone.people] == ["li-wei"]
    keys = [person.key for person in both.people]
    assert [DIGEST.sub("", key) for key in keys] == ["li-wei", "li-wei"]
    assert dict(both.former_paths)["person/li-wei"] == tuple(f"person/{key}" for key in keys)


def test_so_does_a_repository_whose_slug_another_has(resolved):
    """`a-b/c` is not `a/b-c`."""
    first, second, _ = CODE
    both = resolved(
        by("Li Wei", "fedllm:1", repositories=(first,)),
        by("Li Wei", "zoo:2", repositories=(second,)),
    )
    assert len(dict(both.former_paths)["repository/github-com-a-b-c"]) == 2


def test_a_title_that_two_papers_share_leads_to_both(resolved):
    """One FLoRA may have been known by its title alone before its link was listed."""
    links = ("https://arxiv.org/abs/2404.15182", "https://arxiv.org/abs/2409.05976")
    alone = resolved(entry("FLoRA", None, "fedllm:1", venue="ACL 2024"))
    both = resolved(*(entry("FLoRA", link, f"fedllm:{n}") for n, link in enumerate(links, 1)))
    assert [paper.key for paper in alone.papers] == ["title-flora"]
    assert dict(both.former_paths)["paper/title-flora"] == (
        "paper/arxiv-2404.15182",
        "paper/arxiv-2409.05976",
    )
