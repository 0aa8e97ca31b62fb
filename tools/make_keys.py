"""Add the IRIs of today's graph of the shipped lists to data/keys.csv, as a release publishes them.

Nothing is taken out: what was published once stays published.
"""

import csv

from fedkg import resources
from fedkg.pipeline import shipped_collection
from fedkg.read import KEY_COLUMNS, read_keys
from fedkg.resolve import lasting_paths


def main() -> None:
    """Write data/keys.csv anew, sorted, and say how many were added."""
    path = resources.data_dir() / "keys.csv"
    before = read_keys(path) if path.exists() else frozenset()
    things = before | lasting_paths(shipped_collection())
    written = path.with_suffix(".new")
    with written.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(KEY_COLUMNS)
        writer.writerows([thing] for thing in sorted(things))
    written.replace(path)
    print(f"{len(things)} IRIs, {len(things) - len(before)} of them new")


if __name__ == "__main__":
    main()
