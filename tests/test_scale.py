"""The benchmark of building at scale: its lists are always the same, and its figures are right."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture
def generate(monkeypatch):
    """`benchmarks/generate.py` as a module."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import generate

    return generate


@pytest.fixture
def scale(monkeypatch):
    """`benchmarks/scale.py` as a module."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import scale

    return scale


def test_the_same_lists_are_written_each_time(generate, tmp_path):
    """Byte for byte, so that two measurements are of the same work."""
    first = generate.write(400, tmp_path / "first")
    second = generate.write(400, tmp_path / "second")

    assert [path.name for path in first] == ["list-00.md", "table-00.md", "names-00.md"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_no_two_papers_are_alike(generate):
    """Titles, arXiv ids, short names and forums differ, beyond the first 50,000 papers too."""
    made = list(generate.papers(60_000))

    for name in ("title", "arxiv", "short", "openreview"):
        assert len({getattr(paper, name) for paper in made}) == len(made), name


def test_a_build_of_the_lists_finds_the_papers_that_were_made():
    """The program prints one row: every third paper stands in two lists, and is one paper."""
    done = subprocess.run(
        [sys.executable, BENCHMARKS / "scale.py", "--to", "40"], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    figures = re.findall(r"^\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|", done.stdout, re.MULTILINE)
    assert [row[:2] for row in figures] == [("40", "54")]


def test_sizes_go_up_to_what_is_asked_for(scale):
    """Below the first size, what is asked for is the only one."""
    assert scale.sizes(10_000) == (1_000, 3_000, 10_000)
    assert scale.sizes(100_000)[-1] == 100_000
    assert scale.sizes(40) == (40,)


def test_a_stage_lasts_until_the_next_begins(scale):
    """Other lines of the log, and such that are no JSON, begin none."""
    log = [
        (1.0, '{"message": "reading"}'),
        (1.5, '{"message": "a warning"}'),
        (3.0, '{"message": "resolving"}'),
        (3.5, "not a line of ours"),
    ]
    assert scale.stages(log, 10.0) == {"reading": 2.0, "resolving": 7.0}


def test_growth_is_an_exponent(scale):
    """Ten times the papers in a hundred times the time is 2; what takes no time is left out."""
    small = scale.Run(100, 0, 0, {"reading": 1.0, "publishing": 0.001}, 2.0, 0.0)
    large = scale.Run(1000, 0, 0, {"reading": 100.0, "publishing": 0.01}, 20.0, 0.0)

    assert scale.growth(small, large) == pytest.approx({"reading": 2.0, "total": 1.0})
