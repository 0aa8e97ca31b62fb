"""What a catalogue says of any papers, beside counting them one by one."""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedkg.search.catalogue import NONE, Catalogue
from fedkg.search.contents import Contents, PaperRow, ThingRow
from fedkg.search.layout import AUTHORS, FACETS

from .conftest import CONTENTS, counted

FEW = settings(max_examples=40, deadline=None)


def above(path: str, known: Mapping[str, ThingRow]) -> set[str]:
    """Return a thing and all that it counts for."""
    found = {path}
    while True:
        more = {up for one in found if one in known for up in known[one].broader} - found
        if not more:
            return found
        found |= more


def values_of(paper: PaperRow, facet: str, known: Mapping[str, ThingRow]) -> set[str]:
    """Return the values that a paper has of a facet, seen for itself."""
    if facet == "code":
        return {"yes"} if paper.repositories else set()
    if facet == "year":
        return {paper.issued[:4]} - {""}
    stated = "model" if facet == "family" else facet
    wide = {up for one in paper.values[stated] for up in above(one, known)}
    return {one for one in wide if one.startswith(f"{facet}/")}


def seen(contents: Contents, facet: str) -> dict[str, set[str]]:
    """Return the papers of each value of a facet."""
    known = {one.path: one for one in contents.things}
    found: dict[str, set[str]] = {}
    for paper in contents.papers:
        for value in values_of(paper, facet, known):
            found.setdefault(value, set()).add(paper.path)
    return found


def paths(catalogue: Catalogue, papers: int, order: str = "newest") -> tuple[str, ...]:
    """Return the paths of all papers of a set."""
    return catalogue.page(papers, order, 0, catalogue.size + 1)


@FEW
@given(CONTENTS, st.integers(min_value=0))
def test_tallies_are_what_counting_one_by_one_gives(contents: Contents, picked: int) -> None:
    """For each facet, over any papers; the most first, and years by year."""
    names = {one.path: one.name for one in contents.things}
    with counted(contents) as catalogue:
        picked &= catalogue.all
        some = set(paths(catalogue, picked))
        for facet in FACETS:
            found = catalogue.tally(facet, picked)
            wanted = {value: len(all_ & some) for value, all_ in seen(contents, facet).items()}
            assert {one.path: one.papers for one in found} == {
                value: number for value, number in wanted.items() if number
            }
            assert all(one.name == names.get(one.path, one.path) for one in found)
            by = [one.path if facet == "year" else -one.papers for one in found]
            assert by == sorted(by)


@FEW
@given(CONTENTS)
def test_what_states_something_is_the_union_of_the_values(contents: Contents) -> None:
    """`NONE` is all others; what is chosen several times is an alternative, the unknown nothing."""
    with counted(contents) as catalogue:
        assert catalogue.size == len(tuple(contents.papers))
        for facet in FACETS:
            wanted = seen(contents, facet)
            stating = set().union(*wanted.values())
            assert set(paths(catalogue, catalogue.stating(facet))) == stating
            assert catalogue.chosen(facet, wanted) == catalogue.stating(facet)
            assert catalogue.chosen(facet, [NONE]) == catalogue.all ^ catalogue.stating(facet)
            assert catalogue.chosen(facet, [NONE, *wanted]) == catalogue.all
            assert catalogue.chosen(facet, ["nothing", f"{facet}/nothing"]) == 0
            for value, all_ in wanted.items():
                assert set(paths(catalogue, catalogue.chosen(facet, [value]))) == all_
                if facet not in {"year", "code"}:
                    assert catalogue.papers_of(value) == catalogue.chosen(facet, [value])


def newest(paper: PaperRow) -> tuple[object, ...]:
    year, _, month = paper.issued.partition("-")
    return -int(year or 0), -int(month or 0), paper.title.casefold(), paper.path


KEYS: Mapping[str, Callable[[PaperRow], tuple[object, ...]]] = {
    "newest": newest,
    "title": lambda paper: (paper.title.casefold(), newest(paper)),
    "venue": lambda paper: (not paper.venue, paper.venue.casefold(), newest(paper)),
    "lists": lambda paper: (-len(paper.values["list"]), newest(paper)),
}


