"""`fedkg network`: every measure answers, says what is known, and refuses in one sentence."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from fedkg.cli import main
from fedkg.network.answer import FORMATS
from fedkg.network.asked import Asked
from fedkg.network.measures import MEASURES
from fedkg.network.reading import read_network, read_techniques
from fedkg.store.engine import Engine

ABOUT = {"co-citation": ["FATE-LLM"], "coupling": ["Ferret"], "path": ["Ferret", "FATE-LLM"]}
TURTLE = """
@base <https://w3id.org/fedkg/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<paper/a> fkg:listed true ; dcterms:title "A" ; fkg:year 2024 ; fkg:referencesKnown fkg:Whole ;
  cito:cites <paper/b>, <paper/x>, <paper/y> ; fkg:technique <technique/lora> .
<paper/b> fkg:listed true ; dcterms:title "B" ; fkg:year 2023 ; fkg:referencesKnown fkg:Partly ;
  cito:cites <paper/x> ; fkg:technique <technique/lora> .
<paper/c> fkg:listed true ; dcterms:title "=C, \\"quoted\\"" .
<paper/x> fkg:listed false ; dcterms:title "LoRA" ; fkg:year 2021 .
<paper/y> fkg:listed false ; dcterms:title "FedAvg" .
<technique/lora> skos:prefLabel "LoRA"@en .
"""


def run(folder, *arguments):
    return CliRunner().invoke(main, ["network", *arguments, "--dir", str(folder)])


def asked(chosen="abc", **more) -> Asked:
    """Return a question to a graph that knows papers off the lists."""
    store = ox.Store()
    store.load(TURTLE.encode(), ox.RdfFormat.TURTLE)
    engine = Engine(store)
    found = read_network(engine)
    places = found.places(f"https://w3id.org/fedkg/paper/{letter}" for letter in chosen)
    return Asked(
        found,
        frozenset(places),
        techniques=lambda: read_techniques(engine, found.papers),
        **more,
    )


def rows(measure, question, *names):
    answer = MEASURES[measure].answer(question)
    return [tuple(row[name] for name in names) for row in answer.rows]


def test_missing_classics_are_cited_by_many_and_on_no_list():
    """And where some are known, nothing is said to be unknown."""
    answer = MEASURES["missing-classics"].answer(asked())

    assert rows("missing-classics", asked(), "title", "citations") == [("LoRA", 2), ("FedAvg", 1)]
    assert rows("missing-classics", asked("b"), "title", "citations") == [("LoRA", 1)]
    assert answer.notes == ()
    assert (answer.known.whole, answer.known.partly, answer.known.total) == (1, 1, 3)


def test_missing_classics_of_the_shipped_facts_are_not_known(five_list_graph):
    """Said on standard error, and in JSON."""
    sentence = "which unlisted papers are cited is not known."
    result = run(five_list_graph, "missing-classics")
    told = json.loads(run(five_list_graph, "missing-classics", "--format", "json").stdout)

    assert result.exit_code == 0
    assert sentence in result.stderr
    assert result.stdout.splitlines() == ["paper,title,year,citations,stating,total"]
    assert told["notes"][1].endswith(sentence)
    assert told["rows"] == []


def test_what_is_off_the_lists_is_marked_and_ranks_nowhere():
    """It may be what to read before, and what is cited together."""
    assert rows("most-cited", asked(), "title", "citations") == [("B", 1)]
    assert rows("prior-works", asked(), "title", "listed", "cited_by") == [
        ("LoRA", False, 2),
        ("FedAvg", False, 1),
        ("B", True, 1),
    ]
    assert {title for (title,) in rows("pagerank", asked(), "title")} == {"A", "B", '=C, "quoted"'}


def test_a_paper_that_is_named_twice_counts_once():
    """And is at no distance from itself."""
    twice = asked(about=(0, 0))

    assert rows("prior-works", twice, "title", "cited_by")[0] == ("LoRA", 1)
    assert rows("derivative-works", asked(about=(1, 1)), "title", "cites") == [("A", 1)]
    assert rows("path", twice, "step", "title", "link") == [(0, "A", "")]


def test_a_path_goes_by_references_or_both_ways_or_is_not_known():
    """Only through chosen papers."""
    assert rows("path", asked(about=(1, 0)), "title", "link") == [("B", "is cited by"), ("A", "")]
    assert rows("path", asked("abcxy", about=(4, 1)), "title", "link") == [
        ("FedAvg", "is cited by"),
        ("A", "cites"),
        ("B", ""),
    ]
    assert rows("path", asked("c", about=(1, 4)), "title") == []
    answer = MEASURES["path"].answer(asked("c", about=(1, 4)))
    assert answer.notes == ("No chain of known citations links the two papers.",)


def test_communities_are_called_by_their_technique():
    """With its share here and elsewhere."""
    found = rows("communities", asked(), "community", "technique", "share", "elsewhere", "title")

    assert found == [(1, "LoRA", "2/2", "0/0", "B"), (1, "LoRA", "2/2", "0/0", "A")]


def test_chosen_papers_count_alone():
    """One that is not among them is cited by nobody, and cites nothing."""
    assert rows("most-cited", asked("ac"), "title") == []
    assert rows("derivative-works", asked("x"), "title", "cites") == [("B", 1), ("A", 1)]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_answers_and_says_what_is_known(measure, five_list_graph):
    """As CSV and as JSON, with the same rows, the same twice."""
    about = ABOUT.get(measure, [])
    table = run(five_list_graph, measure, *about)
    told = json.loads(run(five_list_graph, measure, *about, "--format", "json").stdout)

    assert table.exit_code == 0, table.stderr
    assert "References are known of 17 of 215 papers (16 whole, 1 in part)" in table.stderr
    read = list(csv.DictReader(io.StringIO(table.stdout)))
    assert {(row["stating"], row["total"]) for row in read} <= {("17", "215")}
    assert [row["title"] for row in read] == [row["title"] for row in told["rows"]]
    assert told["known"] == {"whole": 16, "partly": 1, "papers": 215}
    assert run(five_list_graph, measure, *about).stdout == table.stdout


def test_cells_are_written_as_csv_has_it():
    """Quotation marks, commas, truth, and what is not known."""
    answer = MEASURES["prior-works"].answer(asked(about=(2,)))
    text = b"".join(FORMATS["csv"](MEASURES["pagerank"].answer(asked("c")))).decode()

    assert list(csv.reader(io.StringIO(text)))[1][1:4] == ['=C, "quoted"', "", "1"]
    assert answer.rows == []
    assert answer.notes == ('“=C, "quoted"”: its references are not known.',)


@pytest.mark.parametrize("measure", ["co-citation", "coupling"])
def test_without_a_paper_the_strongest_pairs_come_first(measure, five_list_graph):
    """As many as one wants."""
    told = json.loads(run(five_list_graph, measure, "--top", "3", "--format", "json").stdout)
    every = json.loads(run(five_list_graph, measure, "--top", "0", "--format", "json").stdout)

    weights = [row["together" if measure == "co-citation" else "shared"] for row in every["rows"]]
    assert weights == sorted(weights, reverse=True)
    assert told["rows"] == every["rows"][:3]
    assert len(weights) > 20


def test_papers_are_chosen_as_for_export(five_list_graph, tmp_path):
    """By list, query or paper; a file is written whole."""
    query, target = tmp_path / "some.rq", tmp_path / "prior.csv"
    query.write_text(
        "SELECT ?paper { ?paper <https://w3id.org/fedkg/ontology#listed> true } LIMIT 9"
    )

    result = run(five_list_graph, "prior-works", "--list", "fm-fl", "-o", str(target))

    assert "Of the 155 chosen papers, references are known of 12." in result.stderr
    assert target.read_text().startswith("paper,title,year,listed,cited_by,citations,")
    assert " of 9 papers" in run(five_list_graph, "pagerank", "--query", str(query)).stderr
    assert " of 1 papers" in run(five_list_graph, "pagerank", "--paper", "Ferret").stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["fame"], "There is no measure fame: there are most-cited, "),
        (["path", "Ferret"], "path takes papers as in fedkg network path PAPER PAPER: choose"),
        (["pagerank", "Ferret"], "pagerank takes no PAPER: choose those that count by --list"),
        (["co-citation", "Nobody's paper"], "No paper is called"),
        (["most-cited", "--list", "none"], "There is no list none"),
        (["most-cited", "--list", "fm-fl", "--paper", "Ferret"], "Choose in one way"),
        (
            ["prior-works", "Ferret", "--list", "fm-fl"],
            "papers that are named, or chosen: not both",
        ),
        (["most-cited", "--top", "-1"], "--top is -1: give a number of rows, or 0 for all."),
        (["most-cited", "--top", "x"], "'x' is not a valid integer"),
        (["main-path", "--top", "3"], "--top says nothing to main-path"),
        (["most-cited", "--format", "xml"], "There is no format xml: there are csv, json."),
    ],
)
def test_what_cannot_be_is_one_sentence(arguments, sentence, five_list_graph):
    """And exit code 2."""
    result = run(five_list_graph, *arguments)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_the_help_lists_every_measure():
    """With what it is for."""
    shown = CliRunner().invoke(main, ["network", "--help"]).stdout

    for name, measure in MEASURES.items():
        assert f"\n  {name}{measure.takes} " in shown
        assert measure.purpose.split()[0] in shown
