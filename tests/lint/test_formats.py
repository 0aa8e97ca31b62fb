"""What the formats print: the right words in the right places, and nothing a list could slip in."""

import json

import click
import pytest

from fedkg.lint import FORMATS, Linted, visible
from fedkg.model import FINDING_KINDS, Finding, Severity

EMPTY = "- [A Title that has some words]()\n"
HOSTILE = (
    "- [Red \x1b[31m text \u202egnol \\[click\\](javascript:alert) {0} <b>x</b> 100% a:b,c]()\n"
    "- [Second ::error file=x::y title of a work]()\n"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def test_a_person_reads_file_line_severity_kind_and_sentence(linted):
    """The line itself stands below; the last line sums up."""
    text = click.unstyle(FORMATS["human"](linted(f"# Mine\n\n{EMPTY}")))

    assert text == (
        "mine.md:3: error empty-link: “A Title that has some words” has an empty link: "
        "put the address in.\n"
        "    - [A Title that has some words]()\n"
        "mine.md: 1 entry, 1 error\n"
    )


def test_a_clean_list_is_said_to_be_clean(linted):
    """Silence would leave a doubt."""
    text = "- [A Title that has some words](https://arxiv.org/abs/2401.00001)\n"

    assert FORMATS["human"](linted(text)).endswith("mine.md: 1 entry, nothing to mend\n")
    assert json.loads(FORMATS["json"](linted(text))) == []
    assert FORMATS["github"](linted(text)) == ""


def test_json_is_one_array_of_objects(linted):
    """With all that is known of each finding."""
    (row,) = json.loads(FORMATS["json"](linted(EMPTY)))

    assert row == {
        "file": "mine.md",
        "line": 1,
        "severity": "error",
        "kind": "empty-link",
        "sentence": row["sentence"],
        "text": EMPTY.strip(),
        "about": row["about"],
    }
    assert row["about"][0].startswith("entry/mine/")


def test_sarif_has_the_properties_that_its_schema_requires(linted):
    """SARIF 2.1.0: version and runs (3.13), a tool with a driver (3.14, 3.18), results (3.27)."""
    log = json.loads(FORMATS["sarif"](linted(EMPTY + HOSTILE)))

    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    assert run["tool"]["driver"]["name"] == "fedkg"
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in LEVELS.values()
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "mine.md"


def test_the_rules_of_sarif_are_the_table_of_finding_kinds(linted):
    """Id, short description, help and level of each kind, whether it was found or not."""
    log = json.loads(FORMATS["sarif"](linted("")))
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}

    assert list(rules) == list(FINDING_KINDS)
    for name, kind in FINDING_KINDS.items():
        assert rules[name]["shortDescription"]["text"] == kind.title
        assert rules[name]["help"]["text"] == kind.help
        assert rules[name]["defaultConfiguration"]["level"] == LEVELS[kind.severity]


def test_a_finding_keeps_its_fingerprint_when_lines_move(linted):
    """So a code-scanning service knows an old finding from a new one."""
    prints = [
        json.loads(FORMATS["sarif"](linted(text)))["runs"][0]["results"][0]["partialFingerprints"]
        for text in (EMPTY, f"# Mine\n\nWords before it.\n\n{EMPTY}")
    ]

    assert prints[0] == prints[1]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("./lists/my list.md", "lists/my%20list.md"),
        ("a:b.md", "a%3Ab.md"),
        ("../über.md", "../%C3%BCber.md"),
    ],
)
def test_sarif_names_files_by_relative_uris(linted, file, uri):
    """No scheme, no drive, no blank."""
    log = json.loads(FORMATS["sarif"](linted(EMPTY, file=file)))

    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


def test_sarif_names_an_absolute_path_from_the_working_folder(linted, tmp_path, monkeypatch):
    """A service knows the checkout, not the machine."""
    monkeypatch.chdir(tmp_path)

    log = json.loads(FORMATS["sarif"](linted(EMPTY, file=str(tmp_path / "lists" / "a.md"))))

    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "lists/a.md"


def saying(sentence, file="mine.md"):
    """Return a list with one finding, as it could come of a list with such words in it."""
    return Linted(file, 1, (Finding("empty-link", sentence, "mine", 1),), ("the line",))


def test_sarif_messages_hold_no_link_placeholder_or_html_of_the_list():
    """SARIF 2.1.0, 3.11.5 and 3.11.6: a viewer makes links of `[…](…)` and fills in `{0}`."""
    log = json.loads(FORMATS["sarif"](saying("“[x](javascript:y) {0} <b>z</b>”: mend.")))

    text = log["runs"][0]["results"][0]["message"]["text"]
    assert text == "“[x] (javascript:y) {{0}} ‹b›z‹/b›”: mend."


def test_github_gets_one_command_a_finding_with_its_words_escaped():
    """A percent sign, a line break, a colon and a comma mean something in a workflow command."""
    text = FORMATS["github"](saying("100% of a:b,c\n::error::x", file="a,b:c 100%.md"))

    assert text == (
        "::error file=a%2Cb%3Ac 100%25.md,line=1,title=empty-link%3A Link without an address"
        "::100%25 of a:b,c%0A::error::x\n"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_list_drive_the_terminal(linted, name):
    """Control and direction characters are shown by their number, in the file's name too."""
    text = click.unstyle(FORMATS[name](linted(HOSTILE, file="a\x1b]0;x\x07.md")))

    assert text
    assert not [char for char in text if char != "\n" and visible(char) != char]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – 数据 é 🎯", "plain – 数据 é 🎯"),
        ("\x1b[0m", r"\x1b[0m"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb\u2028c", r"a\u202eb\u2028c"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_only_characters_that_a_terminal_obeys_are_escaped(text, shown):
    """Letters of any script are shown as they are."""
    assert visible(text) == shown


def test_a_very_long_line_is_cut(linted):
    """A person wants the beginning; programs get all of it."""
    text = f"- [A Title that has some words]() {'x' * 5000}\n"

    assert max(map(len, FORMATS["human"](linted(text)).splitlines())) < 250
    assert json.loads(FORMATS["json"](linted(text)))[0]["text"] == text.strip()
