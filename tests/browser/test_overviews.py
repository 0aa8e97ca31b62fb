"""What shows all at a glance, the matrix, a list and the first page, and where it leads."""

import re
from itertools import count

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from served import Site

from .conftest import Open
from .reading import follow, going, number_in, papers_found, titles


def show(tab: Tab, rows: str, columns: str) -> None:
    """Choose the axes of the matrix by their names, and send the form."""
    tab.get_by_label("Rows").select_option(label=rows)
    tab.get_by_label("Columns").select_option(label=columns)
    with going(tab):
        tab.get_by_role("button", name="Show").click()


def test_other_axes_make_another_matrix(watch: Open, five: Site) -> None:
    """Its heading and its chooser say which; a facet is not set against itself."""
    tab = watch(five).open("matrix")
    expect(tab.locator("h1")).to_have_text("Technique by dataset")
    for rows, columns in (("Model family", "Year"), ("List", "Venue")):
        show(tab, rows, columns)
        expect(tab.locator("h1")).to_have_text(f"{rows} by {columns.lower()}")
        expect(tab.get_by_label("Rows").locator("[selected]")).to_have_text(rows)
        expect(tab.locator("table.matrix tbody tr").first).to_be_visible()
    show(tab, "Dataset", "Dataset")
    expect(tab.locator("h1")).to_have_text("Dataset by technique")


def test_a_cell_leads_to_its_papers(watch: Open, five: Site) -> None:
    """To as many as it says, also where the matrix is of some papers; so do heads of columns."""
    tab = watch(five).open("matrix?code=yes")
    for at in (0, -1):
        cell = tab.locator("table.matrix td a").nth(at)
        number = number_in(cell.inner_text())
        follow(tab, cell)
        assert papers_found(tab) == number
        assert len(titles(tab)) == min(number, 50)
        tab.go_back()
    follow(tab, tab.locator("table.matrix thead a").first)
    assert papers_found(tab) > 0


def test_an_empty_cell_says_that_it_is(watch: Open, five: Site) -> None:
    """To who hears the table; the text counts as many as there are."""
    tab = watch(five).open("matrix")
    nothing = tab.locator("table.matrix td:not(:has(a))")
    assert nothing.count() > 0
    assert {text.split()[-1] for text in nothing.all_inner_texts()} == {"none"}
    told = re.search(
        r"of\s+the (\d+) pairs here, (\d+) are empty", tab.locator("main").inner_text()
    )
    assert told is not None
    assert int(told[1]) == tab.locator("table.matrix td").count()
    assert int(told[2]) == nothing.count()
    tab.goto(f"{five.origin}/matrix?rows=model&year=1900")
    expect(tab.locator("main")).to_contain_text("No paper states both")


def test_the_page_of_a_list_is_read_to_its_end(watch: Open, five: Site) -> None:
    """Page by page all its entries, in the order of their lines; a paper is a link."""
    tab = watch(five).open("list/fm-fl.html")
    entries = number_in(tab.locator(".figures a[href='#entries']").inner_text())
    region = tab.get_by_role("region", name="Entries")
    lines: list[int] = []
    for at in count(1):
        shown = region.locator("tbody tr td:first-child").all_inner_texts()
        lines += [int(line) for line in shown]
        after = tab.get_by_role("navigation", name="Pages of entries").locator("[rel=next]")
        if not after.count():
            break
        follow(tab, after)
        expect(tab.locator("main")).to_contain_text(f"Page {at + 1} of")
        expect(tab.locator("#entries")).to_be_in_viewport()
    assert len(lines) == entries > 100
    assert lines == sorted(lines)
    title = region.locator("tbody th a").last
    words = title.inner_text()
    follow(tab, title)
    expect(tab.get_by_text(words).first).to_be_visible()


def test_the_findings_of_a_list_unfold(watch: Open, five: Site) -> None:
    """Each with its line and its sentence, counted by kind above."""
    tab = watch(five).open("list/fm-fl.html")
    counts = [number_in(text) for text in tab.locator(".counts strong").all_inner_texts()]
    assert sum(counts) == number_in(tab.locator(".figures a[href='#findings']").inner_text())
    region = tab.get_by_role("region", name="Findings")
    expect(region).to_have_count(0)
    tab.locator("details > summary").click()
    expect(region).to_be_visible()
    expect(region.locator("tbody tr")).to_have_count(min(sum(counts), 100))
    finding = region.locator("tbody th a").first
    kind = finding.inner_text()
    follow(tab, finding)
    expect(tab.locator("main")).to_contain_text(kind)


def test_the_papers_of_a_list_are_those_of_the_table(watch: Open, five: Site) -> None:
    """As many as its page says."""
    tab = watch(five).open("list/fm-fl.html")
    papers = tab.locator(".figures a", has_text="papers")
    number = number_in(papers.inner_text())
    follow(tab, papers)
    assert papers_found(tab) == number


def test_the_first_page_answers_its_examples(watch: Open, five: Site) -> None:
    """With links to what is in the answers; the answers come soon after the server."""
    opened = watch(five)
    for _ in range(100):
        tab = opened.open("")
        if tab.locator(".example table").count() == tab.locator(".example").count():
            break
    examples = tab.locator(".example")
    assert examples.count() > 0
    for example in examples.all():
        expect(example.locator("tbody tr").first).to_be_visible()
        expect(example).to_contain_text("rows")
    link = examples.first.locator("tbody a").first
    words = link.inner_text()
    follow(tab, link)
    expect(tab.locator("h1")).to_have_text(words)


def test_a_column_of_a_year_leads_to_its_papers(watch: Open, five: Site) -> None:
    """To as many as it is high, by mouse and by key."""
    tab = watch(five).open("")
    for press in (False, True):
        column = tab.get_by_role("link", name=re.compile(r"^\d{4}: ")).last
        year, _, papers = (column.get_attribute("aria-label") or "").partition(": ")
        with going(tab):
            column.press("Enter") if press else column.click()
        assert papers_found(tab) == number_in(papers)
        assert {text[:4] for text in tab.locator("td.year").all_inner_texts()} == {year}
        with going(tab):
            tab.go_back()


def test_each_figure_of_the_first_page_leads_where_it_is_counted(watch: Open, five: Site) -> None:
    """All papers, the values of a facet, the papers with code."""
    opened = watch(five)
    tab = opened.open("")
    links = tab.locator(".figures a")
    for at in range(links.count()):
        link = links.nth(at)
        number, noun = number_in(link.inner_text()), link.inner_text().split()[-1]
        known = number_in(link.locator("xpath=following-sibling::span").inner_text())
        follow(tab, link)
        if noun == "papers":
            assert papers_found(tab) == number
        elif noun == "repositories":
            assert papers_found(tab) == known
        else:
            opened_group = tab.locator("nav.facets details[open]").filter(
                has=tab.locator("summary", has_text=re.compile(noun[:5], re.IGNORECASE))
            )
            assert opened_group.locator("li").count() >= number
        with going(tab):
            tab.go_back()
