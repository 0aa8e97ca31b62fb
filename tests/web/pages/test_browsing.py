"""The table of all papers and the matrix, as pages and as files."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from fedkg.search.catalogue import Catalogue
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine
from fedkg.web.pages import browsing
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import create_app
from fedkg.web.pages.browsing import PER_PAGE, as_csv, as_json
from fedkg.web.pages.rows import Named, PaperRow, read_rows
from fedkg.web.pages.views import NOUNS, ORDERS, View, papers_of

from .conftest import BASE

COMPUTED = ("=", "+", "-", "@", "\t", "\r")
TEXTS = st.text(alphabet="ab=+-@\t\r\n'\";, é\x00", max_size=8)
THINGS = st.lists(st.builds(Named, st.just(f"{BASE}dataset/x"), TEXTS), max_size=2).map(tuple)
ROWS = st.lists(
    st.builds(
        PaperRow,
        iri=st.just(f"{BASE}paper/x"),
        title=TEXTS,
        issued=st.sampled_from(["", "2024", "2024-05"]),
        venue=st.none() | st.builds(Named, st.just(f"{BASE}venue/x"), TEXTS),
        authors=THINGS,
        datasets=THINGS,
        code=THINGS,
    ),
    max_size=4,
)
HOSTILE = (
    *("page=-1", "page=0", "page=1e9", "page=x", "page=" + "9" * 5000, "page=%00", "page=2&page=x"),
    *("sort=x", "sort=", "sort=--title", "sort=%00", "more=x", "more=%00", "more=family"),
    *("technique=%00", "technique=%FF%FE", "technique=%ED%A0%80", "technique=%3Cscript%3E"),
    *("year=-1&year=-", "code=no", "list=..%2F..", "x=y&%00=%00", "&".join(["venue=arxiv"] * 1000)),
    *("&".join(f"technique=t{at}" for at in range(100)), "dataset=" + "a" * 10_000, "rows=all"),
    *("rows=model&columns=model", "rows=%00&columns=", "rows=family&columns=x&family=-"),
)


@pytest.fixture(scope="module")
def client(store: Engine, five_list_graph) -> FlaskClient:
    """The pages over the five lists; an error in one is an error here."""
    build = GraphDirectory(five_list_graph).current()
    assert build is not None
    app = create_app(store, search=build.search)
    app.testing = True
    return app.test_client()


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return answer.text


def rows_of(text: str) -> list[str]:
    """Return the paths of the papers in the table of a page."""
    return re.findall(r'<th scope="row"><a href="/(paper/[^"]+)"', text)


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def told(cell: str) -> str:
    """Return a cell without the apostrophe before what would be computed."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(COMPUTED) else cell


@given(ROWS)
def test_whatever_a_cell_holds_is_read_back_and_never_computed(rows: list[PaperRow]) -> None:
    """Quotes, line ends and separators survive; a formula is text, behind an apostrophe."""
    found = list(csv.DictReader(io.StringIO(as_csv(rows), newline="")))
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        assert not any(cell.startswith(COMPUTED) for cell in cells.values())
        if not row.title.startswith("'"):
            assert told(cells["title"]) == row.title
        assert (cells["iri"], cells["issued"], cells["year"]) == (row.iri, row.issued, row.year)
        names = "; ".join(one.name for one in row.datasets)
        assert cells["datasets"] == (f"'{names}" if names.startswith(COMPUTED) else names)


@pytest.mark.parametrize("first", COMPUTED)
def test_a_title_that_a_spreadsheet_would_compute_gets_an_apostrophe(first: str) -> None:
    """The only change that is made to it."""
    title = f'{first}HYPERLINK("https://example.org", "a\n""b")'
    (found,) = csv.DictReader(io.StringIO(as_csv([PaperRow("x", title)]), newline=""))
    assert found["title"] == f"'{title}"


@given(ROWS)
def test_json_holds_the_rows(rows: list[PaperRow]) -> None:
    """Things with their IRIs; what is not stated is null or empty."""
    found = json.loads(as_json(rows, 99, Addresses()))
    assert (found["number"], found["base"]) == (99, BASE)
    for row, paper in zip(rows, found["papers"], strict=True):
        assert (paper["iri"], paper["title"]) == (row.iri, row.title)
        assert paper["issued"] == (row.issued or None)
        assert paper["year"] == (int(row.year) if row.year else None)
        assert paper["venue"] == (row.venue and {"iri": row.venue.iri, "name": row.venue.name})
        assert [one["name"] for one in paper["authors"]] == [one.name for one in row.authors]
        assert [one["iri"] for one in paper["code"]] == [one.iri for one in row.code]


