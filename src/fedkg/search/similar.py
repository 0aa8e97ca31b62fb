"""Which papers are like a paper: they share what few papers have.

Each thing that two papers share counts by how rare it is, log2(n / papers that have it) of n papers
(inverse document frequency: Spärck Jones, Journal of Documentation 28(1), 1972). The sums over all
papers are added up at once, bit by bit of the weights, on the sets of papers themselves
(bit-sliced arithmetic: O'Neil and Quass, SIGMOD 1997), so that no paper is looked at alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from fedkg.search.catalogue import Catalogue, Value

SHARED = ("dataset", "model", "technique")
"""The facets that make papers alike."""
_FINENESS = 16
"""Parts of a bit that weights are rounded to."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What several papers have in common: a thing, or, without a name, a paper that cites them."""

    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper (path) that is like another: what both have, the rarest first.

    `together` is how many papers cite both.
    """

    path: str
    shared: tuple[str, ...]
    together: int


def similar_papers(
    catalogue: Catalogue, path: str, cited: Iterable[Iterable[str]] = (), most: int = 6
) -> tuple[Similar, ...]:
    """Return the papers that are most like a listed one, the most like it first.

    `cited` are the papers (paths) that each paper that cites it cites. A paper that shares nothing
    is not among them; where two are equally like, the newer one comes first.
    """
    positions = catalogue.positions([path])
    if not positions:
        return ()
    own = 1 << positions[0]
    together = (sum(1 << at for at in catalogue.positions(paths)) | own for paths in cited)
    shared = [*_things(catalogue, own), *(_Shared("", papers) for papers in together)]
    weighed = [(one, _weight(one.papers, catalogue.size)) for one in shared]
    weighed.sort(key=lambda one: (-one[1], one[0].name))
    sums = _sums([(one.papers & ~own, weight) for one, weight in weighed if weight])
    first = _highest(sums, most)
    return tuple(
        _similar(found, [one.name for one, _ in weighed if one.papers >> at & 1])
        for at, found in zip(first, catalogue.paths(first), strict=True)
    )


def _similar(path: str, shared: Sequence[str]) -> Similar:
    return Similar(path, tuple(name for name in shared if name), shared.count(""))


def _things(catalogue: Catalogue, own: int) -> list[_Shared]:
    found: list[Value] = []
    for facet in SHARED:
        found += [one for one in catalogue.facets[facet].values() if one.papers & own]
    return [_Shared(one.name, one.papers) for one in found]


def _weight(papers: int, size: int) -> int:
    """Return the weight of a thing that some papers have, in parts of a bit."""
    return round(_FINENESS * log2(size / papers.bit_count()))


def _sums(weighed: Iterable[tuple[int, int]]) -> list[int]:
    """Return the sums of the weights of the sets that each paper is in, as slices.

    Slice k is the set of the papers whose sum has bit k.
    """
    slices: list[int] = []
    for papers, weight in weighed:
        carry = 0
        for k in range(max(len(slices), weight.bit_length()) + 1):
            if k == len(slices):
                slices.append(0)
            one, other = slices[k], papers if weight >> k & 1 else 0
            slices[k] = one ^ other ^ carry
            carry = (one & other) | (carry & (one ^ other))
        if carry:
            slices.append(carry)
    return slices


def _highest(slices: Sequence[int], most: int) -> list[int]:
    """Return the positions of the papers of the highest sums above 0, the highest first."""
    found: list[int] = []
    left = 0
    for one in slices:
        left |= one
    while left and len(found) < most:
        best = left
        for one in reversed(slices):
            best = best & one or best
        left &= ~best
        while best and len(found) < most:
            lowest = best & -best
            found.append(lowest.bit_length() - 1)
            best ^= lowest
    return found
