"""The table of all papers, as a person narrows, sorts, turns, shares and takes it away."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from served import Site

from .accessibility import broken_rules
from .conftest import Open
from .pages import PHONE
from .reading import ROWS, cells, choose, follow, group, number_in, papers_found, titles

COMPUTED = ("=", "+", "-", "@", "\t", "\r")


def test_each_choice_leaves_as_many_papers_as_it_says(watch: Open, five: Site) -> None:
    """Choices of one group are alternatives, one of another group narrows; all are taken back."""
    tab = watch(five).open("browse")
    everything = papers_found(tab)
    first = choose(tab, "Technique", 1)
    assert papers_found(tab) == first < everything
    second = choose(tab, "Technique", 2)
    either = papers_found(tab)
    assert max(first, second) <= either <= first + second
    narrower = choose(tab, "Year")
    assert papers_found(tab) == narrower <= either
    chips = tab.get_by_role("list", name="Chosen").get_by_role("listitem")
    expect(chips).to_have_count(4)
    follow(tab, chips.filter(has_text="Year").locator("a"))
    assert papers_found(tab) == either
    chosen = group(tab, "Technique").filter(has=tab.locator("[aria-current]"))
    expect(chosen).to_have_count(2)
    assert {number_in(text) for text in chosen.locator("a + .small").all_inner_texts()} == {
        first,
        second,
    }
    follow(tab, tab.get_by_role("link", name="all papers"))
    assert papers_found(tab) == everything


def test_what_is_not_stated_can_be_chosen_too(watch: Open, five: Site) -> None:
    """The values and “none stated” are all papers."""
    tab = watch(five).open("browse")
    everything = papers_found(tab)
    none = group(tab, "Dataset").filter(has_text="none stated")
    number = number_in(none.locator("a + .small").inner_text())
    follow(tab, none.locator("a"))
    assert papers_found(tab) == number < everything
    assert set(cells(tab, "Datasets")) == {""}


def test_all_values_of_a_group_can_be_seen(watch: Open, five: Site) -> None:
    """As many as its head says."""
    tab = watch(five).open("browse")
    whole = group(tab, "Model").get_by_role("link", name="all ")
    values = number_in(whole.inner_text())
    follow(tab, whole)
    expect(group(tab, "Model")).to_have_count(values)


def check_order(tab: Tab, column: str, *, falls: bool) -> None:
    """Assert that the rows of a page are in the order of a column; no value comes after all."""
    texts = titles(tab) if column == "Paper" else cells(tab, column)
    keys: list[object] = [text.casefold() for text in texts]
    if column == "Lists":
        keys = [int(text) for text in texts]
    elif column == "Venue":
        keys = [(not text, text.casefold()) for text in texts]
    ordered = keys[::-1] if falls else keys
    assert ordered == sorted(ordered), column  # type: ignore[type-var]


def test_rows_are_sorted_by_the_column_that_is_clicked(watch: Open, five: Site) -> None:
    """And the other way round by a second click; who cannot see the arrow is told the direction."""
    tab = watch(five).open("browse?code=yes")
    for column in ("Paper", "Venue", "Lists", "Date"):
        seen = []
        for _ in range(2):
            follow(tab, tab.get_by_role("columnheader", name=column).get_by_role("link"))
            head = tab.locator("thead th[aria-sort]")
            expect(head).to_have_count(1)
            assert (head.inner_text() or "").startswith(column)
            direction = head.get_attribute("aria-sort")
            check_order(tab, column, falls=direction == "descending")
            seen.append(direction)
        assert set(seen) == {"ascending", "descending"}, column


def test_pages_go_forward_and_back_and_can_be_shared(watch: Open, five: Site) -> None:
    """Whoever opens the address sees the same rows, without script as well."""
    tab = watch(five).open("browse?code=yes&code=-&sort=title")
    first = titles(tab)
    follow(tab, tab.get_by_role("link", name="next", exact=True))
    second = titles(tab)
    assert set(first).isdisjoint(second)
    address = tab.url.removeprefix(f"{five.origin}/")
    follow(tab, tab.get_by_role("link", name="before", exact=True))
    assert titles(tab) == first
    with tab.expect_navigation():
        tab.go_back()
    assert titles(tab) == second
    assert titles(watch(five, java_script_enabled=False).open(address)) == second


def told(cell: str) -> str:
    """Return a cell without the apostrophe before what would be computed."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(COMPUTED) else cell


