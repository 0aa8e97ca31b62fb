"""A real browser on the site of the five lists.

The fixtures last as long as the tests of this folder run, not the session: Playwright keeps an
event loop in the thread, and no other test could run one of its own.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from served import Site

from .watching import Watched, watched

SECONDS = 20

Contexts = Callable[..., BrowserContext]
Open = Callable[..., Watched]


@pytest.fixture(scope="package")
def browser(browser_program: str) -> Iterator[Browser]:
    """The browser of this machine, started; none is ever downloaded."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_program)
        yield started
        started.close()


@pytest.fixture(scope="package")
def contexts(browser: Browser) -> Iterator[Contexts]:
    """Return `contexts(color_scheme=…, …)`: one browser context for each set of options."""
    made: dict[str, BrowserContext] = {}

    def context(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)
            made[key].set_default_timeout(SECONDS * 1000)
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def watch(contexts: Contexts) -> Iterator[Open]:
    """Return `watch(site, **options)`: a new tab that is watched; nothing may go wrong in it."""
    opened: list[Watched] = []

    def tab(site: Site, **options: object) -> Watched:
        opened.append(watched(contexts(**options), site.origin))
        return opened[-1]

    yield tab
    for one in opened:
        one.tab.close()
    for one in opened:
        one.check()
