"""Contents → the index, written once with each build."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from fedkg.search.cataloguing import Cataloguer
from fedkg.search.contents import Contents, PaperRow, ThingRow
from fedkg.search.layout import SCHEMA

_Row = tuple[str, str, str, str, int | None]
"""Path, kind, name, other names, year."""


def write_index(contents: Contents, target: Path) -> None:
    """Write the index of contents to a new file."""
    with closing(sqlite3.connect(target)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
        cataloguer = Cataloguer()
        # What is offered while somebody types comes in this order: topics, papers, people.
        people = [thing for thing in contents.things if thing.kind == "person"]
        others = (thing for thing in contents.things if thing.kind != "person")
        papers = _paper_rows(contents, cataloguer)
        rows = chain(map(_thing_row, others), papers, map(_thing_row, people))
        database.executemany("INSERT INTO things VALUES (?, ?, ?, ?, ?)", rows)
        cataloguer.write(database, contents.things, contents.lists)
        database.commit()
        database.execute("INSERT INTO things (things) VALUES ('optimize')")
        database.commit()


def _paper_rows(contents: Contents, cataloguer: Cataloguer) -> Iterator[_Row]:
    for paper in contents.papers:
        cataloguer.add(paper)
        yield _paper_row(paper)


def _paper_row(paper: PaperRow) -> _Row:
    year = int(paper.issued[:4]) if paper.issued else None
    return paper.path, "paper", paper.title, " · ".join(paper.others), year


def _thing_row(thing: ThingRow) -> _Row:
    return thing.path, thing.kind, thing.name, " · ".join(thing.others), None
