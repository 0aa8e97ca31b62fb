"""The commands: what they print, where, and with which exit code."""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from importlib.metadata import version

import pytest
from click.testing import CliRunner, Result

from fedkg.cli import main
from fedkg.store.builds import GraphDirectory, build_id_of

LIST = """\
# Awesome things

## LoRA

- [FedFirst: Federated Tuning of Large Models](https://arxiv.org/abs/2401.00001) [EMNLP 2024]
  - *authors*: Ann Author, Bob Builder
  - *datasets*: GSM8K
"""
COUNT = "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a <https://w3id.org/fedkg/ontology#Paper> }"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """Every command runs in an empty folder, with no settings around it."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("FEDKG_")]:
        monkeypatch.delenv(name)


def run(*arguments, **more) -> Result:
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, given, prog_name="fedkg", **more)


def program(*arguments, **more) -> subprocess.CompletedProcess[bytes]:
    """Run fedkg as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "fedkg", *arguments], capture_output=True, timeout=120, **more
    )


def one_sentence(result: Result) -> str:
    """Return the only line on standard error of a command used wrongly."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("fedkg: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("fedkg: ").strip()


@pytest.fixture
def small_graph(once, tmp_path):
    """The graph of a small list, copied into the empty folder."""

    def build(folder):
        built = run("build", "--slug", "mine", "-", "--dir", folder / "graph", input=LIST)
        assert built.exit_code == 0, built.output

    made = once("small-graph", build) / "graph"
    shutil.copytree(made, tmp_path / "fedkg-graph", symlinks=True)
    return GraphDirectory(tmp_path / "fedkg-graph").current()


# ---------------------------------------------------------------- build


def test_build_says_what_it_read_and_where_the_graph_is(tmp_path):
    """Figures and the build's id on standard output, the stages on standard error."""
    (tmp_path / "mine.md").write_text(LIST)

    built = run("build", "mine.md")

    build = GraphDirectory(tmp_path / "fedkg-graph").current()

    assert built.stdout.startswith("1 lists, 1 entries, 0 rows that could not be read\n1 papers ")
    assert built.stdout.endswith(f"build {build.id} in fedkg-graph/{build.id}\n")
    assert build.id == build_id_of(build.graph)
    stages = ["reading", "resolving", "writing", "validating", "dumping", "publishing"]
    assert built.stderr.splitlines()[:-1] == stages
    assert built.stderr.splitlines()[-1].startswith("built in ")


@pytest.mark.parametrize("by", ["flag", "environment"])
def test_the_log_can_be_json(tmp_path, by):
    """One object a line, and standard output stays as it is."""
    (tmp_path / "mine.md").write_text(LIST)
    flags = ["--log-format", "json"] if by == "flag" else []
    environment = {"FEDKG_LOG_FORMAT": "json"} if by == "environment" else {}

    result = run("build", "mine.md", *flags, env=environment)

    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert [line["message"] for line in lines[:2]] == ["reading", "resolving"]
    assert {line["level"] for line in lines} == {"info"}
    assert result.stdout.startswith("1 lists, ")


def test_a_list_on_standard_input_gets_its_name_from_a_flag():
    """`fedkg build --slug mine -`."""
    assert run("build", "--slug", "mine", "-", input=LIST).exit_code == 0

    words = run("why", "arxiv:2401.00001", "dataset")
    assert "fkg:usesDataset = GSM8K (dataset/gsm8k)\n  mine, line 5, under “LoRA”" in words.stdout


def test_a_build_without_validation_says_so_loudly(tmp_path):
    """When it is built, until it was validated after all."""
    (tmp_path / "mine.md").write_text(LIST)

    loud = run("build", "mine.md", "--no-validate")
    assert "NOT VALIDATED" in loud.stderr
    assert "validating" not in loud.stderr
    assert GraphDirectory(tmp_path / "fedkg-graph").current().meta["validated"] is False

    quiet = run("build", "mine.md")
    assert "NOT VALIDATED" not in quiet.stderr
    assert GraphDirectory(tmp_path / "fedkg-graph").current().meta["validated"] is True


