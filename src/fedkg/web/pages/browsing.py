"""`/browse`: the papers as a table that is narrowed by facets, and the same as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from fedkg.model import Store
from fedkg.search.catalogue import Catalogue
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.rows import Named, PaperRow, read_rows
from fedkg.web.pages.views import NOUNS, ORDERS, Facet, View, facets_of, papers_of
from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.problem import Problem

PER_PAGE = 50
MOST_ROWS = 10_000
"""Rows that one download holds: more are in the dumps, or behind SPARQL."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet computes."""
_COLUMNS = (
    *("title", "issued", "year", "venue", "authors", "techniques", "datasets", "models", "code"),
    *("lists", "iri"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A view as a page shows it: some rows of `number` papers, out of `all_papers`."""

    view: View
    rows: tuple[PaperRow, ...]
    number: int
    all_papers: int
    facets: tuple[Facet, ...]

    @property
    def pages(self) -> int:
        """How many pages the view has."""
        return max(1, ceil(self.number / PER_PAGE))

    @property
    def first(self) -> int:
        """The number of the first row, from 1 on."""
        return (self.view.page - 1) * PER_PAGE + 1


def browsing(store: Store, catalogue: Catalogue, addresses: Addresses) -> Blueprint:
    """Return the routes of the table of all papers."""
    routes = Blueprint("browsing", __name__)

    def rows(view: View, papers: int, *, whole: bool) -> tuple[PaperRow, ...]:
        skip, most = (0, MOST_ROWS) if whole else ((view.page - 1) * PER_PAGE, PER_PAGE)
        return read_rows(store, addresses, catalogue.page(papers, view.order, skip, most))

    @routes.get("/browse")
    def browse() -> str:
        view = View.asked(request.args)
        if not catalogue.is_there:
            return render_template("browse.html", shown=None)
        papers = papers_of(catalogue, view)
        shown = Shown(
            view,
            rows(view, papers, whole=False),
            papers.bit_count(),
            catalogue.size,
            tuple(facets_of(catalogue, view)),
        )
        return render_template(
            "browse.html", shown=shown, orders=ORDERS, nouns=NOUNS, most_rows=MOST_ROWS
        )

    @routes.get("/browse.<any(csv,json):name>")
    def download(name: str) -> Response:
        view, whole = View.asked(request.args), request.args.get("rows") == "all"
        if not catalogue.is_there:
            raise UnansweredError(_not_there())
        papers = papers_of(catalogue, view)
        number = papers.bit_count()
        if whole and number > MOST_ROWS:
            raise UnansweredError(_too_many(number))
        found = rows(view, papers, whole=whole)
        body = as_csv(found) if name == "csv" else as_json(found, number, addresses)
        response = make_response(body)
        response.content_type = f"{_TYPES[name]}; charset=utf-8"
        response.headers["Content-Disposition"] = f'attachment; filename="papers.{name}"'
        return response

    return routes


_TYPES = {"csv": "text/csv", "json": "application/json"}


def as_csv(rows: Iterable[PaperRow]) -> str:
    """Return rows as CSV (RFC 4180) for spreadsheets: what one would compute begins with `'`."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for row in rows:
        table.writerow(_safe(cell) for cell in _cells(row))
    return text.getvalue()


def as_json(rows: Sequence[PaperRow], number: int, addresses: Addresses) -> str:
    """Return rows as JSON: `papers` of `number` in the view, things with their IRIs."""
    found = {"number": number, "base": addresses.base, "papers": [_members(row) for row in rows]}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _cells(row: PaperRow) -> tuple[str, ...]:
    several = (row.authors, row.techniques, row.datasets, row.models, row.code, row.lists)
    venue = row.venue.name if row.venue else ""
    joined = ("; ".join(one.name for one in things) for things in several)
    return row.title, row.issued, row.year, venue, *joined, row.iri


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _members(row: PaperRow) -> Mapping[str, Any]:
    def told(things: Iterable[Named]) -> list[Mapping[str, str]]:
        return [{"iri": one.iri, "name": one.name} for one in things]

    return {
        "iri": row.iri,
        "title": row.title,
        "issued": row.issued or None,
        "year": int(row.year) if row.year else None,
        "venue": told([row.venue])[0] if row.venue else None,
        "authors": told(row.authors),
        "techniques": told(row.techniques),
        "datasets": told(row.datasets),
        "models": told(row.models),
        "code": told(row.code),
        "lists": told(row.lists),
    }


def _too_many(number: int) -> Problem:
    detail = (
        f"The view has {number:,} papers and one file holds {MOST_ROWS:,}: choose more of the "
        "facets, or ask /sparql."
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return Problem("too-many-rows", status, "Too many rows", detail)


def _not_there() -> Problem:
    detail = "The table of this graph is still being made, or could not be: try again in a minute."
    headers = {"Retry-After": "30"}
    return Problem("no-index", HTTPStatus.SERVICE_UNAVAILABLE, "No table yet", detail, headers)
