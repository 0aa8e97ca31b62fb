"""Which entries became one paper, compared with which are one work."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

from fedkg.model import Collection
from measures.standard import EntryId, Gold, Score, entry_id, place

F1_AT_LEAST = 0.99
KIND_AT_LEAST = 0.98
TEMPTING_AT_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class PaperScore:
    """Pairs of entries: `found` were resolved as one paper, `true` are one, `both` are both."""

    found: int
    true: int
    both: int
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of the found pairs that are one work."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs of one work that were found."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def suffices(self) -> bool:
        """Whether the threshold is met."""
        return self.f1 >= F1_AT_LEAST

    def __str__(self) -> str:
        mark = "" if self.suffices else f"  BELOW {F1_AT_LEAST}"
        figures = f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"
        return f"{'papers':<15} {figures}  ({self.true} pairs of entries are one work){mark}"


def measure_papers(gold: Gold, collection: Collection) -> PaperScore:
    """Compare all pairs of entries, but not those of two works of which nobody can be sure."""
    unsure = {frozenset((pair.work, pair.other)) for pair in gold.of_kind("unsure")}
    papers = _papers(gold, collection)
    counts: Counter[tuple[bool, bool]] = Counter()
    errors = []
    for one, other in combinations(sorted(gold.works), 2):
        works = gold.works[one], gold.works[other]
        if frozenset(works) in unsure:
            continue
        true = works[0] == works[1] != ""
        found = papers[one] == papers[other] != ""
        counts[found, true] += 1
        if found != true:
            what = "are two works, and were joined" if found else "are one work, and stayed apart"
            errors.append(f"papers: {place(one)} and {place(other)} {what}")
    both = counts[True, True]
    return PaperScore(both + counts[True, False], both + counts[False, True], both, tuple(errors))


def measure_tempting(gold: Gold, collection: Collection) -> Score:
    """Count the tempting pairs of works that stayed apart."""
    papers = defaultdict(set)
    for entry, paper in _papers(gold, collection).items():
        papers[gold.works[entry]].add(paper)
    tempting = gold.of_kind("tempting")
    errors = tuple(
        f"tempting pairs: {pair.work} and {pair.other} were joined: {pair.why}"
        for pair in tempting
        if papers[pair.work] & papers[pair.other] - {""}
    )
    right = len(tempting) - len(errors)
    return Score("tempting pairs", right, len(tempting), TEMPTING_AT_LEAST, errors)


def measure_kind(gold: Gold, collection: Collection) -> Score:
    """Count the entries of which it is known whether they are papers."""
    papers = _papers(gold, collection)
    errors = tuple(
        f"paper or not: {place(entry)} is {'a' if work else 'no'} paper"
        for entry, work in sorted(gold.works.items())
        if bool(work) != bool(papers[entry])
    )
    right = len(gold.works) - len(errors)
    return Score("paper or not", right, len(gold.works), KIND_AT_LEAST, errors)


def _papers(gold: Gold, collection: Collection) -> dict[EntryId, str]:
    """Return the key of the paper that each entry was resolved to, "" where to none."""
    found = {entry_id(one.entry): one.describes or "" for one in collection.statements}
    return {entry: found[entry] for entry in gold.works}
