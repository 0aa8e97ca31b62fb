"""What was measured, as Markdown tables and as a plot."""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import load

from questions.drawing import NINE, read, title

NOT_THERE = "not there"
_BASE = "oxigraph"
_COLOURS = ("#0b6e99", "#c4552d", "#8a8a8a", "#6a4c93")
_LEFT, _WIDTH, _BAR, _RIGHT = 190, 480, 13, 110


@dataclass(slots=True)
class Asked:
    """What one server did with one question: seconds, rows, or why there are none."""

    seconds: list[float] = field(default_factory=list)
    rows: int | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One round of load, and the CPU seconds that the server took for it."""

    outcome: load.Outcome
    cpu: float


class Results:
    """All that was measured, by server's name and question or kind of load."""

    def __init__(self) -> None:
        self.asked: dict[tuple[str, str], Asked] = defaultdict(Asked)
        self.loaded: dict[tuple[str, str], list[Loaded]] = defaultdict(list)

    def is_there(self, server: str) -> bool:
        """Tell whether a server was measured at all."""
        return any(name == server for name, _ in self.loaded)

    def kinds(self) -> list[str]:
        """Return the kinds of load, in the order that they were measured."""
        return list(dict.fromkeys(kind for _, kind in self.loaded))

    def milliseconds(self, server: str, question: str) -> float:
        """Return the median of a question; NaN when it was not answered."""
        seconds = self.asked[server, question].seconds
        return statistics.median(seconds) * 1000 if seconds else math.nan

    def rate(self, server: str, kind: str) -> float:
        """Return the look-ups a second, as the median of the rounds."""
        rounds = self.loaded.get((server, kind))
        return statistics.median(one.outcome.rate for one in rounds) if rounds else math.nan

    def percentile(self, server: str, kind: str, percent: float) -> float:
        """Return a percentile of the milliseconds of all look-ups, those not answered too."""
        outcomes = [one.outcome for one in self.loaded.get((server, kind), [])]
        seconds = [s for one in outcomes for s in (*one.answered, *one.waiting)]
        return load.percentile(seconds, percent) * 1000


def ratio(value: float, base: float) -> str:
    """Return how many times the base a value is, for a cell."""
    return "" if math.isnan(value / base if base else math.nan) else f"{value / base:.2f}"


def questions_table(names: Sequence[str], results: Results) -> Iterator[str]:
    """Yield the lines of the table of questions: milliseconds, and ratios to oxigraph."""
    yield f"| question | rows | {' | '.join(f'{n} ms | ratio' for n in names)} |"
    yield f"|---|---:{'|---:|---:' * len(names)}|"
    for question in NINE:
        base = results.milliseconds(_BASE, question)
        cells = []
        for name in names:
            asked, value = results.asked[name, question], results.milliseconds(name, question)
            cell = asked.failure or (NOT_THERE if math.isnan(value) else f"{value:.2f}")
            cells += [cell, "" if asked.failure else ratio(value, base)]
        found = _rows({name: results.asked[name, question].rows for name in names})
        yield f"| {title(read(question))} | {found} | {' | '.join(cells)} |"


def _rows(counts: Mapping[str, int | None]) -> str:
    """Return the rows of an answer, and by name the servers that give another number of them."""
    known = {name: count for name, count in counts.items() if count is not None}
    usual = next(iter(known.values()), 0)
    others = (f", {name} {count:,}" for name, count in known.items() if count != usual)
    return f"{usual:,}{''.join(others)}" if known else ""


def load_table(names: Sequence[str], results: Results) -> Iterator[str]:
    """Yield the lines of the table of load."""
    yield (
        "| load | server | requests/s | ratio | of alone | median ms | p99 ms | failed "
        "| bombs ended | server CPU ms a request | client |"
    )
    yield "|---|---" + "|---:" * 9 + "|"
    for kind in results.kinds():
        for name in names:
            yield f"| {kind} | {name} | {' | '.join(_load_cells(name, kind, results))} |"


