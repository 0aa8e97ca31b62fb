"""`fedkg lint`: what it prints where, and with which exit code."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fedkg.cli import main

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "linter.md").read_text()
LIST = "# Mine\n\n- [A Title that has some words](https://arxiv.org/pdf/2401.00001)\n"
WARNED = "## Papers (3)\n\n- [A Title that has some words](https://arxiv.org/abs/2401.00001)\n"
WRONG = "- [Another Work that has other words]()\n"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """Every command runs in an empty folder."""
    monkeypatch.chdir(tmp_path)


def run(*arguments, **more):
    return CliRunner().invoke(main, ["lint", *arguments], prog_name="fedkg", **more)


def written(text, name="mine.md"):
    Path(name).write_text(text)
    return name


@pytest.mark.parametrize(
    ("text", "flags", "code"),
    [
        (LIST, [], 0),
        (LIST, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (WRONG, [], 1),
    ],
)
def test_the_exit_code_tells_whether_there_is_an_error(text, flags, code):
    """A warning counts only with --strict."""
    result = run(written(text), *flags)

    assert result.exit_code == code
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.md"], "The list missing.md cannot be read"),
        (["-"], "give it one with --slug"),
        ([], "Missing argument 'LIST'"),
        (["mine.md", "--format", "html"], "'html' is not one of"),
        (["mine.md", "--against", "nowhere"], "nowhere holds no graph"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(arguments, sentence):
    """Nothing goes to standard output."""
    written(LIST)
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_standard_input_is_a_list_with_a_slug():
    """Its findings are those of "stdin"."""
    result = run("-", "--slug", "mine", "--format", "json", input=WRONG)

    assert [row["file"] for row in json.loads(result.stdout)] == ["stdin"]


def test_colours_are_for_terminals_only():
    """A pipe gets none."""
    assert "\x1b" not in run(written(WRONG)).stdout
    coloured = run(written(WRONG), color=True).stdout
    assert click.unstyle(coloured) == run(written(WRONG)).stdout != coloured
    assert "\x1b" not in run(written(WRONG), color=True, env={"NO_COLOR": "1"}).stdout


def test_fix_mends_the_file_says_what_it_changed_and_lints_the_rest():
    """The changes go to standard error, so that standard output stays a report."""
    result = run(written(LIST + WRONG), "--fix", "--format", "json")

    assert Path("mine.md").read_text() == (LIST + WRONG).replace("/pdf/", "/abs/")
    assert result.stderr == (
        "mine.md:3: https://arxiv.org/pdf/2401.00001 → https://arxiv.org/abs/2401.00001\n"
    )
    assert [row["kind"] for row in json.loads(result.stdout)] == ["empty-link"]
    assert result.exit_code == 1


def test_fix_leaves_a_file_with_nothing_to_mend_untouched():
    """It is not even written anew."""
    name = written(WARNED)
    before = Path(name).stat()

    assert run(name, "--fix").stderr == ""
    after = Path(name).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_fix_of_standard_input_writes_the_list_to_standard_output():
    """Changes and findings go to standard error."""
    content = LIST.replace("\n", "\r\n").encode() + b"\xff"
    result = run("-", "--slug", "mine", "--fix", input=content)

    assert result.stdout_bytes == content.replace(b"/pdf/", b"/abs/")
    assert result.stderr.endswith("stdin: 1 entry, nothing to mend\n")


def test_diff_shows_what_fix_would_change_and_changes_nothing():
    """As a unified diff."""
    name = written(LIST)
    result = run(name, "--diff")

    assert result.exit_code == 0
    assert result.stdout.startswith("--- mine.md\n+++ mine.md\n@@ ")
    assert "\n+- [A Title that has some words](https://arxiv.org/abs/2401.00001)\n" in result.stdout
    assert Path(name).read_text() == LIST


def test_a_list_is_compared_with_the_lists_that_ship():
    """`--against shipped` needs no graph."""
    paper = (
        "- [FedPETuning: When Federated Learning Meets the Parameter-Efficient Tuning Methods of "
    )
    text = f"{paper}Pre-trained Language Models](https://arxiv.org/abs/2212.10025) [ICML 2023]\n"
    alone, beside = (
        json.loads(run(written(text), "--format", "json", *more).stdout)
        for more in ([], ["--against", "shipped"])
    )

    assert [row for row in alone if row["kind"] == "venue-conflict"] == []
    (conflict,) = [row for row in beside if row["kind"] == "venue-conflict"]
    assert conflict["line"] == 1
    assert "fedllm:" in conflict["sentence"]


def test_linting_loads_neither_the_server_nor_the_engine_nor_the_validator():
    """A hook must not wait for what it does not use."""
    written(LIST)
    program = (
        "import sys; from fedkg.cli import main; main(['lint', 'mine.md'], standalone_mode=False); "
        "print(sorted({'pyoxigraph', 'pyshacl', 'flask', 'uvicorn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_the_example_of_the_documentation_is_true():
    """The list on the page has the findings and the repairs on the page."""
    listed, *shown = re.findall(
        r"^```(?:markdown|text)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    name = written(listed, "README.md")

    assert run(name).stdout == shown[0]
    assert run(name, "--fix").stderr == shown[1]


def test_the_workflow_to_copy_calls_the_linter_rightly():
    """Each of its commands can be parsed, and its formats are those for GitHub."""
    workflow = (DOCS / "github-actions-lint.yml").read_text()
    calls = re.findall(r"run: fedkg (.*?)(?: >| \|\||$)", workflow, re.MULTILINE)

    formats = []
    for call in calls:
        name, *arguments = shlex.split(call)
        with main.commands[name].make_context(name, arguments) as context:
            formats.append(context.params["format_"])
    assert formats == ["github", "sarif"]
