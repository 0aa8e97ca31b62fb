"""Validation: a graph that conforms, every rule broken alone, and what the report says."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from oxrdflib import OxigraphStore
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fedkg import resources
from fedkg.errors import InputError
from fedkg.validate import Place, Report, Violation, check, read_shapes, render, validate
from fedkg.validate.places import places

CASES = Path(__file__).parent / "cases" / "shapes"
CONFORMING = (CASES / "conforming.trig").read_text(encoding="utf-8")
SHAPES = "https://w3id.org/fedkg/shapes#"
CONSTRAINTS = {  # what a shape can demand, as the report names it; a new kind must be added here
    SH.closed: "Closed",
    SH["class"]: "Class",
    SH.datatype: "Datatype",
    SH.equals: "Equals",
    SH.hasValue: "HasValue",
    SH["in"]: "In",
    SH.languageIn: "LanguageIn",
    SH.maxCount: "MaxCount",
    SH.minCount: "MinCount",
    SH.minInclusive: "MinInclusive",
    SH.minLength: "MinLength",
    SH.nodeKind: "NodeKind",
    SH["not"]: "Not",
    SH["or"]: "Or",
    SH.pattern: "Pattern",
    SH.sparql: "SPARQL",
}
NO_CONSTRAINTS = {
    RDF.type,
    SH.ignoredProperties,
    SH.message,
    SH.name,
    SH.path,
    SH.property,
    SH.severity,
    SH.targetClass,
    SH.targetObjectsOf,
    SH.targetSubjectsOf,
}
ENTRY = Place(
    "fedllm", 37, "FedPref: Federated Learning Across Heterogeneous Multi-objective Preferences"
)
OTHER_ENTRY = Place("fedllm-areas", 29, "FlexLoRA")


def read_cases() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield shape, constraint and changes of each case of the file."""
    lines = (CASES / "cases.txt").read_text(encoding="utf-8").splitlines()
    paragraphs = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    for title, *changes in paragraphs:
        if title.startswith("## "):
            shape, constraint = title.removeprefix("## ").split()
            yield shape, constraint, tuple(changes)


EVERY_CASE = tuple(read_cases())


def update_of(change: str) -> str:
    """Return the SPARQL Update of `- s p o`, `- s p *` or `+ s p o`."""
    sign, subject, predicate, value = change.split(" ", 3)
    if value == "*":
        return f"DELETE WHERE {{ {subject} {predicate} ?any }}"
    return f"{'INSERT' if sign == '+' else 'DELETE'} DATA {{ {subject} {predicate} {value} }}"


def broken(*changes: str) -> Graph:
    """Return the conforming graph with the changes made, each of which must change something."""
    graph = Graph(store=OxigraphStore(), identifier=DATASET_DEFAULT_GRAPH_ID)
    graph.parse(data=CONFORMING, format="ox-trig")
    graph.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }")
    prologue = CONFORMING.partition("\n\n")[0].replace("@", "").replace(" .", "")
    for change in changes:
        size = len(graph)
        graph.update(f"{prologue}\n{update_of(change)}")
        assert len(graph) != size, f"{change!r} changes nothing: is the case out of date?"
    return graph


def case(shape: str, constraint: str) -> Graph:
    """Return the graph of the first case of that shape and constraint."""
    return broken(*next(changes for s, c, changes in EVERY_CASE if (s, c) == (shape, constraint)))


def operands(shapes: Graph) -> set[Node]:
    """Return the shapes that only stand in an sh:or or sh:not: together they are one rule."""
    return {
        *(
            shape
            for either in shapes.objects(None, SH["or"])
            for shape in Collection(shapes, either)
        ),
        *shapes.objects(None, SH["not"]),
    }


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes(resources.shapes_file())


@pytest.fixture
def nquads(tmp_path: Path) -> Path:
    """The conforming graph as a file of named graphs."""
    path = tmp_path / "graph.nq"
    pyoxigraph.serialize(
        pyoxigraph.parse(CONFORMING, format=pyoxigraph.RdfFormat.TRIG),
        path,
        format=pyoxigraph.RdfFormat.N_QUADS,
    )
    return path


