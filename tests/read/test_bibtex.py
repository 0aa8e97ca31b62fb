"""Tests for the BibTeX reader: what bibliographies hold becomes records, the rest failures."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedkg.model import Failure, PartialDate, Record
from fedkg.read.bibtex import BYTES_AT_MOST, read_bibtex
from fedkg.read.blocks import RAW_AT_MOST

ADDRESS = "https://example.org/references.bib"
DAY = date(2026, 11, 1)
FRAGMENTS = [
    *"@{}()\"#,=\\~$ \n\t;.-", "\r\n", "@article{", "@misc{a,\n", "\n@inproceedings(b, ",
    "\n@string{",
    "@comment{", "\n@preamble{", "title = ", "author = {", "year = 2024", "month = jul", "doi = {",
    "10.1145/", "eprint = 2312.06353", "url = {https://", " and ", "and others", "et al.", "\\'{e}",
    '\\"o', "\\H{u}", "{\\ss}", "\\frac{", "\\begin{", "a # b", "é", "Ã©", "联邦", "\0", "\u2028",
]  # fmt: skip


def read(text: str | bytes) -> tuple[tuple[Record, ...], tuple[Failure, ...]]:
    """Return what a file of this text says."""
    content = text if isinstance(text, bytes) else text.encode()
    return read_bibtex(content, "mine", ADDRESS, DAY)


def record(fields: str, before: str = "") -> Record:
    """Return the only record of a file that has one row with these fields."""
    records, failures = read(f"{before}@article{{key, title = {{A Title}}, {fields}}}")
    assert failures == ()
    (found,) = records
    return found


def names(field: str) -> tuple[str, ...]:
    """Return the authors of a row."""
    return record(f"author = {{{field}}}").authors


def test_a_row_becomes_a_record() -> None:
    """Title, people in order, identifiers, month; and where they come from."""
    records, failures = read("""
