"""Contents → the index, written once with each build."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from fedkg.search.answers import Answer
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
        topics = sorted((one for one in contents.things if one.kind != "person"), key=_kind)
        people = (one for one in contents.things if one.kind == "person")
        papers = _paper_rows(contents, cataloguer)
        rows = chain(map(_thing_row, topics), papers, map(_thing_row, people))
        _write_names(database, rows)
        cataloguer.write(database, contents.things, contents.lists)
        _write_answers(database, contents.answers)
        database.commit()
        database.execute("INSERT INTO things (things) VALUES ('optimize')")
        database.commit()


def _write_names(database: sqlite3.Connection, rows: Iterable[_Row]) -> None:
    """Write the full text, and from which row to which each kind is."""
    ranges: dict[str, list[int]] = {}

    def noted() -> Iterator[tuple[int, *_Row]]:
        for number, row in enumerate(rows, 1):
            ranges.setdefault(row[1], [number, number])[1] = number
            yield number, *row

    database.executemany(
        "INSERT INTO things (rowid, path, kind, name, others, year) VALUES (?, ?, ?, ?, ?, ?)",
        noted(),
    )
    kinds = ((kind, first, last) for kind, (first, last) in ranges.items())
    database.executemany("INSERT INTO kinds VALUES (?, ?, ?)", kinds)


def _write_answers(database: sqlite3.Connection, answers: Iterable[Answer]) -> None:
    rows = ((one.name, json.dumps(asdict(one))) for one in answers)
    database.executemany("INSERT INTO answers VALUES (?, ?)", rows)


def _kind(thing: ThingRow) -> str:
    return thing.kind


def _paper_rows(contents: Contents, cataloguer: Cataloguer) -> Iterator[_Row]:
    for paper in contents.papers:
        cataloguer.add(paper)
        yield _paper_row(paper)


def _paper_row(paper: PaperRow) -> _Row:
    year = int(paper.issued[:4]) if paper.issued else None
    return paper.path, "paper", paper.title, " · ".join(paper.others), year


def _thing_row(thing: ThingRow) -> _Row:
    return thing.path, thing.kind, thing.name, " · ".join(thing.others), None
