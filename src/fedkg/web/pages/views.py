"""A view of the papers: which, in what order, and what each choice would leave."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from fedkg.search.catalogue import NONE, Catalogue

NOUNS: Mapping[str, str] = {
    "technique": "Technique",
    "venue": "Venue",
    "edition": "Edition",
    "year": "Year",
    "dataset": "Dataset",
    "model": "Model",
    "family": "Model family",
    "list": "List",
    "code": "Code",
}
"""The facets and what they are called, in the order in which they are shown."""
ORDERS: Mapping[str, str] = {
    "newest": "newest first",
    "-newest": "oldest first",
    "title": "title, A to Z",
    "-title": "title, Z to A",
    "venue": "venue, A to Z",
    "-venue": "venue, Z to A",
    "lists": "in most lists first",
    "-lists": "in fewest lists first",
}
SHOWN = 8
"""Values of a facet that are shown, unless all of one are asked for."""
_PLAIN = {"year", "code"}
"""Facets whose values are no things."""
_ONLY_CHOSEN = {"edition", "family"}
"""Facets that are shown where something of them is chosen: they say again what others do."""
MOST_VALUES = 100
"""Values of one facet that may be chosen."""
_LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for: keys of values by facet ("lora"), an order, a page from 1 on.

    Values of one facet are alternatives; a paper must have one of each facet that is chosen from.
    `more` is the facet of which all values are to be shown.
    """

    chosen: Mapping[str, tuple[str, ...]]
    order: str = "newest"
    page: int = 1
    more: str = ""

    @classmethod
    def asked(cls, given: "MultiDict[str, str]") -> "View":
        """Return the view that the parameters of an address ask for; what is no view is left.

        Raises BadRequest for more values of a facet than may be chosen.
        """
        chosen = {
            facet: tuple(dict.fromkeys(key for key in given.getlist(facet) if key))
            for facet in NOUNS
        }
        if any(len(keys) > MOST_VALUES for keys in chosen.values()):
            sentence = f"A view has at most {MOST_VALUES} values of a facet: choose fewer."
            raise BadRequest(sentence)
        order, more = given.get("sort", ""), given.get("more", "")
        page = given.get("page", 1, type=int)
        return cls(
            {facet: keys for facet, keys in chosen.items() if keys},
            order if order in ORDERS else "newest",
            min(max(page, 1), _LAST_PAGE),
            more if more in NOUNS else "",
        )

    def toggled(self, facet: str, key: str) -> "View":
        """Return the first page of the view with a value more, or without it."""
        keys = self.chosen.get(facet, ())
        left = tuple(one for one in keys if one != key) if key in keys else (*keys, key)
        chosen = {**self.chosen, facet: left}
        return replace(self, chosen={f: some for f, some in chosen.items() if some}, page=1)

    def but(self, **changes: Any) -> "View":
        """Return the first page of the view with something else."""
        return replace(self, **{"page": 1, **changes})

    def parameters(self) -> dict[str, str | int | tuple[str, ...] | None]:
        """Return the parameters that ask for this view."""
        return {
            **{facet: self.chosen[facet] for facet in NOUNS if facet in self.chosen},
            "sort": None if self.order == "newest" else self.order,
            "page": None if self.page == 1 else self.page,
            "more": self.more or None,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen, and how many papers it would leave beside the other facets."""

    key: str
    name: str
    papers: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of a view: some of its values, of `values` in all."""

    name: str
    noun: str
    choices: tuple[Choice, ...]
    values: int


def path_of(facet: str, key: str) -> str:
    """Return the path of a value in the catalogue."""
    return key if facet in _PLAIN or key == NONE else f"{facet}/{key}"


def papers_of(catalogue: Catalogue, view: View, but: str = "") -> int:
    """Return the papers of a view, whatever is chosen of the facet `but`."""
    sets = (
        catalogue.chosen(facet, [path_of(facet, key) for key in keys])
        for facet, keys in view.chosen.items()
        if facet != but
    )
    return reduce(int.__and__, sets, catalogue.all)


def facets_of(catalogue: Catalogue, view: View) -> Iterator[Facet]:
    """Yield the facets of a view, each with what choosing a value would leave."""
    for name, noun in NOUNS.items():
        keys = view.chosen.get(name, ())
        if name in _ONLY_CHOSEN and not keys:
            continue
        papers = papers_of(catalogue, view, but=name)
        choices = tuple(_choices(catalogue, name, papers, keys))
        shown = choices if view.more == name else _first(choices)
        yield Facet(name, noun, shown, len(choices))


def _choices(
    catalogue: Catalogue, facet: str, papers: int, keys: Iterable[str]
) -> Iterator[Choice]:
    counted = {one.path: one for one in catalogue.tally(facet, papers)}
    known = catalogue.facets[facet]
    for key in keys:
        path = path_of(facet, key)
        if path not in counted and key != NONE:  # it leaves nothing, but it can be taken back
            yield Choice(key, known[path].name if path in known else key, 0, True)
    found = counted.values()
    for one in reversed(found) if facet == "year" else found:
        key = one.path if facet in _PLAIN else one.path.partition("/")[2]
        yield Choice(key, one.name, one.papers, key in keys)
    without = (papers & ~catalogue.stating(facet)).bit_count()
    if without or NONE in keys:
        yield Choice(NONE, "none stated", without, NONE in keys)


def _first(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the choices of the most papers, and all that are chosen or stand for none."""
    return tuple(
        one for at, one in enumerate(choices) if at < SHOWN or one.is_chosen or one.key == NONE
    )