def test_a_graph_that_conforms_has_an_empty_report(nquads):
    """The union of the named graphs is judged: a paper and its venue stand in different ones."""
    assert validate(nquads, resources.shapes_file()) == Report(conforms=True)


def test_places_are_looked_for_only_where_something_is_wrong():
    """A look reads the whole of a large graph."""
    asked = []

    def around(nodes):
        asked.append(nodes)
        return Graph()

    assert places(around, []) == {}
    assert asked == []
    assert places(around, [URIRef("https://w3id.org/fedkg/paper/x")]) == {}
    assert len(asked) == 1


def test_the_ontology_in_the_graph_changes_nothing(nquads):
    """Subclasses of the ontology make no version a plain expression, no technique a section."""
    ontology = resources.ontology_dir() / "fedkg.ttl"
    assert validate(nquads, resources.shapes_file(), ontology) == Report(conforms=True)


@pytest.mark.parametrize(
    ("shape", "constraint", "changes"),
    EVERY_CASE,
    ids=[f"{shape}-{constraint}" for shape, constraint, _ in EVERY_CASE],
)
def test_each_rule_can_be_broken_alone(shape, constraint, changes, shapes):
    """Each case is reported under its own shape and constraint, and under nothing else."""
    report = check(broken(*changes), shapes)
    found = {(v.shape.removeprefix(SHAPES), v.constraint) for v in report.violations}
    assert found == {(shape, constraint)}
    assert report.conforms == all(v.severity == "warning" for v in report.violations)


def test_every_constraint_has_a_case(shapes):
    """A rule that nobody has seen fail is no rule. The operands of sh:or are one rule together."""
    stated = {
        (str(shape).removeprefix(SHAPES), CONSTRAINTS[predicate])
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        for predicate in set(shapes.predicates(shape))
        if shape not in operands(shapes) and predicate not in NO_CONSTRAINTS
    }
    assert stated == {(shape, constraint) for shape, constraint, _ in EVERY_CASE}


def test_the_shapes_are_valid_shacl(shapes):
    """The shapes of SHACL itself accept them."""
    assert pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)[0]


def test_moving_targets_down_changes_no_result(shapes):
    """The shapes as they stand, evaluated node by node, find the same as the faster form."""
    graph = broken(
        "- <paper/arxiv-2402.11505> dcterms:title *",
        "- <venue/kdd> skos:prefLabel *",
        "+ <authorship/arxiv-2501.13604/1> rdfs:comment 'first'",
        "- <authorship/arxiv-2501.13604/3> pro:withRole *",
        "+ <entry/fedllm/ba9876543210> fkg:statesVenue <dataset/cifar-100>",
    )
    _, plain, _ = pyshacl.validate(graph, shacl_graph=shapes)
    expected = Counter(
        (str(plain.value(result, SH.focusNode)), str(plain.value(result, SH.sourceShape)))
        for result in plain.subjects(RDF.type, SH.ValidationResult)
    )
    assert Counter((v.focus, v.shape) for v in check(graph, shapes).violations) == expected
    assert expected.total() == 5


def test_every_rule_speaks_to_a_person(shapes):
    """A property shape has a name; what can be reported has a message, a full sentence."""
    rules = set(shapes.subjects(RDF.type, SH.PropertyShape)) - operands(shapes)
    nameless = {rule for rule in rules if shapes.value(rule, SH.name) is None}
    assert not nameless
    messages = [
        *(shapes.value(rule, SH.message) for rule in rules),
        *shapes.objects(None, SH.message),
    ]
    assert all(message and message[0].isupper() and message.endswith(".") for message in messages)


def test_a_violation_says_what_is_wrong_where_and_how_bad(shapes):
    """Focus, path, value, message, severity, shape, constraint and place, ready for a person."""
    assert check(case("aclAnthologyId", "Pattern"), shapes).violations == (
        Violation(
            focus="https://w3id.org/fedkg/paper/acl-2023.acl-long.193",
            path="fkg:aclAnthologyId",
            value="p19-1001",
            message="An ACL Anthology id looks like 2023.acl-long.193 or P19-1001.",
            severity="error",
            shape=SHAPES + "aclAnthologyId",
            constraint="Pattern",
            places=(),
        ),
    )


