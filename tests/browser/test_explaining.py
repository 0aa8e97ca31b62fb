"""“Why?” beside a statement, opened, closed, and without an answer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect
from playwright.sync_api import Page as Tab
from served import Site

from .accessibility import broken_rules
from .conftest import Open
from .reading import going

PAPER = "paper/arxiv-2312.06353.html"
ANSWER = re.compile(r"/why/arxiv-2312\.06353\?property=")


def asking(tab: Tab) -> Locator:
    """Return the first question beside a statement."""
    return tab.locator("a.why[href*='property=']").first


def answer(tab: Tab) -> Locator:
    return tab.locator("#why-answer")


def opened_answer(tab: Tab) -> tuple[Locator, Locator]:
    """Open the first answer; return the question and the answer."""
    question = asking(tab)
    question.click()
    expect(answer(tab).get_by_role("button", name="Close")).to_be_visible()
    return question, answer(tab)


def test_the_lines_behind_a_statement_open_in_place(watch: Open, five: Site) -> None:
    """The page stays; what the answer says is what its own page says."""
    tab = watch(five).open(PAPER)
    address = tab.url
    question = asking(tab)
    expect(question).to_have_attribute("aria-expanded", "false")
    question, found = opened_answer(tab)
    assert tab.url == address
    expect(question).to_have_attribute("aria-expanded", "true")
    expect(question).to_have_attribute("aria-controls", found.get_attribute("id") or "")
    expect(found).to_be_focused()
    expect(found).to_have_attribute("role", "region")
    expect(found.get_by_role("link", name=re.compile(r"^line \d+$")).first).to_be_visible()
    lines = found.locator("section").all_inner_texts()
    tab.goto(question.evaluate("one => one.href"))
    assert tab.locator("#behind section").all_inner_texts() == lines


@pytest.mark.parametrize("way", ["Escape", "the button", "the question", "Space"])
def test_an_answer_closes_and_gives_the_focus_back(watch: Open, five: Site, way: str) -> None:
    """To the question that opened it."""
    tab = watch(five).open(PAPER)
    question, found = opened_answer(tab)
    if way == "Escape":
        tab.keyboard.press("Escape")
    elif way == "the button":
        found.get_by_role("button", name="Close").click()
    elif way == "the question":
        question.click()
    else:
        question.press(" ")
    expect(found).to_have_count(0)
    expect(question).to_be_focused()
    expect(question).to_have_attribute("aria-expanded", "false")
    assert question.get_attribute("aria-controls") is None


def test_one_answer_is_open_at_a_time(watch: Open, five: Site) -> None:
    """The next one closes the one before; Enter and Space open it as a click does."""
    tab = watch(five).open(PAPER)
    questions = tab.locator("a.why[href*='property=']")
    for at, key in ((0, "Enter"), (1, " "), (0, " ")):
        questions.nth(at).press(key)
        expect(answer(tab).get_by_role("button", name="Close")).to_be_visible()
        expect(tab.locator(".answer")).to_have_count(1)
        expect(tab.locator("a.why[aria-expanded='true']")).to_have_count(1)
        expect(questions.nth(at)).to_have_attribute("aria-expanded", "true")


def test_an_open_answer_is_accessible_and_fits_a_phone(watch: Open, five: Site) -> None:
    """In light and dark."""
    tab = watch(five, color_scheme="light").open(PAPER)
    tab.set_viewport_size({"width": 390, "height": 844})
    opened_answer(tab)
    assert broken_rules(tab) == ""
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    tab.emulate_media(color_scheme="dark")
    assert broken_rules(tab) == ""


Fails = Callable[[Route], None]
FAILURES: dict[str, tuple[Fails, str]] = {
    "offline": (lambda route: route.abort("internetdisconnected"), "could not be reached"),
    "an error": (
        lambda route: route.fulfill(status=503, body="<main><p>Busy: come back.</p></main>"),
        "Busy: come back.",
    ),
    "an error without words": (lambda route: route.fulfill(status=502, body=""), "no answer"),
    "another page": (lambda route: route.fulfill(status=200, body="<p>?</p>"), "another form"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_what_fails_says_so_and_leads_to_the_page(watch: Open, five: Site, failure: str) -> None:
    """In words, in the place of the answer; it closes like one."""
    opened = watch(five)
    tab = opened.open(PAPER)
    fails, words = FAILURES[failure]
    opened.missing.add(asking(tab).evaluate("one => one.href"))
    tab.route(ANSWER, fails)
    question, found = opened_answer(tab)
    expect(found).to_contain_text(words)
    expect(found).to_be_focused()
    tab.unroute(ANSWER)
    instead = found.get_by_role("link", name="Open its page instead")
    with going(tab):
        instead.click()
    expect(tab.locator("h1")).to_have_text("Why?")
    tab.go_back()
    expect(question).to_be_visible()


def test_without_script_the_question_leads_to_a_page(watch: Open, five: Site) -> None:
    """That names the lines, and leads to those of all entries."""
    tab = watch(five, java_script_enabled=False).open(PAPER)
    with going(tab):
        asking(tab).click()
    expect(tab.locator("h1")).to_have_text("Why?")
    expect(
        tab.locator("#behind").get_by_role("link", name=re.compile("^line ")).first
    ).to_be_visible()
    with going(tab):
        tab.get_by_role("link", name="Which entries are this paper, and why?").click()
    expect(tab.locator("h1")).to_have_text("Why is this one paper?")
