"""How `fedkg build` grows: generated lists of 1,000 papers and more, validation included.

Prints a Markdown table, a row as soon as it is known: papers, entries, triples, wall-clock seconds
of each stage and in all, and the most memory that the build and its processes held together at any
moment (resident sets, looked up five times a second; on Linux only). Under it, the exponent of
growth of each stage between one size and the next: 1.0 is linear.

    python benchmarks/scale.py [--to PAPERS] [--keep FOLDER]

The lists are those of `generate.py`. `--to` goes up to 100,000, or is a number of its own below
1,000; `--keep` leaves the lists and graphs of each size in a folder.
"""

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import generate

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
STAGES = ("reading", "resolving", "writing", "validating", "indexing", "publishing")
FEDKG = (sys.executable, "-m", "fedkg")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """One build: seconds by stage and in all, MiB at most (0 where it is not known)."""

    papers: int
    entries: int
    triples: int
    seconds: dict[str, float]
    total: float
    mib: float


def sizes(to: int) -> tuple[int, ...]:
    """Return the numbers of papers to build with."""
    return tuple(size for size in SIZES if size <= to) or (to,)


def measure(papers: int, folder: Path) -> Run:
    """Build a graph of generated papers in an empty folder. Exits with the log when that fails."""
    lists = generate.write(papers, folder / "lists")
    graph = folder / "graph"
    command = [*FEDKG, "build", *map(str, lists), "--dir", str(graph), "--log-format", "json"]
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    with process.stderr as log, watched(process.pid) as peak:
        lines = [(time.perf_counter() - started, line) for line in log]
        status = process.wait()
    total = time.perf_counter() - started
    if status:
        sys.exit("".join(line for _, line in lines))
    meta = json.loads((graph / "current" / "meta.json").read_text())
    figures = meta["figures"]
    seconds = stages(lines, total)
    return Run(
        figures["papers"], figures["entries"], meta["triples"], seconds, total, peak[0] / 2**20
    )


def stages(log: Iterable[tuple[float, str]], end: float) -> dict[str, float]:
    """Return the seconds of each stage from the lines of a log, each with when it was read."""
    begun = [(at, message) for at, line in log if (message := _message(line)) in STAGES]
    ends = [at for at, _ in begun[1:]] + [end]
    return {stage: until - at for (at, stage), until in zip(begun, ends, strict=True)}


def growth(before: Run, after: Run) -> dict[str, float]:
    """Return the exponent of growth from one run to a larger one, of each stage and in all."""
    factor = math.log(after.papers / before.papers)
    took = {**after.seconds, "total": after.total}
    base = {**before.seconds, "total": before.total}
    return {
        stage: math.log(took[stage] / base[stage]) / factor
        for stage in took
        if base.get(stage, 0) > 0.05 and took[stage] > 0.05  # shorter ones are noise
    }


@contextmanager
def watched(session: int) -> Iterator[list[int]]:
    """Give a list whose one number is the most bytes that a session's processes held together."""
    peak, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            peak[0] = max(peak[0], _resident(session))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _resident(session: int) -> int:
    """Return the resident bytes of the processes of a session (proc(5), the file stat)."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[3]) == session:
            total += int(fields[21]) * PAGE
    return total


def _message(line: str) -> str:
    try:
        return str(json.loads(line)["message"])
    except (ValueError, KeyError, TypeError):
        return ""


def row(run: Run) -> str:
    """Return a line of the table."""
    seconds = (f"{run.seconds[name]:.1f}" if name in run.seconds else "" for name in STAGES)
    counts = f"{run.papers:,} | {run.entries:,} | {run.triples:,}"
    return f"| {counts} | {' | '.join(seconds)} | {run.total:.1f} | {run.mib:,.0f} |"


def table(runs: Iterable[Run]) -> list[Run]:
    """Print the table row by row and return the runs."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(f"| papers | entries | triples | {' | '.join(STAGES)} | total s | peak MiB |")
    print("|---:" * (len(STAGES) + 5) + "|", flush=True)
    known = []
    for run in runs:
        known.append(run)
        print(row(run), flush=True)
    return known


def measured(papers: Sequence[int], keep: Path | None) -> Iterator[Run]:
    """Yield a run for each number of papers; without `keep` nothing of them stays."""
    for count in papers:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) if keep is None else keep / str(count)
            yield measure(count, folder)


def main() -> None:
    """Measure every size, print the table and how it grows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--to", type=int, default=10_000, metavar="PAPERS")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    runs = table(measured(sizes(given.to), given.keep))
    for before, after in pairwise(runs):
        found = ", ".join(f"{stage} {power:.2f}" for stage, power in growth(before, after).items())
        print(f"\n{before.papers:,} to {after.papers:,} papers, exponent: {found}")


if __name__ == "__main__":
    main()