@pytest.mark.parametrize(
    ("shape", "constraint", "path"),
    [
        ("yearAgrees", "Equals", "fkg:preferredVersion/fkg:year"),
        ("techniquesAssigned", "Equals", "^fkg:ofPaper/fkg:technique"),
        ("grounds", "MinCount", "fkg:evidence|fkg:reason"),
        ("Paper", "Or", None),
    ],
)
def test_a_path_reads_as_in_sparql(shape, constraint, path, shapes):
    """Sequences, inverses and alternatives keep their form; a rule about a node has no path."""
    assert {v.path for v in check(case(shape, constraint), shapes).violations} == {path}


@pytest.mark.parametrize(
    ("shape", "constraint", "places"),
    [
        pytest.param("wordsAsListed", "Datatype", (ENTRY,), id="an entry is its own place"),
        pytest.param("title", "MinCount", (OTHER_ENTRY,), id="a paper, by what describes it"),
        pytest.param("url", "Pattern", (ENTRY,), id="a version, by its paper"),
        pytest.param("nameAsListed", "MinCount", (ENTRY,), id="an authorship, by its paper"),
        pytest.param("personName", "MinCount", (ENTRY,), id="a person, by what states the author"),
        pytest.param("datasetClass", "HasValue", (ENTRY,), id="a dataset, by what states it"),
        pytest.param("family", "MaxCount", (ENTRY,), id="a model, by what states it"),
        pytest.param("codeRepository", "Pattern", (OTHER_ENTRY,), id="a repository"),
        pytest.param("techniqueLabel", "MaxCount", (OTHER_ENTRY,), id="a technique"),
        pytest.param("basis", "MinCount", (OTHER_ENTRY,), id="an assignment, by its own entries"),
        pytest.param("citedEntity", "MinCount", (OTHER_ENTRY,), id="a citation, by who cites"),
        pytest.param("replacedBy", "MaxCount", (ENTRY, OTHER_ENTRY), id="an alias, both ways"),
        pytest.param("broaderSection", "MaxCount", (ENTRY,), id="a section, by its entries"),
        pytest.param(
            "grounds", "MinCount", (ENTRY, OTHER_ENTRY), id="a decision, what it is about"
        ),
        pytest.param(
            "severity",
            "In",
            (Place("fedllm", 412, "Federated learning in ten minutes"),),
            id="a finding, what it is about",
        ),
        pytest.param(
            "inList",
            "MinCount",
            (Place("fedllm", 412, "Federated learning in ten minutes"),),
            id="an entry that lost its list, by its IRI",
        ),
        pytest.param(
            "licence",
            "MinCount",
            (Place("fedllm", 0, "Awesome Federated Learning for LLMs"),),
            id="a list as a whole",
        ),
        pytest.param("primarySource", "MinCount", (), id="a record of a paper in no list"),
    ],
)
def test_a_violation_names_the_entry_list_and_line_to_mend(shape, constraint, places, shapes):
    """Whatever node is at fault, the places are the nearest entries behind it."""
    (violation,) = check(case(shape, constraint), shapes).violations
    assert violation.places == places


def test_a_family_leads_over_its_models_to_the_entries(shapes):
    """Two steps: the entry states a model, the model is of the family."""
    report = check(broken("- <family/llama> skos:prefLabel *"), shapes)
    assert [violation.places for violation in report.violations] == [(ENTRY,)]


