"""Papers as items in the JSON of Wikibase, read back by WikibaseIntegrator."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from wikibaseintegrator.entities import ItemEntity
from wikibaseintegrator.models import Claim, Snak

from fedkg.cli import main
from fedkg.export.source import Source
from fedkg.export.wikidata.batch import wikibase_json
from fedkg.export.wikidata.entity_json import entity_json
from fedkg.export.wikidata.facts import entity_of
from fedkg.export.wikidata.model import (
    PROPERTIES,
    Entity,
    Item,
    Monolingual,
    Pair,
    Statement,
    String,
    Time,
)
from fedkg.export.works import Work

from .papers import ITEMS, SOURCE, WORK, WORKS


def saved(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as a Wikibase has it once it is saved: each part with an id.

    WikibaseIntegrator reads nothing else.
    """
    item = {"id": "Q1", "lastrevid": 1, **json.loads(json.dumps(item))}
    for statement in (one for claims in item["claims"].values() for one in claims):
        statement["id"] = f"{item['id']}$1"
        for reference in statement["references"]:
            reference["hash"] = "1"
    return item


def read_back(item: Mapping[str, Any], qid: str) -> Entity:
    """Return what WikibaseIntegrator reads of an item."""
    read = ItemEntity().from_json(saved(item))
    label, description = read.labels.get("en"), read.descriptions.get("en")
    return Entity(
        qid and read.id,
        label.value if label else "",
        description.value if description else "",
        tuple(map(statement, read.claims)),
    )


def statement(claim: Claim) -> Statement:
    """Return a claim as a statement; what makes it distinct is that it stands there."""
    found = pair(claim.mainsnak)
    references = [snak for one in claim.references for snak in one.snaks]
    return Statement(
        found.property, found.value, pairs(claim.qualifiers), pairs(references), is_distinct=False
    )


def pairs(snaks: Iterable[Snak]) -> tuple[Pair, ...]:
    return tuple(map(pair, snaks))


def pair(snak: Snak) -> Pair:
    """Return a property and its value, by the type that the value says it has."""
    value = snak.datavalue["value"]
    match snak.datatype:
        case "wikibase-item":
            found = Item(value["id"])
        case "monolingualtext":
            found = Monolingual(value["language"], value["text"])
        case "time":
            date = value["time"][1:11].split("-")
            found = Time("-".join(date[: value["precision"] - 8]))
        case _:
            found = String(value)
    return Pair(snak.property_number, found)


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements by property, as they stand in JSON, each as if none were distinct."""
    found = [Statement(s.property, s.value, s.qualifiers, s.reference) for s in statements]
    first = {one.property: at for at, one in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda one: first[one.property])


def test_one_paper_is_an_item_of_wikibase(snapshot) -> None:
    """What it says in full: two authors of one name are two statements."""
    items = {"a:2": "Q7259", "a:icml": "Q1", "a:lora": "Q2"}
    text = json.dumps(entity_json(entity_of(WORK, items, SOURCE)), indent=1)
    assert text == snapshot


@given(WORKS, ITEMS)
def test_what_is_read_back_is_what_was_stated(work: Work, items: dict[str, str]) -> None:
    """Every value with its type, its qualifiers and where it was read."""
    entity = entity_of(work, items, SOURCE)

    read = read_back(entity_json(entity), entity.qid)

    assert (read.qid, read.label, read.description) == (
        entity.qid,
        entity.label,
        entity.description,
    )
    assert list(read.statements) == in_order(entity.statements)


def test_an_item_that_is_there_gets_statements_alone() -> None:
    """It keeps its names; one that is new has no id."""
    known = entity_json(entity_of(WORK, {WORK.iri: "Q42"}, SOURCE))
    new = entity_json(entity_of(WORK, {}, SOURCE))

    assert known["id"] == "Q42"
    assert known.keys() == {"type", "id", "claims"}
    assert new.keys() == {"type", "labels", "descriptions", "claims"}
    assert "P2093" not in known["claims"]


def test_the_five_lists_are_an_item_a_line(source: Source) -> None:
    """Read line by line as Wikidata's dumps are, or whole; the same papers as in a batch."""
    parts = list(wikibase_json(source))

    whole = json.loads(b"".join(parts))

    first, *lines, last = b"".join(parts).decode().splitlines()
    assert (first, last) == ("[", "]")
    assert [json.loads(line.rstrip(",")) for line in lines] == whole
    assert len(whole) == len(parts) - 1 == len(source.papers)
    stated = {property_ for item in whole for property_ in item["claims"]}
    assert stated <= PROPERTIES.keys()


def test_no_papers_are_an_empty_array(source: Source) -> None:
    """Which is JSON as well."""
    assert json.loads(b"".join(wikibase_json(Source(source.store, source.base, ())))) == []


def test_the_command_writes_it_with_known_items(five_list_graph: Path, tmp_path: Path) -> None:
    """`--wikidata` is for this format too."""
    known = tmp_path / "wikidata.csv"
    known.write_text("key,qid,source\narxiv-2312.06353,Q42,me\nvenue/icml,Q43,me\n")
    arguments = ["export", "--format", "wikibase-json", "--dir", str(five_list_graph)]

    result = CliRunner().invoke(main, [*arguments, "--paper", "FedKSeed", "--wikidata", str(known)])

    (item,) = json.loads(result.stdout)
    assert item["id"] == "Q42"
    assert "without a check" not in result.stderr
    assert item["claims"]["P1433"][0]["mainsnak"]["datavalue"]["value"]["id"] == "Q43"


@pytest.mark.parametrize("date", ["2024", "2024-05", "2024-05-06"])
def test_a_date_keeps_its_precision(date: str) -> None:
    """Year, month or day."""
    entity = Entity("Q42", statements=(Statement("P577", Time(date), (), SOURCE),))

    assert read_back(entity_json(entity), "Q42") == entity
