"""What reconciling costs, and how often it is right: names of a graph, as people write them.

Prints a Markdown table: for each way to write a name, the seconds for all queries in batches, how
many have the right thing as their first candidate, are matched to it, and are matched to another.

    python benchmarks/reconcile.py [--dir GRAPH] [--queries N] [--batch N]

Without a graph directory, the lists that ship are built.
"""

import argparse
import http.client
import json
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from serving import Served, served

from fedkg.search.layout import opened

_SEED = 20_261_121
_SAMPLE = "SELECT path, name, year FROM things WHERE rowid BETWEEN ? AND ?"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing, as the index has it."""

    path: str
    name: str
    year: int | None


Write = Callable[[Named, random.Random], dict[str, object]]


def typo(text: str, chance: random.Random) -> str:
    """Return a text with one letter left out, doubled, swapped with the next or replaced."""
    letters = [at for at in range(1, len(text) - 1) if text[at : at + 2].isalpha()]
    if not letters:
        return text
    at = chance.choice(letters)
    made = ("", text[at] * 2, text[at + 1] + text[at], chance.choice("aeinrst"))
    kind = chance.randrange(len(made))
    return text[:at] + made[kind] + text[at + (2 if kind == 2 else 1) :]


def as_is(thing: Named, _: random.Random) -> dict[str, object]:
    """Ask for a name as it is."""
    return {"query": thing.name}


def plain(thing: Named, _: random.Random) -> dict[str, object]:
    """Ask for a name in lower case, without marks and punctuation."""
    text = unicodedata.normalize("NFKD", thing.name).encode("ascii", "ignore").decode()
    return {"query": "".join(one if one.isalnum() else " " for one in text.lower())}


def with_typos(thing: Named, chance: random.Random) -> dict[str, object]:
    """Ask for a name with a typo, a long one with two."""
    text = typo(thing.name, chance)
    return {"query": typo(text, chance) if len(text) > 30 else text}


def cut_short(thing: Named, _: random.Random) -> dict[str, object]:
    """Ask for the first two thirds of a title, and its year."""
    text = thing.name[: 2 * len(thing.name) // 3]
    return {"query": text, "properties": [{"pid": "year", "v": thing.year or 0}]}


def initials(thing: Named, _: random.Random) -> dict[str, object]:
    """Ask for a person by the initials of the given names."""
    *given, family = thing.name.split()
    return {"query": " ".join([*(f"{one[0]}." for one in given), family])}


def identifier(thing: Named, _: random.Random) -> dict[str, object]:
    """Ask for a paper by its arXiv identifier, for another thing by its path."""
    _, has_arxiv, number = thing.path.partition("paper/arxiv-")
    return {"query": f"https://arxiv.org/abs/{number}" if has_arxiv else thing.path}


CASES: Sequence[tuple[str, str, str, Write]] = (
    ("title", "paper", "Paper", as_is),
    ("title, lower case, no punctuation", "paper", "Paper", plain),
    ("title with typos", "paper", "Paper", with_typos),
    ("two thirds of a title, and the year", "paper", "Paper", cut_short),
    ("arXiv link or path", "paper", "", identifier),
    ("person", "person", "Person", as_is),
    ("person, any type asked", "person", "", as_is),
    ("person with a typo", "person", "Person", with_typos),
    ("person by initials", "person", "Person", initials),
)


def things(file: Path, kind: str, number: int, chance: random.Random) -> list[Named]:
    """Return some things of a kind."""
    with opened(file) as database:
        ((first, last),) = database.execute("SELECT first, last FROM kinds WHERE kind = ?", (kind,))
        chosen = chance.sample(range(first, last + 1), min(number, last - first + 1))
        return [Named(*database.execute(_SAMPLE, (at, at)).fetchone()) for at in sorted(chosen)]


def answers(
    connection: http.client.HTTPConnection, queries: Sequence[dict[str, object]], batch: int
) -> Iterator[list[dict[str, object]]]:
    """Yield the candidates of each query."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for at in range(0, len(queries), batch):
        asked = {str(number): one for number, one in enumerate(queries[at : at + batch])}
        body = urlencode({"queries": json.dumps(asked)})
        connection.request("POST", "/reconcile", body, headers)
        answer = connection.getresponse()
        found = json.loads(answer.read())
        if answer.status != http.client.OK:
            sys.exit(f"/reconcile is {answer.status}: {found}")
        yield from (found[key]["result"] for key in asked)


def main() -> None:
    """Serve a graph, ask for names, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dir", type=Path, metavar="GRAPH", help="a graph directory")
    parser.add_argument("--queries", type=int, default=1000, help="of each way to write a name")
    parser.add_argument("--batch", type=int, default=50, help="queries in a request")
    given = parser.parse_args()
    with served(given.dir) as one:
        report(one, given.queries, given.batch)


def report(one: Served, number: int, batch: int) -> None:
    """Print the table of a graph."""
    connection = http.client.HTTPConnection(one.host, one.port, timeout=120)
    started = time.perf_counter()
    list(answers(connection, [{"query": "federated"}], batch))
    print(f"The first query takes {time.perf_counter() - started:.1f} s: it reads the words.\n")
    print("| asked for | queries | seconds | first | matched | matched wrongly |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, kind, type_, write in CASES:
        chance = random.Random(_SEED)
        wanted = things(one.build.search, kind, number, chance)
        asked = [write(thing, chance) | ({"type": type_} if type_ else {}) for thing in wanted]
        started = time.perf_counter()
        found = list(answers(connection, asked, batch))
        seconds = time.perf_counter() - started
        print(f"| {name} | {len(asked):,} | {seconds:.1f} | {_right(wanted, found)} |", flush=True)


def _right(wanted: Sequence[Named], found: Sequence[list[dict[str, object]]]) -> str:
    first = matched = wrong = 0
    for thing, results in zip(wanted, found, strict=True):
        first += bool(results) and results[0]["id"] == thing.path
        matches = [one["id"] for one in results if one["match"]]
        matched += matches == [thing.path]
        wrong += bool(matches) and matches != [thing.path]
    return " | ".join(f"{100 * one / len(wanted):.1f} %" for one in (first, matched, wrong))


if __name__ == "__main__":
    main()
