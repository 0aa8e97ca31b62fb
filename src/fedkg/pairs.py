"""Pairs of things, and in how many groups each two stand together."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import TypeVar

from fedkg.errors import NetworkError

Member = TypeVar("Member", str, int)

MOST_PAIRS = 50_000_000
MOST_LINKS = 2_000_000
"""What is counted in about a minute, and what fits into some gigabytes."""


def counted_pairs(groups: Iterable[Collection[Member]]) -> list[tuple[Member, Member, int]]:
    """Return how many groups each two members share, sorted. Members of a group are sorted.

    Raises NetworkError for more than memory holds.
    """
    groups = list(groups)
    _refuse_beyond(MOST_PAIRS, sum(len(group) * (len(group) - 1) // 2 for group in groups))
    weights: Counter[tuple[Member, Member]] = Counter()
    for group in groups:
        weights.update(combinations(group, 2))
        _refuse_beyond(MOST_LINKS, len(weights))
    return [(one, other, weight) for (one, other), weight in sorted(weights.items())]


def _refuse_beyond(most: int, count: int) -> None:
    if count > most:
        raise NetworkError(
            f"The network has more links than fit into memory ({count:,} and more): choose fewer"
            " papers, by --list or --query."
        )
