"""What is taken away: a graph, and which of its papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fedkg.errors import InputError
from fedkg.export.statements import Statements
from fedkg.model import Store
from fedkg.namespaces import PREAMBLE

_ALL = "SELECT ?paper WHERE { ?paper fkg:listed true } ORDER BY ?paper"
_OF_LIST = """SELECT DISTINCT ?paper WHERE {{
  ?entry fkg:inList <{iri}> ; fkg:describes ?paper
}} ORDER BY ?paper"""


@dataclass(frozen=True, slots=True)
class Options:
    """What some formats let one choose.

    `safe` makes cells that a spreadsheet would take for a formula plain text; `network` is a name
    of `fedkg.export.networks.kinds.KINDS`.
    """

    safe: bool = False
    network: str = "coauthors"


@dataclass(frozen=True, slots=True)
class Source:
    """A graph whose things live under `base`, and some of its papers (IRIs), in their order.

    `quads` is its file of sorted N-Quads, where there is one; `statements` are what the formats of
    RDF write, `items` are items of Wikidata by the path of what they are below `base`, and `absent`
    the paths of what was looked for there and has none.
    """

    store: Store
    base: str
    papers: tuple[str, ...]
    quads: Path | None = None
    statements: Statements | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    options: Options = field(default_factory=Options)

    def parts(self, most: int) -> Iterator[Sequence[str]]:
        """Yield the papers, at most so many at a time."""
        for at in range(0, len(self.papers), most):
            yield self.papers[at : at + most]


def all_papers(store: Store) -> tuple[str, ...]:
    """Return the listed papers of a graph, sorted."""
    return _papers(store, PREAMBLE + _ALL)


def papers_of_list(store: Store, base: str, slug: str) -> tuple[str, ...]:
    """Return the papers of a list, sorted. Raises InputError for a list that is not there."""
    found = _papers(store, PREAMBLE + _OF_LIST.format(iri=f"{base}list/{slug}"))
    if not found:
        known = store.select(f"{PREAMBLE}SELECT ?list WHERE {{ ?list a fkg:PaperList }}").rows
        slugs = sorted(one.value.rpartition("/")[2] for (one,) in known if one is not None)
        raise InputError(f"There is no list {slug}: there are {', '.join(slugs) or 'none'}.")
    return found


def papers_of_query(store: Store, query: str) -> tuple[str, ...]:
    """Return what a SELECT finds as `?paper`, each once, in its order.

    Raises QueryError, and InputError for a query without such a variable.
    """
    rows = store.select(query)
    if "paper" not in rows.variables:
        raise InputError("The query has no variable ?paper: select the papers under that name.")
    at = rows.variables.index("paper")
    found = (row[at] for row in rows.rows)
    return tuple(dict.fromkeys(one.value for one in found if one is not None and one.kind == "iri"))


def _papers(store: Store, query: str) -> tuple[str, ...]:
    return tuple(one.value for (one,) in store.select(query).rows if one is not None)
