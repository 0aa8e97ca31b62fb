"""Generated lists of papers, as untidy as real ones: the same for the same numbers, on any machine.

    python benchmarks/generate.py PAPERS FOLDER

writes `list-00.md`, `list-01.md`, … of at most 10,000 papers each. Every third paper stands in a
second list: under its arXiv id, under its venue's link, or as its short name alone. One paper in
two hundred carries the link of another.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAPERS_A_LIST = 10_000
_SEED = 20_261_101


def _words(text: str) -> list[str]:
    """Return names parted by bars, or by spaces where there are no bars."""
    return text.split("|" if "|" in text else None)


_FIRST = _words(
    "Ada Alan Barbara Claude Daniel Dorothy Edsger Emmy Frances Grace Haruki Ines Jia Karen Leslie "
    "Lin Mei Niklaus Olga Priya Quentin Radia Shafi Tim Ulla Vint Wei Xin Yaliang Zhen"
)
_LAST = _words(
    "Abadi Bernstein Chen Dijkstra Engel Fang Garcia Hopper Ito Jansen Kim Lamport Moreau Nguyen "
    "Okafor Park Qin Rossi Sato Tanaka Ueda Vogel Wang Xu Yang Zhang"
)
_SUBJECTS = _words(
    "Large Language Models|Foundation Models|Vision-Language Models|Speech Recognition"
    "|Recommendation|Medical Imaging|Edge Devices|Wireless Networks|Graph Data|Code Generation"
)
_METHODS = _words(
    "Low-Rank Adaptation|Prompt Tuning|Adapter Tuning|Knowledge Distillation|Split Learning"
    "|Zeroth-Order Optimisation|Quantised Updates|Sparse Aggregation|Instruction Tuning|Pruning"
)
_AIMS = _words(
    "Communication-Efficient|Privacy-Preserving|Personalised|Robust|Heterogeneous|Memory-Efficient"
    "|Asynchronous|Decentralised|Fair|Black-Box"
)
_VENUES = ("NeurIPS", "ICML", "ICLR", "EMNLP", "ACL", "KDD", "AAAI", "IJCAI", "WWW", "CVPR")
_DATASETS = ("GSM8K", "SST-2", "QNLI", "MNLI", "AG News", "Alpaca", "C4", "GLUE", "BoolQ", "Flan")
_MODELS = ("LLaMA-7B", "Llama-2-7B", "GPT-2", "RoBERTa", "BERT", "OPT-1.3B", "BLOOM-560M")
_HEADINGS = ("LoRA", "Prompt Tuning", "Split Learning", "Privacy", "Surveys")


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper that never was."""

    number: int
    short: str
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int
    arxiv: str
    datasets: tuple[str, ...]
    models: tuple[str, ...]

    @property
    def openreview(self) -> str:
        """Its forum's id."""
        return f"made{self.number:07d}"


def papers(count: int) -> Iterator[MadePaper]:
    """Yield `count` papers."""
    chance = random.Random(_SEED)
    for number in range(count):
        year = 2020 + number % 6
        short = f"Fed{_syllables(number)}"
        words = (chance.choice(_AIMS), chance.choice(_METHODS), chance.choice(_SUBJECTS))
        title = f"{short}: {words[0]} Federated {words[1]} of {words[2]}, Part {number}"
        authors = tuple(
            f"{chance.choice(_FIRST)} {_syllables(chance.randrange(count + 50))} "
            f"{chance.choice(_LAST)}"
            for _ in range(chance.randint(2, 6))
        )
        yield MadePaper(
            number,
            short,
            title,
            authors,
            chance.choice(_VENUES),
            year,
            f"{year % 100:02d}{number // 50_000 % 12 + 1:02d}.{number % 50_000 + 1:05d}",
            tuple(chance.sample(_DATASETS, chance.randint(0, 3))),
            tuple(chance.sample(_MODELS, chance.randint(0, 2))),
        )


def lists(count: int) -> Iterator[tuple[str, str]]:
    """Yield the slug and the text of every list."""
    made = list(papers(count))
    for at in range(0, len(made), PAPERS_A_LIST):
        here = made[at : at + PAPERS_A_LIST]
        number = at // PAPERS_A_LIST
        yield f"list-{number:02d}", _bullets(here)
        yield f"table-{number:02d}", _table(here[::6])
        yield f"names-{number:02d}", _names(here[3::6])


def write(count: int, folder: Path) -> list[Path]:
    """Write the lists into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for slug, text in lists(count):
        path = folder / f"{slug}.md"
        path.write_text(text, encoding="utf-8")
        found.append(path)
    return found


def _bullets(made: list[MadePaper]) -> str:
    lines = ["# Papers that never were", ""]
    for position, paper in enumerate(made):
        if position % (len(made) // len(_HEADINGS) + 1) == 0:
            heading = _HEADINGS[position // (len(made) // len(_HEADINGS) + 1)]
            lines += [f"## {heading}", ""]
        arxiv = made[position - 1].arxiv if position % 200 == 199 else paper.arxiv
        lines.append(
            f"- [{paper.title}](https://arxiv.org/abs/{arxiv}) [{paper.venue} {paper.year}]"
        )
        lines.append(f"  - *authors*: {', '.join(paper.authors)}.")
        if paper.datasets:
            lines.append(f"  - *datasets*: {', '.join(paper.datasets)}")
        if paper.models:
            lines.append(f"  - *models*: {', '.join(paper.models)}")
        if position % 3 == 0:
            lines.append(f"  - [code](https://github.com/made-{paper.number}/{paper.short})")
    return "\n".join(lines) + "\n"


def _table(made: list[MadePaper]) -> str:
    rows = [
        f"| [{p.title}](https://openreview.net/forum?id={p.openreview}) | {p.venue} | {p.year}-06 |"
        for p in made
    ]
    head = ["# The same, as a table", "", "| Title | Venue | Year |", "|---|---|---|"]
    # A pipe table of many rows is many lists in life; so it is here.
    return "\n".join(head + rows) + "\n"


def _names(made: list[MadePaper]) -> str:
    rows = [f"| {p.year} | [{p.short}](https://arxiv.org/abs/{p.arxiv}) |" for p in made]
    head = ["# The same, by short name", "", "| Area | Approaches |", "|---|---|"]
    return "\n".join(head + rows) + "\n"


def _syllables(number: int) -> str:
    """Return a coined word for a number, another for every number."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    parts = []
    number += 1
    while number:
        number, rest = divmod(number, len(consonants) * len(vowels))
        parts.append(consonants[rest // len(vowels)] + vowels[rest % len(vowels)])
    return "".join(parts).capitalize()


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit("usage: python benchmarks/generate.py PAPERS FOLDER")
    for path in write(int(sys.argv[1]), Path(sys.argv[2])):
        print(path)
