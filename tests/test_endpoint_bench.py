"""The benchmark of the endpoint and its soak: what they send, read, count and print is right."""

import asyncio
import importlib
import math
import random
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import islice, repeat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n"
)
TINY = """
import asyncio

async def answer(reader, writer):
    while request := await reader.readuntil(b"\\r\\n\\r\\n"):
        if b"bomb" in request:
            await asyncio.sleep(60)
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n")
        writer.write(b"Connection: close\\r\\n" if b"last" in request else b"")
        writer.write(b"\\r\\nhello")
        if b"last" in request:
            return writer.close()

async def serve():
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # clients come and go
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(serve())
"""
IRIS = {
    "papers": [f"https://example.org/paper/{number}" for number in range(100)],
    "people": ["https://example.org/person/ada"],
    "datasets": ["https://example.org/dataset/c4"],
}


@pytest.fixture
def module(monkeypatch):
    """Give a module of `benchmarks/` by name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


@pytest.fixture
def load(module):
    return module("load")


@pytest.fixture
def questions(module):
    return module("questions")


@pytest.fixture(scope="module")
def server():
    """Give the address of a tiny asyncio server, in a process of its own."""
    command = [sys.executable, "-c", TINY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield "127.0.0.1", int(process.stdout.readline())
        process.kill()


def test_a_request_holds_the_query_and_nothing_of_it_is_lost(load):
    """Spaces, line ends and comments are part of a query."""
    query = "SELECT * { ?s ?p ?o } # 100 % &+\n"
    line, *_ = load.render("/sparql", query).decode().splitlines()

    method, target, version = line.split(" ")
    assert (method, version) == ("GET", "HTTP/1.1")
    assert parse_qs(urlsplit(target).query) == {"query": [query]}


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("PREFIX e: <x:>\nSELECT * { ?describe ?p ?o }", "application/sparql-results+json"),
        ("DESCRIBE <x:y>", "application/n-triples"),
        ("PREFIX e: <x:>\n  CONSTRUCT { } { }", "application/n-triples"),
    ],
)
def test_a_request_asks_for_a_format_that_the_query_can_have(load, query, accept):
    assert f"\r\nAccept: {accept}\r\n" in load.render("/", query).decode()


@pytest.mark.parametrize("answer", [ANSWER, CHUNKED, b"HTTP/1.1 204 No Content\r\n\r\n"])
def test_an_answer_is_whole_with_its_last_byte(load, answer):
    """By its length, by its last chunk, or because it has no body."""
    assert [load.is_whole(answer[:end]) for end in range(len(answer))] == [False] * len(answer)
    assert load.is_whole(answer)
    assert load.is_whole(bytearray(answer))


def test_what_a_body_says_is_no_header(load):
    head = b"HTTP/1.1 503 No\r\nContent-Length: 80\r\n\r\n"
    said = head + b"\r\nContent-Length: 1\r\nConnection: close\r\n\r\n"

    assert load.status_of(said) == 503
    assert not load.is_whole(said)
    assert not load.is_last(said)


def test_chunks_are_joined(load):
    assert load.body_of(ANSWER) == b"hello"
    assert load.body_of(CHUNKED) == b"hello!"


def test_a_percentile_is_one_of_the_values(load):
    """The nearest rank; of nothing, it is no number."""
    values = [float(value) for value in range(100, 0, -1)]

    assert [load.percentile(values, percent) for percent in (0, 50, 99, 100)] == [1, 50, 99, 100]
    assert load.percentile([3.0], 99) == 3.0
    assert math.isnan(load.percentile([], 99))


def test_a_load_counts_what_is_answered_and_what_is_not(load, server):
    """Look-ups go on beside a bomb that is never answered."""
    outcome = load.Load(server, repeat(load.render("/", "ASK {}")), load.render("/", "bomb")).run(
        0.3, 4, 1
    )

    assert len(outcome.answered) > 10
    assert outcome.rate == pytest.approx(len(outcome.answered) / outcome.seconds)
    assert 0.3 <= outcome.seconds < 0.6
    assert 0 < outcome.percentile(50) < 0.3
    assert len(outcome.waiting) == 4
    assert (outcome.failures, outcome.bombs) == (Counter(), Counter())


def test_a_closed_connection_is_opened_again(load, server):
    """After an answer that says so, nothing is lost."""
    outcome = load.Load(server, repeat(load.render("/", "last"))).run(0.2, 2)

    assert len(outcome.answered) > 2
    assert not outcome.failures


def test_a_server_that_does_not_answer_is_slow(load, server):
    """Its look-ups count with the time that they have waited."""
    outcome = load.Load(server, repeat(load.render("/", "bomb"))).run(0.2, 2)

    assert outcome.rate == 0
    assert outcome.percentile(99) >= 0.19


def test_a_question_can_be_given_up(load, server):
    with socket.create_connection(server) as line:
        answer, seconds = load.ask(line, load.render("/", "ASK {}"), 5)
        assert load.body_of(answer) == b"hello"
        assert 0 < seconds < 5
        with pytest.raises(TimeoutError):
            load.ask(line, load.render("/", "bomb"), 0.05)


def test_every_question_is_sparql_and_has_a_title(questions):
    """Filled as it is sent; nine are in the table."""
    store, drawing = ox.Store(), questions.Drawing(IRIS)
    files = [path.relative_to(BENCHMARKS / "questions") for path in BENCHMARKS.rglob("*.rq")]

    assert {str(file.with_suffix("")) for file in files if not file.parent.name} == {
        *questions.NINE
    }
    for file in files:
        text = questions.read(str(file.with_suffix("")))
        query = drawing.fill(text, random.Random(1), "1")
        assert questions.title(text)
        assert not any(place in query for place in ("PAPER", "PERSON", "DATASET", "WORD"))
        store.query(query)


def test_the_same_is_drawn_for_every_server_and_nothing_twice(questions):
    texts = [questions.read("single-paper"), questions.read("count")]

    first, second = (list(islice(questions.Drawing(IRIS).queries(texts, "1"), 50)) for _ in "ab")
    assert first == second
    assert len(set(first)) == 50
    assert len({query.partition("# ")[0] for query in first}) > 20


def test_papers_cite_earlier_ones_the_same_each_time(module):
    graph = module("questions.graph")
    papers = [str(number) for number in range(500)]
    cited = list(graph.citations(papers))

    assert cited == list(graph.citations(papers))
    assert all(int(citing) > int(other) for citing, other in cited)
    assert 3 < len(cited) / len(papers) < 6


def test_rows_and_triples_are_counted(module):
    endpoint = module("endpoint")

    assert endpoint.rows(b'\n{"head": {}, "results": {"bindings": [{}, {}]}}') == 2
    assert endpoint.rows(b"<a> <b> <c> .\n<a> <b> <d> .\n\n") == 2


def test_the_tables_say_what_was_measured_and_what_was_not(module, load):
    """Ratios are to oxigraph; a server that is not there, or gave up, says so."""
    results = module("questions.results")
    found = results.Results()
    for name, seconds in (("fedkg", 0.002), ("oxigraph", 0.001)):
        found.asked[name, "count"] = results.Asked([seconds], 1)
        outcome = load.Outcome(2.0, 0.5, [seconds] * 100, [], Counter(), Counter({"504": 2}))
        found.loaded[name, "alone"].append(results.Loaded(outcome, 1.0))
    found.asked["slow", "count"].failure = "> 20 s"
    names = ("fedkg", "oxigraph", "slow", "none")

    assert (
        "| count of everything | 1 | 2.00 | 2.00 | 1.00 | 1.00 | > 20 s |  | not there |  |"
        in results.questions_table(names, found)
    )
    lines = list(results.load_table(names, found))
    assert (
        "| alone | fedkg | 50 (50–50) | 1.00 | 1.00 | 2.0 | 2.0 |  | 2 × 504 | 10.00 | 25% |"
        in lines
    )
    assert lines[-1].startswith("| alone | none | not there |")
    assert len({line.count("|") for line in lines}) == 1


def test_the_plot_is_an_svg_of_the_servers_that_are_there(module, load):
    results = module("questions.results")
    found = results.Results()
    found.asked["fedkg", "count"] = results.Asked([0.002], 1)
    outcome = load.Outcome(2.0, 0.5, [0.01] * 10)
    found.loaded["fedkg", "alone"].append(results.Loaded(outcome, 1.0))

    drawn = ET.fromstring(results.plot(("fedkg", "none"), found))
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"fedkg", "count of everything", "2.00", "alone", "5.00"} <= {*texts}
    assert texts.count("fedkg") == 1


def test_the_processes_of_a_session_are_added_up(module, tmp_path):
    """A name may hold spaces and brackets; what ends meanwhile is left out."""
    servers = module("servers")
    for pid, session in ((7, 7), (8, 7), (9, 9)):
        (tmp_path / str(pid)).mkdir()
        numbers = ["0"] * 40
        numbers[:3] = ["1", str(session), str(session)]
        numbers[10:14] = ["100", "50", "40", "10"]
        numbers[20] = "3"
        (tmp_path / str(pid) / "stat").write_text(f"{pid} (a (b) c) S {' '.join(numbers)}\n")
    (tmp_path / "10").mkdir()

    found = servers.processes(7, tmp_path)
    assert found.count == 2
    assert found.resident == 6 * servers._PAGE
    assert found.cpu == pytest.approx(400 / servers._TICK)


@pytest.mark.parametrize(
    ("count", "resident", "answered", "sentences"),
    [
        (5, 109, 1, []),
        (4, 90, 1, []),
        (5, 111, 1, ["Memory grew from 100 to 111 MiB, by 11%."]),
        (6, 100, 1, ["There were 5 processes and are 6 now."]),
        (5, 100, 0, ["No look-up was answered."]),
        (0, 0, 1, ["The server has ended."]),
    ],
)
def test_a_soak_complains_of_what_piles_up(module, count, resident, answered, sentences):
    soak, servers = module("soak"), module("servers")
    before = servers.Processes(5, 100 << 20, 0.0)
    after = servers.Processes(count, resident << 20, 0.0)

    assert soak.complaints(before, after, answered) == sentences


def test_a_soaked_server_is_judged_by_the_end_of_the_pause(module):
    soak, servers = module("soak"), module("servers")
    samples = [servers.Processes(count, count, 0.0) for count in (9, 9, 5, 6, 5)]

    assert soak.settled(samples).count == 5


def test_the_clients_of_a_soak_count_every_outcome(module, server):
    """Against a server that answers everything at once but a bomb."""
    soak, load = module("soak"), module("load")
    clients = soak.Soak(server, repeat(load.render("/", "ASK {}")))
    asyncio.run(clients.run(0.6))

    kinds = {name for name, _ in clients.outcomes}
    assert kinds == {"look-up", "bomb", "hang-up", "half a body", "slow reader"}
    assert clients.outcomes["look-up", "200"] == len(clients.seconds) > 0
    assert clients.outcomes["hang-up", "hung up"] > 0