def test_rows_that_cannot_be_read_are_named_and_do_not_stop_the_build(tmp_path):
    """List, line and reason, on standard error."""
    (tmp_path / "mine.md").write_text(f"{LIST}- [](https://arxiv.org/abs/2401.00002)\n")

    result = run("build", "mine.md")

    assert result.exit_code == 0
    assert "1 rows that could not be read" in result.stdout
    assert "mine, line 8: a link without a title" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.md"], "The list nowhere.md cannot be read (No such file or directory)"),
        (["-"], "A list on standard input has no name: give it one with --slug."),
        (["--slug", "x"], "--slug names one list: give it with one LIST."),
        (["a/same.md", "b/same.md"], "would both be the list same: rename a file"),
        (["a/same.md", "--slug", "Not A Slug"], "'Not A Slug' is no slug"),
        (["a/same.md", "--dir", "a/same.md"], "The graph directory a/same.md cannot be used"),
        (["a/same.md", "--dir", "a/same.md/x"], "The graph directory a/same.md/x cannot be used"),
        (["a/same.md", "--base-iri", "nowhere"], "base-iri (--base-iri) is 'nowhere'"),
        (["a/same.md", "--nowhere"], "No such option '--nowhere': try fedkg build --help."),
    ],
)
def test_a_build_that_cannot_begin_says_why(tmp_path, arguments, sentence):
    """One sentence, and exit code 2."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.md").write_text(LIST)

    result = run("build", *arguments, "--log-format", "json")

    assert result.exit_code == 2
    assert sentence in result.stderr.splitlines()[-1]
    assert not result.stdout


def test_settings_of_the_folder_count(tmp_path):
    """`fedkg.toml` names another graph directory and base."""
    (tmp_path / "mine.md").write_text(LIST)
    (tmp_path / "fedkg.toml").write_text('dir = "here"\nbase-iri = "http://localhost:8000/"\n')

    assert run("build", "mine.md").exit_code == 0

    asked = run("why", "http://localhost:8000/paper/arxiv-2401.00001", "venue", "--dir", "here")
    assert "\nhttp://localhost:8000/paper/arxiv-2401.00001\n" in asked.stdout


# ---------------------------------------------------------------- query


@pytest.mark.usefixtures("small_graph")
def test_rows_are_csv_and_graphs_are_turtle():
    """Unless another format is asked for."""
    assert run("query", "-", input=COUNT).stdout.split() == ["n", "1"]
    assert run("query", "-", input="ASK {}").stdout == "true"
    graph = run("query", "-", input="CONSTRUCT WHERE { ?p a <http://xmlns.com/foaf/0.1/Person> }")
    assert "@prefix foaf:" in graph.stdout
    as_json = run("query", "-", "--format", "json", input=COUNT)
    assert json.loads(as_json.stdout)["results"]["bindings"][0]["n"]["value"] == "1"


def test_an_example_is_called_by_its_name_and_filled_in(five_list_graph):
    """`-p` puts a value in, whatever characters it holds."""
    example = ["query", "users-of-a-dataset", "--dir", five_list_graph]

    rows = list(csv.DictReader(io.StringIO(run(*example).stdout)))
    none = run(*example, "-p", 'name=no " } such { \\ one')

    assert "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models" in {
        row["title"] for row in rows
    }
    assert none.stdout.splitlines() == ["paper,title,year,authors,stating,total"]


@pytest.mark.usefixtures("small_graph")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no-such-example"], "There is no example query no-such-example: there are authors-by-"),
        (["users-of-a-dataset", "-p", "name"], "-p name gives no value: write -p NAME=VALUE."),
        (["users-of-a-dataset", "-p", "who=me"], "has no parameter who: it has name."),
        (["nowhere.rq"], "nowhere.rq cannot be read (No such file or directory): check the path."),
        (["latin.rq"], "latin.rq is not UTF-8 at byte 9: save it as UTF-8."),
        (["latin.rq", "-p", "a=b"], "-p goes with an example by its name"),
        (["bad.rq"], "The query is not valid SPARQL: "),
        (["update.rq"], "Only queries are answered here: updates, LOAD among them, are refused."),
        (["service.rq"], "SERVICE is refused"),
        (["good.rq", "--format", "turtle"], "Rows cannot be written as text/turtle: choose CSV"),
        (["good.rq", "--format", "word"], "Invalid value for '--format'"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(tmp_path, arguments, sentence):
    """One sentence with the engine's own words, and exit code 2."""
    (tmp_path / "latin.rq").write_bytes(b"SELECT # \xe9")
    (tmp_path / "bad.rq").write_text("SELECT ?p WHERE { ?p a }")
    (tmp_path / "update.rq").write_text("CLEAR ALL")
    (tmp_path / "service.rq").write_text("SELECT * { SERVICE <http://example.org/> {} }")
    (tmp_path / "good.rq").write_text(COUNT)

    assert sentence in one_sentence(run("query", *arguments))


