"""Items as Wikibase writes them in JSON (https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from fedkg.export.wikidata.model import (
    PROPERTIES,
    Entity,
    Item,
    Monolingual,
    Pair,
    Statement,
    String,
    Time,
    Value,
)

_GREGORIAN = "http://www.wikidata.org/entity/Q1985727"


def entity_json(entity: Entity) -> dict[str, Any]:
    """Return an item as an object of JSON.

    One that is new has no id; of one that is there, only what is added stands in it. Statements
    have no ids, as they are all new.
    """
    claims = _grouped([(one.property, _statement(one)) for one in entity.statements])
    known = {"id": entity.qid} if entity.qid else {}
    names = {"labels": entity.label, "descriptions": entity.description}
    said = {key: {"en": {"language": "en", "value": text}} for key, text in names.items() if text}
    return {"type": "item", **known, **said, "claims": claims}


def _statement(statement: Statement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "statement",
        "rank": "normal",
        "mainsnak": _snak(Pair(statement.property, statement.value)),
    }
    if statement.qualifiers:
        found["qualifiers"] = _snaks(statement.qualifiers)
        found["qualifiers-order"] = _order(statement.qualifiers)
    if statement.reference:
        snaks, order = _snaks(statement.reference), _order(statement.reference)
        found["references"] = [{"snaks": snaks, "snaks-order": order}]
    return found


def _snaks(pairs: Sequence[Pair]) -> Mapping[str, Any]:
    return _grouped([(pair.property, _snak(pair)) for pair in pairs])


def _order(pairs: Sequence[Pair]) -> list[str]:
    return list(dict.fromkeys(pair.property for pair in pairs))


def _snak(pair: Pair) -> dict[str, Any]:
    return {
        "snaktype": "value",
        "property": pair.property,
        "datatype": PROPERTIES[pair.property],
        "datavalue": _value(pair.value),
    }


def _value(value: Value) -> dict[str, Any]:
    match value:
        case Item(qid):
            held = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
            return {"type": "wikibase-entityid", "value": held}
        case String(text):
            return {"type": "string", "value": text}
        case Monolingual(language, text):
            return {"type": "monolingualtext", "value": {"language": language, "text": text}}
        case Time():
            return {"type": "time", "value": _time(value)}


def _time(time: Time) -> dict[str, Any]:
    return {
        "time": time.instant,
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": time.precision,
        "calendarmodel": _GREGORIAN,
    }


def _grouped(pairs: Sequence[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for property_, one in pairs:
        found[property_].append(one)
    return dict(found)
