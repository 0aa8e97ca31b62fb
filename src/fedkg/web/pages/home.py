"""The first page: what the graph holds, and ways into it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from fedkg.model import Store
from fedkg.queries import example_queries
from fedkg.search.catalogue import Catalogue, Tally
from fedkg.search.figures import Figures, figures_of
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.examples import Examples
from fedkg.web.pages.rows import PaperRow, read_rows

_NEWEST = 5
_TECHNIQUES = 10


@dataclass(frozen=True, slots=True)
class Edition:
    """What is served: the id of its build, "" without one, and the day on which it was built."""

    build: str = ""
    built: str = ""

    @property
    def year(self) -> str:
        """The year to cite it by."""
        return self.built[:4] or str(date.today().year)


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows of a graph; `dated` and `stating` are papers behind the charts."""

    figures: Figures
    years: tuple[Tally, ...]
    dated: int
    techniques: tuple[Tally, ...]
    stating: int
    newest: tuple[PaperRow, ...]


def home_pages(
    store: Store, catalogue: Catalogue, addresses: Addresses, edition: Edition, examples: Examples
) -> Blueprint:
    """Return the route of the first page."""
    routes = Blueprint("home", __name__)

    @routes.get("/")
    def home() -> str:
        found = _home(store, catalogue, addresses) if catalogue.is_there else None
        return render_template(
            "home.html",
            home=found,
            answered=examples.answered,
            queries=example_queries(),
            edition=edition,
            base=addresses.base,
        )

    return routes


def _home(store: Store, catalogue: Catalogue, addresses: Addresses) -> Home:
    return Home(
        figures_of(catalogue),
        catalogue.tally("year", catalogue.all),
        catalogue.stating("year").bit_count(),
        catalogue.tally("technique", catalogue.all)[:_TECHNIQUES],
        catalogue.stating("technique").bit_count(),
        read_rows(store, addresses, catalogue.page(catalogue.all, "newest", 0, _NEWEST)),
    )