@pytest.mark.usefixtures("small_graph")
def test_the_engines_message_names_the_place():
    """Line and column of what was not expected."""
    assert "error at 1:25" in one_sentence(run("query", "-", input="SELECT ?p WHERE { ?p a }"))


def test_a_reader_that_has_seen_enough_is_no_error(five_list_graph):
    """`fedkg query … | head -1` ends quietly."""
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    command = [sys.executable, "-m", "fedkg", "query", "-", "--dir", str(five_list_graph)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asked:
        asked.stdin.write(everything.encode())
        asked.stdin.close()
        assert asked.stdout.readline() == b"s,p,o\r\n"
        asked.stdout.close()
        errors = asked.stderr.read()

    assert (asked.returncode, errors) == (0, b"")


# ---------------------------------------------------------------- why, stats, validate, config


@pytest.mark.usefixtures("small_graph")
def test_why_prints_the_paper_the_statement_and_the_words():
    """Title, IRI, then each statement above list, line, heading and words."""
    assert run("why", "FedFirst", "venue").stdout == (
        "FedFirst: Federated Tuning of Large Models\n"
        "https://w3id.org/fedkg/paper/arxiv-2401.00001\n\n"
        "fkg:venue = EMNLP (venue/emnlp)\n"
        "  mine, line 5, under “LoRA”\n"
        "    venueAsListed: EMNLP 2024\n"
        "    linkAsListed: https://arxiv.org/abs/2401.00001\n"
    )


@pytest.mark.usefixtures("small_graph")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["FedSecond", "venue"], "No paper is called 'FedSecond'"),
        (["FedFirst", "vnue"], "There is no property 'vnue': do you mean fkg:venue?"),
        (["FedFirst", "venue", "ACL"], "fkg:venue of that paper is not 'ACL': it is EMNLP"),
        (["FedFirst"], "Missing argument 'PROPERTY': try fedkg why --help."),
    ],
)
def test_why_of_something_unknown_says_what_there_is(arguments, sentence):
    """Nothing on standard output, one sentence on standard error."""
    assert sentence in one_sentence(run("why", *arguments))


def test_stats_gives_each_figure_with_what_it_is_out_of(five_list_graph):
    """Absence is not zero: of how many papers are datasets known?"""
    lines = run("stats", "--dir", five_list_graph).stdout.splitlines()

    papers = int(lines[0].split()[0])
    assert lines[0].endswith(" papers in 5 lists")
    datasets = next(line for line in lines if " datasets, " in line)
    assert datasets.endswith(f" of {papers} papers")
    assert GraphDirectory(five_list_graph).current().id in lines[-1]


def test_validate_gives_its_verdict(small_graph):
    """Exit code 0 when the graph conforms, 1 when it does not, with the entry to mend."""
    assert run("validate").stdout == "The graph conforms to its shapes.\n"

    graph = small_graph.graph
    lines = graph.read_text().splitlines(keepends=True)
    graph.write_text("".join(line for line in lines if "#titleAsListed>" not in line))
    broken = run("validate")

    assert broken.exit_code == 1
    assert broken.stdout.startswith("The graph does not conform to its shapes: ")
    assert "  mend mine, line 5" in broken.stdout


