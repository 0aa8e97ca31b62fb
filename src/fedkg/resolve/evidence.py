"""What speaks for two units being the same work, and what against: weighed evidence.

The weights are chosen so that one strong sign (an identifier, a title in full) is enough when
nothing speaks against it, and that signs which lists often get wrong (a link beside a short name)
give way to names that disagree. A sum of at least `SAME` makes one work; of `DIFFERENT` or less
keeps two works apart whatever else joins them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fedkg.ids import Identifier
from fedkg.model import Evidence
from fedkg.resolve.labels import FIELD_WORDS, abbreviates, begins, is_generic, is_telling, is_unlike
from fedkg.resolve.names import SMALL_WORDS, Name, likeness
from fedkg.resolve.units import LINK, Unit, shared_repositories, word_counts

SAME = 3
DIFFERENT = -3

_CONFLICTS = {
    "arxiv": -4,
    "acl": -4,
    "ieee": -4,
    "pmlr": -4,
    "neurips": -4,
    "doi": -2,
    "openreview": -2,
}
_LONG_TITLE = 4
_CONTAINED_LENGTH = 25
_DIFFERENCE = ((0.6, -1), (0.35, -3), (0.0, -6))
"""Weights of titles that differ, by the share of words they have in common (Jaccard index)."""


_RARE_AT_MOST = 4
_RARE_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs pairs of units, knowing all of them: what is unique, rare or shared."""

    short_names: dict[str, frozenset[str]]
    shared: frozenset[tuple[str, str, str]]
    counts: Counter[str]
    rare_at_most: int
    labels: dict[Identifier, tuple[Unit, ...]]

    @classmethod
    def of(cls, units: Sequence[Unit]) -> "Weigher":
        """Return a weigher for the pairs among units."""
        short_names: dict[str, set[str]] = defaultdict(set)
        labels: dict[Identifier, list[Unit]] = defaultdict(list)
        for unit in units:
            if unit.name.short:
                short_names[unit.name.short].add(unit.name.rest or unit.name.full)
            if unit.name.is_label:
                for claim in unit.claims:
                    labels[claim].append(unit)
        return cls(
            {short: frozenset(titles) for short, titles in short_names.items()},
            shared_repositories(units),
            word_counts(units),
            max(_RARE_AT_MOST, int(_RARE_SHARE * len(units))),
            {claim: tuple(found) for claim, found in labels.items()},
        )

    def weigh(self, one: Unit, other: Unit) -> tuple[Evidence, ...]:
        """Return the evidence on two units being one work, for and against."""
        return tuple(self._evidence(one, other))

    def _evidence(self, one: Unit, other: Unit) -> Iterator[Evidence]:
        yield from _claims(one, other)
        titles = list(self._titles(one, other))
        yield from titles
        yield from self._authors(one, other)
        if one.appearances & other.appearances:
            yield Evidence("same-venue-and-year", 1)
        elif {venue for venue, _ in one.appearances} & {venue for venue, _ in other.appearances}:
            yield Evidence("same-venue-in-another-year", -5)
        if (one.repositories & other.repositories) - self.shared:
            yield Evidence("same-repository", 2)

    def _titles(self, one: Unit, other: Unit) -> Iterator[Evidence]:
        if one.name.full == other.name.full:
            yield self._equal(one)
        elif one.name.is_label or other.name.is_label:
            yield from self._label(one, other)
        else:
            yield from self._full_titles(one, other)

    def _equal(self, one: Unit) -> Evidence:
        if not one.name.is_label:
            return Evidence("equal-title", 8 if len(one.name.words) >= _LONG_TITLE else 5)
        if self._is_unique(one.known_as):
            return Evidence("equal-label-of-one-title", 7)
        return Evidence("equal-label", 3)

    def _full_titles(self, one: Unit, other: Unit) -> Iterator[Evidence]:
        a, b = one.name, other.name
        if a.rest and a.rest == b.rest:
            yield Evidence("equal-but-for-short-name", 6)
            return
        alike = likeness(a, b)
        if alike:
            yield Evidence("similar-title", alike)
        elif _continues(a, b) or _continues(b, a):
            yield Evidence("title-continues", 5)
        else:
            shared = len(a.words & b.words) / len(a.words | b.words)
            weight = next(weight for least, weight in _DIFFERENCE if shared >= least)
            yield Evidence("different-title", weight)
            yield from self._rare_words(one, other)
        if a.short and b.short and a.short != b.short:
            yield Evidence("different-short-name", -3)

    def _rare_words(self, one: Unit, other: Unit) -> Iterator[Evidence]:
        """Rare words count only for a preprint and a publication by the same people."""
        if not _is_preprint_beside_publication(one, other) or _overlap(one, other) < 0.8:
            return
        rare = sorted(w for w in one.name.words & other.name.words if self._is_rare(w))
        if rare:
            yield Evidence("shared-rare-words", min(4, 2 * len(rare)), ", ".join(rare[:4]))

    def _label(self, one: Unit, other: Unit) -> Iterator[Evidence]:
        label, work = (one, other) if one.name.is_label else (other, one)
        if label.known_as & work.known_as and is_telling(label):
            shared = label.known_as & work.known_as
            unique = not work.name.is_label and self._is_unique(shared)
            weight = (5 if is_generic(shared) else 7) if unique else 2
            yield Evidence("label-is-short-name", weight)
            return
        if label.name.parts & work.branches:
            yield Evidence("label-is-branch", 7)
        elif not work.known_as and abbreviates(label, work):
            yield Evidence("label-abbreviates-title", 4)
        elif begins(label, work):
            yield Evidence("label-begins-title", 5)
        elif self._is_within(label, work):
            yield Evidence("label-words-in-title", 5)
        elif work.known_as:
            yield Evidence("different-name", -6)
        elif is_unlike(label, work):
            yield Evidence("label-unlike-title", -6)
        elif self._rivals(label, work):
            yield Evidence("another-label-has-the-link", -3)
        both = work.name.is_label
        if self._names_another(label, work) or (both and self._names_another(work, label)):
            yield Evidence("label-is-short-name-of-another", -7)

    def _is_unique(self, names: frozenset[str]) -> bool:
        """Whether exactly one title has a short name among these."""
        return len({title for name in names for title in self.short_names.get(name, ())}) == 1

    def _names_another(self, label: Unit, work: Unit) -> bool:
        return self._is_unique(label.name.parts) and not label.name.parts & work.known_as

    def _rivals(self, label: Unit, work: Unit) -> bool:
        """Whether another label, no name of a third work, carries the identifier that is shared."""
        return any(
            not rival.known_as & label.known_as and not self._names_another(rival, work)
            for claim in label.claims & work.claims
            for rival in self.labels.get(claim, ())
        )

    def _is_within(self, label: Unit, work: Unit) -> bool:
        """Whether all words of a label stand in one title, two of them being rare."""
        words = {w for w in label.name.sequence if not w.isdigit()} - SMALL_WORDS
        rare = [word for word in words if self._is_rare(word)]
        is_long = len(words) >= 3 and len(rare) >= 2
        return is_long and not work.name.is_label and words <= set(work.name.sequence)

    def _is_rare(self, word: str) -> bool:
        is_telling = len(word) > 3 and word not in FIELD_WORDS
        return is_telling and self.counts[word] <= self.rare_at_most

    def _authors(self, one: Unit, other: Unit) -> Iterator[Evidence]:
        shared = one.authors & other.authors
        smaller = min(len(one.authors), len(other.authors))
        if smaller < 2:
            return
        if not shared:
            yield Evidence("no-common-author", -6)
        elif len(shared) == smaller and smaller >= 4:
            yield Evidence("same-authors", 5)
        elif len(shared) >= 3 and len(shared) >= 0.8 * smaller:
            yield Evidence("same-authors", 4)
        elif len(shared) >= 0.5 * smaller:
            yield Evidence("common-authors", 2)


