"""`why` finds the paper, the property and the value that a person means, and what is behind it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedkg.config import DEFAULT_BASE
from fedkg.errors import UnknownNameError
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine, load_files, open_current
from fedkg.why import decisions, find_paper, render, title_of, why

LISTS = Path(__file__).resolve().parent.parent / "data" / "lists"
FEDKSEED = f"{DEFAULT_BASE}paper/arxiv-2312.06353"
TITLE = (
    "Federated Full-Parameter Tuning of Billion-Sized Language Models with Communication Cost "
    "under 18 Kilobytes"
)
ODD = "@prefix fkg: <https://w3id.org/fedkg/ontology#> .\n@base <https://w3id.org/fedkg/> .\n"


@pytest.fixture(scope="module")
def graph(five_list_graph: Path) -> Engine:
    return open_current(GraphDirectory(five_list_graph))[1]


def find(graph: Engine, name: str) -> str:
    return find_paper(graph, DEFAULT_BASE, name)


@pytest.mark.parametrize(
    "name",
    [
        FEDKSEED,
        "paper/arxiv-2312.06353",
        "arxiv-2312.06353",
        "2312.06353",
        "arxiv:2312.06353",
        "ArXiv:2312.06353",
        "https://arxiv.org/abs/2312.06353v2",
        "https://arxiv.org/pdf/2312.06353",
        "https://doi.org/10.48550/arXiv.2312.06353",
        "10.48550/arXiv.2312.06353",
        "https://dl.acm.org/doi/10.5555/3692070.3693756",
        TITLE,
        f"  {TITLE.upper()}.",
        "FedKSeed",
        "fedkseed",
    ],
)
def test_a_paper_is_found_by_any_of_its_names(graph, name):
    """Key, identifier, link, title or short name, however it is written."""
    assert find(graph, name) == FEDKSEED


def test_a_short_name_before_a_colon_names_its_paper(graph):
    """Nobody types “Ferret: Federated Full-Parameter Tuning at Scale for …”."""
    found = find(graph, "ferret")

    assert title_of(graph, found).startswith("Ferret: Federated Full-Parameter Tuning at Scale")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("FedKSed", "do you mean “FedKSeed”?"),
        ("Billion-Sized Language Models", f"do you mean “{TITLE}”?"),
        ("0000.00000", "give a key, identifier, link or title."),
        ("https://example.org/nowhere", "give a key, identifier, link or title."),
        ("", "give a key, identifier, link or title."),
    ],
)
def test_an_unknown_paper_gets_the_nearest_title(graph, name, hint):
    """Or is told what a paper can be called by."""
    with pytest.raises(UnknownNameError) as caught:
        find(graph, name)

    assert str(caught.value) == f"No paper is called {name!r}: {hint}"


def test_a_link_that_two_papers_carry_names_neither(tmp_path):
    """The answer says which papers there are to choose from."""
    graph = _graph_of(
        tmp_path,
        """<entry/a/1> fkg:linkAsListed "https://example.org/p" ; fkg:describes <paper/one> .
        <entry/a/2> fkg:otherLink "https://example.org/p" ; fkg:describes <paper/two> .""",
    )

    with pytest.raises(UnknownNameError, match="names 2 papers: say which, one, two"):
        find(graph, "https://example.org/p")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fkg:venue", "fkg:venue"),
        ("venue", "fkg:venue"),
        ("https://w3id.org/fedkg/ontology#venue", "fkg:venue"),
        ("dcterms:creator", "dcterms:creator"),
        ("Authors", "dcterms:creator"),
        ("dataset", "fkg:usesDataset"),
        ("models", "fkg:usesModel"),
        ("code", "fkg:repository"),
        ("arxiv", "fabio:hasArXivId"),
    ],
)
def test_a_property_is_found_by_any_of_its_names(graph, name, expected):
    """Prefixed, local, in full, or a plain word."""
    assert {answer.property for answer in why(graph, FEDKSEED, name)} == {expected}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("vnue", "There is no property 'vnue': do you mean fkg:venue?"),
        ("doi", "Nothing states prism:doi of that paper: stated are dcterms:title,"),
        ("preferredVersion", "fkg:preferredVersion is not stated anywhere but follows from"),
        ("\n", "There is no property '\\n': stated are dcterms:title,"),
    ],
)
def test_a_property_without_an_answer_says_why(graph, name, sentence):
    """Misspelt, not stated of this paper, computed, or nothing at all."""
    with pytest.raises(UnknownNameError) as caught:
        why(graph, FEDKSEED, name)

    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("value", ["Dolly-15K", "databricks dolly 15k", "databricks-dolly-15k"])
def test_a_value_is_found_by_any_of_its_names(graph, value):
    """Its name or another spelling of it, its key, its IRI."""
    assert [answer.value for answer in why(graph, FEDKSEED, "dataset", value)] == [
        "Databricks Dolly 15k (dataset/databricks-dolly-15k)"
    ]


def test_an_unknown_value_is_told_what_the_values_are(graph):
    """The sentence names the paper's own."""
    with pytest.raises(UnknownNameError, match=r"is not 'NeurIPS': it is ICML \(venue/icml\)"):
        why(graph, FEDKSEED, "venue", "NeurIPS")


def test_authors_stand_in_their_order_and_share_their_sources(graph):
    """Six authors of one line are printed above it once."""
    printed = render(why(graph, FEDKSEED, "author")).splitlines()

    names = [line.removeprefix("dcterms:creator = ").split(" (")[0] for line in printed[:6]]
    assert names[0] == "Zhen Qin"
    assert names[-1] == "Shuiguang Deng"
    assert sum(line.startswith("  fedllm, line ") for line in printed) == 1


