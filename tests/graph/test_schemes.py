"""Graphs from Turtle files: they move with the base, and a bad file is one sentence."""

import pytest

from fedkg import resources
from fedkg.config import DEFAULT_BASE
from fedkg.errors import InputError
from fedkg.graph.schemes import dataset_lines, turtle_lines

A = "@prefix a: <http://a.example/> .\n"


def lines_of(folder, turtle, base="http://b.example/"):
    file = folder / "some.ttl"
    file.write_bytes(turtle if isinstance(turtle, bytes) else turtle.encode())
    return sorted(turtle_lines(file, "graph/some", base))


def test_literals_keep_language_and_datatype(tmp_path):
    """A plain string and an xsd:string are the same."""
    turtle = A + 'a:s a:p "x"@en, "y", 7, "z"^^<http://www.w3.org/2001/XMLSchema#string> .'
    values = [line.split(" ")[2] for line in lines_of(tmp_path, turtle)]
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert values == [f'"7"^^{integer}', '"x"@en', '"y"', '"z"']


def test_things_move_with_the_base_and_the_ontology_stays(tmp_path):
    """Terms are everybody's; things are the operator's."""
    turtle = f"<{DEFAULT_BASE}technique/lora> <{DEFAULT_BASE}ontology#p> <{DEFAULT_BASE}ontology> ."
    assert lines_of(tmp_path, turtle) == [
        f"<http://b.example/technique/lora> <{DEFAULT_BASE}ontology#p> <{DEFAULT_BASE}ontology> "
        "<http://b.example/graph/some> .\n"
    ]


@pytest.mark.parametrize(
    "turtle",
    [
        A + "a:s a:p",
        A + "a:s a:p a:o",
        "nonsense",
        b"\xff\xfe",
        A + "a:s a:p _:blank .",
        A + "a:s a:p [] .",
        A + "a:s a:p <relative> .",
        A + "a:s a:p <javascript:alert(1)> .",
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path, turtle):
    """It names the file and says what to do."""
    with pytest.raises(InputError) as refused:
        lines_of(tmp_path, turtle)
    sentence = str(refused.value)
    assert sentence.startswith(str(tmp_path / "some.ttl"))
    assert sentence.endswith((": restore it.", ": give it an IRI.", ": write its whole address."))
    assert "\n" not in sentence


def test_a_missing_file_is_one_sentence(tmp_path):
    """A checkout may be incomplete."""
    with pytest.raises(InputError, match="restore it"):
        list(turtle_lines(tmp_path / "none.ttl", "graph/some", DEFAULT_BASE))


def test_the_files_that_ship_can_be_used():
    """They hold no blank node and no relative IRI."""
    for name in ("fedkg.ttl", "techniques.ttl"):
        lines = list(turtle_lines(resources.ontology_dir() / name, "graph/x", DEFAULT_BASE))
        assert len(lines) > 100


def test_the_dataset_names_its_parts_and_sources():
    """VoID for machines: the graphs, the lists and the licence, and nothing of this build."""
    lines = "".join(dataset_lines(["one", "two"], ["openalex"], DEFAULT_BASE))
    for name in ("papers", "list/one", "list/two", "facts/openalex", "ontology"):
        assert f"subset> <{DEFAULT_BASE}graph/{name}>" in lines
    assert f"source> <{DEFAULT_BASE}list/two>" in lines
    assert "publicdomain/zero" in lines
