"""What the search offers while somebody types."""

import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect
from playwright.sync_api import Page as Tab
from served import Site

from .accessibility import broken_rules
from .conftest import Open
from .reading import going

PAPER = "paper/arxiv-2312.06353"
ANSWER = "**/search.json?*"
ACCENTED = """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT ?person ?name { ?person foaf:name ?name FILTER REGEX(?name, "[à-ž]") } ORDER BY ?name"""


def typed(tab: Tab, words: str) -> tuple[Locator, Locator]:
    """Type words into the search of a page; return the field and what is offered."""
    field = tab.get_by_role("combobox")
    field.click()
    field.press_sequentially(words)
    options = tab.get_by_role("option")
    expect(options.first).to_be_visible()
    return field, options


def pasted(tab: Tab, words: str) -> tuple[Locator, Locator]:
    """Paste words into the search of a page: they come at once."""
    field = tab.get_by_role("combobox")
    field.fill(words)
    options = tab.get_by_role("option")
    expect(options.first).to_be_visible()
    return field, options


def active(field: Locator) -> str | None:
    """Return the id of the offer that is chosen."""
    return field.get_attribute("aria-activedescendant")


def test_arrows_choose_and_enter_goes_there(watch: Open, five: Site) -> None:
    """Down and up, round and round; the focus stays in the field."""
    tab = watch(five).open("dataset/gsm8k.html")
    field, options = typed(tab, "lora")
    assert (field.get_attribute("aria-expanded"), active(field)) == ("true", None)
    last = options.count() - 1
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", last),
                    ("ArrowDown", 0)):  # fmt: skip
        field.press(key)
        assert active(field) == options.nth(at).get_attribute("id")
        expect(tab.locator('[role="option"][aria-selected="true"]')).to_have_count(1)
    expect(field).to_be_focused()
    assert options.first.inner_text() == "LoRA technique"
    with going(tab):
        field.press("Enter")
    assert tab.url == f"{five.origin}/technique/lora.html"


def test_escape_closes_and_the_words_stay(watch: Open, five: Site) -> None:
    """What was typed can still be sent; more letters offer things again."""
    tab = watch(five).open("dataset/gsm8k.html")
    field, options = typed(tab, "lor")
    field.press("ArrowDown")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    assert (field.get_attribute("aria-expanded"), active(field)) == ("false", None)
    expect(field).to_have_value("lor")
    field.press_sequentially("a")
    expect(options.first).to_be_visible()
    field.press("Tab")
    expect(options.first).to_be_hidden()
    field.focus()
    with going(tab):
        field.press("Enter")
    assert tab.url == f"{five.origin}/search?q=lora"


def test_keys_that_compose_a_letter_choose_nothing(watch: Open, five: Site) -> None:
    """Who writes Chinese chooses among letters with the same arrows and Enter."""
    tab = watch(five).open("search")
    field, options = typed(tab, "lora")
    for key in ("ArrowDown", "Enter", "Escape"):
        composing = {"key": key, "isComposing": True, "bubbles": True, "cancelable": True}
        pressed = "(one, how) => one.dispatchEvent(new KeyboardEvent('keydown', how))"
        assert field.evaluate(pressed, composing), f"{key} was taken"
        assert active(field) is None
        expect(options.first).to_be_visible()


def test_enter_sends_the_form_where_nothing_is_chosen(watch: Open, five: Site) -> None:
    """The list is an offer."""
    tab = watch(five).open("")
    field, _ = typed(tab, "fed tun")
    with going(tab):
        field.press("Enter")
    assert tab.url == f"{five.origin}/search?q=fed+tun"


