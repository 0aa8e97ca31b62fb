"""The reconciliation service, by the official schemas of version 0.2, over the five lists."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDFS, Graph, URIRef

from fedkg import resources
from fedkg.namespaces import FKG
from fedkg.reconcile.schema import PROPERTIES, TYPES
from fedkg.store.engine import Engine
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import create_app

from ..conftest import Site
from .conftest import BASE, PAPER
from .official import Schemas

FEDKSEED = (
    "Federated Full-Parameter Tuning of Billion-Sized Language Models with Communication Cost "
    "under 18 Kilobytes"
)
FEDBIOT = "paper/arxiv-2406.17706"


def ask(client: FlaskClient, **queries: Any) -> dict[str, list[dict[str, Any]]]:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    return {key: one["result"] for key, one in answer.json.items()}


def one(client: FlaskClient, query: str, **more: Any) -> list[dict[str, Any]]:
    return ask(client, q={"query": query, **more})["q"]


def matched(results: list[dict[str, Any]]) -> list[str]:
    return [result["id"] for result in results if result["match"]]


@pytest.mark.parametrize("root", ["", "/kg"])
def test_the_manifest_says_where_all_is(
    store: Engine, search: Path, schemas: Schemas, root: str
) -> None:
    """On the host by which it was called, below the root path; and all that answers there."""
    app = create_app(store, addresses=Addresses(root=root), search=search)
    manifest = app.test_client().get("/reconcile", headers={"Host": "kg.example:8080"}).json
    schemas.check("manifest", manifest)
    assert manifest["versions"] == ["0.2"]
    assert (manifest["identifierSpace"], manifest["schemaSpace"]) == (BASE, FKG)
    here = f"http://kg.example:8080{root}"
    assert manifest["view"]["url"] == f"{here}/{{{{id}}}}"
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    found = [one["service_url"] + one["service_path"] for one in services]
    found.append(manifest["preview"]["url"].replace("{{id}}", PAPER))
    for address in found:
        assert address.startswith(f"{here}/reconcile/")
        assert app.test_client().get(address.removeprefix(here)).status_code == 200


def test_a_host_that_is_none_is_refused(client: FlaskClient) -> None:
    """It would be written into the manifest."""
    answer = client.get("/reconcile", headers={"Host": 'x"><script>'})
    assert answer.status_code == 400


def test_types_and_properties_are_those_of_the_ontology() -> None:
    """Types by the names of classes and their labels; properties of types that there are."""
    ontology = Graph().parse(resources.ontology_dir() / "fedkg.ttl")
    for type_ in TYPES.values():
        assert str(ontology.value(URIRef(FKG + type_.id), RDFS.label)) == type_.name
    for property_ in PROPERTIES.values():
        assert {*property_.types, *filter(None, [property_.target])} <= TYPES.keys()


@pytest.mark.parametrize("property_", PROPERTIES)
def test_each_property_can_be_asked_for(client: FlaskClient, property_: str) -> None:
    """Of any thing."""
    asked = {"ids": [PAPER, "person/yaliang-li"], "properties": [{"id": property_}]}
    assert client.get("/reconcile", query_string={"extend": json.dumps(asked)}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "2312.06353",
        "arXiv:2312.06353",
        "https://arxiv.org/pdf/2312.06353v2",
        "10.48550/arXiv.2312.06353",
        "https://doi.org/10.48550/ARXIV.2312.06353",
        f"{BASE}{PAPER}",
        PAPER,
    ],
)
def test_an_identifier_is_certain(client: FlaskClient, query: str) -> None:
    """However it is written: score 100, a match, and nothing else."""
    (result,) = one(client, query)
    assert (result["id"], result["score"], result["match"]) == (PAPER, 100, True)


@pytest.mark.parametrize(
    ("pid", "value"), [("arxiv", "2312.06353"), ("doi", "10.48550/arXiv.2312.06353")]
)
def test_an_identifier_as_a_property_is_certain_too(
    client: FlaskClient, pid: str, value: str
) -> None:
    """With a query beside it, or alone."""
    properties = [{"pid": pid, "v": value}]
    beside = {"query": "Full-parameter tuning", "properties": properties}
    found = ask(client, a=beside, b={"properties": properties})
    assert matched(found["a"]) == matched(found["b"]) == [PAPER]
    assert found["a"][0]["score"] == found["b"][0]["score"] == 100


@pytest.mark.parametrize(
    ("query", "type_", "path"),
    [
        (FEDKSEED, "Paper", PAPER),
        (FEDKSEED.lower().replace("-", " "), None, PAPER),
        ("FedKSeed", None, PAPER),
        ("gregoire danoy", "Person", "person/gregoire-danoy"),
        ("Munoz, J. Pablo", "Person", "person/j-pablo-munoz"),
        ("GSM-8K", None, "dataset/gsm8k"),
        ("Grade School Math", "Dataset", "dataset/gsm8k"),
        ("llama 2 7b", "fkg:Model", "model/llama-2-7b"),
        ("LORA", f"{FKG}Technique", "technique/lora"),
    ],
)
def test_a_name_that_only_one_thing_has_is_a_match(
    client: FlaskClient, query: str, type_: str | None, path: str
) -> None:
    """Without case, marks and punctuation; other names count."""
    assert matched(one(client, query, **({"type": type_} if type_ else {}))) == [path]


@pytest.mark.parametrize(
    ("query", "type_", "path", "least"),
    [
        ("Federated Full Paramter Tunning of Bilion-sized Langauge Models", "Paper", PAPER, 70),
        ("FedKSed", "Paper", PAPER, 80),
        ("Yalinag Li", "Person", "person/yaliang-li", 85),
        ("G. Danoy", "Person", "person/gregoire-danoy", 85),
        ("gms8k", "Dataset", "dataset/gsm8k", 75),
        ("Empirical Methods in Natural Language Procesing", "Venue", "venue/emnlp", 90),
    ],
)
def test_typos_and_initials_are_candidates_and_no_matches(
    client: FlaskClient, query: str, type_: str, path: str, least: float
) -> None:
    """The right thing comes first; a person decides."""
    results = one(client, query, type=type_)
    assert results[0]["id"] == path
    assert least <= results[0]["score"] < 100
    assert matched(results) == []


@pytest.mark.parametrize(("query", "types"), [("BERT", ["Model", "ModelFamily"]), ("Y. Li", [])])
def test_what_several_things_may_be_is_no_match(
    client: FlaskClient, query: str, types: list[str]
) -> None:
    """They stand side by side with the same score."""
    first, second, *_ = one(client, query, type=types)
    assert first["score"] == second["score"]
    assert matched([first, second]) == []
    assert matched(one(client, "BERT", type="Model")) == ["model/bert"]


def test_properties_speak_for_and_against(client: FlaskClient) -> None:
    """The score says how much, its features why; what is not stated says nothing."""

    def asked(**values: Any) -> dict[str, Any]:
        given_ = [{"pid": pid, "v": value} for pid, value in values.items()]
        return one(client, "FedBiOT", type="Paper", properties=given_)[0]

    alone, agrees = asked(), asked(year=2024, author=["Feijie Wu", "Yaliang Li"])
    differs, silent = asked(year=2019), asked(model="GPT-9", nothing="x")
    assert {one["id"] for one in (alone, agrees, differs)} == {FEDBIOT}
    assert agrees["score"] > alone["score"] > differs["score"]
    assert (agrees["match"], differs["match"]) == (True, False)
    assert {one["id"]: one["value"] for one in agrees["features"]} == {
        "name": 97,
        "year": 100,
        "author": 100,
    }
    assert "nothing" not in {one["id"] for one in silent["features"]}
    thing = asked(author={"id": "person/yaliang-li", "name": "anything"})
    assert thing["features"][1] == {"id": "author", "value": 100}


def test_types_choose(client: FlaskClient) -> None:
    """Any of them, all of them, or rather them than others."""
    both = {"query": "BERT", "type": ["Model", "Paper"]}
    found = ask(
        client,
        any=both,
        all={**both, "type_strict": "all"},
        should={"query": "BERT", "type": "Model", "type_strict": "should"},
        unknown={"query": "BERT", "type": "Q5"},
    )
    assert {one["type"][0]["id"] for one in found["any"]} <= {"Model", "Paper"}
    assert found["all"] == found["unknown"] == []
    assert [one["id"] for one in found["should"][:2]] == ["model/bert", "family/bert"]
    assert found["should"][0]["score"] > found["should"][1]["score"]


def test_a_limit_holds(client: FlaskClient) -> None:
    """Ten where none is given, fifty at most; the best come first."""
    numbers = [len(one(client, "federated", type="Paper", limit=most)) for most in (0, 3, 999)]
    assert numbers[:2] == [0, 3]
    assert numbers[2] <= 50
    results = one(client, "Federated Tuning of Large Language Models")
    assert len(results) == 10
    scores = [one["score"] for one in results]
    assert scores == sorted(scores, reverse=True)


def test_get_and_post_are_the_same(client: FlaskClient) -> None:
    """Open for reading to scripts of all sites."""
    queries = json.dumps({"q0": {"query": "GSM8K"}})
    by_get = client.get("/reconcile", query_string={"queries": queries})
    by_post = client.post("/reconcile", data={"queries": queries})
    assert by_get.json == by_post.json
    for answer in (by_get, by_post, client.post("/reconcile"), client.options("/reconcile")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in client.options("/reconcile").headers["Access-Control-Allow-Methods"]


def test_a_callback_is_not_called(client: FlaskClient) -> None:
    """JSONP is left out: the answer is JSON, whatever a stranger would have a script say."""
    answer = client.get("/reconcile?callback=alert")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == (
        "application/json",
        "nosniff",
    )
    assert b"alert" not in answer.data


@pytest.mark.parametrize(
    ("target", "form"),
    [
        ("/reconcile", {}),
        ("/reconcile", {"queries": "{"}),
        ("/reconcile", {"queries": '{"q0": 7}'}),
        ("/reconcile", {"queries": "[" * 100_000}),
        ("/reconcile", {"extend": "7"}),
        ("/reconcile/extend", {}),
        ("/reconcile/extend", {"extend": '{"ids": [7], "properties": []}'}),
    ],
)
def test_what_is_malformed_is_a_problem_with_a_sentence(
    client: FlaskClient, target: str, form: dict[str, str]
) -> None:
    """400, as problem details."""
    answer = client.post(target, data=form)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["detail"].endswith(".")


def test_a_body_has_an_end(five: Site) -> None:
    """More than a batch takes is refused before it is read; half a megabyte is taken."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for asked in (b"queries=" + b"x" * 2**20, b"queries=" + b"x" * 600_000):
        answer = five.ask("/reconcile", method="POST", body=asked, headers=headers)
        assert answer.status == (413 if len(asked) > 2**20 else 400)
        assert answer.media_type == "application/problem+json"


