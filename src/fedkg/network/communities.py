"""Communities: groups of papers that cite each other more than others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedkg.network.graph import CitationGraph

_SEED = 1
"""Louvain visits papers in a random order: always the same one."""


@dataclass(frozen=True, slots=True)
class Label:
    """What distinguishes a community: a topic of `here` of its `stating` papers.

    `elsewhere` of the `others` papers of all other communities have it. Only papers count that
    state any topic at all.
    """

    topic: str
    here: int
    stating: int
    elsewhere: int
    others: int


def communities(graph: CitationGraph) -> Sequence[Sequence[int]]:
    """Return groups of the papers that have a citation, the largest first, each sorted.

    Louvain's method, which looks for the greatest modularity (Blondel et al., "Fast unfolding of
    communities in large networks", J. Stat. Mech. P10008, 2008), on the citations without their
    direction. The same graph gives the same groups; another seed may give other ones, since
    partitions of nearly the same modularity can differ much (Good et al., Phys. Rev. E 81, 2010).
    """
    import networkx as nx

    found = nx.community.louvain_communities(nx.Graph(graph.links()), seed=_SEED)
    return sorted((sorted(papers) for papers in found), key=lambda one: (-len(one), one[0]))


def label(
    groups: Sequence[Iterable[int]], topics: Mapping[int, Sequence[str]]
) -> Sequence[Label | None]:
    """Return for each group the topic whose share in it is most above that in all other groups.

    At least two papers of the group have it; None is where there is no such topic.
    """
    counted = [_counted(group, topics) for group in groups]
    everywhere: Counter[str] = sum((topics for topics, _ in counted), Counter())
    stating = sum(number for _, number in counted)
    return [_most_distinct(here, number, everywhere, stating) for here, number in counted]


def _counted(group: Iterable[int], topics: Mapping[int, Sequence[str]]) -> tuple[Counter[str], int]:
    stated = [topics[paper] for paper in group if paper in topics]
    return Counter(topic for some in stated for topic in set(some)), len(stated)


def _most_distinct(
    here: Counter[str], number: int, everywhere: Counter[str], stating: int
) -> Label | None:
    found = [
        Label(topic, count, number, everywhere[topic] - count, stating - number)
        for topic, count in sorted(here.items())
        if count > 1
    ]
    best = max(found, key=_distinction, default=None)
    return best if best is not None and _distinction(best) > 0 else None


def _distinction(one: Label) -> float:
    return one.here / one.stating - one.elsewhere / max(one.others, 1)