def test_violations_are_sorted_errors_first(shapes):
    """The same order each time: severity, shape, focus, constraint, value."""
    changes = (
        "- <list/fedllm> dcterms:license *",
        "+ <person/pascal-bouvry> foaf:name 'P. Bouvry'",
        "- <person/maria-hartmann> foaf:name *",
        "- <entry/fedllm/ba9876543210> fkg:line *",
    )
    found = check(broken(*changes), shapes).violations
    assert found == check(broken(*reversed(changes)), shapes).violations
    assert [(v.severity, v.shape.removeprefix(SHAPES), v.constraint) for v in found] == [
        ("error", "line", "MinCount"),
        ("error", "personName", "MinCount"),
        ("error", "personName", "MaxCount"),
        ("warning", "licence", "MinCount"),
    ]


def test_a_warning_alone_leaves_the_graph_conforming(shapes):
    """It is reported, and says so, but nothing refuses to publish."""
    report = check(case("licence", "MinCount"), shapes)
    assert report.conforms
    assert render(report).startswith("The graph conforms to its shapes: 1 warning.\n")


def test_a_report_reads_as_sentences(shapes):
    """What is wrong, at which node, and which line of which list to mend."""
    changes = (
        "- <paper/arxiv-2402.11505> dcterms:title *",
        "+ <paper/acl-2023.acl-long.193> fkg:ieeeDocumentId '007'",
    )
    assert render(check(broken(*changes), shapes)) == (
        "The graph does not conform to its shapes: 2 errors.\n"
        "\n"
        "error: An IEEE document number is a string of five or more digits without leading zeros.\n"
        "  at <https://w3id.org/fedkg/paper/acl-2023.acl-long.193>, fkg:ieeeDocumentId, “007”\n"
        "  no entry of a list stands behind it\n"
        "\n"
        "error: A paper or list has exactly one title, a plain string that is not empty.\n"
        "  at <https://w3id.org/fedkg/paper/arxiv-2402.11505>, dcterms:title\n"
        "  mend fedllm-areas, line 29: FlexLoRA\n"
    )


def test_a_report_shows_three_places_and_counts_the_rest():
    """A venue of two hundred papers does not fill the screen."""
    places = tuple(Place("fm-fl", line, f"Paper {line}") for line in range(1, 6))
    violation = Violation("urn:x", None, None, "Wrong.", "error", SHAPES + "x", "In", places)
    assert render(Report(False, (violation,))) == (
        "The graph does not conform to its shapes: 1 error.\n"
        "\n"
        "error: Wrong.\n"
        "  at <urn:x>\n"
        "  mend fm-fl, line 1: Paper 1\n"
        "  mend fm-fl, line 2: Paper 2\n"
        "  mend fm-fl, line 3: Paper 3\n"
        "  and 2 more entries\n"
    )


def test_a_place_without_a_line_is_the_list():
    """Line 0 stands for the list as a whole."""
    assert str(Place("fm-fl", 0, "Awesome")) == "the list fm-fl: Awesome"


def test_a_place_without_a_title_ends_with_its_line():
    """No colon promises words that do not follow."""
    assert str(Place("fm-fl", 7, "")) == "fm-fl, line 7"


def test_a_missing_file_is_one_sentence(tmp_path):
    """It names the file and says what to do."""
    with pytest.raises(InputError, match=r"gone\.nq cannot be read .*: name another file\.$"):
        validate(tmp_path / "gone.nq", resources.shapes_file())


def test_a_file_that_is_no_rdf_is_one_sentence(tmp_path):
    """It names the file, and the parser's line and column."""
    path = tmp_path / "graph.nq"
    path.write_text("<urn:a> <urn:b> <urn:c> .\nnonsense\n")
    with pytest.raises(InputError, match=r"graph\.nq is not valid RDF.*line 2"):
        validate(path, resources.shapes_file())


def test_shapes_that_are_no_shacl_are_one_sentence(nquads, tmp_path):
    """The reason is pyshacl's; the remedy is to mend the shapes."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix fkg: <https://w3id.org/fedkg/ontology#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass fkg:Paper ; sh:property <urn:p> .\n"
        "<urn:p> a sh:PropertyShape ; sh:path 'title' ; sh:minCount 1 .\n"
    )
    with pytest.raises(InputError, match=r"^The shapes cannot be used, mend them: "):
        validate(nquads, path)
