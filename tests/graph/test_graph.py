"""The graph of a list: named graphs, IRIs, provenance, and what hostile words cannot do to it."""

from collections import Counter
from urllib.parse import urlsplit

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedkg.config import DEFAULT_BASE
from fedkg.graph.findings import finding_key
from fedkg.graph.papers import paper_lines
from fedkg.model import Collection, Finding, Paper, PaperList, PartialDate, Reading, Version
from fedkg.model import VersionKind as Kind
from fedkg.namespaces import DCTERMS, FKG, PREFIXES, RDF, SKOS
from fedkg.resolve import resolve

from .conftest import TINY_LIST, quads_of, terms_of

GRAPHS = {
    "graph/papers",
    "graph/list/tiny",
    "graph/vocabulary",
    "graph/findings",
    "graph/aliases",
    "graph/techniques",
    "graph/ontology",
    "graph/dataset",
}
FROM_FILES = ("graph/techniques", "graph/ontology")
OTHER_BASE = "http://localhost:8000/kg/"
HOSTILE = [
    "<script>alert(1)</script>",
    'quote " and \\ backslash',
    "javascript:alert(1)",
    "> <http://evil.example/p> <http://evil.example/o> .",
    '" . <http://evil.example/s> <http://evil.example/p> "',
    "right-to-left \u202e override \u2066 isolate",
    "null \x00 bell \x07 delete \x7f next line \x85 separator \u2028",
    "carriage\rreturn",
    "emoji \U0001f469\u200d\U0001f4bb and not a character \uffff",
    "https://example.org/<b>{a}|^`\\ %zz",
    "data:text/html,<b>",
    "file:///etc/passwd",
    "//evil.example/x",
    "http://user:secret@evil.example/",
    "http://[::1]:99999/",
    "_:blank",
    "../../../paper/other",
    "%2e%2e%2fpaper",
    "{{7*7}} ${x} <%= 1 %>",
]


def named(quads, name, base=DEFAULT_BASE):
    """Return the triples of one named graph."""
    graph = pyoxigraph.NamedNode(base + name)
    return {quad.triple for quad in quads if quad.graph_name == graph}


def values(quads, subject, predicate):
    """Return the values of a property of a thing."""
    prefix, local = predicate.split(":")
    wanted = (DEFAULT_BASE + subject, PREFIXES[prefix] + local)
    return {
        quad.object.value for quad in quads if (quad.subject.value, quad.predicate.value) == wanted
    }


@pytest.fixture
def tiny(collection_of, write, tmp_path):
    """The quads of the tiny list's graph."""
    write(collection_of(TINY_LIST))
    return quads_of(tmp_path / "graph.nq")


