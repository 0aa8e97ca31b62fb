"""The measures of a network that can be asked for: one row each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fedkg.errors import NetworkError
from fedkg.network import counting, tracing
from fedkg.network.answer import Answer
from fedkg.network.asked import Asked


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: what it is for, the function that answers, and what it is about.

    It takes from `least` to `most` papers by name, any number where `most` is None. One that is
    `ranked` can be cut off after its first rows.
    """

    purpose: str
    answer: Callable[[Asked], Answer]
    least: int = 0
    most: int | None = 0
    ranked: bool = True

    @property
    def takes(self) -> str:
        """The papers that it is about, as one types them."""
        if self.most is None:
            return " [PAPER…]"
        return " PAPER" * self.least + " [PAPER]" * (self.most - self.least)


MEASURES: Mapping[str, Measure] = {
    "most-cited": Measure("papers that most others cite", counting.most_cited),
    "most-citing": Measure("papers that cite most others: surveys", counting.most_citing),
    "pagerank": Measure("papers that the much cited cite, by PageRank", counting.by_pagerank),
    "co-citation": Measure(
        "what is cited together with a paper, or with what", counting.co_cited, 0, 1
    ),
    "coupling": Measure(
        "what has references in common with a paper, or with what", counting.coupled, 0, 1
    ),
    "prior-works": Measure(
        "what to read before: most cited by some papers", counting.prior, 0, None
    ),
    "derivative-works": Measure(
        "what to read after: cites most of some papers", counting.derivative, 0, None
    ),
    "path": Measure(
        "the shortest chain of citations between two papers", tracing.path, 2, 2, False
    ),
    "communities": Measure(
        "groups that cite each other, by Louvain's method", tracing.communities_of
    ),
    "missing-classics": Measure("what is on no list, and cited by most", counting.missing),
    "main-path": Measure(
        "the chain that most of the history runs through", tracing.main_path_of, ranked=False
    ),
}
"""By the name that the command line takes."""


def measure_named(name: str, papers: int) -> Measure:
    """Return a measure that is to be about so many papers.

    Raises NetworkError for one that is not there, or is not about so many.
    """
    if name not in MEASURES:
        raise NetworkError(f"There is no measure {name}: there are {', '.join(MEASURES)}.")
    found = MEASURES[name]
    if papers < found.least or (found.most is not None and papers > found.most):
        takes = f"papers as in fedkg network {name}{found.takes}" if found.most else "no PAPER"
        raise NetworkError(
            f"{name} takes {takes}: choose those that count by --list, --query or --paper."
        )
    return found
