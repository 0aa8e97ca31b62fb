"""What is asked: query batches and data extension queries (0.2, sections 4.3 and 7.3), from JSON.

The shapes are those of reconciliation-query-batch.json and data-extension-query.json.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from fedkg.errors import MalformedError

BATCH = 200
"""Queries that a batch may have, and things that may be extended at once."""
LIMIT, MOST = 10, 50
"""Candidates of a query: unless it says how many, and at most."""
_PROPERTIES = 30
_VALUES = 50
_CHARACTERS = 1000
"""Of a name or a value that are read."""
_STRICTNESS = ("any", "should", "all")

Value = tuple[str, str]
"""A value that is asked for: the identifier of a thing or "", and its words."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A property, and values that the thing should have."""

    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked about one cell (section 4.1)."""

    text: str = ""
    types: tuple[str, ...] = ()
    strictness: str = "any"
    limit: int = LIMIT
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """Things, and the properties that are asked of them; each with how many values at most."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def read_queries(text: str) -> Mapping[str, Query]:
    """Return the queries of a batch by their keys; raises MalformedError."""
    batch = _json(text, "queries")
    if not isinstance(batch, dict):
        raise MalformedError('queries is no object: send {"q0": {"query": "…"}}.')
    if len(batch) > BATCH:
        raise MalformedError(f"The batch has {len(batch)} queries: send {BATCH} at most.")
    return {key: _query(_name(key), asked) for key, asked in batch.items()}


def read_extension(text: str) -> Extension:
    """Return a data extension query; raises MalformedError."""
    asked = _json(text, "extend")
    if not isinstance(asked, dict):
        raise MalformedError('extend is no object: send {"ids": […], "properties": […]}.')
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise MalformedError("ids is no list of strings: send the identifiers of things.")
    if not isinstance(properties, list):
        raise MalformedError('properties is no list: send [{"id": "year"}].')
    if len(ids) > BATCH or len(properties) > _PROPERTIES:
        raise MalformedError(f"Send {BATCH} ids and {_PROPERTIES} properties at most.")
    return Extension(tuple(map(clean, ids)), tuple(map(_extended, properties)))


def clean(text: str) -> str:
    """Return a text without half characters, which nothing can store, and not too long."""
    return text[:_CHARACTERS].encode("utf-8", "replace").decode().strip()


def _json(text: str, what: str) -> Any:
    def no_number(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no JSON")

    try:
        return json.loads(text, parse_constant=no_number)
    except RecursionError as error:
        raise MalformedError(f"{what} is nested too deeply: send a flat object.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise MalformedError(f"{what} is no JSON ({error.msg}, {place}): mend it.") from error
    except ValueError as error:
        raise MalformedError(f"{what} holds a number that is none: {error}"[:200] + ".") from error


def _name(key: str) -> str:
    return clean(key)[:40]


def _query(name: str, asked: Any) -> Query:
    if not isinstance(asked, dict):
        raise MalformedError(f'{name} is no object: send {{"query": "…"}}.')
    text, strictness = asked.get("query", ""), asked.get("type_strict", "any")
    if not isinstance(text, str):
        raise MalformedError(f"{name}: query is no string.")
    if strictness not in _STRICTNESS:
        raise MalformedError(f"{name}: type_strict is none of {', '.join(_STRICTNESS)}.")
    given = asked.get("properties", [])
    if not isinstance(given, list) or len(given) > _PROPERTIES:
        raise MalformedError(f"{name}: properties is no list of {_PROPERTIES} at most.")
    if "query" not in asked and not given:
        raise MalformedError(f"{name} has neither query nor properties: send one of them.")
    return Query(
        clean(text),
        _types(name, asked.get("type", [])),
        strictness,
        _limit(name, asked.get("limit", LIMIT)),
        tuple(_constraint(name, one) for one in given),
    )


def _types(name: str, given: Any) -> tuple[str, ...]:
    types = [given] if isinstance(given, str) else given
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise MalformedError(f"{name}: type is neither a string nor a list of strings.")
    return tuple(one for one in types if one)


def _limit(name: str, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float) or given < 0:
        raise MalformedError(f"{name}: limit is no number from 0 on.")
    return int(min(given, MOST))


def _constraint(name: str, given: Any) -> Constraint:
    if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
        raise MalformedError(f'{name}: a property is {{"pid": "year", "v": 2024}}.')
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    return Constraint(clean(given["pid"]), tuple(_value(name, one) for one in values[:_VALUES]))


def _value(name: str, given: Any) -> Value:
    if isinstance(given, dict) and isinstance(given.get("id"), str):
        words = given.get("name", "")
        return clean(given["id"]), clean(words) if isinstance(words, str) else ""
    if isinstance(given, bool):
        return "", str(given).lower()
    if isinstance(given, str):
        return "", clean(given)
    if isinstance(given, int | float):
        return "", f"{given:g}" if isinstance(given, float) else str(given)[:_CHARACTERS]
    raise MalformedError(f"{name}: v is no string, number, boolean or object with an id.")


def _extended(given: Any) -> tuple[str, int]:
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        raise MalformedError('A property is {"id": "year"}.')
    settings = given.get("settings", {})
    most = settings.get("limit", 0) if isinstance(settings, dict) else None
    most = int(most) if isinstance(most, str) and most.isdecimal() and len(most) < 10 else most
    if isinstance(most, bool) or not isinstance(most, int | float) or most < 0:
        raise MalformedError(f"{_name(given['id'])}: limit is no number from 0 on.")
    return clean(given["id"]), int(min(most, 1000))
