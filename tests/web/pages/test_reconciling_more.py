"""What goes with reconciling: data extension, suggestions and previews, over the five lists."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import BASE, PAPER
from .official import Schemas


def extended(client: FlaskClient, ids: list[str], *properties: str, **settings_: Any) -> Any:
    asked = {"ids": ids, "properties": [{"id": one, "settings": settings_} for one in properties]}
    return client.post("/reconcile/extend", data={"extend": json.dumps(asked)}).json


def test_data_are_extended(client: FlaskClient, schemas: Schemas) -> None:
    """With values of their own kinds; what is not known has none."""
    ids = [PAPER, f"{BASE}dataset/gsm8k", "model/llama-2-7b", "nothing/at-all", "paper/"]
    found = extended(client, ids, "year", "venue", "arxiv", "alias", "parameters", "nothing")
    schemas.check("data-extension-response", found)
    rows = found["rows"]
    assert list(rows) == ids
    assert rows[PAPER]["venue"] == [
        {"id": "venue/icml", "name": "ICML"},
        {"id": "venue/arxiv", "name": "arXiv"},
    ]
    assert rows[PAPER]["year"] == [{"int": 2023}, {"int": 2024}]
    assert rows[PAPER]["arxiv"] == [{"str": "2312.06353"}]
    assert {"str": "Grade School Math"} in rows[ids[1]]["alias"]
    assert rows["nothing/at-all"] == {one["id"]: [] for one in found["meta"]}
    assert {one["id"]: one.get("type", {}).get("id") for one in found["meta"]}["venue"] == "Venue"
    assert len(extended(client, [PAPER], "author", limit=2)["rows"][PAPER]["author"]) == 2


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=10) | st.sampled_from([PAPER, "paper/a> } #"]), max_size=4))
def test_any_ids_are_answered_within_the_schema(
    client: FlaskClient, schemas: Schemas, ids: list[str]
) -> None:
    """Whatever they hold, they end no query of ours."""
    schemas.check("data-extension-response", extended(client, ids, "author", "year"))


def found_by(client: FlaskClient, *constraints: tuple[str, object], **more: Any) -> Any:
    """Return the candidates of a query without a name, by identifier."""
    asked = {"q": {"properties": [{"pid": pid, "v": v} for pid, v in constraints], **more}}
    answer = client.post("/reconcile", data={"queries": json.dumps(asked)}).json
    return {one["id"]: one for one in answer["q"]["result"]}


def test_without_a_name_the_things_that_are_named_find_others(client: FlaskClient) -> None:
    """All of them have to be there; what else is asked orders the candidates. None is a match."""
    author = ("author", {"id": f"{BASE}person/yaliang-li"})
    gsm8k = ("dataset", {"id": "dataset/gsm8k"})
    his = found_by(client, author, limit=50)
    both = found_by(client, author, gsm8k, ("year", 2023), limit=50)
    assert his.keys() > both.keys() > set()
    scores = [one["score"] for one in both.values()]
    assert scores == sorted(scores, reverse=True)
    features = [
        {"id": "author", "value": 100.0},
        {"id": "dataset", "value": 100.0},
        {"id": "year", "value": 100.0},
    ]
    assert next(iter(both.values()))["features"] == features
    assert not any(one["match"] for one in his.values())
    assert "person/yaliang-li" in found_by(client, ("paper", {"id": PAPER}), type="Person")


@pytest.mark.parametrize(
    "constraint", [("year", 2024), ("author", "Yaliang Li"), ("author", {"id": "person/a> . ?x"})]
)
def test_what_names_no_thing_finds_none(client: FlaskClient, constraint: tuple[str, Any]) -> None:
    """A year alone is that of thousands, and an identifier ends no query of ours."""
    assert found_by(client, constraint) == {}


@pytest.mark.parametrize("type_", ["", "Paper", "Model", "Q5"])
def test_properties_are_proposed(client: FlaskClient, schemas: Schemas, type_: str) -> None:
    """Those of the things of a type."""
    found = client.get("/reconcile/extend/propose", query_string={"type": type_, "limit": 4}).json
    schemas.check("data-extension-property-proposal", found)
    assert len(found["properties"]) == (0 if type_ == "Q5" else min(4, len(found["properties"])))


@pytest.mark.parametrize(
    ("what", "prefix", "id_"),
    [
        ("entities", "fedks", PAPER),
        ("entities", "2312.06353", PAPER),
        ("entities", "gsm", "dataset/gsm8k"),
        ("entities", "", None),
        ("entities", '"*', None),
        ("types", "pap", "Paper"),
        ("types", "fam", "ModelFamily"),
        ("types", "zz", None),
        ("properties", "yea", "year"),
        ("properties", "DOI", "doi"),
        ("properties", "zz", None),
    ],
)
def test_what_is_typed_is_completed(
    client: FlaskClient, schemas: Schemas, what: str, prefix: str, id_: str | None
) -> None:
    """Things, types and properties, by names and identifiers."""
    service = {"entities": "entity", "types": "type", "properties": "property"}[what]
    address = f"/reconcile/suggest/{service}"
    found = client.get(address, query_string={"prefix": prefix}).json
    schemas.check(f"suggest-{what}-response", found)
    assert (id_ in [one["id"] for one in found["result"]]) if id_ else not found["result"]
    beyond = client.get(address, query_string={"prefix": prefix, "cursor": 99}).json
    assert beyond["result"] == []


@pytest.mark.parametrize(
    "path", [PAPER, f"{BASE}{PAPER}", "person/yaliang-li", "dataset/gsm8k", "technique/lora"]
)
def test_a_preview_may_be_framed_and_runs_nothing(client: FlaskClient, path: str) -> None:
    """By all sites, unlike the pages."""
    answer = client.get("/reconcile/preview", query_string={"id": path})
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert re.search(r'<a href="/[a-z]+/[^"]+" target="_blank"', answer.text)
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["", "x", "paper/nothing", "graph/lists", "paper/a> <b"])
def test_a_preview_of_nothing_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get("/reconcile/preview", query_string={"id": path}).status_code == 404