def test_the_graph_of_a_tiny_list(collection_of, write, tmp_path, snapshot):
    """Every line that two entries and a post make, but for the other names that curators add."""
    write(collection_of(TINY_LIST))
    lines = (tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines()
    elsewhere = tuple(f"<{DEFAULT_BASE}{name}> ." for name in (*FROM_FILES, "graph/dataset"))
    shown = [one for one in lines if not one.endswith(elsewhere) and "altLabel" not in one]
    assert "\n".join(shown) == snapshot


def test_graphs_are_named_as_designed(tiny):
    """Nothing stands in the default graph."""
    assert {quad.graph_name.value.removeprefix(DEFAULT_BASE) for quad in tiny} == GRAPHS


def test_each_kind_of_thing_is_described_in_its_graph(tiny):
    """Papers, versions, authors, code; entries and sections; names; findings and decisions."""
    found = {}
    for quad in tiny:
        name = quad.graph_name.value.removeprefix(DEFAULT_BASE)
        if quad.predicate.value == RDF + "type" and name not in FROM_FILES:
            kind = quad.subject.value.removeprefix(DEFAULT_BASE).partition("/")[0]
            found.setdefault(name, set()).add(kind)
    assert found == {
        "graph/papers": {"paper", "version", "authorship", "assignment", "person", "repository"},
        "graph/list/tiny": {"list", "section", "entry"},
        "graph/vocabulary": {"venue", "edition", "dataset", "model", "family"},
        "graph/findings": {"finding", "decision"},
        "graph/dataset": {"graph"},
    }


def test_sizes_add_up_to_the_distinct_triples(collection_of, write, tmp_path):
    """No triple stands in two graphs, so a count over the union is right."""
    sizes = write(collection_of(TINY_LIST))
    quads = quads_of(tmp_path / "graph.nq")
    assert sizes.total == len(quads) == len({quad.triple for quad in quads})
    assert sizes.by_graph == dict(Counter(quad.graph_name.value for quad in quads))


def test_no_blank_nodes_and_only_web_iris(tiny):
    """Everything has a name that lasts, and every name leads to the web."""
    for term in terms_of(tiny):
        assert not isinstance(term, pyoxigraph.BlankNode)
        if isinstance(term, pyoxigraph.NamedNode):
            assert urlsplit(term.value).scheme in {"http", "https"}


def test_only_labels_of_ontology_and_techniques_have_a_language(tiny):
    """Names and titles are plain strings, in their own script."""
    for quad in tiny:
        if isinstance(quad.object, pyoxigraph.Literal) and quad.object.language:
            assert quad.graph_name.value.removeprefix(DEFAULT_BASE) in FROM_FILES


def test_another_base_moves_things_and_techniques_but_not_the_ontology(
    collection_of, write, tmp_path
):
    """An operator's graph speaks of the operator's things, in everybody's terms."""
    write(collection_of(TINY_LIST), OTHER_BASE)
    quads = quads_of(tmp_path / "graph.nq")
    names = {term.value for term in terms_of(quads) if isinstance(term, pyoxigraph.NamedNode)}
    assert {name for name in names if name.startswith(DEFAULT_BASE)} == {
        name for name in names if name.startswith(DEFAULT_BASE + "ontology")
    }
    assert {OTHER_BASE + "technique/prompt-tuning", OTHER_BASE + "paper/arxiv-2310.01467"} <= names
    assert {quad.graph_name.value.removeprefix(OTHER_BASE) for quad in quads} == GRAPHS


def test_the_same_list_under_another_base_says_the_same(collection_of, write, tmp_path):
    """Only the beginning of IRIs differs."""
    file = tmp_path / "graph.nq"
    collection = collection_of(TINY_LIST)
    write(collection)
    here = {one for one in file.read_text().splitlines() if "ontology> ." not in one}
    write(collection, OTHER_BASE)
    there = {one for one in file.read_text().splitlines() if "ontology> ." not in one}
    moved = {
        one.replace(DEFAULT_BASE, OTHER_BASE).replace(OTHER_BASE + "ontology", FKG.rstrip("#"))
        for one in here
    }
    assert moved == there


# ---------------------------------------------------------------- what is said


def test_a_paper_says_what_its_preferred_version_says(tiny):
    """Published before preprint; the earliest date is kept beside it."""
    paper = "paper/arxiv-2310.01467"
    version = "version/arxiv-2310.01467/icml-2024"
    assert values(tiny, paper, "fkg:preferredVersion") == {DEFAULT_BASE + version}
    for name in ("fkg:venue", "fkg:publishedIn", "fkg:year", "dcterms:issued"):
        assert values(tiny, paper, name) == values(tiny, version, name) != set()
    assert values(tiny, paper, "fkg:firstIssued") == {"2023-10"}


def test_a_bare_year_comes_after_the_months_that_are_named():
    """“2024” may be any month of 2024, so it is not before 2024-03."""
    dates = [PartialDate(2024), PartialDate(2024, 3)]
    versions = tuple(
        Version(f"x/{n}", Kind.UNPLACED, issued=issued) for n, issued in enumerate(dates)
    )
    lines = "".join(
        paper_lines(Collection(papers=(Paper("x", "X", versions=versions),)), OTHER_BASE)
    )
    assert f'<{FKG}firstIssued> "2024-03"' in lines


def test_every_identifier_stands_on_the_paper_and_on_its_version(tiny):
    """A DOI in small letters, an arXiv id without its version."""
    paper = "paper/arxiv-2310.01467"
    assert values(tiny, paper, "fabio:hasArXivId") == {"2310.01467"}
    assert values(tiny, paper, "prism:doi") == {"10.9999/fedbpt.2024"}
    assert values(tiny, "version/arxiv-2310.01467/arxiv", "prism:doi") == set()
    assert values(tiny, "version/arxiv-2310.01467/icml-2024", "prism:doi") == {
        "10.9999/fedbpt.2024"
    }


def test_an_entry_keeps_its_words_and_says_what_they_mean(tiny):
    """The line, the words as they stand, and the things that they name."""
    (entry,) = {
        quad.subject.value.removeprefix(DEFAULT_BASE)
        for quad in tiny
        if quad.predicate.value == FKG + "line" and quad.object.value == "5"
    }
    assert values(tiny, entry, "fkg:datasetsAsListed") == {"SST-2, OurOwnData"}
    assert values(tiny, entry, "fkg:statesDataset") == {
        f"{DEFAULT_BASE}dataset/{key}" for key in ("sst-2", "ourowndata")
    }
    assert values(tiny, entry, "fkg:codeAsListed") == {"https://github.com/Someone/FedBPT"}
    (section,) = values(tiny, entry, "fkg:section")
    assert values(tiny, section.removeprefix(DEFAULT_BASE), "skos:prefLabel") == {"Prompt Tuning"}


def test_a_post_describes_nothing(tiny):
    """Its entry stands in the graph, with a finding about it."""
    described = {quad.subject for quad in tiny if quad.predicate.value == FKG + "describes"}
    entries = {
        quad.subject
        for quad in tiny
        if quad.predicate.value == RDF + "type" and quad.object.value == FKG + "Entry"
    }
    (post,) = entries - described
    about = {quad.object for quad in tiny if quad.predicate.value == FKG + "about"}
    assert post in about


def test_a_scheme_of_concepts_is_described(tiny):
    """Families, techniques and sections are in schemes that have a name."""
    schemes = {quad.object for quad in tiny if quad.predicate.value == SKOS + "inScheme"}
    titled = {
        quad.subject
        for quad in tiny
        if quad.predicate.value in {SKOS + "prefLabel", DCTERMS + "title"}
    }
    assert len(schemes) == 3
    assert schemes <= titled


def test_former_keys_are_replaced_by_the_paper(tiny):
    """Whoever knows the DOI is led to the paper."""
    former = "paper/doi-10-9999-fedbpt-2024"
    assert values(tiny, former, "dcterms:isReplacedBy") == {DEFAULT_BASE + "paper/arxiv-2310.01467"}


def test_two_findings_about_one_entry_are_two():
    """Two datasets of one entry may both be unknown."""
    findings = [
        Finding("unknown-dataset", f"“{name}” is unknown.", "tiny", 5, ("entry/tiny/0",))
        for name in ("One", "Two")
    ]
    assert len({finding_key(finding) for finding in findings}) == 2


# ---------------------------------------------------------------- hostile words


def check_harmless(quads):
    """No line leads anywhere that the list did not link, by any way but the web."""
    hosts = {urlsplit(name).hostname for name in PREFIXES.values()}
    for quad in quads:
        assert quad.subject.value.startswith(DEFAULT_BASE)
        assert urlsplit(quad.predicate.value).hostname in hosts
        assert quad.graph_name.value.startswith(DEFAULT_BASE + "graph/")
        if isinstance(quad.object, pyoxigraph.NamedNode):
            parts = urlsplit(quad.object.value)
            assert parts.scheme in {"http", "https"}
            assert "@" not in parts.netloc


def hostile_list(words):
    """Return a list that says the words in every place where a list can say something."""
    rows = [f"# {words}", f"## {words} (3)"]
    for one in (words, words.replace("\r", "&#13;").replace("\x00", "&#0;")):
        rows += [
            f"- [{one}]({one}) [{one}]",
            f"- [A paper on {one} and its tuning](https://arxiv.org/abs/2310.01467) [{one} 2024]",
            f"  - *authors*: {one}, {one}",
            f"  - *datasets*: {one}, {one}",
            f"  - *models*: {one} 7B",
            f"  - [code](https://github.com/{one}/{one}) [slides]({one})",
            f"- **{one}**, *{one}*, [[paper]](https://example.org/{one}) [[code]]({one})",
        ]
    rows += ["", "| Title | Venue | Link |", "|---|---|---|", f"| {words} | {words} | {words} |"]
    rows += ["", "<table><tr><th>Title</th><th>Venue</th></tr><tr>"]
    rows += [f'<td><a href="{words}">{words}</a></td><td>{words}</td></tr></table>']
    return "\r\n".join(rows)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words, collection_of, write, tmp_path):
    """Whatever a list says, it cannot write a line of its own into the graph."""
    sizes = write(collection_of(hostile_list(words)))
    quads = quads_of(tmp_path / "graph.nq")
    assert len(quads) == sizes.total
    assert sum(quad.predicate.value == FKG + "inList" for quad in quads) >= 2
    check_harmless(quads_without_files(quads))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(HOSTILE) | st.text(), min_size=1, max_size=4).map(" ".join))