def test_a_server_answers_as_the_application_does(five: Site, client: FlaskClient) -> None:
    """Through all that stands before it; a thing is found with its slash encoded, too."""
    body = b"queries=%7B%22q0%22%3A%7B%22query%22%3A%22GSM8K%22%7D%7D"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = five.ask("/reconcile", method="POST", body=body, headers=headers)
    assert {"q0": answer.json()["q0"]["result"]} == ask(client, q0={"query": "GSM8K"})
    view = five.ask("/reconcile").json()["view"]["url"].replace("{{id}}", "dataset%2Fgsm8k")
    assert five.ask(view.removeprefix(five.origin)).status == 303


def test_without_an_index_no_candidates_are_made_up(store: Engine) -> None:
    """It is not that there are none."""
    form = {"queries": '{"q0": {"query": "GSM8K"}}'}
    assert create_app(store).test_client().post("/reconcile", data=form).status_code == 503


VALUES = st.text(max_size=12) | st.integers() | st.booleans() | st.just({"id": PAPER})
QUERIES = st.fixed_dictionaries(
    {"query": st.text(max_size=40) | st.sampled_from(["Fedrated", "Y. Li", "BERT", FEDKSEED])},
    optional={
        "type": st.sampled_from([*TYPES, "Q5"]) | st.lists(st.sampled_from([*TYPES]), max_size=3),
        "limit": st.integers(0, 60),
        "type_strict": st.sampled_from(["any", "should", "all"]),
        "properties": st.lists(
            st.fixed_dictionaries(
                {
                    "pid": st.sampled_from([*PROPERTIES, "nothing"]),
                    "v": VALUES | st.lists(VALUES, max_size=3),
                }
            ),
            max_size=3,
        ),
    },
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(max_size=5), QUERIES, max_size=3))
def test_any_batch_is_answered_within_the_schema(
    client: FlaskClient, schemas: Schemas, batch: dict[str, Any]
) -> None:
    """As many answers as queries; scores from 0 to 100; one match at most, the first."""
    schemas.check("reconciliation-query-batch", batch)
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200
    schemas.check("reconciliation-result-batch", answer.json)
    assert answer.json.keys() == batch.keys()
    for found in answer.json.values():
        scores = [one["score"] for one in found["result"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)
        assert not any(one["match"] for one in found["result"][1:])
