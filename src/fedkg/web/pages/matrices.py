"""`/matrix`: two facets against each other, so that what nobody has tried can be seen."""

from flask import Blueprint, render_template, request

from fedkg.search.catalogue import Catalogue
from fedkg.search.matrix import matrix_of
from fedkg.web.pages.views import NOUNS, View, papers_of

AXES = ("technique", "dataset", "model", "family", "venue", "year", "list")
"""The facets that may be set against each other."""
_MOST = (40, 20)


def matrices(catalogue: Catalogue) -> Blueprint:
    """Return the route of the matrix of two facets."""
    routes = Blueprint("matrices", __name__)

    @routes.get("/matrix")
    def matrix() -> str:
        rows = _axis(request.args.get("rows"), "technique")
        columns = _axis(request.args.get("columns"), "dataset")
        if rows == columns:
            columns = next(axis for axis in ("dataset", "technique") if axis != rows)
        view = _without(View.asked(request.args), rows, columns)
        found, papers = None, 0
        if catalogue.is_there:
            papers = papers_of(catalogue, view)
            found = matrix_of(catalogue, rows, columns, papers, _MOST)
        return render_template(
            "matrix.html",
            matrix=found,
            view=view,
            number=papers.bit_count(),
            rows=rows,
            columns=columns,
            axes=AXES,
            nouns=NOUNS,
        )

    return routes


def _axis(asked: str | None, default: str) -> str:
    return asked if asked in AXES else default


def _without(view: View, rows: str, columns: str) -> View:
    """Return a view without what is chosen of the axes: a cell chooses that."""
    chosen = {facet: keys for facet, keys in view.chosen.items() if facet not in {rows, columns}}
    return View(chosen)