def total(evidence: Sequence[Evidence]) -> int:
    """Return the sum of the weights."""
    return sum(item.weight for item in evidence)


def is_objection(evidence: Sequence[Evidence]) -> bool:
    """Return whether two units are different works whatever else joins them.

    Titles in full and authors that differ say so. Names and links alone do not: they are what
    lists get wrong.
    """
    kinds = {item.kind for item in evidence}
    return total(evidence) <= DIFFERENT and bool(kinds & {"different-title", "no-common-author"})


def _claims(one: Unit, other: Unit) -> Iterator[Evidence]:
    shared = sorted(one.claims & other.claims, key=str)
    for at, claim in enumerate(shared):
        weight = 4 if claim.scheme == LINK else 5
        yield Evidence(f"shared-{claim.scheme}", weight if at == 0 else 1, claim.value)
    for scheme, weight in _CONFLICTS.items():
        mine = {claim.value for claim in one.claims if claim.scheme == scheme}
        theirs = {claim.value for claim in other.claims if claim.scheme == scheme}
        if mine and theirs and not mine & theirs:
            yield Evidence(f"different-{scheme}", weight)


def _continues(short: Name, long: Name) -> bool:
    """Whether one title goes on where the other stops, a short name before it aside."""
    if len(short.full) < _CONTAINED_LENGTH or len(short.full) >= len(long.full):
        return False
    return long.full.startswith(short.full) or (long.rest or "").startswith(short.full)


def _overlap(one: Unit, other: Unit) -> float:
    smaller = min(len(one.authors), len(other.authors))
    return len(one.authors & other.authors) / smaller if smaller > 1 else 0.0


def _is_preprint_beside_publication(one: Unit, other: Unit) -> bool:
    has_arxiv = [any(c.scheme == "arxiv" for c in unit.claims) for unit in (one, other)]
    return has_arxiv[0] != has_arxiv[1]
