"""How well entries are resolved, measured against a gold standard made by hand.

`make eval` measures the lists that ship with fedkg against `tests/gold/`. Others are measured with
`python benchmarks/eval.py --lists LIST… --gold FOLDER`; the folder holds the same three files:

works.csv     work,list,line,title: every entry, and the work that it describes (empty for an entry
              that is no paper). Entries of one work are one paper, all others are not.
pairs.csv     kind,work,other,why: works that are easily taken for one ("tempting"), and works of
              which even a person cannot say whether they are one ("unsure": not measured).
fields.toml   what a careful person writes for an entry; `tests/gold/fields.toml` explains itself.

Exit code 0 at or above all thresholds, 1 below one, 2 where lists and gold standard do not fit.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from measures import (
    Gold,
    PaperScore,
    Score,
    check_fit,
    load,
    measure_fields,
    measure_kind,
    measure_papers,
    measure_tempting,
)

from fedkg import resources
from fedkg.errors import FedkgError
from fedkg.model import Collection
from fedkg.pipeline import shipped, shipped_facts, vocabulary
from fedkg.read import given_sources, read_source
from fedkg.resolve import resolve

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"


def resolved(lists: Sequence[str]) -> Collection:
    """Resolve lists (files), or those that ship with fedkg when none is given."""
    catalogue = resources.data_dir() / "lists.toml"
    sources = given_sources(lists, catalogue, resources.lists_dir()) if lists else shipped()
    readings = [read_source(source) for source in sources]
    return resolve(readings, vocabulary(), shipped_facts(sources))


def scores(gold: Gold, collection: Collection) -> list[PaperScore | Score]:
    """Return every measure. Raises MisfitError where lists and gold standard do not fit."""
    check_fit(gold, collection)
    measures = (measure_papers, measure_tempting, measure_kind)
    return [*(measure(gold, collection) for measure in measures), *measure_fields(gold, collection)]


def main() -> int:
    """Print the measures, then every error on a line; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the resolver against a gold standard.")
    parser.add_argument("--lists", nargs="+", default=[], metavar="LIST", help="other lists")
    parser.add_argument(
        "--gold", type=Path, default=GOLD, metavar="FOLDER", help="another gold standard"
    )
    given = parser.parse_args()
    try:
        gold = load(given.gold)
        measured = scores(gold, resolved(given.lists))
    except FedkgError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 2
    works = set(gold.works.values()) - {""}
    print(f"{len(gold.works)} entries, {len(works)} works, fields of {len(gold.fields)} entries")
    print(*measured, sep="\n")
    for wrong in (error for score in measured for error in score.errors):
        print(wrong)
    return 0 if all(score.suffices for score in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
