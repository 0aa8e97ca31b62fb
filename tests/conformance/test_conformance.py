"""docs/conformance.md is true: the tests of the W3C go as it says, asked over HTTP."""

import re
from pathlib import Path

import pytest

from .manifest import absent, directories, read_cases, suite_of
from .page import section, summary
from .run import run, server_for

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "conformance.md").read_text("utf-8")
DIRECTORIES = [name for name in re.findall(r"^## (\S+)$", PAGE, re.MULTILINE) if name != "Summary"]


@pytest.fixture(scope="module")
def server(shared):
    """One server with the data of all tests; each test names the graphs that it is about."""
    with server_for(suite_of(shared), DIRECTORIES) as (started, _):
        yield started


def section_of(directory):
    """Return the lines of a section of the page."""
    _, rest = PAGE.split(f"\n## {directory}\n", 1)
    return rest.partition("\n## ")[0].strip().splitlines()


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_a_directory_of_the_suite_goes_as_the_page_says(directory, shared, server):
    """None fails that passed, none is mended silently; `make conformance` renews the page."""
    suite = suite_of(shared)

    done = [run(suite, case, server) for case in read_cases(suite, directory)]

    assert section(directory, done).strip().splitlines()[2:] == section_of(directory)
    assert summary(directory, done) in PAGE.splitlines()


def test_the_page_has_every_directory_of_the_suite(shared):
    """One that is added is not forgotten, one that is not there is named."""
    suite = suite_of(shared)

    assert directories(suite) == DIRECTORIES
    assert f"this copy of it lacks: {', '.join(absent(suite)) or 'none'}." in PAGE
