"""What a release promises: free dependencies, full pins, one version, a source for every list."""

import re
import tomllib
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
LISTS = tomllib.loads((CHECKOUT / "data" / "lists.toml").read_text())["list"]


def licences(package: Distribution) -> str:
    """Return all that a package says of its licence in one line each, not the licence's text."""
    metadata = package.metadata
    text = (metadata.get("License") or "").strip().splitlines()
    classifiers = metadata.get_all("Classifier") or []
    stated = [metadata.get("License-Expression"), *text[:1]]
    stated += [line for line in classifiers if line.startswith("License ::")]
    return "; ".join(filter(None, stated))


def pins() -> dict[str, str]:
    """Return the version that constraints.txt demands of each package."""
    lines = (CHECKOUT / "constraints.txt").read_text().splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(pinned.name): str(pinned.specifier) for pinned in requirements}


def test_no_dependency_is_under_the_gpl(runtime):
    """Each package that an installed fedkg needs states a licence, none of the GPL family."""
    stated = {package.name: licences(package) for package in runtime}

    assert all(stated.values()), (
        f"no licence stated: {[n for n, text in stated.items() if not text]}"
    )
    gpl = {name: text for name, text in stated.items() if re.search(r"GPL|General Public", text)}
    assert not gpl, f"replace these dependencies: {gpl}"


def test_every_dependency_is_pinned(runtime):
    """constraints.txt fixes one version of all that fedkg and its developers need."""
    direct = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    needed = {canonicalize_name(Requirement(line).name) for line in direct}
    needed |= {canonicalize_name(package.name) for package in runtime}

    assert not needed - pins().keys(), "run make lock"
    loose = {name: version for name, version in pins().items() if not version.startswith("==")}
    assert not loose


def test_pins_satisfy_the_lower_bounds():
    """No pin contradicts pyproject.toml, which every installation would refuse."""
    direct = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]

    for requirement in map(Requirement, direct):
        pinned = pins()[canonicalize_name(requirement.name)].removeprefix("==")
        assert requirement.specifier.contains(pinned), f"{requirement} is pinned to {pinned}"


def test_constraints_hold_for_any_machine():
    """constraints.txt names neither a package index nor a folder of the machine that wrote it."""
    assert not re.search(r"://|^-|/", (CHECKOUT / "constraints.txt").read_text(), re.MULTILINE)


def test_the_citation_names_the_released_version():
    """CITATION.cff and pyproject.toml agree on the version."""
    citation = (CHECKOUT / "CITATION.cff").read_text()

    assert f"\nversion: {PROJECT['version']}\n" in citation


def test_every_list_is_in_the_catalogue():
    """data/lists.toml has one row for each file of data/lists, and no other."""
    files = sorted(path.name for path in (CHECKOUT / "data" / "lists").iterdir())

    assert sorted(row["file"] for row in LISTS) == files
    assert len({row["slug"] for row in LISTS}) == len(LISTS)


@pytest.mark.parametrize("row", LISTS, ids=[row["slug"] for row in LISTS])
def test_the_licence_page_says_the_same_as_the_catalogue(row):
    """data/LICENSE.md states the source and the licence of each list as data/lists.toml does."""
    page = (CHECKOUT / "data" / "LICENSE.md").read_text()
    source = f"<{row['source']}>" if "source" in row else "unknown"

    assert f"\n| `{row['slug']}` | {source} | {row['licence']} | " in page
