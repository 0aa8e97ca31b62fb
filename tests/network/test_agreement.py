"""The command, the endpoint and the page of a paper answer alike, of the facts that ship."""

import csv
import io

import pytest
from click.testing import CliRunner
from lxml import html

from fedkg.cli import main
from fedkg.config import DEFAULT_BASE
from fedkg.queries import example_query

FERRET = "paper/arxiv-2409.06277"
FATE_LLM = "paper/arxiv-2310.10049"


@pytest.fixture(scope="module")
def commanded(five_list_graph):
    """Return what `fedkg network` answers, as rows."""

    def ask(*arguments):
        asked = ["network", *arguments, "--dir", str(five_list_graph)]
        result = CliRunner().invoke(main, asked)
        assert result.exit_code == 0, result.stderr
        return list(csv.DictReader(io.StringIO(result.stdout)))

    return ask


@pytest.fixture(scope="module")
def queried(five):
    """Return what an example query finds at the endpoint, as rows."""

    def ask(name):
        answer = five.query(example_query(name).text, "text/csv")
        return list(csv.DictReader(io.StringIO(answer.body.decode())))

    return ask


@pytest.fixture(scope="module")
def shown(five):
    """Return a row of the citations on a page: its heading, and (IRI, what stands in brackets)."""

    def ask(path, heading):
        page = html.fromstring(five.ask(f"/{path}.html").body.decode())
        (row,) = page.xpath(f"//th[starts-with(., '{heading}')]/..")
        links = row.xpath("td/a[not(@class)]")
        iris = [DEFAULT_BASE + link.get("href").removeprefix("/") for link in links]
        numbers = row.xpath("td/span/text()")
        return row[0].text_content(), list(zip(iris, numbers, strict=False)), iris

    return ask


def columns(rows, *names):
    """Return some columns of rows."""
    return [tuple(row[name] for name in names) for row in rows]


def test_which_listed_papers_the_listed_papers_cite_most(commanded, queried, shown):
    """Row by row; and the page of each says by how many."""
    rows = queried("most-cited")
    names = ("paper", "title", "year", "citations", "stating", "total")

    assert columns(commanded("most-cited"), *names) == columns(rows, *names)
    assert len(rows) < 50, "the query has no more rows than it finds"
    assert {(row["stating"], row["total"]) for row in rows} == {("17", "215")}
    for row in rows:
        path = row["paper"].removeprefix(DEFAULT_BASE)
        heading, _, citing = shown(path, "Cited by")
        number = int(row["citations"])
        assert heading == f"Cited by{number} listed paper{'s' * (number > 1)}"
        assert len(citing) == number


def test_what_to_read_before_ferret(commanded, queried, shown):
    """Its references, the most cited first."""
    rows = queried("read-before")
    names = ("title", "year", "listed", "citations", "stating", "total")

    found = commanded("prior-works", "Ferret")
    _, numbers, _ = shown(FERRET, "Cites")

    assert len(rows) == 6
    assert columns(found, "paper", *names) == columns(rows, "cited", *names)
    assert [(row["cited"], f"(cited by {row['citations']})") for row in rows] == numbers


def test_what_is_cited_together_with_fate_llm(commanded, queried, shown):
    """The page has the first ten."""
    rows = queried("co-cited-papers")
    names = ("title", "year", "listed", "together", "stating", "total")

    found = commanded("co-citation", "FATE-LLM")
    _, numbers, _ = shown(FATE_LLM, "Cited together with")

    assert len(rows) > 10
    assert columns(found, "paper", *names) == columns(rows, "other", *names)
    assert [(row["other"], f"(by {row['together']})") for row in rows[:10]] == numbers


def test_what_shares_references_with_ferret(commanded, queried, shown):
    """The same, of coupling."""
    rows = queried("coupled-papers")
    names = ("title", "year", "shared", "stating", "total")

    found = commanded("coupling", "Ferret")
    _, numbers, _ = shown(FERRET, "Shares references with")

    assert columns(found, "paper", *names) == columns(rows, "other", *names)
    assert [(row["other"], f"(sharing {row['shared']})") for row in rows] == numbers


def test_what_to_read_after_fate_llm(commanded, queried, shown):
    """Those that cite it."""
    rows = queried("read-after")
    names = ("title", "year", "citations", "stating", "total")

    found = commanded("derivative-works", "FATE-LLM")

    assert columns(found, "paper", *names) == columns(rows, "citing", *names)
    assert {row["citing"] for row in rows} == set(shown(FATE_LLM, "Cited by")[2])


def test_of_missing_classics_nothing_is_known(commanded, queried):
    """Neither finds any, and the command says why."""
    assert queried("missing-classics") == commanded("missing-classics") == []
