"""Times the main job as whole processes: building the five lists, and serving until an answer.

Prints a Markdown table. Seconds are wall clock; memory is the peak resident set of the process
(`ru_maxrss` of getrusage(2): KiB on Linux, bytes on macOS).

    python benchmarks/build.py [RUNS]
"""

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

QUESTION = (
    "PREFIX fkg: <https://w3id.org/fedkg/ontology#> "
    "SELECT (COUNT(*) AS ?papers) { ?paper fkg:listed true }"
)
MIB = 2**20 if sys.platform == "darwin" else 2**10
FEDKG = (sys.executable, "-m", "fedkg")

Run = Callable[[Path], tuple[float, float]]


def build(folder: Path) -> tuple[float, float]:
    """Return seconds and peak MiB of `fedkg build`, validation included, into an empty folder."""
    with tempfile.TemporaryDirectory() as empty, (folder / "log").open("w") as log:
        started = time.perf_counter()
        process = subprocess.Popen([*FEDKG, "build", "--dir", empty], stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit((folder / "log").read_text())
    return seconds, usage.ru_maxrss / MIB


def serve(folder: Path) -> tuple[float, float]:
    """Return seconds from start to first answer, and peak MiB, of `fedkg serve` with a graph."""
    started = time.perf_counter()
    command = [*FEDKG, "serve", "--port", "0", "--dir", str(folder / "graph")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as lines:
        found = (re.search(r"http://\S+/", line) for line in lines)
        address = next(match[0] for match in found if match)
        with urlopen(f"{address}sparql?{urlencode({'query': QUESTION})}", timeout=60) as answer:
            assert json.load(answer)["results"]["bindings"]
        seconds = time.perf_counter() - started
        process.terminate()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return seconds, usage.ru_maxrss / MIB


def row(what: str, runs: Sequence[tuple[float, float]]) -> str:
    """Return a line of the table: least, median and most seconds, most MiB."""
    seconds = [one for one, _ in runs]
    figures = (min(seconds), statistics.median(seconds), max(seconds))
    memory = max(mib for _, mib in runs)
    return f"| {what} | " + " | ".join(f"{one:.2f}" for one in figures) + f" | {memory:.0f} |"


def main() -> None:
    """Measure each job several times and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    jobs: dict[str, Run] = {
        "`fedkg build`, five lists, validation included": build,
        "`fedkg serve` with a built graph, to the first answer": serve,
    }
    print(f"{runs} runs each, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| job | least s | median s | most s | peak MiB |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [*FEDKG, "build", "--dir", str(folder / "graph")]
        subprocess.run(command, check=True, capture_output=True)
        for what, job in jobs.items():
            print(row(what, [job(folder) for _ in range(runs)]), flush=True)


if __name__ == "__main__":
    main()