def test_no_words_at_all_can_break_the_graph(words, collection_of, write, tmp_path):
    """The same holds of anything that anybody may write."""
    write(collection_of(hostile_list(words)))
    check_harmless(quads_without_files(quads_of(tmp_path / "graph.nq")))


def quads_without_files(quads):
    """Return the quads that lists make."""
    files = {DEFAULT_BASE + name for name in FROM_FILES}
    return [quad for quad in quads if quad.graph_name.value not in files]


def test_hostile_words_are_kept_as_they_stand(collection_of, write, tmp_path):
    """Nothing is removed: a page that shows them must escape them."""
    title = '<script>alert(1)</script> and “quotes” of " and \\\\'
    escaped = title.replace("<", "\\<")
    write(collection_of(f"## Papers\n\n- [{escaped}](https://arxiv.org/abs/2310.01467)\n"))
    listed = {
        quad.object.value
        for quad in quads_of(tmp_path / "graph.nq")
        if quad.predicate.value == FKG + "titleAsListed"
    }
    assert listed == {title.replace("\\\\", "\\")}


def test_a_list_without_entries_has_a_graph(vocabulary, write, tmp_path):
    """Its name and source are known, and nothing else."""
    write(resolve([Reading(PaperList("tiny", "Tiny"))], vocabulary))
    said = named(quads_of(tmp_path / "graph.nq"), "graph/list/tiny")
    assert {triple.subject.value for triple in said} == {DEFAULT_BASE + "list/tiny"}
