"""What answers say of the papers of a build, as lines of the file of a source; the rest is let go.

Memory is for what is kept, whatever the size of what is read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from fedkg.enrich.answer import Answer
from fedkg.enrich.facts import Fact, line_of, place_of, reads_back
from fedkg.enrich.request import Wanted
from fedkg.ids import Identifier
from fedkg.model import Record, Reference


class Known:
    """The identifiers of papers, and those that records about them add."""

    def __init__(self, papers: Iterable[Wanted]) -> None:
        self._papers: dict[Identifier, str] = {}
        for paper in papers:
            for one in paper.identifiers:
                self._papers.setdefault(one, paper.key)

    def of(self, identifiers: Iterable[Identifier]) -> str | None:
        """Return the key of a paper that has one of these, if there is any."""
        return next((self._papers[one] for one in identifiers if one in self._papers), None)

    def learn(self, record: Record) -> str | None:
        """Return the paper that a record seems to be about; its identifiers are known then.

        Whether it is that paper's is decided when a graph is built.
        """
        paper = self.of(record.identifiers)
        if paper is not None:
            for one in record.identifiers:
                self._papers.setdefault(one, paper)
        return paper


class Found:
    """The facts that are kept, each as a line at its place, and the papers that they are about.

    `counts` says how many there are of each kind, and how many were too odd to be kept.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self.lines: dict[str, bytes] = {}
        self.papers: set[str] = set()
        self.counts: Counter[str] = Counter()

    def add(self, answer: Answer, day: date) -> None:
        """Keep what an answer of a day says of papers: records, and what they cite."""
        for record in answer.records:
            if paper := self._known.learn(record):
                self.papers.add(paper)
                self._keep(replace(record, retrieved=day), "records")
        for one in answer.lists:
            if isinstance(one.citing, Identifier) and self._known.of((one.citing,)):
                self._keep(one, "lists")
        for citing, references in groupby(answer.references, _citing):
            if paper := self._known.of(citing):
                self.papers.add(paper)
                for reference in references:
                    self._keep(replace(reference, retrieved=day), "references")

    def _keep(self, fact: Fact, kind: str) -> None:
        place, line = place_of(fact), line_of(fact)
        if not reads_back(line, fact):
            self.counts["odd"] += 1
            return
        self.counts[kind] += place not in self.lines
        self.lines[place] = line


def _citing(reference: Reference) -> tuple[Identifier, ...]:
    first = reference.citing
    return (first, *reference.citing_also) if isinstance(first, Identifier) else ()