def test_an_offer_can_be_clicked(watch: Open, five: Site) -> None:
    """On the page of the search as well, and the list is gone afterwards."""
    tab = watch(five).open("search")
    _, options = typed(tab, "gsm8k")
    with going(tab):
        options.first.click()
    assert tab.url == f"{five.origin}/dataset/gsm8k.html"
    expect(tab.get_by_role("option")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("2312.06353", False),
        ("arXiv:2312.06353v2", True),
        ("10.48550/arXiv.2312.06353", False),
        ("https://arxiv.org/pdf/2312.06353v2.pdf", True),
        (f"https://w3id.org/fedkg/{PAPER}", False),
    ],
)
def test_what_is_pasted_leads_straight_to_its_page(
    watch: Open, five: Site, words: str, chosen: bool
) -> None:
    """A number of arXiv, a DOI, an address or an IRI: the only offer, or by Enter alone."""
    tab = watch(five).open("search")
    field, options = pasted(tab, words)
    expect(options).to_have_count(1)
    expect(options).to_have_text(f"{words} paper")
    if chosen:
        field.press("ArrowDown")
    with going(tab):
        field.press("Enter")
    assert tab.url == f"{five.origin}/{PAPER}.html"


def test_a_name_is_found_without_its_accents(watch: Open, five: Site) -> None:
    """As people type it; it is shown as it is written."""
    row = five.query(ACCENTED, "application/sparql-results+json").json()["results"]["bindings"][0]
    name, person = row["name"]["value"], row["person"]["value"]
    letters = unicodedata.normalize("NFD", name)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    assert plain.isascii()
    tab = watch(five).open("search")
    field, options = pasted(tab, plain)
    expect(options.first).to_have_text(f"{name} person")
    field.press("ArrowDown")
    with going(tab):
        field.press("Enter")
    assert tab.url == f"{person.replace('https://w3id.org/fedkg', five.origin)}.html"


@pytest.mark.parametrize("words", ["xyzzy", "l", '"*', ""])
def test_what_nothing_is_called_offers_nothing(watch: Open, five: Site, words: str) -> None:
    """Nor does one letter, or what means something to the index; what was offered goes away."""
    tab = watch(five).open("")
    field, options = pasted(tab, "lora")
    field.fill(words)
    expect(options.first).to_be_hidden()
    assert field.get_attribute("aria-expanded") == "false"


Answer = Callable[[Route], None]
FAILURES: dict[str, Answer] = {
    "no answer": lambda route: route.abort(),
    "an error": lambda route: route.fulfill(status=500, body="no"),
    "no JSON": lambda route: route.fulfill(status=200, body="<html>"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_the_form_works_where_nothing_can_be_offered(watch: Open, five: Site, failure: str) -> None:
    """Offers are an extra."""
    opened = watch(five)
    opened.missing.add(f"{five.origin}/search.json?q=lora")
    tab = opened.open("dataset/gsm8k.html")
    tab.route(ANSWER, FAILURES[failure])
    field = tab.get_by_role("combobox")
    with tab.expect_request(ANSWER):
        field.fill("lora")
    expect(tab.get_by_role("option")).to_have_count(0)
    with going(tab):
        field.press("Enter")
    assert tab.url == f"{five.origin}/search?q=lora"
    assert tab.locator(".hits li").count() > 0


def test_an_answer_that_is_overtaken_is_not_shown(watch: Open, five: Site) -> None:
    """What is offered is for the words that stand there."""
    tab = watch(five).open("")
    held: list[Route] = []
    tab.route("**/search.json?q=lora", lambda route: held.append(route))
    field = tab.get_by_role("combobox")
    with tab.expect_request("**/search.json?q=lora"):
        field.fill("lora")
    field.fill("gsm8k")
    expect(tab.get_by_role("option").first).to_have_text("GSM8K dataset")
    for route in held:
        route.abort()
    expect(tab.get_by_role("option").first).to_have_text("GSM8K dataset")


@pytest.mark.parametrize("path", ["search", "browse?dataset=nothing"])
def test_the_open_list_is_accessible(watch: Open, five: Site, path: str) -> None:
    """A combobox with a list, as screen readers know it; on a phone it fits."""
    tab = watch(five, color_scheme="light").open(path)
    tab.set_viewport_size({"width": 390, "height": 844})
    field, options = typed(tab, "federated")
    field.press("ArrowDown")
    assert broken_rules(tab) == ""
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    for one in options.all():
        box = one.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    tab.emulate_media(color_scheme="dark")
    assert broken_rules(tab) == ""
