"""What the query service answers: from files that a person downloaded, or asked for here."""

import csv
import json
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from fedkg.client import Client, Request
from fedkg.errors import InputError, ServiceError
from fedkg.export.wikidata.identifiers import AT_ONCE, Batch, Identifier, batches

SERVICE = "https://query.wikidata.org/sparql"
_JSON = "application/sparql-results+json"
_ITEM = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)", re.ASCII)

log = logging.getLogger("fedkg")


@dataclass(frozen=True, slots=True)
class Sighting:
    """An item that has an identifier, or "" for none; which service said so, on which day."""

    value: str
    qid: str
    service: str
    day: str


def ask(
    identifiers: Sequence[Identifier], client: Client, endpoint: str, at_once: int = AT_ONCE
) -> Iterator[Sighting]:
    """Yield what the service says of identifiers, batch by batch.

    Raises ServiceError for an answer that cannot be had or is not one; what was answered before is
    kept by the client.
    """
    whole = list(batches(identifiers, at_once))
    for number, batch in enumerate(whole, 1):
        yield from _ask(batch, client, endpoint)
        log.info("%s: answered %d of %d queries", urlsplit(endpoint).netloc, number, len(whole))


def read_answers(file: Path) -> Iterator[Sighting]:
    """Yield what a downloaded answer says (CSV, columns item and value); its day is the file's.

    Raises InputError, with the line, for what is no such file.
    """
    try:
        day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
        with file.open(encoding="utf-8-sig", newline="") as opened:
            lines = list(csv.reader(opened, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read ({error}): give a CSV file.") from error
    if not lines or sorted(lines[0]) != ["item", "value"]:
        raise InputError(
            f"{file}, line 1: the columns have to be item and value: download the answer as CSV."
        )
    service = f"{urlsplit(SERVICE).netloc} in {file.name}"
    for number, line in enumerate(lines[1:], 2):
        said = dict(zip(lines[0], line, strict=False))
        item, value = said.get("item", ""), said.get("value", "")
        found = _ITEM.fullmatch(item)
        if len(line) != 2 or not value or (item and not found):
            raise InputError(
                f"{file}, line {number}: give an item of Wikidata, or none, and a value."
            )
        yield Sighting(value, found[1] if found else "", service, day)


def _ask(batch: Batch, client: Client, endpoint: str) -> list[Sighting]:
    form = urlencode({"query": batch.query}).encode()
    request = Request(endpoint, (_JSON,), form, "application/x-www-form-urlencoded")
    answer = client.ask(request)
    service = urlsplit(endpoint).netloc
    try:
        pairs = _pairs(answer.body)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        client.forget(request)
        raise ServiceError(
            f"{request.name} answers with what is no whole result of a query: try again later."
        ) from error
    if {value for value, _ in pairs} != set(batch.values):
        client.forget(request)
        raise ServiceError(
            f"{request.name} does not answer for all of {batch.name}: try again later."
        )
    return [Sighting(value, qid, service, answer.day) for value, qid in pairs]


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """Return values with items. Raises ValueError and the like for what is no such result."""
    found = []
    for row in json.loads(body)["results"]["bindings"]:
        item = _ITEM.fullmatch(row["item"]["value"]) if "item" in row else None
        if "item" in row and not item:
            raise ValueError(row["item"]["value"])
        found.append((str(row["value"]["value"]), item[1] if item else ""))
    return found
