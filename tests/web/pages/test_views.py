"""Views of the papers: their addresses, and what each choice says it would leave."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from fedkg.search.catalogue import NONE, Catalogue
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.views import MOST_VALUES, NOUNS, ORDERS, View, facets_of, papers_of, path_of

KEYS = st.text(min_size=1, max_size=5)
CHOSEN = st.dictionaries(
    st.sampled_from(list(NOUNS)), st.lists(KEYS, min_size=1, max_size=4, unique=True).map(tuple)
)
VIEWS = st.builds(
    View,
    CHOSEN,
    st.sampled_from(list(ORDERS)),
    st.integers(1, 100_000),
    st.sampled_from(["", *NOUNS]),
)
ODD = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["-1", "0", "1e9", "9" * 5000, "\x00", "x", "-", "--title", "-lists", "٣"]),
)
NAMES = st.one_of(st.sampled_from([*NOUNS, "sort", "page", "more", "rows"]), st.text(max_size=5))


def asked(view: View) -> View:
    """Return the view that the address of a view asks for."""
    address = Addresses().href("browse", **view.parameters())
    return View.asked(MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))


@given(VIEWS)
def test_the_address_of_a_view_asks_for_it(view: View) -> None:
    """So it can be shared."""
    assert asked(view) == view


@given(VIEWS, st.sampled_from(list(NOUNS)), KEYS)
def test_what_is_chosen_twice_is_as_before(view: View, facet: str, key: str) -> None:
    """On the first page; the order of alternatives does not count."""
    once = view.toggled(facet, key)
    assert (key in once.chosen.get(facet, ())) != (key in view.chosen.get(facet, ()))
    twice = once.toggled(facet, key)
    assert {one: set(keys) for one, keys in twice.chosen.items()} == {
        one: set(keys) for one, keys in view.chosen.items()
    }
    assert twice.but(chosen={}) == view.but(chosen={})


@given(st.lists(st.tuples(NAMES, ODD)))
def test_any_parameters_ask_for_some_view(given_: list[tuple[str, str]]) -> None:
    """What means nothing is left out, and what is left has an address of its own."""
    view = View.asked(MultiDict(given_))
    assert view.order in ORDERS
    assert view.page >= 1
    assert view.chosen.keys() <= NOUNS.keys()
    assert asked(view) == view


def test_each_value_counts_once_and_too_many_are_refused() -> None:
    """None is dropped in silence."""
    many = [("technique", f"t{at // 2}") for at in range(2 * MOST_VALUES)]
    (chosen,) = View.asked(MultiDict(many)).chosen.values()
    assert chosen == tuple(f"t{at}" for at in range(MOST_VALUES))
    with pytest.raises(BadRequest, match="at most 100 values"):
        View.asked(MultiDict([*many, ("technique", "one more")]))


def views_of(catalogue: Catalogue, data: st.DataObject) -> View:
    """Draw a view of what there is in a catalogue, and of what is not."""
    facets = data.draw(st.lists(st.sampled_from(list(NOUNS)), max_size=3, unique=True))
    chosen = {}
    for facet in facets:
        keys = [path.partition("/")[2] or path for path in catalogue.facets[facet]]
        some = st.lists(st.sampled_from([*keys, NONE, "nothing"]), min_size=1, max_size=3)
        chosen[facet] = tuple(dict.fromkeys(data.draw(some)))
    return View(chosen, more=data.draw(st.sampled_from(["", *NOUNS])))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_number_beside_a_choice_is_what_choosing_it_leaves(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    """Alone of its group, beside what is chosen of the others; what is chosen is always there."""
    view = views_of(catalogue, data)
    for facet in facets_of(catalogue, view):
        keys = [one.key for one in facet.choices]
        assert len(keys) == len(set(keys)) <= facet.values
        assert set(view.chosen.get(facet.name, ())) == {
            one.key for one in facet.choices if one.is_chosen
        }
        if view.more == facet.name:
            assert len(keys) == facet.values
        for one in facet.choices:
            alone = View({**view.chosen, facet.name: (one.key,)})
            assert one.papers == papers_of(catalogue, alone).bit_count()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_choices_of_a_group_are_alternatives_and_groups_narrow(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    """The union of what each leaves, in what all the others leave."""
    view = views_of(catalogue, data)
    papers = papers_of(catalogue, view)
    for facet, keys in view.chosen.items():
        each = 0
        for key in keys:
            each |= catalogue.chosen(facet, [path_of(facet, key)])
        assert papers == papers_of(catalogue, view, but=facet) & each
