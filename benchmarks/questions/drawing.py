"""Queries from the files, each about another paper, person or dataset of the graph."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

NINE = (
    "single-paper",
    "co-authors",
    "dataset-reuse",
    "technique-by-year",
    "co-citation",
    "two-step-citation",
    "title-search",
    "count",
    "describe",
)
_WORDS = ("asynchronous", "black-box", "distillation", "medical", "pruning", "speech", "wireless")
_FOLDER = Path(__file__).resolve().parent


def read(name: str) -> str:
    """Return the text of a question, without `.rq`."""
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def title(text: str) -> str:
    """Return what a question is called in the tables."""
    return text.partition("# title:")[2].partition("\n")[0].strip()


class Drawing:
    """Draws from lists of IRIs: `papers`, `people` and `datasets`."""

    def __init__(self, iris: Mapping[str, Sequence[str]]) -> None:
        self._places = {
            "<PAPER>": [f"<{iri}>" for iri in iris["papers"]],
            "<PERSON>": [f"<{iri}>" for iri in iris["people"]],
            "<DATASET>": [f"<{iri}>" for iri in iris["datasets"]],
            '"WORD"': [f'"{word}"' for word in _WORDS],
        }

    def fill(self, text: str, chance: random.Random, mark: str) -> str:
        """Return a question about something drawn; `mark`, a comment, makes it one of its kind."""
        query = "".join(f"{line}\n" for line in text.splitlines() if not line.startswith("# "))
        for place, choices in self._places.items():
            if place in query:
                query = query.replace(place, chance.choice(choices))
        return f"{query}# {mark}\n"

    def queries(self, texts: Sequence[str], seed: str) -> Iterator[str]:
        """Yield queries without end, the questions in turn; the same for the same seed."""
        chance = random.Random(seed)
        number = 0
        while True:
            for text in texts:
                yield self.fill(text, chance, f"{seed} {number}")
                number += 1
