"""The site without a mouse."""

import pytest
from served import Site

from .conftest import Open
from .pages import PAGES, Page

WALKED = ("home", "search-with-hits", "paper", "dataset", "sparql")
CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
NOTE_FOCUS = """() => {
  window.focused = [];
  document.addEventListener('focusin', ({target}) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(target);
    focused.push([target, outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2]);
  });
}"""
UNSEEN = """() => focused.filter(([one, seen]) => !seen && one.id !== 'main')
    .map(([one]) => one.outerHTML)"""
MISSED = f"""() => [...document.querySelectorAll('{CONTROLS}')]
    .filter(one => one.checkVisibility())
    .filter(one => !focused.some(([reached]) => reached === one))
    .map(one => one.outerHTML)"""


def test_the_first_stop_leads_past_the_navigation(watch: Open, five: Site) -> None:
    """The skip link is out of sight until it has the focus."""
    tab = watch(five).open("paper/arxiv-2312.06353.html")
    skip = tab.locator(".skip")
    assert (skip.bounding_box() or {"y": 0})["y"] < 0
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name in WALKED], ids=str)
def test_every_control_is_reached_and_shows_it(watch: Open, five: Site, page: Page) -> None:
    """Tab by tab, each link, field and button gets the focus, with an outline."""
    tab = watch(five).open(page.path)
    tab.evaluate(NOTE_FOCUS)
    for _ in range(tab.locator(CONTROLS).count()):
        tab.keyboard.press("Tab")
    assert tab.evaluate("focused.length") > 10
    assert tab.evaluate(MISSED) == []
    assert tab.evaluate(UNSEEN) == []


def test_a_search_is_sent_by_the_enter_key(watch: Open, five: Site) -> None:
    """From the field that every page has at its top."""
    tab = watch(five).open("dataset/gsm8k.html")
    field = tab.get_by_label("Search titles, names or an identifier")
    field.fill("fed tun")
    field.press("Enter")
    tab.wait_for_url("**/search?q=fed+tun")
    assert tab.locator(".hits li").count() > 0
