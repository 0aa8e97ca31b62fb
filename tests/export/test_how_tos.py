"""The how-tos of docs/exports.md work as they stand: each format is written, and read by others."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fedkg.cli import main
from fedkg.export.formats import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def how_tos() -> dict[str, str]:
    """Return the text below each heading of a format."""
    parts = re.split(r"^##+ (.+)$", PAGE, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {name: text for name, text in sections.items() if exports(text)}


def exports(text: str) -> list[list[str]]:
    """Return the commands that export, as words."""
    lines = [
        line for kind, block in BLOCK.findall(text) if kind == "sh" for line in block.split("\n")
    ]
    return [shlex.split(line)[1:] for line in lines if line.startswith("fedkg export ")]


def test_each_format_has_a_how_to() -> None:
    """With a command."""
    shown = {
        words[words.index("--format") + 1] for text in how_tos().values() for words in exports(text)
    }
    assert shown == FORMATS.keys()


@pytest.mark.parametrize("name", how_tos())
def test_a_how_to_works(
    name: str, five_list_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its commands write what its Python reads."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wikidata.csv").write_text("key,qid,source\n", encoding="utf-8")
    text = how_tos()[name]
    for words in exports(text):
        done = CliRunner().invoke(main, [*words, "--dir", str(five_list_graph)])
        assert done.exit_code == 0, done.output
        if "-o" in words:
            assert Path(words[words.index("-o") + 1]).exists()
    for kind, code in BLOCK.findall(text):
        if kind == "python":
            run = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=False
            )
            assert run.returncode == 0, run.stderr
            assert re.search(r"[1-9a-z]", run.stdout)