@FEW
@given(CONTENTS, st.integers(min_value=0), st.integers(0, 5), st.integers(1, 5))
def test_every_order_is_of_the_same_papers_in_its_order(
    contents: Contents, picked: int, skip: int, most: int
) -> None:
    """Backwards with a minus, and a page is a slice of the whole."""
    known = {one.path: one for one in contents.papers}
    with counted(contents) as catalogue:
        picked &= catalogue.all
        some = paths(catalogue, picked)
        assert len(some) == len(set(some)) == picked.bit_count()
        for order, key in KEYS.items():
            found = paths(catalogue, picked, order)
            assert list(found) == sorted(some, key=lambda path: key(known[path]))
            assert paths(catalogue, picked, f"-{order}") == found[::-1]
            assert catalogue.page(picked, order, skip, most) == found[skip : skip + most]


@FEW
@given(CONTENTS)
def test_agreements_and_totals_are_what_counting_gives(contents: Contents) -> None:
    """Of each two lists that state something of one paper: how often they state the same."""
    both: Counter[tuple[str, str, str]] = Counter()
    alike: Counter[tuple[str, str, str]] = Counter()
    for paper in contents.papers:
        for field, stated in (("year", paper.years), ("venue", paper.venues)):
            for one, other in combinations(sorted(stated), 2):
                both[one, other, field] += 1
                alike[one, other, field] += bool(stated[one] & stated[other])
    with counted(contents) as catalogue:
        found = {(one.list, one.other, one.field): one for one in catalogue.agreements}
        assert len(found) == len(catalogue.agreements)
        assert {at: one.papers for at, one in found.items()} == both
        assert {at: one.alike for at, one in found.items()} == {at: alike[at] for at in both}
        people = [set(paper.people) for paper in contents.papers if paper.people]
        assert catalogue.totals["person"] == (len(set().union(*people)), len(people))
        for facet in ("venue", "dataset", "model", "technique"):
            direct = [paper.values[facet] for paper in contents.papers if paper.values[facet]]
            assert catalogue.totals[facet] == (len(set().union(*direct)), len(direct))


@FEW
@given(CONTENTS)
def test_a_team_is_the_people_of_the_papers(contents: Contents) -> None:
    """Those of the most papers first; a thing that has no papers has no team."""
    known = {one.path: one for one in contents.papers}
    with counted(contents) as catalogue:
        assert catalogue.team("technique/nothing").people == 0
        for facet in ("technique", "family", "model", "dataset", "venue", "edition"):
            for value, papers in seen(contents, facet).items():
                people = [known[path].people for path in papers if known[path].people]
                wanted = Counter(person for team in people for person in team)
                team = catalogue.team(value)
                assert (team.people, team.papers) == (len(wanted), len(people))
                ranked = sorted(wanted.items(), key=lambda one: (-one[1], one[0]))[:AUTHORS]
                assert [(one.path, one.papers) for one in team.first] == ranked


@pytest.mark.parametrize("circle", ["a", "ab", "abc"])
def test_a_circle_of_broader_techniques_ends(circle: str) -> None:
    """Each counts for all of it, once: a vocabulary of somebody else may be wrong."""
    following = circle[1:] + circle[0]
    things = tuple(
        ThingRow(f"technique/{one}", "technique", one, broader=(f"technique/{up}",))
        for one, up in zip(circle, following, strict=True)
    )
    papers = tuple(
        PaperRow(f"paper/{one}", one, values={"technique": (f"technique/{one}",)}) for one in circle
    )
    with counted(Contents(papers, things)) as catalogue:
        assert [one.papers for one in catalogue.tally("technique", catalogue.all)] == [
            len(circle)
        ] * len(circle)


def test_a_graph_without_papers_has_an_empty_catalogue() -> None:
    """Nothing is chosen, stated or shown."""
    with counted(Contents(())) as catalogue:
        assert (catalogue.size, catalogue.all, catalogue.lists) == (0, 0, ())
        assert catalogue.page(catalogue.all, "-title", 0, 10) == ()
        assert catalogue.chosen("dataset", [NONE]) == 0
        assert catalogue.tally("year", catalogue.all) == ()
