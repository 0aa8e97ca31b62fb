"""Which pairs of units are worth comparing: those that share a block.

Blocking keeps the work near-linear (Christen, "Data Matching", 2012, chapter 4): a block that is
too common to tell works apart is dropped, except for identifiers and titles, where it is cut into
a chain of neighbours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from fedkg.resolve.units import Unit

_BLOCK_AT_MOST = 30
_RAREST = 3
_INITIALS = 5
_VERY_RARE = 4
_CERTAIN = ("claim:", "title:")


def pairs(units: Sequence[Unit], counts: Counter[str]) -> list[tuple[int, int]]:
    """Return the pairs of positions of units to compare, each once, sorted.

    `counts` says in how many titles each word stands.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, unit in enumerate(units):
        for key in set(_keys(unit, counts)):
            blocks[key].append(position)
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) <= _BLOCK_AT_MOST:
            found.update(combinations(members, 2))
        elif key.startswith(_CERTAIN):
            found.update(pairwise(members))
    return sorted(found)


def _keys(unit: Unit, counts: Counter[str]) -> Iterator[str]:
    for claim in unit.claims:
        yield f"claim:{claim}"
    yield f"title:{unit.name.full}"
    if unit.name.rest:
        yield f"title:{unit.name.rest}"
    for name in unit.known_as | unit.branches:
        yield f"name:{name}"
    yield from _abbreviations(unit)
    yield from _beginnings(unit)
    yield from (f"rare:{word}" for word in unit.name.words if 1 < counts[word] <= _VERY_RARE)
    rare = sorted(unit.name.words, key=lambda word: (counts[word], word))[:_RAREST]
    for one, other in combinations(sorted(rare), 2):
        yield f"words:{one} {other}"
    if len(unit.authors) > 1:
        first, last = min(unit.authors), max(unit.authors)
        yield f"authors:{first}|{last}"


def _abbreviations(unit: Unit) -> Iterator[str]:
    """Yield short forms of a title's first words: "hetlora" of "Heterogeneous LoRA …", "fedtpg"."""
    words = unit.name.sequence
    if not unit.name.is_label and len(words) > 1:
        yield f"name:{words[0][:3]}{words[1]}"
        initials = "".join(word[0] for word in unit.name.spaced[1:_INITIALS])
        yield from (f"name:{words[0][:3]}{initials[:n]}" for n in range(2, _INITIALS))


def _beginnings(unit: Unit) -> Iterator[str]:
    """Yield the first three words, of the title and of what stands behind its short name."""
    words = unit.name.sequence
    behind = 1
    for start in (0, behind if unit.name.short else 0):
        if len(words) >= start + 3:
            yield f"begins:{' '.join(words[start : start + 3])}"