def taken(tab: Tab, form: str, at: int) -> list[str]:
    """Return the titles in a file that the page offers: 0 is the rows shown, 1 is all."""
    with tab.expect_download() as download:
        tab.get_by_role("link", name=form, exact=True).nth(at).click()
    assert download.value.suggested_filename == f"papers.{form.lower()}"
    text = Path(download.value.path()).read_bytes().decode()
    if form == "JSON":
        return [paper["title"] for paper in json.loads(text)["papers"]]
    return [told(row["title"]) for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize("form", ["CSV", "JSON"])
def test_a_file_holds_the_rows_that_are_shown(watch: Open, five: Site, form: str) -> None:
    """Those of the page, or those of all its pages, in their order."""
    tab = watch(five).open("browse?list=fedllm&list=fm-fl&sort=-title")
    shown = titles(tab)
    assert taken(tab, form, 0) == shown
    whole = taken(tab, form, 1)
    while tab.get_by_role("link", name="next", exact=True).count():
        follow(tab, tab.get_by_role("link", name="next", exact=True))
        shown += titles(tab)
    assert whole == shown
    assert len(whole) == papers_found(tab)


def test_on_a_phone_rows_are_cards(watch: Open, five: Site) -> None:
    """Each cell below the other with the name of its column; groups stay closed."""
    tab = watch(five, viewport=PHONE).open("browse?technique=lora")
    assert tab.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(tab.locator("nav.facets details[open]")).to_have_count(0)
    row = tab.locator(ROWS).first
    lefts = {(one.bounding_box() or {})["x"] for one in row.locator("th, td:not(:empty)").all()}
    assert len(lefts) == 1
    content = "one => getComputedStyle(one, '::before').content"
    labels = [one.evaluate(content) for one in row.locator("td:not(:empty)").all()]
    assert any("Date" in one for one in labels)
    assert all("normal" not in one and "none" not in one for one in labels)
    box = tab.locator("thead").bounding_box()
    assert box is None or box["width"] <= 1
    narrower = choose(tab, "Year")
    assert papers_found(tab) == narrower
    assert broken_rules(tab) == ""


def test_where_there_is_room_the_first_groups_stand_open(watch: Open, five: Site) -> None:
    """And whatever something is chosen of."""
    tab = watch(five).open("browse?dataset=gsm8k")
    names = tab.locator("nav.facets details[open] summary").all_inner_texts()
    assert [name.split()[0] for name in names] == ["Technique", "Year", "Dataset"]


def test_what_is_empty_says_so_and_leads_back(watch: Open, five: Site) -> None:
    """A view without papers, and a page beyond the last."""
    tab = watch(five).open("browse?technique=lora&dataset=nothing")
    expect(tab.locator("main")).to_contain_text("No paper has all of that")
    expect(tab.locator(ROWS)).to_have_count(0)
    follow(tab, tab.get_by_role("list", name="Chosen").locator("a", has_text="nothing"))
    assert papers_found(tab) > 0
    tab.goto(f"{five.origin}/browse?technique=lora&page=99")
    expect(tab.locator("main")).to_contain_text("There is no such page")
    follow(tab, tab.get_by_role("link", name="To the first"))
    assert len(titles(tab)) > 0


def test_all_of_that_works_without_script(watch: Open, five: Site) -> None:
    """Groups open, choices narrow, and the search is sent."""
    tab = watch(five, java_script_enabled=False).open("browse")
    narrower = choose(tab, "Dataset")
    assert papers_found(tab) == narrower
    field = tab.get_by_role("searchbox")
    field.fill("fed tun")
    with tab.expect_navigation():
        field.press("Enter")
    assert tab.url == f"{five.origin}/search?q=fed+tun"
    hit = tab.locator(".hits a").first
    name = hit.inner_text()
    follow(tab, hit)
    assert tab.locator("h1").inner_text() == name
