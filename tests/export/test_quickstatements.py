"""Papers as statements of QuickStatements, version 1."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fedkg.cli import main
from fedkg.errors import ExportError, InputError
from fedkg.export.wikidata.facts import entity_of, reference
from fedkg.export.wikidata.grammar import commands, field
from fedkg.export.wikidata.known import read_known
from fedkg.export.wikidata.lint import Lint, complaints
from fedkg.export.wikidata.model import LABEL_MOST, String, Time, folded, shortened
from fedkg.export.works import Work

from .papers import ITEMS, SOURCE, WORK, WORKS


def lines_of(work: Work = WORK, items=None, cited=()) -> list[str]:
    """Return the commands of a work."""
    return list(commands(entity_of(work, items or {}, SOURCE, cited)))


def test_a_new_paper_is_created_with_what_is_known_of_it() -> None:
    """Quotation marks stand as they are; a tab becomes a blank; nothing is guessed."""
    cited = '\tS854\t"https://example.org/list"\tS813\t+2026-11-01T00:00:00Z/11'
    assert lines_of() == [
        "CREATE",
        'LAST\tLen\t"Learning "Together" Apart"',
        'LAST\tDen\t"scholarly article published in 2024"',
        f"LAST\tP31\tQ13442814{cited}",
        f'LAST\tP1476\ten:"Learning "Together" Apart"{cited}',
        f'LAST\tP356\t"10.1000/ABC.D"{cited}',
        f'LAST\tP818\t"2401.00001"{cited}',
        f"LAST\tP577\t+2024-05-00T00:00:00Z/10{cited}",
        f'LAST\tP953\t"https://arxiv.org/abs/2401.00001"{cited}',
        f'LAST\t!P2093\t"Li Wei"\tP1545\t"1"{cited}',
        f'LAST\tP2093\t"Ada Lovelace"\tP1545\t"2"{cited}',
        f'LAST\t!P2093\t"Li Wei"\tP1545\t"3"{cited}',
    ]


def test_what_is_known_as_an_item_is_pointed_to() -> None:
    """An author as an item or as a name, never both."""
    items = {"a:2": "Q7259", "a:icml": "Q1", "a:lora": "Q2", "a:gsm8k": "Q3", "a:llama": "Q4"}
    lines = [
        line.partition("\tS854")[0]
        for line in lines_of(items=items | {"a:c": "Q5"}, cited=["a:c", "a:d"])
    ]
    assert 'LAST\tP50\tQ7259\tP1545\t"2"\tP1932\t"Ada Lovelace"' in lines
    assert not any("P2093" in line and "Lovelace" in line for line in lines)
    for pair in ("P1433\tQ1", "P921\tQ2", "P4510\tQ3", "P4510\tQ4", "P2860\tQ5"):
        assert f"LAST\t{pair}" in lines


def test_an_arxiv_id_has_its_class_where_one_is_known() -> None:
    """It refers to where both can be seen; no list states a class."""
    entity = entity_of(WORK, {}, SOURCE, (), "cs.CL")

    (line,) = (line for line in commands(entity) if "P820" in line)

    page = "https://arxiv.org/abs/2401.00001"
    assert line == f'LAST\tP818\t"2401.00001"\tP820\t"cs.CL"\tS854\t"{page}"'


def test_classes_come_from_a_bibliography(tmp_path: Path) -> None:
    """One that two bibliographies do not agree on is left out."""
    title = "Federated Full-Parameter Tuning of Billion-Sized Language Models"
    (tmp_path / "list.md").write_text(
        f"# A\n\n- {title} [[paper](https://arxiv.org/abs/2312.06353)]\n"
    )
    for name, class_ in (("one", "cs.LG"), ("two", "cs.CL")):
        fields = f"eprint={{2312.06353}}, archivePrefix={{arXiv}}, primaryClass={{{class_}}}"
        (tmp_path / f"{name}.bib").write_text(f"@misc{{a, title={{{title}}}, {fields}}}")

    def exported(*names: str) -> str:
        where = ["--dir", str(tmp_path / "graph")]
        files = [word for name in names for word in ("--bib", str(tmp_path / f"{name}.bib"))]
        built = CliRunner().invoke(main, ["build", str(tmp_path / "list.md"), *files, *where])
        assert built.exit_code == 0, built.stderr
        arguments = ["export", "--format", "quickstatements", *where]
        return CliRunner().invoke(main, arguments).stdout

    assert '\tP818\t"2312.06353"\tP820\t"cs.LG"\tS854\t' in exported("one")
    both = exported("one", "two")
    assert '\tP818\t"2312.06353"\t' in both
    assert "P820" not in both


def test_an_item_that_is_there_keeps_its_names() -> None:
    """Nothing is created, and no name is added that may stand there as a person."""
    lines = lines_of(items={WORK.iri: "Q42"})
    assert all(line.startswith("Q42\tP") for line in lines)
    assert not any("P2093" in line for line in lines)


def test_a_title_in_another_script_is_not_called_english() -> None:
    """Nor does it become an English label."""
    work = Work("a:p", "p", "联邦学习", urls=("https://a.example/",))
    lines = list(commands(entity_of(work, {}, reference(work))))
    assert any('\tP1476\tund:"联邦学习"' in line for line in lines)
    assert not any("\tLen\t" in line for line in lines)


@given(WORKS, ITEMS)
def test_every_line_is_one_that_quickstatements_reads(work: Work, items: dict[str, str]) -> None:
    """Whatever the title and the names are."""
    lines = lines_of(work, items)
    assert list(complaints(lines)) == []
    for line in lines:
        assert line.splitlines() == [line]
        assert line == "CREATE" or re.match(r'(LAST|Q\d+)\t(!?P\d+|[LD]en)\t(\S+:)?["Q+]', line)
        assert line == "CREATE" or "\tLen\t" in line or "\tDen\t" in line or "\tS854\t" in line
    assert ("CREATE" in lines) == ("a:paper" not in items)


@given(st.text())
def test_texts_are_one_line_and_labels_are_short(text: str) -> None:
    """Folding twice changes nothing."""
    assert folded(folded(text)) == folded(text)
    assert len(shortened(text)) <= LABEL_MOST
    assert not re.search(r"[\t\r\n]", field(String(text)))


@pytest.mark.parametrize("title", ["a" * 400, "word " * 100, f"{'a' * 248} b", "a" * 250])
def test_a_long_label_is_cut_behind_a_word(title: str) -> None:
    """Where there is one."""
    cut = shortened(title)
    assert len(cut) <= LABEL_MOST
    assert cut == title or (cut.endswith("…") and cut == cut.strip())


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("2024", "+2024-00-00T00:00:00Z/9"),
        ("2024-05", "+2024-05-00T00:00:00Z/10"),
        ("2024-05-06", "+2024-05-06T00:00:00Z/11"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(date: str, value: str) -> None:
    """Year, month or day."""
    assert field(Time(date)) == value


@pytest.mark.parametrize(
    "line",
    [
        "LAST\tP31",
        "LAST\tP31\tQ1\tS854",
        "LAST\tP31\tfish",
        'LAST\tP31\t""',
        'LAST\tP1476\ten:" a"',
        "Q0\tP31\tQ1",
        "LAST\t31\tQ1",
        'LAST\tP31\tQ1\tX1\t"a"',
        f'LAST\tLen\t"{"a" * 251}"',
        f'LAST\tP1476\ten:"{"a" * 1501}"',
        "LAST\tP577\t+2024-05-00/10",
    ],
)
def test_a_line_that_would_be_refused_is_found(line: str) -> None:
    """With what is wrong; the batch is refused in one sentence."""
    assert list(complaints(["CREATE", line]))
    with pytest.raises(ExportError, match=r"^key: .*: correct the paper, or leave it out\.$"):
        Lint().check("key", ["CREATE", line])


def test_last_is_nothing_before_something_is_created() -> None:
    """It would be the item of the paper before."""
    assert list(complaints(["LAST\tP31\tQ1"])) == ["'LAST' is no item"]


def test_two_new_items_cannot_have_one_label_and_description() -> None:
    """Wikidata refuses the second."""
    lint = Lint()
    lint.check("one", lines_of())
    with pytest.raises(ExportError, match="label and description of one"):
        lint.check("two", lines_of())


def test_the_five_lists_are_a_batch_that_is_not_refused(five_list_graph: Path) -> None:
    """And who sends it is told what to look for first."""
    arguments = ["export", "--format", "quickstatements", "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines().count("CREATE") > 200
    assert "without a check for an item that is there" in result.stderr
    assert "P4510" not in result.stdout, "nothing is guessed from a name"


def test_known_items_come_from_a_file(five_list_graph: Path, tmp_path: Path) -> None:
    """By key, with where that is known from."""
    file = tmp_path / "wikidata.csv"
    file.write_text("key,qid,source\narxiv-2312.06353,Q42,me\nvenue/icml,Q43,me\n")
    arguments = ["export", "--format", "quickstatements", "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, [*arguments, "--paper", "FedKSeed", "--wikidata", str(file)])
    assert "CREATE" not in result.stdout
    assert "Q42\tP1433\tQ43\t" in result.stdout


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("key;qid\n", 1),
        ("key,qid,source\na,42,me\n", 2),
        ("key,qid,source\na,Q42,me\nb,Q43,\n", 3),
        ("key,qid,source\na,Q42,me\nb,Q42,me\n", 3),
        ("key,qid,source\na,Q42,me\npaper/a,Q43,me\n", 3),
        ("key,qid,source\na,Q42\n", 2),
    ],
)
def test_a_row_that_says_too_little_is_refused_with_its_line(
    text: str, line: int, tmp_path: Path
) -> None:
    """No source, no item, or the same twice."""
    file = tmp_path / "wikidata.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=f"line {line}: "):
        read_known(file)