def test_the_words_stand_at_the_line_that_is_named(graph):
    """The title as listed is in the file, on that line, for every source of the title."""
    for answer in why(graph, FEDKSEED, "title"):
        assert len({source.list for source in answer.sources}) >= 3
        for source in answer.sources:
            line = (LISTS / f"{source.list}.md").read_text().splitlines()[source.line - 1]
            assert dict(source.words)["titleAsListed"] in line


def test_titles_that_differ_in_case_and_signs_are_one_title(tmp_path):
    """An entry in capitals states the title too."""
    graph = _graph_of(
        tmp_path,
        """<paper/one> <http://purl.org/dc/terms/title> "A “New” \\"Way\\" \\\\ to Tune" .
        <entry/a/1> fkg:describes <paper/one> ; fkg:inList <list/a> ; fkg:line 3 ;
            fkg:titleAsListed "A New Way to Tune" ;
            fkg:statesTitle "A “New” \\"Way\\" \\\\ to Tune" .
        <entry/a/2> fkg:describes <paper/one> ; fkg:inList <list/a> ; fkg:line 9 ;
            fkg:statesTitle "A NEW WAY TO TUNE" ; fkg:titleAsListed "A NEW WAY TO TUNE" .""",
    )

    (answer,) = why(graph, f"{DEFAULT_BASE}paper/one", "title")

    assert [source.line for source in answer.sources] == [3, 9]
    assert answer.sources[0].headings == ()


def test_another_version_is_also_stated_and_not_called_wrong(graph):
    """A list that gives the preprint does not contradict the conference."""
    (answer,) = why(graph, FEDKSEED, "venue")

    assert {source.list for source in answer.sources} == {"fed-reasoning", "fm-fl"}
    assert {other.states for other in answer.others} == {"arXiv (venue/arxiv)"}
    assert "  also stated, of this or another version:\n" in render([answer])


def test_a_date_that_only_an_identifier_holds_names_the_link(graph):
    """“2312” in an arXiv id is December 2023, and no entry need say so in words."""
    (answer,) = why(graph, FEDKSEED, "firstIssued")

    assert answer.value == "2023-12"
    assert all("2312.06353" in str(source.words) for source in answer.sources)


def test_an_entry_does_not_stand_on_both_sides(graph):
    """Where the id gives the month and the words the year, they agree."""
    (answer,) = why(graph, find(graph, "arxiv:2503.11880"), "date")

    assert answer.value == "2025-03"
    assert answer.sources
    assert not answer.others


def test_what_people_decided_is_told_with_their_reason(tmp_path):
    """About the paper or one of its entries; a decision about another paper is left out."""
    graph = _graph_of(
        tmp_path,
        """<entry/a/1> fkg:describes <paper/one> .
        <decision/1> a fkg:Decision ; fkg:about <entry/a/1> ; fkg:reason "The link is wrong." .
        <decision/2> a fkg:Decision ; fkg:about <paper/one> ; fkg:reason "A longer title." .
        <decision/3> a fkg:Decision ; fkg:about <paper/two> ; fkg:reason "Another matter." .""",
    )

    decided = decisions(graph, f"{DEFAULT_BASE}paper/one")

    assert decided == ("A longer title.", "The link is wrong.")
    assert render([], decided).splitlines()[1] == "decided of this paper: The link is wrong."


def test_every_statement_of_a_sample_has_its_words(graph):
    """No statement is without an entry's list, line and words, or a source of facts."""
    rows = graph.select(
        "PREFIX fkg: <https://w3id.org/fedkg/ontology#> SELECT ?p { ?p a fkg:Paper } ORDER BY ?p"
    ).rows
    names = ("title", "venue", "edition", "year", "date", "first", "author", "dataset", "code")
    for paper in [row[0].value for row in rows[::12]]:
        for name in (*names, "cites"):
            try:
                answers = why(graph, paper, name)
            except UnknownNameError:
                continue  # of this paper nothing states it
            for answer in answers:
                assert answer.sources or answer.facts, (paper, answer)
                assert all(source.words for source in answer.sources), (paper, answer)


def test_authors_that_no_list_states_come_with_their_source(graph):
    """A bibliography is no list: it has no lines, but an address."""
    fedpft = f"{DEFAULT_BASE}paper/arxiv-2404.11536"

    answers = why(graph, fedpft, "author")

    assert {fact.source for answer in answers for fact in answer.facts} == {"fm-fl-bib"}
    assert "  fm-fl-bib, read from https://github.com/" in render(answers)


def test_a_citation_comes_with_the_paper_it_was_read_in(graph):
    """`why PAPER cites PAPER` says where the reference list stands."""
    ferret = f"{DEFAULT_BASE}paper/arxiv-2409.06277"

    (answer,) = why(graph, ferret, "cites", TITLE)

    assert answer.value == f"{TITLE} (paper/arxiv-2312.06353)"
    assert render([answer]).splitlines()[1] == (
        "  reference-lists, read from https://arxiv.org/abs/2409.06277"
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(alphabet=st.sampled_from("aé\"'\\\n\r\t<>{}|^`$?#: /%\0.()[]@"), max_size=12))
def test_no_name_breaks_out_of_its_query(graph, name):
    """Quotes, brackets, backslashes and line ends are letters like others."""
    for ask in (
        lambda: find(graph, name),
        lambda: why(graph, FEDKSEED, name),
        lambda: why(graph, FEDKSEED, "venue", name),
    ):
        with pytest.raises(UnknownNameError):
            ask()


def _graph_of(folder: Path, turtle: str) -> Engine:
    path = folder / "odd.ttl"
    papers = "<paper/one> a fkg:Paper . <paper/two> a fkg:Paper .\n"
    path.write_text(ODD + papers + turtle, encoding="utf-8")
    return load_files([path])
