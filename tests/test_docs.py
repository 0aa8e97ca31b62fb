"""The documentation is true: commands run, answers are the graph's, links lead somewhere.

An answer stands in a `text` block below the `sh` block of its command. A line `…` in it stands for
any number of lines. When the graph changes on purpose, copy the new answer into the page.
"""

import re
import shlex
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import click
import pytest
from click.testing import CliRunner

from fedkg.cli import main
from fedkg.config import SETTINGS
from fedkg.queries import example_queries
from fedkg.why.properties import EXPLAINED

CHECKOUT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md"), CHECKOUT / "data" / "LICENSE.md"]
)
README = (CHECKOUT / "README.md").read_text()
COMMANDS = (CHECKOUT / "docs" / "commands.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the fenced blocks of a page as (language, content)."""
    return [(match[1], match[2]) for match in BLOCK.finditer(text)]


def answered() -> list[tuple[str, str]]:
    """Return the commands of the README that have their answer below them."""
    found = blocks(README)
    return [
        (command, answer)
        for (language, command), (below, answer) in pairwise(found)
        if (language, below) == ("sh", "text")
    ]


def commands() -> dict[str, click.Command]:
    """Return every command by what is typed: `build`, and `wikidata check` of a group."""
    found: dict[str, click.Command] = {}
    for name, command in main.commands.items():
        below = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {other}": one for other, one in below.items()} or {name: command}
    return found


def fedkg_lines() -> list[str]:
    """Return every line of a page's `sh` blocks that calls fedkg."""
    return sorted(
        {
            line.partition("#")[0].strip()
            for page in PAGES
            for language, content in blocks(page.read_text())
            if language == "sh"
            for line in content.splitlines()
            if line.startswith("fedkg ")
        }
    )


def without_code(text: str) -> str:
    """Return a page without its code, in which a link is an example."""
    return re.sub(r"`[^`]*`", "", BLOCK.sub("", text))


def same(answer: str, shown: str) -> bool:
    """Tell whether an answer is what a page shows, `…` standing for any lines."""
    lines = [".*" if line == "…" else re.escape(line) for line in shown.splitlines()]
    return re.fullmatch("\n".join(lines), answer.strip("\n"), re.DOTALL) is not None


@pytest.fixture(scope="module")
def address(five_list_graph):
    """The address of a server of the five lists."""
    command = [sys.executable, "-m", "fedkg", "serve", "--port", "0", "--dir", five_list_graph]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline()
        yield re.search(r"http://[^/\s]+", line)[0]
        server.terminate()


def curl(command: str, address: str) -> str:
    """Return what `curl -s ADDRESS -H … --data-urlencode …` prints, asking another address."""
    program, silent, url, _, header, _, data = shlex.split(command)
    assert (program, silent) == ("curl", "-s")
    name, _, value = header.partition(": ")
    form = urlencode([tuple(data.split("=", 1))]).encode()
    asked = Request(f"{address}{urlsplit(url).path}", data=form, headers={name: value})
    with urlopen(asked, timeout=30) as answer:
        return answer.read().decode().replace("\r\n", "\n")


def test_the_readme_asks_one_question_with_curl_and_gives_the_real_answer(address):
    """A reader who copies the command gets what the page shows, denominator included."""
    ((command, shown),) = [pair for pair in answered() if pair[0].startswith("curl ")]

    answer = curl(command, address)

    assert same(answer, shown), answer
    assert shown.startswith("title,stating,total\n")


@pytest.mark.parametrize(
    ("command", "shown"),
    [pair for pair in answered() if not pair[0].startswith("curl ")],
    ids=lambda text: text.splitlines()[0],
)
def test_the_readme_shows_the_real_answer_of_each_command(command, shown, five_list_graph):
    """`why` and `stats` print what the page shows."""
    _, *arguments = shlex.split(command)

    result = CliRunner().invoke(main, [*arguments, "--dir", str(five_list_graph)])

    assert same(result.stdout, shown), result.stdout


def test_the_first_screen_has_the_two_commands():
    """`make serve` and `make test`, targets of the Makefile, come before anything else to run."""
    makefile = (CHECKOUT / "Makefile").read_text()
    _, first = blocks(README)[0]

    targets = re.findall(r"^make (\w+)", first, re.MULTILINE)

    assert targets == ["serve", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    assert README[: README.index(first)].count("\n") < 15


@pytest.mark.parametrize("line", fedkg_lines())
def test_every_fedkg_line_of_the_pages_can_be_parsed(line):
    """Command, options and number of arguments are right."""
    typed = line.removeprefix("fedkg ")
    name = next(name for name in commands() if f"{typed} ".startswith(f"{name} "))

    arguments = shlex.split(typed.removeprefix(name))

    with commands()[name].make_context(name, arguments) as context:
        assert context.params


@pytest.mark.parametrize("line", [line for line in fedkg_lines() if " query " in line])
def test_every_example_query_of_the_pages_finds_something(line, five_list_graph):
    """Also with the values that a page puts in."""
    _, *arguments = shlex.split(line)

    result = CliRunner().invoke(main, [*arguments, "--dir", str(five_list_graph)])

    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) > 1 or "value" in result.stdout


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented_and_has_help_with_an_example(name):
    """In docs/commands.md with all its options; in its help with a line to copy."""
    command = commands()[name]
    shown = CliRunner().invoke(main, [*name.split(), "--help"], prog_name="fedkg").stdout

    assert command.help
    assert re.search(rf"^  Examples:\n    .*\bfedkg {name}\b", shown, re.MULTILINE)
    assert f"| `fedkg {name}" in COMMANDS
    options = [p for p in command.params if isinstance(p, click.Option) and p.name != "help"]
    for option in options:
        assert option.help, option.name
        assert any(f"`{flag}" in COMMANDS for flag in option.opts), option.opts


def test_every_setting_is_documented_with_its_default():
    """Flag, variable and default stand in one row."""
    for name, setting in SETTINGS.items():
        variable = f"FEDKG_{name.upper().replace('-', '_')}"
        assert f"| {name} | `--{name}` | `{variable}` | `{setting.default}` |" in COMMANDS


def test_every_property_that_why_explains_is_documented():
    """By its prefixed name, or as that of an identifier."""
    section = COMMANDS[COMMANDS.index("## why") : COMMANDS.index("## Settings")]
    words = set(re.findall(r"\w+", section))

    for explained in EXPLAINED:
        assert f"`{explained.name}`" in section or words & set(explained.names), explained.name


def test_every_example_query_is_documented():
    """docs/queries.md has a row with name, title, question and parameters of each."""
    page = (CHECKOUT / "docs" / "queries.md").read_text()

    for query in example_queries():
        parameters = "; ".join(f"`{p.name}`, {p.explanation}" for p in query.parameters) or "none"
        assert f"| `{query.name}` | **{query.title}.** {query.question} | {parameters} |" in page
    assert page.count("\n| `") == len(example_queries())


def test_the_changelog_has_the_version():
    """The newest heading is the version of pyproject.toml."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    newest = re.search(r"^## (\S+)", (CHECKOUT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert newest[1] == project["version"]


def test_the_changelog_counts_the_example_queries():
    """It says how many there are."""
    text = (CHECKOUT / "CHANGELOG.md").read_text()

    assert f"one of {len(example_queries())} example queries" in " ".join(text.split())


def test_every_decision_is_listed():
    """docs/adr/README.md leads to each record; a record has context, decision, consequences."""
    folder = CHECKOUT / "docs" / "adr"
    listed = " ".join((folder / "README.md").read_text().split())
    records = sorted(folder.glob("0*.md"))

    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text()
        assert f"[{text.splitlines()[0].removeprefix('# ')}]({record.name})" in listed
        found = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
        assert found == ["Context", "Decision", "Consequences"], record.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_link_inside_the_project_leads_somewhere(page):
    """Files and folders that pages name by a relative link are there."""
    targets = [urlsplit(link) for link in LINK.findall(without_code(page.read_text()))]
    inside = [target.path for target in targets if not target.scheme and target.path]

    assert [path for path in inside if not (page.parent / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_file_that_a_page_names_is_there(page):
    """Paths in code spans, such as `data/lists.toml`; a star stands for any name."""
    tops = ("data/", "docs/", "ontology/", "shapes/", "src/", "tests/", "benchmarks/")
    spans = re.findall(r"`([^`\s<>…]+)`", page.read_text())

    for path in (span for span in spans if span.startswith(tops)):
        assert any(CHECKOUT.glob(path.rstrip("/"))), path
