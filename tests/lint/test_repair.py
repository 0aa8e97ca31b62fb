"""What --fix changes, and above all what it leaves alone."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg import resources
from fedkg.errors import InputError
from fedkg.lint import Change, difference, rewrite
from fedkg.read import read_bytes
from fedkg.read.files import BYTES_AT_MOST

from .conftest import MINE

PDF = "https://arxiv.org/pdf/2401.00001"
ABS = "https://arxiv.org/abs/2401.00001"

PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            "    ",
            "\t",
            "- ",
            "## ",
            "> ",
            "| ",
            " |",
            "|---|\n",
            "1. ",
        ),
        *("```", "~~~", "`", "``", "\\`", "<pre>", "</pre>", "<code>", "</code>", "<!--", "-->"),
        *("[", "](", ")", "[pdf](", "[Title of a work](", '<a href="', '">', "<", ">"),
        *(PDF, f"{PDF}v2.pdf", "http://dx.doi.org/10.1145/1234", "doi:10.1145/1234", "?u="),
        *("Gr√©goire", "AAAI‚Äô24", "üìë", "Ã©", "Ãƒâ€š", "é", "数据", "\udc80", "\ufeff", "\x00"),
        *("  - *datasets*: SST2, GSM-8K and Flan", "datasets", "SST2", ", ", " and ", "word "),
    ]
)
LISTS = st.lists(PIECES, max_size=30).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogateescape")
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"- [Title]({PDF}) x", f"- [Title]({ABS}) x"),
        (f"- [Title]({PDF}v2.pdf)", f"- [Title]({ABS}v2)"),
        ("- [T](http://arxiv.org/pdf/cs/0112017.pdf)", "- [T](http://arxiv.org/abs/cs/0112017)"),
        (f"See {PDF}.pdf, then <{PDF}>.", f"See {ABS}, then <{ABS}>."),
        (f'<td><a href="{PDF}.pdf">Title</a></td>', f'<td><a href="{ABS}">Title</a></td>'),
        (f"| Title | [Paper]({PDF}) |", f"| Title | [Paper]({ABS}) |"),
        (f"[1]: {PDF}", f"[1]: {ABS}"),
        ("[T](http://dx.doi.org/10.1145/1.2)", "[T](https://doi.org/10.1145/1.2)"),
        ("[T](https://www.doi.org/10.1145/1.2)", "[T](https://doi.org/10.1145/1.2)"),
        ("[T](http://doi.org/10.1145/1.2)", "[T](https://doi.org/10.1145/1.2)"),
        ("[T](doi:10.1145/1.2)", "[T](https://doi.org/10.1145/1.2)"),
        ("<DOI:10.1145/1.2>", "<https://doi.org/10.1145/1.2>"),
        ("  - *authors*: Gr√©goire Danoy", "  - *authors*: Grégoire Danoy"),
        ("## \uf8ffüìë Contents", "## 📑 Contents"),
        (
            "| [FFA-LoRA (ICLR‚Äô24)](https://a.org/x) |",
            "| [FFA-LoRA (ICLR’24)](https://a.org/x) |",
        ),
    ],
)
def test_what_is_safe_is_mended(repaired, before, after):
    """Links in every form that a list writes them in, and garbled words."""
    assert repaired(before.encode()).content == after.encode()


@pytest.mark.parametrize(
    "text",
    [
        f"- Title [[pdf]({PDF})] [[abs]({ABS})]",
        f"- Title [[PDF]]({PDF})",
        f'<a href="{PDF}">PDF</a>',
        f"- [Title]({PDF}.pdf#page=3)",
        f"- [Title]({PDF}/extra)",
        f"- [Title](https://proxy.example.org/login?url={PDF})",
        f"- [Title](https://web.archive.org/web/2024/{PDF})",
        "- [Title](https://arxiv.org/pdf/2413.00001)",
        "- [Title](https://dl.acm.org/doi/10.1145/1.2)",
        "- DOI: 10.1145/1.2, as printed",
        "- [Title](https://example.org/Gr√©goire)",
        "- Façade, naïve, “É”, 数据集, 🎯 and ½ are no damage",
        "  - *datasets*: Yelp, PTB, My-Own-Set, Summarization",
    ],
)
def test_what_could_be_meant_is_left_alone(repaired, text):
    """A link that calls itself a PDF, an address inside another, honest characters."""
    assert repaired(text.encode()).content == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{PDF} Gr√©goire\n```\n",
        f"~~~ md\n- [Title]({PDF})\n~~~\n",
        f"- item\n\n  ```\n  {PDF}\n  ```\n",
        f"words\n\n    {PDF} in an indented block\n",
        f"- [Title]({ABS}) `{PDF}` and ``a ` {PDF}``\n",
        f"a \\` `{PDF}`\n",
        f"| a ` b |\n|---|\n| `{PDF}` |\n",
        f"<pre>\n{PDF}\n</pre>\n",
        f"<div><pre>\n\n{PDF}\n\n</pre></div>\n",
        f"words <code>{PDF}</code> words\n",
        f"<!-- {PDF} -->\n",
        f"words <!-- {PDF}\nGr√©goire --> words\n",
    ],
)
def test_code_and_comments_are_never_touched(repaired, text):
    """In every way that Markdown and HTML write them."""
    assert repaired(text.encode()).content == text.encode()


def test_words_beside_code_are_mended(repaired):
    """Code protects itself, not its neighbours."""
    text = f"`{PDF}` {PDF} `{PDF}`\n```\n{PDF}\n```\n{PDF}\n"

    assert (
        repaired(text.encode()).content.decode()
        == f"`{PDF}` {ABS} `{PDF}`\n```\n{PDF}\n```\n{ABS}\n"
    )


def test_datasets_get_their_official_spelling_in_datasets_fields_only(repaired):
    """Case, hyphens and a missing plural; the same letters in a title or in prose stay."""
    before = (
        "SST2 is a dataset.\n\n"
        f"- [A Study of SST2 and GSM-8K]({ABS}) [ACL 2024]\n"
        "  - *authors*: Ann Author\n"
        "  - *datasets*: MNLI, SST2, QNLI , Flan and GSM-8K.\n"
    )
    after = before.replace(
        "MNLI, SST2, QNLI , Flan and GSM-8K", "MNLI, SST-2, QNLI , FLAN and GSM8K"
    )

    assert repaired(before.encode()).content.decode() == after


def test_a_field_whose_words_stand_twice_is_left_alone(repaired):
    """Which of them is the field cannot be told."""
    text = f"- [A Study of Federated Tuning]({ABS}) SST2\n  - *datasets*: SST2\n"

    assert repaired(text.encode()).content == text.encode()


def test_all_other_bytes_stay(repaired):
    """Byte order mark, line ends of every kind, blanks, bytes that are no UTF-8, the last end."""
    before = (
        b"\xef\xbb\xbf# Mine  \r\n\r\n- [T](%b)\t \r\n* bad \xff\xfe byte\rold Mac line\n\n\n"
        b"\x00 zero, then Gr\xe2\x88\x9a\xc2\xa9goire \xff\n- [U](%b)  "
    )
    garbled = "Gr√©goire".encode()

    assert garbled in before  # on a line that holds a byte of another encoding
    assert repaired(before % ((PDF.encode(),) * 2)).content == before % ((ABS.encode(),) * 2)


def test_the_changes_say_line_and_words(repaired):
    """In the order of the lines, each once."""
    content = f"# Mine\n\n- [T]({PDF}), Gr√©goire\n- [U](doi:10.1145/1)\n".encode()

    assert repaired(content).changes == (
        Change(3, "Gr√©goire", "Grégoire"),
        Change(3, PDF, ABS),
        Change(4, "doi:10.1145/1", "https://doi.org/10.1145/1"),
    )


@given(LISTS)
def test_repairing_twice_changes_nothing_more(repaired, content):
    """What was mended stays as it is, and the second time there is nothing to tell."""
    once = repaired(content)
    twice = repaired(once.content)

    assert twice.content == once.content
    assert twice.changes == ()


@given(LISTS)
def test_a_repair_moves_no_line(repaired, content):
    """Line ends are the same; an entry stays on its line (a mended link may make another one)."""
    after = repaired(content).content
    ends = [[byte for byte in text if byte in b"\r\n"] for text in (content, after)]
    lines = [{e.line for e in read_bytes(text, MINE).entries} for text in (content, after)]

    assert ends[0] == ends[1]
    assert lines[0] <= lines[1]


@given(st.binary(max_size=200))
def test_no_bytes_make_a_repair_raise(repaired, content):
    """Whatever a file holds."""
    repaired(content)


@pytest.mark.parametrize("name", ["fedllm", "fedllm-areas", "fm-fl"])
def test_the_lists_that_ship_read_the_same_after_a_repair(name, repaired):
    """Same entries at the same lines, with the same identifiers; no mojibake is left."""
    before = (resources.lists_dir() / f"{name}.md").read_bytes()
    after = repaired(before)
    old, new = (read_bytes(content, MINE).entries for content in (before, after.content))

    assert after.changes
    assert [(e.line, e.title, e.identifiers) for e in old] == [
        (e.line, e.title, e.identifiers) for e in new
    ]
    assert not any(entry.repaired for entry in new)


def test_a_very_large_file_is_left_alone(repaired):
    """It is not read either."""
    content = PDF.encode() + b" " * BYTES_AT_MOST

    assert repaired(content).content == content


# ---------------------------------------------------------------- in the file


def test_a_rewritten_file_keeps_its_mode_and_links_to_it_stay_links(tmp_path):
    """The link leads to the new content; nothing is left beside it."""
    file, link = tmp_path / "list.md", tmp_path / "link.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)

    rewrite(link, b"new")

    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [link, file]


def test_what_is_no_ordinary_file_is_not_replaced():
    """A device would become a file."""
    with pytest.raises(InputError, match="no ordinary file"):
        rewrite(Path("/dev/null"), b"new")


@pytest.mark.parametrize("before", [b"a\r\n\xff x\nb", b"\xef\xbb\xbfx\n", b"x\n\nlast\n"])
def test_a_difference_can_be_applied(tmp_path, before):
    """Byte for byte, also without a final newline."""
    after = before.replace(b"x", b"y")
    file = tmp_path / "list.md"
    file.write_bytes(before)
    made = difference(before, after, "list.md")

    apply = ["git", "apply", "-p0", "--whitespace=nowarn", "-"]
    subprocess.run(apply, input=made, cwd=tmp_path, check=True, capture_output=True)

    assert file.read_bytes() == after
    assert difference(before, before, "list.md") == b""
