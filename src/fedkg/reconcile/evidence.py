"""How far a constraint of a query agrees with what the graph states, from 0 to 100."""

from collections.abc import Iterable

from fedkg.ids import identifiers_of_doi
from fedkg.reconcile.facts import Stated
from fedkg.reconcile.identifiers import orcid_of
from fedkg.reconcile.queries import Value
from fedkg.reconcile.resemblance import EXACT, Spelled, resemblance
from fedkg.reconcile.schema import TYPES, Property

_A_YEAR_APART = 50.0
"""A preprint and its paper are often a year apart."""


def agreement(property_: Property, wanted: Iterable[Value], stated: Iterable[Stated]) -> float:
    """Return the mean over the values that are wanted of how well the best stated one fits."""
    stated = list(stated)
    fits = [max(_fit(property_, one, other) for other in stated) for one in wanted]
    return sum(fits) / len(fits)


def _fit(property_: Property, wanted: Value, stated: Stated) -> float:
    identifier, words = wanted
    if property_.form == "thing":
        if identifier and (identifier == stated.path or identifier == stated.text):
            return EXACT
        kind = TYPES[property_.target].kind
        return max(_alike(words, kind, name) for name in (stated.names or ("",)))
    if property_.form == "year":
        return _of_years(words, stated.text)
    if property_.form == "identifier":
        return EXACT if _canonical(words) == _canonical(stated.text) else 0.0
    return _alike(words, "", stated.text)


def _alike(words: str, kind: str, name: str) -> float:
    return resemblance(Spelled.of(words), kind, name) if words else 0.0


def _of_years(wanted: str, stated: str) -> float:
    year = wanted.partition("-")[0]
    if not (year.isascii() and year.isdigit() and stated.isdigit()) or len(year) > 4:
        return 0.0
    apart = abs(int(year) - int(stated))
    return {0: EXACT, 1: _A_YEAR_APART}.get(apart, 0.0)


def _canonical(identifier: str) -> str:
    plain = identifier.strip().casefold().removeprefix("doi:").removeprefix("arxiv:")
    for found in identifiers_of_doi(plain.partition("doi.org/")[2] or plain):
        return found.value
    return orcid_of(plain) or plain
