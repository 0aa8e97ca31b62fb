"""Queries and clients that take other endpoints down, against a real server.

Each gets a whole answer or its error in time, and look-ups beside them are answered.
"""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web.conftest import Site, serving

DEADLINE = 2.0
LIMITS = {
    **{"deadline": DEADLINE, "answer": 2**20, "memory": 2**28},
    **{"fast": 2, "slow": 2, "queue": 8, "cache": 0},  # no look-up is answered from what is kept
}
LATE = 3.0
"""Seconds behind the deadline after which an answer is one that hangs, on any machine."""
LOOKUP = "SELECT ?p ?o WHERE { <https://w3id.org/fedkg/paper/arxiv-2312.06353> ?p ?o }"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l ."
NEVER = 'FILTER(STR(?c) = CONCAT(STR(?f), "none", STR(?i), STR(?l)))'
STEPS = "(!<urn:x>|!^<urn:x>)+"
REGEX = "^(([a-z])+.)+[A-Z]([a-z])+$"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A server with a short deadline and small limits."""
    with serving(**LIMITS) as (_, found):
        yield found


BOMBS = {
    "count": (f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", {504}),
    "group": (f"SELECT ?a (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a", {504}),
    "order": (f"SELECT * {{ {PRODUCT} }} ORDER BY ?i ?a", {422, 504}),
    "distinct": (f"SELECT DISTINCT ?a ?d ?g {{ {PRODUCT} }}", {422, 504}),
    "filter": (f"SELECT * {{ {PRODUCT} {NEVER} }}", {504}),
    "ask": (f"ASK {{ {PRODUCT} {NEVER} }}", {504}),
    "path": (f"SELECT (COUNT(*) AS ?n) {{ ?a {STEPS} ?b . ?b {STEPS} ?c . ?c {STEPS} ?d }}", {504}),
    "construct": (f"CONSTRUCT {{ ?a ?b ?f }} WHERE {{ {PRODUCT} }}", {422, 504}),
    "rows": (f"SELECT * {{ {PRODUCT} }}", {422}),
    "regex": (f'SELECT * {{ {PRODUCT} FILTER(REGEX(STR(?c), "{REGEX}")) }} LIMIT 1', {200, 504}),
    "long": ("SELECT * { VALUES ?x { " + '"aaaaaaaa" ' * 80_000 + "} }", {200, 422}),
    "brackets": ("SELECT * { " + "{" * 5_000 + "}" * 5_000 + " }", {400}),
    "parentheses": (
        "SELECT * { ?s ?p ?o FILTER(" + "(" * 20_000 + "1" + ")" * 20_001 + " }",
        {400},
    ),
    "service": ("SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }", {403}),
    "load": ("LOAD <http://127.0.0.1/>", {400}),
}


def ask(site: Site, query: str) -> tuple[int, float, bytes]:
    """Return status, seconds and body of an answer."""
    began = time.monotonic()
    answer = site.ask(
        "/sparql",
        method="POST",
        body=query.encode(),
        headers={"Content-Type": "application/sparql-query"},
    )
    return answer.status, time.monotonic() - began, answer.body


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_gets_its_error_in_time(site: Site, name: str) -> None:
    """Or a whole answer; the next query is answered as if nothing had been."""
    query, statuses = BOMBS[name]
    status, seconds, body = ask(site, query)
    assert status in statuses
    assert seconds < DEADLINE + LATE
    assert status == 200 or json.loads(body)["status"] == status
    assert ask(site, LOOKUP)[0] == 200


def test_lookups_beside_bombs_never_fail(site: Site) -> None:
    """Two bombs run in the slow lane all the while."""
    with ThreadPoolExecutor(2) as pool:
        bombs = [pool.submit(ask, site, BOMBS["count"][0]) for _ in range(2)]
        time.sleep(0.3)
        lookups = [ask(site, LOOKUP)[0] for _ in range(50)]
        assert {bomb.result()[0] for bomb in bombs} <= {504, 429}
    assert set(lookups) == {200}


def test_more_bombs_than_there_is_room_for_are_told_so(site: Site) -> None:
    """Some are stopped at once, and nobody waits longer than the deadline."""
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: ask(site, BOMBS["count"][0]), range(12)))
    assert {status for status, _, _ in answers} <= {429, 503, 504}
    assert all(seconds < DEADLINE + LATE for _, seconds, _ in answers)
    assert ask(site, LOOKUP)[0] == 200


def test_a_bomb_that_is_sent_again_while_it_runs_costs_no_process(site: Site) -> None:
    """It is known to be slow, and refused before it takes one from look-ups of the same client."""
    bomb = BOMBS["group"][0]
    assert ask(site, bomb)[0] == 504
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(ask, site, bomb)
        time.sleep(0.3)
        before = children_of(site.pid)
        statuses = [ask(site, bomb)[0] for _ in range(20)]
        assert children_of(site.pid) == before
        assert running.result()[0] == 504
    assert statuses == [429] * 20


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET /sparql?query=", id="half a line"),
        pytest.param(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nSELECT",
            id="half a body",
        ),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf", id="half for a page"
        ),
    ],
)
def test_clients_that_stop_half_way_hold_nobody_up(site: Site, sent: bytes) -> None:
    """Two hundred idle sockets, or bodies that never end."""
    held = []
    try:
        for _ in range(200):
            held.append(socket.create_connection((site.host, site.port), timeout=5))
            held[-1].sendall(sent)
        assert [ask(site, LOOKUP)[0] for _ in range(5)] == [200] * 5
        assert site.ask("/").status == 200
    finally:
        for one in held:
            one.close()


def test_a_client_that_goes_away_takes_its_query_along(site: Site) -> None:
    """So that its place in the slow lane is free at once."""
    request = BOMBS["count"][0].replace(" ", "%20").replace("?", "%3F").replace("*", "%2A")
    for _ in range(4):
        with socket.create_connection((site.host, site.port), timeout=5) as gone:
            gone.sendall(f"GET /sparql?query={request} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.4)
    time.sleep(0.3)
    status, _, _ = ask(site, BOMBS["count"][0])
    assert status == 504


def test_a_request_may_ask_for_less_time(site: Site) -> None:
    """Never for more."""
    fields = {"timeout": "0.5"}
    answer = site.query(BOMBS["count"][0], **fields)
    assert answer.status == 504
    assert "0.5 seconds" in answer.json()["detail"]
    answer = site.query(BOMBS["count"][0], timeout="99")
    assert f"{DEADLINE:g} seconds" in answer.json()["detail"]


def test_processes_neither_grow_nor_stay(site: Site) -> None:
    """After all that: as many as at the start, and none that waits to be buried."""
    for _ in range(100):
        states = [state_of(int(pid)) for pid in children_of(site.pid)]
        if len(states) == LIMITS["fast"] + LIMITS["slow"] and "Z" not in states:
            return
        time.sleep(0.1)
    pytest.fail(f"the processes are {states}")


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
