"""Counting over the papers of a thing: what is most frequent, and in which years.

Everything here is told with the number of papers that state anything of the kind: a list that is
silent of datasets says nothing of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

_YEARS = 10
"""Years that have a column of their own, the newest."""
UNKNOWN = "year unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """A thing and how many papers are connected with it."""

    iri: str
    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most frequent of `things` things, of which `stating` papers name any."""

    stating: int
    things: int
    first: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A ranking over time: for each thing of it, its papers in each of the columns."""

    ranking: Ranking
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def papers_of(stated: Iterable[tuple[str, str]]) -> Mapping[str, Set[str]]:
    """Return the papers of each thing, from pairs of a paper and a thing."""
    found: dict[str, set[str]] = defaultdict(set)
    for paper, thing in stated:
        found[thing].add(paper)
    return found


def most_frequent(papers: Mapping[str, Set[str]]) -> Sequence[str]:
    """Return the things, those of most papers first."""
    return sorted(papers, key=lambda thing: (-len(papers[thing]), thing))


def ranking(papers: Mapping[str, Set[str]], names: Mapping[str, str], most: int) -> Ranking:
    """Return at most `most` things of most papers, under their names."""
    return Ranking(
        len(set().union(*papers.values())),
        len(papers),
        tuple(
            Tally(thing, names.get(thing, thing), len(papers[thing]))
            for thing in most_frequent(papers)[:most]
        ),
    )


def timeline(
    papers: Mapping[str, Set[str]],
    names: Mapping[str, str],
    years: Mapping[str, int | None],
    most: int,
) -> Timeline:
    """Return at most `most` things over time. `years` has the year of each paper, None if unknown.

    Years before the newest ones share a column, and papers without a year have their own.
    """
    ranked = ranking(papers, names, most)
    stating = set().union(*papers.values())
    shown = sorted({year for paper in stating if (year := years.get(paper)) is not None})[-_YEARS:]
    column = {paper: _column(years.get(paper), shown) for paper in stating}
    present = set(column.values())
    columns = [f"before {shown[0]}" if shown else "", *map(str, shown), UNKNOWN]
    columns = [one for one in columns if one in present]
    counted = [Counter(column[paper] for paper in papers[one.iri]) for one in ranked.first]
    return Timeline(
        ranked, tuple(columns), tuple(tuple(row[one] for one in columns) for row in counted)
    )


def _column(year: int | None, shown: Sequence[int]) -> str:
    if year is None:
        return UNKNOWN
    return str(year) if year >= shown[0] else f"before {shown[0]}"
