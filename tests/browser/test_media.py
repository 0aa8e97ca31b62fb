"""The site on paper, and for people whom motion makes ill."""

from playwright.sync_api import Page as Tab
from served import Site

from .conftest import Open

PAPER = "paper/arxiv-2312.06353.html"


def brightness(tab: Tab, selector: str) -> int:
    """Return how bright the text of an element is, from 0 to 255."""
    colour = tab.locator(selector).first.evaluate("one => getComputedStyle(one).color")
    return max(map(int, colour.removeprefix("rgb(").removesuffix(")").split(",")))


def test_on_paper_there_is_the_page_without_what_leads_elsewhere(watch: Open, five: Site) -> None:
    """Navigation and search are of no use there; a link shows where it leads."""
    tab = watch(five).open(PAPER)
    tab.emulate_media(media="print")
    for gone in (".skip", "header nav", "header form", "footer"):
        assert not tab.locator(gone).is_visible(), gone
    assert tab.locator("h1").is_visible()
    shown = "one => getComputedStyle(one, '::after').content"
    link = tab.locator("main a[href^='https://']").first
    assert (link.get_attribute("href") or "nothing") in link.evaluate(shown)


def test_paper_is_white_whatever_the_screen_is(watch: Open, five: Site) -> None:
    """Browsers print no background, so that text of a dark scheme would vanish."""
    tab = watch(five, color_scheme="dark").open(PAPER)
    for text in ("h1", "main a", ".small", "td"):
        assert brightness(tab, text) > 150, text
    tab.emulate_media(media="print")
    for text in ("h1", "main a", ".small", "td"):
        assert brightness(tab, text) < 100, text


def test_nothing_moves_for_who_wants_no_motion(watch: Open, five: Site) -> None:
    """Also not to the heading of a link within the page."""
    tab = watch(five, reduced_motion="reduce").open("ontology.html")
    moving = "getComputedStyle(document.documentElement).scrollBehavior"
    assert tab.evaluate(moving) == "auto"
    assert tab.evaluate("document.getAnimations().length") == 0