def _load_cells(name: str, kind: str, results: Results) -> Iterator[str]:
    rounds = results.loaded.get((name, kind))
    if not rounds:
        yield from (NOT_THERE, *[""] * 8)
        return
    outcomes = [one.outcome for one in rounds]
    rate = results.rate(name, kind)
    answered = sum(len(one.answered) for one in outcomes)
    rates = [one.rate for one in outcomes]
    yield f"{rate:,.0f} ({min(rates):,.0f}–{max(rates):,.0f})"
    yield ratio(rate, results.rate(_BASE, kind))
    yield ratio(rate, results.rate(name, results.kinds()[0]))
    yield from (f"{results.percentile(name, kind, percent):,.1f}" for percent in (50, 99))
    yield counted(one.failures for one in outcomes)
    yield counted(one.bombs for one in outcomes)
    yield f"{sum(one.cpu for one in rounds) / answered * 1000:.2f}" if answered else ""
    share = sum(one.client for one in outcomes) / sum(one.seconds for one in outcomes)
    yield f"{share:.0%}"


def counted(counters: Iterable[Mapping[str, int]]) -> str:
    """Return the sum of counters for a cell: how many of which outcome."""
    total = sum((Counter(one) for one in counters), Counter[str]())
    return ", ".join(f"{count} × {what}" for what, count in sorted(total.items()))


def plot(names: Sequence[str], results: Results) -> str:
    """Return an SVG of bars: the questions on a logarithmic scale, look-ups a second below."""
    names = [name for name in names if results.is_there(name)]
    asked = {
        title(read(question)): [results.milliseconds(name, question) for name in names]
        for question in NINE
    }
    loaded = {kind: [results.rate(name, kind) for name in names] for kind in results.kinds()}
    most = max(filter(math.isfinite, (r for rates in loaded.values() for r in rates)), default=1)
    marks = [*_legend(names)]
    marks += _group("milliseconds, logarithmic", asked, 40, lambda ms: math.log10(ms / 0.05) / 6)
    below = 60 + _height(asked)
    marks += _group("look-ups a second", loaded, below, lambda rate: rate / (most or 1))
    size = f"{_LEFT + _WIDTH + _RIGHT} {below + _height(loaded)}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="sans-serif">'
    return "\n".join((head, *marks, "</svg>", ""))


def _height(groups: Mapping[str, Sequence[float]]) -> int:
    return 20 + sum(len(values) * _BAR + 9 for values in groups.values())


def _legend(names: Sequence[str]) -> Iterator[str]:
    for number, (name, colour) in enumerate(zip(names, _COLOURS, strict=False)):
        x = _LEFT + number * 130
        yield f'<rect x="{x}" y="8" width="11" height="11" fill="{colour}"/>'
        yield _text(x + 16, 18, name)


def _group(
    heading: str,
    groups: Mapping[str, Sequence[float]],
    y: int,
    scale: Callable[[float], float],
) -> Iterator[str]:
    """Yield the bars of one scale, which gives the share of the width for a value."""
    yield _text(_LEFT, y, heading, "font-weight: bold")
    y += 10
    for label, values in groups.items():
        yield _text(8, y + _BAR, label)
        for value, colour in zip(values, _COLOURS, strict=False):
            known = math.isfinite(value)
            width = max(1.0, min(1.0, scale(value)) * _WIDTH) if known and value > 0 else 1.0
            yield f'<rect x="{_LEFT}" y="{y}" width="{width:.0f}" height="11" fill="{colour}"/>'
            shown = (f"{value:,.2f}" if value < 100 else f"{value:,.0f}") if known else "none"
            yield _text(_LEFT + width + 5, y + 10, shown)
            y += _BAR
        y += 9


def _text(x: float, y: float, text: str, style: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="12" style="{style}">{escape(text)}</text>'