@inproceedings{zhang2023fedpetuning,
  title     = {{F}ed{PET}uning: When Federated Learning Meets the Parameter-Efficient Tuning},
  author    = {Zhang, Zhuo  and
               Yang, Yuanhang},
  month     = jul,
  year      = {2023},
  url       = {https://aclanthology.org/2023.findings-acl.632},
  doi       = {10.18653/v1/2023.findings-acl.632}
}
""")
    (found,) = records
    assert failures == ()
    assert found.key == "zhang2023fedpetuning"
    assert found.title == (
        "FedPETuning: When Federated Learning Meets the Parameter-Efficient Tuning"
    )
    assert found.authors == ("Zhuo Zhang", "Yuanhang Yang")
    assert not found.is_truncated
    assert [str(one) for one in found.identifiers] == [
        "doi:10.18653/v1/2023.findings-acl.632",
        "acl:2023.findings-acl.632",
    ]
    assert found.date == PartialDate(2023, 7)
    assert (found.source, found.primary_source, found.retrieved) == ("mine", ADDRESS, DAY)


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Ruixiang Tang and Xia Hu", ("Ruixiang Tang", "Xia Hu")),
        ("Tang, Ruixiang and Hu, Xia", ("Ruixiang Tang", "Xia Hu")),
        ("von Arx, Sydney", ("Sydney von Arx",)),
        ("Ludwig van Beethoven", ("Ludwig van Beethoven",)),
        ("y Arcas, Blaise Aguera", ("Blaise Aguera y Arcas",)),
        ("Hero, III, Alfred O.", ("Alfred O. Hero III",)),
        ("Smith, Jr., John", ("John Smith Jr.",)),
        (r"Mu{\~n}oz, J Pablo", ("J Pablo Muñoz",)),
        (r"Mu\~noz, J Pablo", ("J Pablo Muñoz",)),
        (r"Heged{\H{u}}s, Istv{\'a}n", ("István Hegedűs",)),
        (r"Rodr{\'\i}guez-Barroso, Nuria", ("Nuria Rodríguez-Barroso",)),
        (r"S\'ebastien Bubeck", ("Sébastien Bubeck",)),
        ("Åkesson, Mattias", ("Mattias Åkesson",)),
        ("Danoy, Gr√©goire", ("Grégoire Danoy",)),
        ("Donald~E. Knuth", ("Donald E. Knuth",)),
        ("{Barnes and Noble, Inc.}", ("Barnes and Noble, Inc.",)),
        ("OpenAI", ("OpenAI",)),
        ("Yang Liu, Tao Fan, Qiang Yang", ("Yang Liu", "Tao Fan", "Qiang Yang")),
        ("Yang Liu; Tao Fan", ("Yang Liu", "Tao Fan")),
        ("Andy Sandoval AND Anders Ande", ("Andy Sandoval", "Anders Ande")),
        ("", ()),
    ],
)
def test_names_are_full_and_in_order(field: str, people: tuple[str, ...]) -> None:
    """Whatever the form, a name is "First von Last Jr", without LaTeX."""
    assert names(field) == people


@pytest.mark.parametrize("last", ["others", "{others}", "et al.", "Others"])
def test_a_list_that_stops_early_says_so(last: str) -> None:
    """The words for "and others" name nobody."""
    found = record(f"author = {{Hu, Xia and {last}}}")
    assert found.authors == ("Xia Hu",)
    assert found.is_truncated


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year = 2023", PartialDate(2023)),
        ("year = {2023}, month = aug", PartialDate(2023, 8)),
        ('year = "2023", month = "Aug."', PartialDate(2023, 8)),
        ("year = 2023, month = {August}", PartialDate(2023, 8)),
        ("year = 2023, month = 8", PartialDate(2023, 8)),
        ("year = 2023, month = {10}", PartialDate(2023, 10)),
        ("year = 2023, month = {13}", PartialDate(2023)),
        ('year = 2023, month = 10 # "~" # jan', PartialDate(2023, 1)),
        ("year = 2025, month = {13--19 Jul}", PartialDate(2025, 7)),
        ("date = {2024-05-17}", PartialDate(2024, 5)),
        ("year = {to appear}", None),
        ("note = {nothing}", None),
    ],
)
def test_a_month_is_a_name_a_number_or_an_abbreviation(
    fields: str, expected: PartialDate | None
) -> None:
    """A month that is none leaves the year."""
    assert record(fields).date == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {10.1109/TMC.2023.3302410}", ["doi:10.1109/tmc.2023.3302410"]),
        ("doi = {https://doi.org/10.1145/3742788}", ["doi:10.1145/3742788"]),
        (r"doi = {10.1007/978-3-030-70604-3\_5}", ["doi:10.1007/978-3-030-70604-3_5"]),
        ("doi = {10.48550/arXiv.2404.11536}", ["arxiv:2404.11536"]),
        ("doi = {unknown}", []),
        ("eprint = {2312.06353v2}, archivePrefix = {arXiv}", ["arxiv:2312.06353"]),
        ("eprint = {arXiv:2312.06353}", ["arxiv:2312.06353"]),
        ("eprint = {2312.06353}, eprinttype = {hal}", []),
        ("journal = {arXiv preprint arXiv:2203.06904}", ["arxiv:2203.06904"]),
        ("journal = {CoRR}, volume = {abs/2203.06904}", ["arxiv:2203.06904"]),
        (r"howpublished = {\url{https://arxiv.org/abs/2203.06904}}", ["arxiv:2203.06904"]),
        ("url = {https://openreview.net/forum?id=xiDJaTim3P}", ["openreview:xiDJaTim3P"]),
        ("doi = {10.1145/2203.06904}, pages = {2203.06904}", ["doi:10.1145/2203.06904"]),
    ],
)
def test_identifiers_stand_in_several_fields(fields: str, expected: list[str]) -> None:
    """Each once and in canonical form; a number that only looks like an arXiv id is none."""
    assert [str(one) for one in record(fields).identifiers] == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("eprint = {2312.06353}, primaryClass = {cs.CL}", "cs.CL"),
        ("eprint = {2312.06353}, eprinttype = {arxiv}, eprintclass = {q-bio.NC}", "q-bio.NC"),
        ("eprint = {hep-th/9711200}, primaryClass = {hep-th}", "hep-th"),
        ("eprint = {1705.01234}, primaryClass = {cond-mat.mes-hall}", "cond-mat.mes-hall"),
        ("eprint = {2312.06353}, archivePrefix = {hal}, primaryClass = {cs.CL}", ""),
        ("primaryClass = {cs.CL}", ""),
        ("eprint = {2312.06353}, primaryClass = {Computation and Language}", ""),
        ("eprint = {2312.06353}", ""),
    ],
)
def test_the_class_of_an_arxiv_id_stands_beside_it(fields: str, expected: str) -> None:
    """In the words of BibTeX or of BibLaTeX; a class of another archive is none."""
    assert record(fields).arxiv_class == expected


def test_two_rows_of_one_key_both_stay() -> None:
    """The second gets a key that no other row has."""
    records, failures = read(
        "@misc{a, title={One}}\n@misc{a, title={Two}}\n"
        "@misc{a-2, title={Three}}\n@misc{, title={F}}"
    )
    assert failures == ()
    assert [(one.key, one.title) for one in records] == [
        ("a", "One"), ("a-3", "Two"), ("a-2", "Three"), ("line-4", "F"),
    ]  # fmt: skip


def test_abbreviations_are_written_out() -> None:
    """`@string` blocks in any case, made of each other, joined by `#`."""
    found = record(
        "url = ARX # {/abs/2312.06353}, author = me # { and } # me",
        before='@string{host = {https://arxiv}}\n@STRING{arx = host # ".org"}\n'
        '@string(me = "Ann Bell")\n',
    )
    assert [str(one) for one in found.identifiers] == ["arxiv:2312.06353"]
    assert found.authors == ("Ann Bell", "Ann Bell")


def test_a_bad_block_is_a_failure_and_the_next_is_read() -> None:
    """It says the line, the words and the reason."""
    records, failures = read(
        "@misc{good, title={One}}\n\n@misc{bad, title={Two\n@misc{next, title={Three}}\n"
        "@misc{untitled, year=2024}\n"
    )
    assert [one.key for one in records] == ["good", "next"]
    assert [(one.list, one.line) for one in failures] == [("mine", 3), ("mine", 5)]
    assert failures[0].raw.startswith("@misc{bad")
    assert "no BibTeX" in failures[0].reason
    assert failures[1].reason == "it has no title; add one"


def test_a_field_given_twice_is_the_first() -> None:
    """As BibTeX takes it."""
    assert record("year = 2023, Year = 2024").date == PartialDate(2023)
    assert record("year = 2023, year = 2024").date == PartialDate(2023)


def test_what_is_no_bibtex_is_one_failure() -> None:
    """An empty file is none."""
    assert read("") == ((), ())
    assert read("% a comment\n@comment{nothing}")[0] == ()
    records, (failure,) = read("# A list\n\n- [A](https://arxiv.org/abs/2312.06353)\n")
    assert records == ()
    assert "is it a .bib file?" in failure.reason


def test_old_encodings_are_read() -> None:
    """A line that is not UTF-8 is Windows-1252; a byte order mark is no text."""
    content = "@misc{a, title={Über},\n author={Gr\\'egoire Danoy}}\r\n@misc{b, title={Ö}}"
    for encoded in (content.encode("utf-8-sig"), content.encode("cp1252")):
        records, failures = read(encoded)
        assert failures == ()
        assert [one.title for one in records] == ["Über", "Ö"]


def test_too_large_a_file_is_one_failure() -> None:
    """It is not looked into."""
    records, (failure,) = read(b"@misc{a, title={A}}".ljust(BYTES_AT_MOST + 1))
    assert records == ()
    assert "split it" in failure.reason


def test_authors_that_nothing_separates_are_a_failure() -> None:
    """A name of a thousand characters is no name."""
    records, (failure,) = read(f"@misc{{a, title={{A}}, author={{{'Ann Bell ' * 200}}}}}")
    assert records == ()
    assert "between the names" in failure.reason


def _doubling() -> str:
    strings = "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(60))
    return f"@string{{s0 = {{abc}}}}\n{strings}@misc{{a, title = s60, year = 2024}}\n"


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "@misc{a, title={" * (n // 16),
        lambda n: "\n@misc{a, title={" * (n // 17),
        lambda n: "@misc(a, title=\"" * (n // 16),
        lambda n: "@" * n,
        lambda n: "@misc" + " " * n,
        lambda n: "@misc{a, title={A}, author={" + "a and " * (n // 6) + "}}",
        lambda n: "@misc{a, title={A}, author=\"" + "}" * n + "\"}",
        lambda n: "@misc{a, title={A}, author={" + "{" * (n // 2) + "}" * (n // 2) + "}}",
        lambda n: "@misc{a,title={A}}\n" * (n // 19),
        lambda n: "@misc{a,title={A}}@misc{a-2,title={A}}\n" * (n // 38),
        lambda n: "@misc{a, title={" + "\\'e " * (n // 4) + "}}",
        lambda n: "@misc{a, title = " + "jan # " * (n // 6) + "jan}",
        lambda n: "@misc{a, " + "b=1, " * (n // 5) + "title={A}}",
        lambda n: "@misc{a, title={A}, url={" + "https://" * (n // 8) + "}}",
        lambda n: _doubling() * (n // len(_doubling())),
    ],
)  # fmt: skip
def test_a_large_heap_of_one_thing_is_read(make: Callable[[int], str]) -> None:
    """What would keep a quadratic reader busy for minutes takes a moment."""
    check(make(300_000))


def test_abbreviations_that_grow_without_end_stop() -> None:
    """Sixty lines cannot stand for 2⁶⁰ characters: the file says too much, and says so."""
    _, failures = read(_doubling())
    assert any("abbreviations stand for over" in failure.reason for failure in failures)


def check(content: str | bytes) -> None:
    """Assert what holds of any file: names and titles are words, failures have a place."""
    records, failures = read(content)
    assert len({one.key for one in records}) == len(records)
    for one in records:
        assert one.key
        assert one.title == " ".join(one.title.split()) != ""
        assert all(name == " ".join(name.split()) != "" for name in one.authors)
    for failure in failures:
        assert failure.line >= 1
        assert failure.reason
        assert len(failure.raw) <= RAW_AT_MOST


@given(st.binary(max_size=400))
def test_any_bytes_are_read(content: bytes) -> None:
    """Nothing raises."""
    check(content)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_heap_of_bibtex_is_read(text: str) -> None:
    """Pieces of BibTeX and LaTeX in any order give records and failures."""
    check(text)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
)
def test_any_field_is_read(title: str, author: str) -> None:
    """Where the block itself is whole, its fields may hold anything."""
    check(f"@misc{{a, title={{{title}}}, author={{{author}}}, year=2024}}")


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", fullmatch=True), max_size=6))
def test_both_forms_of_a_name_are_one(people: list[str]) -> None:
    """Both "First Last" and "Last, First" give the same names in the same order."""
    turned = [", ".join(reversed(name.split())) for name in people]
    assert names(" and ".join(people)) == names(" and ".join(turned)) == tuple(people)


def test_a_real_bibliography_is_read_whole(shared: Path) -> None:
    """374 rows, each with people and a year; 17 author lists end with "and others"."""
    records, failures = read((shared / "bib" / "awesome-fm-fl.bib").read_bytes())
    assert failures == ()
    assert len(records) == 374
    assert all(one.authors and one.date for one in records)
    assert sum(one.is_truncated for one in records) == 17
    assert not [one for one in records for name in one.authors if set(name) & set("{}\\,~")]