@pytest.mark.parametrize("order", ORDERS)
def test_the_files_hold_what_the_pages_show(
    client: FlaskClient, store: Engine, catalogue: Catalogue, order: str
) -> None:
    """Page by page and as a whole, in the same order, in both forms."""
    view = View({"code": ("yes",)}, order)
    paths = catalogue.page(papers_of(catalogue, view), order, 0, catalogue.size)
    wanted = read_rows(store, Addresses(), paths)
    shown: list[str] = []
    for at in range(-(-len(paths) // PER_PAGE)):
        asked = f"code=yes&sort={order}&page={at + 1}"
        on_page = rows_of(page(client, f"/browse?{asked}"))
        assert [f"{BASE}{path}" for path in on_page] == [
            one["iri"] for one in table(client, f"/browse.csv?{asked}")
        ]
        shown += on_page
    assert tuple(shown) == paths
    whole = f"rows=all&code=yes&sort={order}"
    assert [told(one["title"]) for one in table(client, f"/browse.csv?{whole}")] == [
        one.title for one in wanted
    ]
    answer = client.get(f"/browse.json?{whole}")
    assert answer.mimetype == "application/json"
    assert answer.text == as_json(wanted, len(paths), Addresses())
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_column_is_sorted_up_and_down(client: FlaskClient) -> None:
    """A second click turns the order round; what is told to who hears it is what rows do."""
    for name, first in (("Date", "-newest"), ("Paper", "title"), ("Venue", "venue"),
                        ("Lists", "lists")):  # fmt: skip
        seen = []
        address = f"/browse?sort={first}"
        for _ in range(2):
            text = page(client, address)
            (head,) = re.findall(
                rf'<th scope="col" aria-sort="(\w+)"><a href="([^"]+)">{name} ', text
            )
            assert text.count("aria-sort") == 1
            seen.append((head[0], rows_of(text)[0]))
            address = unescape(head[1])
        assert {direction for direction, _ in seen} == {"ascending", "descending"}
        assert seen[0][1] != seen[1][1]
        assert View.asked(MultiDict(parse_qsl(urlsplit(address).query))).order == first
    counts = re.findall(
        r'data-label="Lists" class="number">(\d+)', page(client, "/browse?sort=lists")
    )
    assert list(map(int, counts)) == sorted(map(int, counts), reverse=True)
    assert 'aria-sort="descending"' in page(client, "/browse?sort=lists")


@pytest.mark.parametrize("path", ["browse", "browse.csv", "browse.json", "matrix", "search.json"])
def test_an_absurd_address_is_answered(client: FlaskClient, path: str) -> None:
    """With a view of what is left of it, and as nothing but text."""
    for query in HOSTILE:
        answer = client.get(f"/{path}?{query}")
        assert answer.status_code == 200, query
        assert "<script>" not in answer.text, query


def test_the_view_that_is_empty_and_the_page_that_is_not_there_say_so(client: FlaskClient) -> None:
    """With the way back; their files have a head and no rows."""
    text = page(client, "/browse?technique=lora&dataset=nothing")
    assert "No paper has all of that" in text
    assert re.search(r'<a href="/browse\?technique=lora"', text)
    text = page(client, "/browse?code=yes&page=999")
    assert "There is no such page" in text
    assert 'href="/browse?code=yes"' in text
    for address in ("/browse.csv?dataset=nothing", "/browse.csv?page=999"):
        assert table(client, address) == []
    assert client.get("/browse.json?page=999").json["papers"] == []


def test_too_many_rows_for_a_file_are_refused_with_a_sentence(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the page does not offer them; those of a page can be had."""
    assert "rows=all" in page(client, "/browse")
    monkeypatch.setattr(browsing, "MOST_ROWS", 100)
    for name in ("csv", "json"):
        answer = client.get(f"/browse.{name}?rows=all")
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        assert "one file holds 100: choose more of the facets" in answer.json["detail"]
        assert client.get(f"/browse.{name}?page=2").status_code == 200
        assert client.get(f"/browse.{name}?rows=all&technique=lora").status_code == 200
    assert "rows=all" not in page(client, "/browse")


def test_what_is_not_counted_yet_says_when_to_come_back(store: Engine) -> None:
    """503 with a sentence for a file, a page for a person."""
    client = create_app(store).test_client()
    for name in ("csv", "json"):
        answer = client.get(f"/browse.{name}")
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert "try again in a minute" in answer.json["detail"]
        assert int(answer.headers["Retry-After"]) > 0
    for path in ("/browse", "/matrix", "/browse?technique=lora&page=2"):
        assert "still being made" in page(client, path)
    assert "still being counted" in page(client, "/")


def test_a_cell_of_the_matrix_leads_to_as_many_papers(client: FlaskClient) -> None:
    """Also of a matrix that is narrowed; what is chosen of an axis itself counts for nothing."""
    for narrowed in ("", "&code=yes", "&code=yes&year=2024&year=2023&technique=lora"):
        text = page(client, f"/matrix?rows=technique&columns=dataset{narrowed}")
        cells = re.findall(r'<td><a href="([^"]+)">(\d+)</a>', text)
        assert cells
        for address, number in [*cells[:5], *cells[-5:]]:
            found = page(client, unescape(address))
            assert f'<h2 id="found">{number} of ' in found, address
        only = re.search(r'Only <a href="([^"]+)">(\d+) papers</a> are counted', text)
        assert (only is None) == (narrowed == "")
        if only:
            assert f'<h2 id="found">{only[2]} of ' in page(client, unescape(only[1]))


def test_every_facet_has_a_name_and_opens_whole(client: FlaskClient) -> None:
    """All values of one can be seen, each with the papers that it leaves."""
    for facet in sorted(NOUNS.keys() - {"edition", "family"}):
        text = page(client, f"/browse?more={facet}")
        (opened,) = re.findall(r"<details open>(.*?)</details>", text, re.DOTALL)
        values = re.search(r'<span class="small">(\d+)</span></summary>', opened)
        assert values is not None
        assert opened.count("<li>") == int(values[1])
