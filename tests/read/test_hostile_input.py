"""No input makes the reader raise, and whatever is too large is one Failure that says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedkg.model import PaperList, Reading
from fedkg.read import files, markdown, read_bytes
from fedkg.read.blocks import INLINE_AT_MOST, RAW_AT_MOST
from fedkg.read.html import DEPTH_AT_MOST, LINES_AT_MOST

ENTRY = "- [A Title of a Paper](https://arxiv.org/abs/2312.06353) [ICML 2024]\n"
FRAGMENTS = [
    *"[]()|<>`*_~$\\{}!#&:;,.\"'-+=^%@/ \t\n\r\0\f\v\u0085\u2028\ufeff",
    "[", "](", "](<", "[[", "]]", "[]()", "![", "](https://arxiv.org/abs/2312.06353)", "\r\n",
    "\n\n", "|\n|-|-|\n", "| Title | Venue |\n|--|--|\n", "<table>", "<tr>", "<td", "<td>", "<th>",
    "Title</th>", "</table>", "<ul><li>", "</li>", "<a href=", '<a href="https://a.b/c">', "</a>",
    "<h2>", "<img alt=", "<!--", "-->", "<![CDATA[", "<br/>", "<details>", "- ", "* ", "1. ",
    "  - ", "    ", "\t- ", "> ", "# ", "#### ", "---\n", "```\n", "~~~", "$x$", "$\\frac{",
    "\\textasciicircum", "\\(", "\\\"", "&amp;", "&#0;", "&#x110000;", "https://", "http://[::1]",
    "https://github.com/a/b", "javascript:", "data:", "10.48550/arXiv.", "10.1145/", "arxiv",
    "*authors*: ", "datasets: A, B and C", "[ICML 2024]", "2025-13--19 Jul", "Mon 2024", "'24",
    "9999-99", "Ann Bell, Cid Doe. ", "“", "”", "😀", "é", "Gr√©", "üìö", "Ã©", "联邦学习",
    "、", "（", "【", "\u200b", "\u202e", "\xed\xa0\x80",
]  # fmt: skip


def read(text: str | bytes) -> Reading:
    """Return the reading of a text as a file would hold it."""
    content = text if isinstance(text, bytes) else text.encode()
    return read_bytes(content, PaperList("hostile", "Hostile"))


def check(reading: Reading, lines: int) -> None:
    """Assert what holds of any reading: places inside the file, words, http(s) links."""
    for entry in reading.entries:
        assert 1 <= entry.line <= lines
        assert any(char.isalnum() for char in entry.listed.title)
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        assert all(name.strip() for name in entry.authors + entry.datasets + entry.models)
    for failure in reading.failures:
        assert 1 <= failure.line <= lines
        assert failure.reason
        assert len(failure.raw) <= RAW_AT_MOST


@given(st.binary(max_size=400))
def test_any_bytes_are_read(content):
    """Bytes that are no text give a reading."""
    check(read(content), lines=len(content) + 1)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_heap_of_markdown_is_read(text):
    """Pieces of Markdown, HTML, LaTeX and broken text in any order give a reading."""
    check(read(text), lines=len(text) + 1)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_a_broken_line_leaves_the_next_section_alone(text):
    """What stands below a heading is read whatever a list item above it holds."""
    if any(mark in text for mark in ("<", "`", "~", "\r", "\n", "\f", "\v", "\u0085", "\u2028")):
        return
    below = [e.title for e in read(f"- {text}\n\n## Below\n\n{ENTRY}").entries]
    assert below[-1:] == ["A Title of a Paper"]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_reading_twice_gives_the_same(text):
    """Nothing but the bytes decides a reading."""
    assert read(text) == read(text)


def test_a_file_over_the_limit_is_one_failure():
    """A file of more than twenty million bytes is not parsed at all."""
    found = read(b"a" * (files.BYTES_AT_MOST + 1))
    assert found.entries == ()
    assert [failure.line for failure in found.failures] == [1]
    assert "split it" in found.failures[0].reason


def test_a_table_of_over_a_million_cells_is_one_failure():
    """The table is left out and reported; what stands around it is read."""
    table = "| Title | a |\n|---|---|\n" + "|x|y|\n" * 340_000
    found = read(f"{ENTRY}\n{table}\n{ENTRY}")
    assert len(found.entries) == 2
    assert [(failure.line, failure.raw) for failure in found.failures] == [(3, "| Title | a |")]
    assert str(markdown.TABLE_CELLS_AT_MOST) in found.failures[0].reason


def test_a_line_of_pipes_is_one_failure():
    """Thousands of columns are no table of papers."""
    found = read(f"{ENTRY}\n{'|' * 440_000}\n{'|-' * 220_000}|\n\n{ENTRY}")
    assert len(found.entries) == 2
    assert [failure.line for failure in found.failures] == [3]
    assert len(found.failures[0].raw) == RAW_AT_MOST


@pytest.mark.parametrize(
    "piece",
    ["[", "](", "[a](", "![", "<", "<a ", "`", "*a _b ", "$", "{", "\\(", "a ", "é", "&amp;", "("],
)
def test_a_line_of_a_megabyte_is_one_failure(piece):
    """A text over the limit is not parsed; the failure shows how it begins."""
    text = (piece * 1_000_000)[:1_000_000]
    found = read(f"{ENTRY}\n- x{text}\n\n## Below\n\n{ENTRY}")
    assert [entry.line for entry in found.entries] == [1, 7]
    assert [failure.line for failure in found.failures] == [3]
    assert found.failures[0].raw == f"x{text}"[:RAW_AT_MOST]
    assert str(INLINE_AT_MOST) in found.failures[0].reason


@pytest.mark.parametrize("piece", ["[", "](", "<a ", "`a", "*a _b ", "\\x", ", ", "2020 ", "【a】"])
def test_a_line_just_under_the_limit_is_read(piece):
    """The longest text that is parsed still gives its entry."""
    noise = (piece * INLINE_AT_MOST)[: INLINE_AT_MOST - 200]
    found = read(f"- [A Title of a Paper](https://arxiv.org/abs/2312.06353) {noise}\n")
    assert [entry.title for entry in found.entries] == ["A Title of a Paper"]


def test_text_of_a_cell_over_the_limit_is_one_failure():
    """The limit holds for HTML as well."""
    found = read(
        "<table><tr><th>Title</th><th>Venue</th></tr>\n"
        f"<tr><td>A Title of a Paper</td>\n<td>{'x, ' * INLINE_AT_MOST}</td></tr></table>\n"
    )
    assert [entry.title for entry in found.entries] == ["A Title of a Paper"]
    assert [failure.line for failure in found.failures] == [3]


def test_lists_nested_without_end_are_read_to_a_depth():
    """Bullets are read to a depth, the rest is one failure, and what follows is read."""
    depth = 70
    text = "".join(f"{'  ' * level}{ENTRY}" for level in range(depth))
    found = read(f"{text}\n## Below\n\n{ENTRY}")
    assert len(found.entries) == markdown.LEVELS_AT_MOST // 2
    assert found.entries[-1].line == depth + 4
    assert [failure.line for failure in found.failures] == [markdown.LEVELS_AT_MOST // 2]


@pytest.mark.parametrize("piece", ["> ", "- ", "* ", "1. ", "> - "])
def test_markers_without_end_do_not_swallow_the_file(piece):
    """Thousands of nested markers on a line cost at most that line."""
    found = read(f"{piece * 5_000}x\n\n## Below\n\n{ENTRY}")
    assert [entry.title for entry in found.entries] == ["A Title of a Paper"]


def test_html_nested_without_end_is_one_failure():
    """Deep HTML is left out and reported."""
    deep = "<div>" * 5_000 + '<ul><li><a href="https://a.b/c">A Title of a Paper</a></li></ul>'
    found = read(f"{deep}\n\n{ENTRY}")
    assert len(found.entries) == 1
    assert len(found.failures) == 1
    assert str(DEPTH_AT_MOST) in found.failures[0].reason


def test_lines_of_a_long_html_table_are_right():
    """An HTML table of more lines than libxml2 counts keeps its header and its line numbers."""
    link = '<a href="https://arxiv.org/abs/2312.06353">A Title</a>'
    row = f"<tr>\n<td>KDD</td>\n<td>{link}</td>\n</tr>\n"
    rows = 2 * LINES_AT_MOST // 4
    found = read(
        f"x\n\n<table>\n<tr><th>Venue</th><th>Title</th></tr>\n{row * rows}</table>\n\n{ENTRY}"
    )
    assert [entry.line for entry in found.entries[:-1]] == [7 + 4 * i for i in range(rows)]
    assert {entry.venue for entry in found.entries[:-1]} == {"KDD"}
    assert found.entries[-1].line == 4 * rows + 7


def test_many_headings_and_rows_are_read():
    """Fifty thousand headings and ten thousand rows are an honest, if long, list."""
    headings = "".join(f"## H{number}\n" for number in range(50_000))
    table = "| Title | Venue |\n|---|---|\n" + "| [A Title](https://a.b/c) | KDD |\n" * 10_000
    found = read(f"{headings}\n{table}")
    assert len(found.entries) == 10_000
    assert found.entries[-1].line == 60_003
    assert found.entries[-1].section == ("H49999",)


def test_more_parts_than_the_limit_are_one_failure(monkeypatch):
    """After the last part that is allowed, the rest is one failure and what was read stays."""
    monkeypatch.setattr(markdown, "TOKENS_AT_MOST", 50)
    found = read(ENTRY * 100)
    assert 5 < len(found.entries) < 15
    assert [failure.line for failure in found.failures] == [len(found.entries) + 1]
    assert "split it" in found.failures[0].reason


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_count_alike(end):
    """A list written on Windows has the same lines as elsewhere."""
    text = f"# List\n\n{ENTRY}  - *authors*: Ann Bell, Cid Doe\n{ENTRY}".replace("\n", end)
    found = read(text)
    assert [entry.line for entry in found.entries] == [3, 5]
    assert found.entries[0].authors == ("Ann Bell", "Cid Doe")
