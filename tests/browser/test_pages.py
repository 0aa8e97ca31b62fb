"""Every type of page, on phones and desktops, light and dark: accessible, and quiet."""

import pytest
from playwright.sync_api import Page as Tab
from served import Site

from .accessibility import ALL, COLOURS, LAYOUT, broken_rules
from .conftest import Open
from .pages import PAGES, SIZES, Page


def check_width(tab: Tab, size: str) -> None:
    """Assert that a page is as wide as the window, which it gives a size, and no wider."""
    tab.set_viewport_size(SIZES[size])
    wide = tab.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide == [SIZES[size]["width"]] * 2, size


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_is_accessible_fits_its_window_and_loads_only_what_is_ours(
    watch: Open, five: Site, page: Page
) -> None:
    """No rule of WCAG 2.2 AA that a program can check is broken; nothing is wider than the window.

    Sizes lay a page out anew and schemes colour it anew, so each is looked at for that.
    """
    opened = watch(five, color_scheme="light")
    tab = opened.open(page.path, page.status)
    for size in SIZES:
        check_width(tab, size)
        assert broken_rules(tab, ALL if size == "phone" else LAYOUT) == "", size
    tab.emulate_media(color_scheme="dark")
    assert broken_rules(tab, COLOURS) == "", "dark"
    opened.check()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_needs_no_script(watch: Open, five: Site, page: Page) -> None:
    """What it is about and what it says are there without any."""
    tab = watch(five, java_script_enabled=False).open(page.path, page.status)
    heading, main = tab.locator("h1"), tab.locator("main")
    assert heading.is_visible()
    assert main.is_visible()
    assert len(main.inner_text()) > len(heading.inner_text()) > 0


def test_the_report_of_a_build_is_accessible(watch: Open, five: Site, five_list_graph) -> None:
    """It is one file that is opened from the disk."""
    opened = watch(five, color_scheme="light")
    report = five_list_graph / "current" / "report.html"
    opened.tab.goto(report.resolve().as_uri())
    for size in SIZES:
        check_width(opened.tab, size)
    assert broken_rules(opened.tab) == ""
    opened.tab.emulate_media(color_scheme="dark")
    assert broken_rules(opened.tab, COLOURS) == ""
    assert opened.asked == [report.resolve().as_uri()]
    opened.asked.clear()