def test_config_tells_where_each_value_came_from(tmp_path):
    """A flag, the environment, the file, or the default."""
    (tmp_path / "fedkg.toml").write_text('host = "::1"\n')

    result = run("config", "--dir", "there", env={"FEDKG_PORT": "8080"})

    assert result.stdout.splitlines() == [
        "dir = there  (--dir)",
        "base-iri = https://w3id.org/fedkg/  (default)",
        "host = ::1  (fedkg.toml)",
        "port = 8080  (FEDKG_PORT)",
        "deadline = 10  (default)",
        "max-answer = 64  (default)",
        "max-memory = 2048  (default)",
        "fast = 0  (default)",
        "slow = 2  (default)",
        "queue = 64  (default)",
        "cache = 64  (default)",
        "trusted-proxy = none  (default)",
        "root-path = /  (default)",
        "contact = none  (default)",
        "log-format = text  (default)",
    ]


# ---------------------------------------------------------------- what holds for all of them


@pytest.mark.parametrize("command", [["query", "-"], ["why", "a", "b"], ["validate"], ["stats"]])
def test_without_a_graph_a_command_says_how_to_make_one(command):
    """Nothing is built behind a question."""
    sentence = one_sentence(run(*command, input="ASK {}"))

    assert sentence == "fedkg-graph holds no graph yet: run fedkg build."


@pytest.mark.parametrize(
    "command", [["query", "-"], ["why", "a", "b"], ["validate"], ["stats"], ["serve"]]
)
def test_a_graph_of_another_format_is_refused(small_graph, command):
    """Also by `serve`, which builds only where there is nothing."""
    meta = small_graph.path / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "format": 99}))

    sentence = one_sentence(run(*command, input="ASK {}"))

    assert "holds a graph of format 99" in sentence
    assert sentence.endswith(": run fedkg build.")


@pytest.mark.usefixtures("small_graph")
def test_a_taken_port_is_one_sentence():
    """It names the port and the remedy."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = one_sentence(run("serve", "--port", port))

    assert sentence.startswith(f"Port {port} on 127.0.0.1 is taken: ")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.ttl", None, "missing.ttl cannot be read"),
        ("bad.ttl", "<a> <b>", "bad.ttl is not valid RDF"),
        ("data.csv", "a,b", "data.csv has no known RDF extension"),
    ],
)
def test_files_that_cannot_be_served_say_why(tmp_path, name, content, sentence):
    """`serve --data` names the file."""
    if content is not None:
        (tmp_path / name).write_text(content)

    assert sentence in one_sentence(run("serve", "--data", name))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["nonsense"], "No such command 'nonsense'"), (["stats", "--prot"], "No such option")],
)
def test_a_misspelt_command_points_to_the_help(arguments, sentence):
    """One sentence, not a page."""
    wrong = one_sentence(run(*arguments))

    assert sentence in wrong
    assert wrong.endswith(" --help.")


def test_arguments_that_are_not_utf8_are_refused():
    """Bytes of another encoding end in a sentence, not in a traceback."""
    done = program("why", b"caf\xe9", "venue")

    assert done.returncode == 2
    assert b"is not UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_of_another_encoding_gets_escapes(five_list_graph):
    """Curly quotes that it cannot show are written by their number."""
    done = program(
        *("why", "FedKSeed", "venue", "--dir", str(five_list_graph)),
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )

    assert done.returncode == 0
    assert b"under \\u201cPreprints" in done.stdout


def test_the_version_is_that_of_the_package():
    """`fedkg --version`."""
    assert run("--version").stdout == f"fedkg {version('fedkg')}\n"


def test_fedkg_is_also_a_module():
    """`python -m fedkg` is `fedkg`."""
    assert program("--help").stdout.startswith(b"Usage: ")
