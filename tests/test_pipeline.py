"""build(): five lists become one published graph, the same everywhere, or nothing at all."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys

import pyoxigraph
import pytest

from fedkg import resources
from fedkg.config import settle
from fedkg.errors import GraphDirectoryError, InputError
from fedkg.model import PaperList
from fedkg.pipeline import build, shipped
from fedkg.read import Source, given_sources
from fedkg.store.builds import GraphDirectory

LIST = """\
# My papers

## Prompt Tuning

- [FedBPT: Federated Black-box Prompt Tuning](https://arxiv.org/abs/2310.01467) [ICML 2024]
"""
STRICTER = """
fks:NoBlackBoxes a sh:NodeShape ;
    sh:targetClass fkg:Paper ;
    sh:property [ sh:path dcterms:title ; sh:pattern "^((?!Black-box).)*$" ;
                  sh:message "A title names no black box." ] .
"""


def settings_of(folder, **flags):
    """Return settings that know nothing but the graph directory and the flags."""
    return settle({"dir": str(folder), **flags}, {}, folder.parent)


def given(*names, slug=None):
    """Return the sources of lists that a person names."""
    return given_sources(names, resources.data_dir() / "lists.toml", resources.lists_dir(), slug)


def run(*arguments, path=None, **environment):
    """Run fedkg as a process, with a checkout of its own if `path` says so."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("FEDKG_")}
    more = {"PYTHONPATH": str(path)} if path else {}
    return subprocess.run(
        [sys.executable, "-m", "fedkg", *map(str, arguments)],
        env=inherited | more | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def my_list(tmp_path):
    """A list that does not ship with fedkg."""
    file = tmp_path / "my-list.md"
    file.write_text(LIST, encoding="utf-8")
    return file


# ---------------------------------------------------------------- the five lists


def test_every_row_of_the_five_lists_is_read(five_list_graph):
    """396 rows, none of which failed; fm-fl holds the rows that its headings announce."""
    report = json.loads((five_list_graph / "current" / "report.json").read_text())
    assert report["figures"]["lists"] == 5
    assert report["figures"]["entries"] == 396
    assert report["figures"]["failures"] == 0
    (fm_fl,) = (one for one in report["lists"] if one["slug"] == "fm-fl")
    assert "section-count" not in fm_fl["findings"]


def test_the_published_build_describes_itself(five_list_graph):
    """The build id is the digest of the graph, and meta.json and report.json tell one story."""
    current = (five_list_graph / "current").resolve()
    content = (current / "graph.nq").read_bytes()
    meta = json.loads((current / "meta.json").read_text())
    report = json.loads((current / "report.json").read_text())
    assert current.name == meta["build"] == hashlib.sha256(content).hexdigest()
    assert meta["validated"] is True
    assert meta["figures"] == report["figures"]
    assert meta["triples"] == sum(report["triples"].values()) == content.count(b"\n")


def test_the_graph_is_sorted_and_readable(five_list_graph):
    """Lines in the order of their bytes, each once, each a quad to another parser."""
    content = (five_list_graph / "current" / "graph.nq").read_bytes()
    lines = content.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    quads = list(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_QUADS))
    assert len({quad.triple for quad in quads}) == len(lines)
    assert not any(isinstance(quad.subject, pyoxigraph.BlankNode) for quad in quads)


def test_the_graph_is_the_same_in_every_process_and_order(five_list_graph, tmp_path):
    """Neither the seed of hashes nor the order of the lists changes a byte."""
    paths = [source.path for source in shipped()]
    expected = (five_list_graph / "current" / "graph.nq").read_bytes()
    for seed, order in (("1", paths[::-1]), ("2", paths[2:] + paths[:2])):
        folder = tmp_path / seed
        done = run("build", "--no-validate", "--dir", folder, *order, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        assert (folder / "current" / "graph.nq").read_bytes() == expected


# ---------------------------------------------------------------- other lists


def test_stages_come_in_order(my_list, tmp_path):
    """Who waits is told what for."""
    stages = []
    build(given(str(my_list)), settings_of(tmp_path / "graph"), progress=stages.append)
    assert stages == ["reading", "resolving", "writing", "validating", "dumping", "publishing"]


def test_dumps_are_written_of_a_large_graph_where_it_is_asked_for(my_list, tmp_path, monkeypatch):
    """Of a small one always; a build of the same graph without them takes them."""
    monkeypatch.setattr("fedkg.pipeline.LARGE", 10)
    monkeypatch.setattr("fedkg.pipeline.Indexer.finish", lambda *_: None)
    settings = settings_of(tmp_path / "graph")
    plain = build(given(str(my_list)), settings).build
    assert not plain.dumps.exists()
    dumped = build(given(str(my_list)), settings, dumped=True).build
    assert dumped.id == plain.id
    assert sorted(file.name for file in dumped.dumps.iterdir()) == [
        *("dumps.json", "graph.nq.gz", "graph.ttl.gz")
    ]


def test_a_list_by_path_is_known_by_its_file(my_list, tmp_path):
    """Its title is its first heading."""
    built = build(given(str(my_list)), settings_of(tmp_path / "graph"))
    graph = built.build.graph.read_text(encoding="utf-8")
    subject = "<https://w3id.org/fedkg/list/my-list>"
    assert f'{subject} <http://purl.org/dc/terms/title> "My papers"' in graph
    assert hashlib.sha256(LIST.encode()).hexdigest() in graph
    assert "<https://w3id.org/fedkg/paper/arxiv-2310.01467>" in graph


def test_a_list_on_standard_input_gives_the_same_graph(my_list, tmp_path, monkeypatch):
    """Only its name has to be given."""
    by_path = build(given(str(my_list)), settings_of(tmp_path / "graph"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    by_pipe = build(given("-", slug="my-list"), settings_of(tmp_path / "other"))
    assert by_pipe.build.id == by_path.build.id
    assert by_pipe.build.path != by_path.build.path


def test_an_empty_list_is_a_graph_too(tmp_path):
    """It says that the list was read and held nothing."""
    empty = tmp_path / "empty.md"
    empty.touch()
    built = build(given(str(empty)), settings_of(tmp_path / "graph"))
    assert built.failures == ()
    assert built.triples > 0
    assert built.summary.startswith("1 lists, 0 entries, 0 rows that could not be read\n")


def test_another_base_is_another_build(my_list, tmp_path):
    """The base is in meta.json, so that pages know what is theirs."""
    here = build(given(str(my_list)), settings_of(tmp_path / "graph"))
    flags = {"base-iri": "http://localhost:8000/kg/"}
    there = build(given(str(my_list)), settings_of(tmp_path / "graph", **flags))
    assert there.build.id != here.build.id
    assert there.build.meta["base"] == "http://localhost:8000/kg/"
    assert there.triples == here.triples


def test_a_row_that_fails_does_not_stop_the_build(tmp_path):
    """It is in the report, with its list and line."""
    file = tmp_path / "zoo.md"
    file.write_text(LIST + "- [](https://arxiv.org/abs/2401.00001)\n", encoding="utf-8")
    built = build(given(str(file)), settings_of(tmp_path / "graph"))
    (failure,) = built.failures
    assert (failure.list, failure.line) == ("zoo", 6)
    report = json.loads(built.build.report.read_text(encoding="utf-8"))
    assert [(row["list"], row["line"]) for row in report["failures"]] == [("zoo", 6)]


# ---------------------------------------------------------------- nothing at all


def test_a_list_that_cannot_be_opened_leaves_the_old_build_serving(my_list, tmp_path):
    """Nothing is written before every list is read."""
    settings = settings_of(tmp_path / "graph")
    before = build(given(str(my_list)), settings).build
    missing = Source(tmp_path / "none.md", PaperList("none", ""))
    with pytest.raises(InputError, match=r"none\.md cannot be read"):
        build([*given(str(my_list)), missing], settings)
    assert GraphDirectory(settings.directory).current() == before


def test_a_directory_that_cannot_be_used_is_one_sentence(my_list, tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "graph").touch()
    with pytest.raises(GraphDirectoryError):
        build(given(str(my_list)), settings_of(tmp_path / "graph"))


@pytest.fixture(scope="module")
def stricter_checkout(tmp_path_factory):
    """The `src` of a checkout whose shapes refuse titles that hold “Black-box”."""
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copytree(resources.root() / "src" / "fedkg", checkout / "src" / "fedkg")
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(resources.root() / name, checkout / name)
    with (checkout / "shapes" / "fedkg.ttl").open("a", encoding="utf-8") as file:
        file.write(STRICTER)
    return checkout / "src"


def test_a_graph_that_breaks_its_shapes_is_refused(stricter_checkout, my_list, tmp_path):
    """Exit code 1, the list and the line to mend, and no build, old or half, in the directory."""
    done = run("build", "--dir", tmp_path / "graph", my_list, path=stricter_checkout)
    assert done.returncode == 1
    assert "Nothing was published." in done.stderr
    assert "A title names no black box." in done.stderr
    assert "my-list, line 5: FedBPT: Federated Black-box Prompt Tuning" in done.stderr
    assert "Traceback" not in done.stderr
    assert GraphDirectory(tmp_path / "graph").current() is None
    assert [path.name for path in (tmp_path / "graph").iterdir()] == [".lock"]


def test_a_refused_graph_leaves_the_old_build_serving(stricter_checkout, my_list, tmp_path):
    """A reader sees the graph that conformed."""
    other = tmp_path / "other.md"
    other.write_text(LIST.replace("Black-box", "White-box"), encoding="utf-8")
    first = run("build", "--dir", tmp_path / "graph", other, path=stricter_checkout)
    assert first.returncode == 0, first.stderr
    before = GraphDirectory(tmp_path / "graph").current()
    assert (
        run("build", "--dir", tmp_path / "graph", my_list, path=stricter_checkout).returncode == 1
    )
    assert GraphDirectory(tmp_path / "graph").current() == before is not None


def test_without_validation_the_same_graph_is_published_and_says_so(
    stricter_checkout, my_list, tmp_path
):
    """Loudly on standard error, and for good in meta.json."""
    done = run(
        "build", "--no-validate", "--dir", tmp_path / "graph", my_list, path=stricter_checkout
    )
    assert done.returncode == 0
    assert "NOT VALIDATED" in done.stderr
    published = GraphDirectory(tmp_path / "graph").current()
    assert published is not None
    assert published.meta["validated"] is False
