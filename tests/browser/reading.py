"""What a person reads on a page of papers, and does with it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

ROWS = "table.cards tbody tr"


@contextmanager
def going(tab: Tab) -> Iterator[None]:
    """Wait for the page that what is done leads to."""
    with tab.expect_navigation():
        yield


def follow(tab: Tab, link: Locator) -> None:
    """Click on a link, and wait for its page."""
    with going(tab):
        link.click()


def number_in(text: str | None) -> int:
    """Return the first number of a text."""
    found = re.search(r"[\d,]+", text or "")
    assert found is not None, text
    return int(found[0].replace(",", ""))


def papers_found(tab: Tab) -> int:
    """Return how many papers the table says that it has."""
    return number_in(tab.locator("#found").inner_text())


def titles(tab: Tab) -> list[str]:
    """Return the titles of the rows, in their order."""
    return tab.locator(f"{ROWS} th > a").all_text_contents()


def cells(tab: Tab, label: str) -> list[str]:
    """Return the texts of a column, by its name."""
    return [
        text.strip() for text in tab.locator(f"{ROWS} td[data-label='{label}']").all_text_contents()
    ]


def group(tab: Tab, noun: str) -> Locator:
    """Return the choices of a group, which is opened if it is not open."""
    found = tab.locator("nav.facets details").filter(
        has=tab.locator("summary", has_text=re.compile(rf"^\s*{noun} "))
    )
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    expect(found).to_have_attribute("open", "")
    return found.locator("li")


def choose(tab: Tab, noun: str, at: int = 0) -> int:
    """Choose a value of a group that is not chosen yet; return the number that stood beside it."""
    free = group(tab, noun).filter(has=tab.locator("a:not([aria-current])"))
    choice = free.filter(has=tab.locator("a + .small")).nth(at)
    number = number_in(choice.locator("a + .small").inner_text())
    follow(tab, choice.locator("a"))
    return number
