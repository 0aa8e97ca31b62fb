"""The papers that are like a paper, as its page shows them."""

from collections import defaultdict
from dataclasses import dataclass

from fedkg.model import Store
from fedkg.namespaces import PREAMBLE
from fedkg.search.catalogue import Catalogue
from fedkg.search.similar import Similar, similar_papers
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.rows import PaperRow, read_rows

_MOST_CITING = 100
"""Citing papers that are looked at."""
_TOGETHER = """SELECT ?citing ?other WHERE {{
  {{ SELECT ?citing WHERE {{ ?citing cito:cites <{iri}> }} ORDER BY ?citing LIMIT {most} }}
  ?citing cito:cites ?other
}}"""


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A paper that is like another, and what makes it so."""

    paper: PaperRow
    like: Similar


def read_similar(
    store: Store, catalogue: Catalogue, addresses: Addresses, iri: str
) -> tuple[SimilarRow, ...]:
    """Return the papers most like a paper (IRI): by what they use, and by who cites both."""
    cited: dict[str, list[str]] = defaultdict(list)
    for citing, other in store.select(PREAMBLE + _TOGETHER.format(iri=iri, most=_MOST_CITING)).rows:
        path = addresses.path(other.value) if other else None
        if citing and path:
            cited[citing.value].append(path)
    found = similar_papers(catalogue, addresses.path(iri) or "", cited.values())
    rows = {row.iri: row for row in read_rows(store, addresses, [one.path for one in found])}
    return tuple(SimilarRow(rows[f"{addresses.base}{one.path}"], one) for one in found)
