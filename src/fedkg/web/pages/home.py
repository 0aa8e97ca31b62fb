"""The first page: what the graph holds, and ways into it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from fedkg.model import Store
from fedkg.queries import ExampleQuery, example_queries, example_query
from fedkg.search.answers import QUESTIONS, Answer
from fedkg.search.catalogue import Catalogue, Tally
from fedkg.search.figures import Figures, figures_of
from fedkg.web.pages.addresses import Addresses
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
    store: Store, catalogue: Catalogue, addresses: Addresses, edition: Edition
) -> Blueprint:
    """Return the route of the first page."""
    routes = Blueprint("home", __name__)

    @routes.get("/")
    def home() -> str:
        found = _home(store, catalogue, addresses) if catalogue.is_there else None
        return render_template(
            "home.html",
            home=found,
            answered=_answered(catalogue),
            queries=example_queries(),
            edition=edition,
            base=addresses.base,
        )

    return routes


def _answered(catalogue: Catalogue) -> tuple[tuple[ExampleQuery, Answer | None], ...]:
    """Return the questions; those that have no answer yet, or got none, stay questions."""
    answers = catalogue.answers if catalogue.is_there else {}
    return tuple((example_query(name), answers.get(name)) for name in QUESTIONS)


def _home(store: Store, catalogue: Catalogue, addresses: Addresses) -> Home:
    return Home(
        figures_of(catalogue),
        catalogue.tally("year", catalogue.all),
        catalogue.stating("year").bit_count(),
        catalogue.tally("technique", catalogue.all)[:_TECHNIQUES],
        catalogue.stating("technique").bit_count(),
        read_rows(store, addresses, catalogue.page(catalogue.all, "newest", 0, _NEWEST)),
    )
