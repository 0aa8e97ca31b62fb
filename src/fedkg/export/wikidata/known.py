"""Which things of the graph are known to be which items of Wikidata: `wikidata.csv`."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from fedkg.errors import InputError

_COLUMNS = ["key", "qid", "source"]
_QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)


def read_known(file: Path) -> Mapping[str, str]:
    """Return items by the path of a thing below the graph's base (`person/yaliang-li`).

    A key without a slash is that of a paper. Raises InputError, with the line, for a row that does
    not say what the item is or where that is known from, or says it twice.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read ({error}): give a CSV file.") from error
    if not rows or rows[0] != _COLUMNS:
        raise InputError(f"{file}, line 1: the columns have to be {', '.join(_COLUMNS)}.")
    found: dict[str, str] = {}
    items: set[str] = set()
    for line, row in enumerate(rows[1:], 2):
        key, qid, source = [cell.strip() for cell in row] if len(row) == 3 else ("", "", "")
        if not key or not _QID.fullmatch(qid) or not source:
            raise InputError(f"{file}, line {line}: give a key, an item such as Q42 and a source.")
        path = key if "/" in key else f"paper/{key}"
        if path in found or qid in items:
            raise InputError(f"{file}, line {line}: {key} or {qid} stands there twice.")
        found[path] = qid
        items.add(qid)
    return found
