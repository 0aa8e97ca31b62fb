"""The pages of a list whose author wants to be more than text, in a browser.

`tests/web/test_hostile.py` looks at the markup of all of them; here a browser has the last word.
"""

from pathlib import Path

import pytest
from served import Site

from .conftest import Open

BASE = "https://w3id.org/fedkg/"
KINDS = ("Paper", "Person", "Dataset", "Model", "Repository", "Section", "PaperList", "Finding")
PLACES = ("", "search?q=script", "search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
FOREIGN = "document.querySelectorAll('iframe, base, object, marquee, [onclick], [onload]').length"


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_runs_what_a_list_holds(watch: Open, hostile: Site, kind: str) -> None:
    """No dialog, no window, no script, no request that the page did not want."""
    query = f"SELECT DISTINCT ?thing {{ ?thing a <{BASE}ontology#{kind}> }} LIMIT 25"
    things = hostile.query(query, "text/csv").body.decode().split()[1:]
    assert things
    opened = watch(hostile)
    for thing in things:
        tab = opened.open(f"{thing.removeprefix(BASE)}.html")
        assert tab.evaluate(FOREIGN) == 0
        assert tab.locator("h1").is_visible()
    opened.check()


def test_nor_does_the_search_or_the_first_page(watch: Open, hostile: Site) -> None:
    """Words that are looked for are text as well."""
    opened = watch(hostile)
    for path in PLACES:
        tab = opened.open(path)
        assert tab.evaluate(FOREIGN) == 0
    opened.check()


def test_nor_does_the_report(watch: Open, hostile: Site, hostile_graph: Path) -> None:
    """It is a file on the disk, where a script could read others."""
    opened = watch(hostile)
    opened.tab.goto((hostile_graph / "current" / "report.html").resolve().as_uri())
    assert opened.tab.evaluate(FOREIGN) == 0
    assert len(opened.asked) == 1
    opened.asked.clear()


def test_a_word_of_5000_letters_makes_no_page_wider(watch: Open, hostile: Site) -> None:
    """It is broken where the window ends."""
    tab = watch(hostile, viewport={"width": 320, "height": 640}).open("paper/arxiv-2401.00008.html")
    assert len(tab.locator("h1").inner_text()) == 5000
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
