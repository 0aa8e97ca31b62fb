"""The drawing of a person among co-authors."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.web.pages.drawing import LINE, MOST_DRAWN, Drawing, Label, draw, lines_of, width_of

NAMES = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=200),
    st.lists(st.sampled_from(["Wolfeschlegelsteinhausen", "李", "Maria", "Ó", "da", "W."])).map(
        " ".join
    ),
)
PARTNERS = st.lists(st.tuples(NAMES, st.integers(1, 500)), max_size=MOST_DRAWN)


@st.composite
def drawings(draw_one: st.DrawFn) -> Drawing:
    partners = draw_one(PARTNERS)
    pairs = list(combinations(range(len(partners)), 2))
    tied = draw_one(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    ties = {pair: draw_one(st.integers(1, 900)) for pair in tied}
    return draw(draw_one(NAMES), partners, ties)


def labels(drawing: Drawing) -> list[Label]:
    return [one.label for one in (drawing.centre, *drawing.points)]


@given(drawings())
def test_all_is_within_the_view(drawing: Drawing) -> None:
    """Points, the ends of lines and the boxes of labels, whatever people are called."""
    ends = [
        end
        for one in (*drawing.spokes, *drawing.ties)
        for end in ((one.x1, one.y1), (one.x2, one.y2))
    ]
    for x, y in [*ends, *((one.x, one.y) for one in drawing.points)]:
        assert 8 <= x <= drawing.width - 8
        assert 8 <= y <= drawing.height - 8
    for box in labels(drawing):
        assert box.left >= 0
        assert box.left + box.width <= drawing.width
        assert box.top >= 0
        assert box.top + box.height <= drawing.height


@given(drawings())
def test_no_two_labels_overlap(drawing: Drawing) -> None:
    """Nor does a label lie upon the point of another person."""
    for one, other in combinations(labels(drawing), 2):
        assert (
            one.left + one.width <= other.left
            or other.left + other.width <= one.left
            or one.top + one.height <= other.top
            or other.top + other.height <= one.top
        )
    for label in labels(drawing):
        for point in drawing.points:
            is_beside = not label.left < point.x < label.left + label.width
            assert is_beside or not label.top < point.y < label.top + label.height


@pytest.mark.parametrize("number", range(1, MOST_DRAWN + 1))
def test_the_longest_names_have_room_with_any_number_of_people(number: int) -> None:
    """Two full lines each, which random names seldom are."""
    drawing = draw("W" * 99, [("Wolfeschlegelstein Bergerdorff", 1)] * number, {})
    boxes = [one.label for one in drawing.points]
    assert {box.height for box in boxes} == {2 * LINE}
    for one, other in combinations(boxes, 2):
        is_apart = one.left + one.width <= other.left or other.left + other.width <= one.left
        assert is_apart or abs(one.top - other.top) >= 2 * LINE


@given(NAMES, st.floats(60, 200))
def test_lines_are_no_wider_than_their_room(name: str, room: float) -> None:
    """At most two of them; a name that has room is told whole."""
    lines = lines_of(name, room)
    assert len(lines) <= 2
    assert all(width_of(line) <= room for line in lines)
    if width_of(name) <= room and len(name) <= 100 and name.isalpha():
        assert lines == (name,)


def test_a_label_does_not_turn_the_direction_of_its_end() -> None:
    """The dots of a name that is cut stand where it was cut."""
    assert lines_of("evil \u202etxt.exe", 200) == ("evil txt.exe",)


def test_more_papers_together_are_a_thicker_line() -> None:
    """On one scale for the person and for the co-authors among each other."""
    drawing = draw("A", [("B", 9), ("C", 3), ("D", 1)], {(0, 1): 9, (1, 2): 1})
    first, second, third = (one.thickness for one in drawing.spokes)
    assert first > second > third
    assert [one.thickness for one in drawing.ties] == [first, third]


def test_the_same_people_make_the_same_drawing() -> None:
    """Nothing is left to chance, so that pages can be compared and kept."""
    people = [("Bolin Ding", 6), ("Daoyuan Chen", 5), ("Yuexiang Xie", 3)]
    ties = {(0, 1): 4, (1, 2): 2}
    other = dict(reversed(ties.items()))
    assert draw("Yaliang Li", people, ties) == draw("Yaliang Li", people, other)


def test_nobody_else_is_a_drawing_too() -> None:
    """Of the person alone."""
    drawing = draw("Solitaire", [], {})
    assert (drawing.points, drawing.spokes, drawing.ties) == ((), (), ())
