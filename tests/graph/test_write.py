"""Sorted N-Quads: the same triples give the same bytes, each once and in one graph."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.errors import InvalidGraphError
from fedkg.graph.terms import text
from fedkg.graph.write import write_sorted

S = "<http://a.example/s> <http://a.example/p>"
G = "<http://a.example/g>"
LINES = st.lists(st.text().map(lambda words: f"{S} {text(words)} {G} .\n"), max_size=12)


def line(value, graph="g"):
    return f'{S} "{value}" <http://a.example/{graph}> .\n'


@given(LINES, st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_same_lines_in_any_order_give_the_same_bytes(tmp_path_factory, lines, mix, at_once):
    """Sorting is by code point, which is the order of the bytes of UTF-8."""
    folder = tmp_path_factory.mktemp("write")
    write_sorted(lines, folder / "one.nq")
    mixed = mix.sample(lines, len(lines))
    write_sorted(mixed, folder / "other.nq", at_once=at_once)
    written = (folder / "one.nq").read_bytes()
    assert written == (folder / "other.nq").read_bytes()
    assert written.splitlines(keepends=True) == sorted({one.encode() for one in lines})


def test_a_line_given_twice_is_written_once(tmp_path):
    """A graph is a set of triples."""
    sizes = write_sorted([line("b"), line("a"), line("b")], tmp_path / "graph.nq")
    assert (tmp_path / "graph.nq").read_text() == line("a") + line("b")
    assert sizes.by_graph == {"http://a.example/g": 2}
    assert sizes.total == 2


def test_a_triple_in_two_graphs_is_refused_with_both_names(tmp_path):
    """The union of the graphs would count it twice."""
    lines = [line("a"), line("b", "one"), line("c"), line("b", "two")]
    with pytest.raises(InvalidGraphError) as refused:
        write_sorted(lines, tmp_path / "graph.nq", at_once=1)
    assert str(refused.value) == (
        f'The triple {S} "b" stands in http://a.example/one and in http://a.example/two: '
        "leave it in one of the two."
    )


def test_values_of_which_one_begins_like_the_other_are_two_triples(tmp_path):
    """“a” and “a b” differ, and so do a string and its twin in a language."""
    values = ['"a"', '"a"@en', '"a b"', '"a\\" <http://a.example/g>"', "<http://a.example/g>"]
    lines = [f"{S} {value} {G} .\n" for value in values]
    assert write_sorted(lines, tmp_path / "graph.nq").total == len(values)


def test_the_sizes_are_those_of_each_graph(tmp_path):
    """By IRI, and they add up."""
    lines = [line("a", "one"), line("b", "one"), line("c", "two")]
    sizes = write_sorted(lines, tmp_path / "graph.nq")
    assert sizes.by_graph == {"http://a.example/one": 2, "http://a.example/two": 1}
    assert sizes.total == 3


def test_nothing_gives_an_empty_file(tmp_path):
    """No lines, no triples."""
    assert write_sorted([], tmp_path / "graph.nq").total == 0
    assert (tmp_path / "graph.nq").read_bytes() == b""


def test_no_temporary_file_is_left(tmp_path):
    """Neither after success nor after a refusal."""
    write_sorted([line(n) for n in range(9)], tmp_path / "graph.nq", at_once=2)
    with pytest.raises(InvalidGraphError):
        write_sorted([line("a", "one"), line("a", "two")], tmp_path / "graph.nq", at_once=1)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def test_memory_does_not_grow_with_the_number_of_lines(tmp_path):
    """Lines beyond those at once wait on the disk."""
    small, large = (_peak(tmp_path, lines) for lines in (2_000, 20_000))
    assert large < 2 * small


def _peak(folder, lines):
    tracemalloc.start()
    try:
        write_sorted((line(n) for n in range(lines)), folder / "graph.nq", at_once=1_000)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
