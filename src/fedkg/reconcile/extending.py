"""Data extension: what the graph says of things, for new columns (0.2, section 7)."""

from collections.abc import Sequence
from typing import Any

from fedkg.reconcile.facts import Facts, Stated
from fedkg.reconcile.queries import Extension
from fedkg.reconcile.schema import PROPERTIES, TYPES, Property

_MOST = 1000
"""Values of a cell."""


def extend(asked: Extension, facts: Facts) -> dict[str, Any]:
    """Return the rows of a data extension query; what is not known has no values."""
    things = facts.things(filter(None, map(facts.path, asked.ids)))
    paths = sorted({one.path for one in things.values()})
    rows: dict[str, dict[str, list[Any]]] = {one: {} for one in asked.ids}
    for name, limit in asked.properties:
        property_ = PROPERTIES.get(name)
        values = facts.values(property_, paths) if property_ else {}
        for one in asked.ids:
            thing = things.get(facts.path(one))
            stated = values.get(thing.path, ()) if thing else ()
            rows[one][name] = _cell(property_, stated, limit or _MOST) if property_ else []
    return {"meta": [_meta(name) for name, _ in asked.properties], "rows": rows}


def proposal(property_: Property) -> dict[str, str]:
    """Return a property as it is suggested and proposed."""
    return {"id": property_.id, "name": property_.name}


def _meta(name: str) -> dict[str, Any]:
    property_ = PROPERTIES.get(name)
    if property_ is None:
        return {"id": name, "name": name}
    if property_.form != "thing":
        return dict(proposal(property_))
    type_ = TYPES[property_.target]
    return {**proposal(property_), "type": {"id": type_.id, "name": type_.name}}


def _cell(property_: Property, stated: Sequence[Stated], limit: int) -> list[Any]:
    cells = [_value(property_, one) for one in stated]
    cells.sort(key=lambda one: str(one.get("name", "")))
    return cells[:limit]


def _value(property_: Property, stated: Stated) -> dict[str, Any]:
    if property_.form == "thing":
        return {"id": stated.path, "name": stated.names[0] if stated.names else stated.path}
    if property_.form in {"year", "number"} and stated.text.isdigit():
        return {"int": int(stated.text)}
    return {"str": stated.text}
