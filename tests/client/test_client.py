"""The client against a server on loopback that does all that servers do."""

import gzip
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fedkg.client import Answer, Cache, Client, Limits, Request
from fedkg.errors import InputError, ServiceError

from .clocks import NOON, Turned

LIMITS = Limits(attempts=3, longest_wait=100, silence=5, body=2**20, ratio=100)
JSON = "application/json"


@pytest.fixture
def turned() -> Turned:
    return Turned()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept", timedelta(days=1))


@pytest.fixture
def client(turned: Turned, cache: Cache) -> Iterator[Client]:
    with Client("me@example.org", cache, limits=LIMITS, clock=turned.clock) as client:
        yield client


@contextmanager
def client_with(turned: Turned, **limits: float) -> Iterator[Client]:
    """Give a client that keeps nothing and has some other limits."""
    asked = replace(LIMITS, **limits)
    with Client("me@example.org", limits=asked, clock=turned.clock) as client:
        yield client


def request_to(server: HTTPServer, path: str = "/data", **more) -> Request:
    return Request(server.url_for(path), (JSON,), **more)


def in_turn(server: HTTPServer, *responses: Response) -> None:
    """Give responses one after the other."""
    for response in responses:
        server.expect_ordered_request("/data").respond_with_response(response)


def good(body: str = "{}") -> Response:
    return Response(body, content_type="application/json; charset=utf-8")


def test_an_answer_is_its_body_its_type_and_its_day(client: Client, httpserver: HTTPServer) -> None:
    """And the service is told who asks."""
    in_turn(httpserver, good('{"a": 1}'))

    answer = client.ask(request_to(httpserver))

    assert answer == Answer(b'{"a": 1}', JSON, NOON)
    assert answer.day == "2026-11-22"
    asked, _ = httpserver.log[0]
    assert asked.headers["User-Agent"].startswith("fedkg/")
    assert asked.headers["User-Agent"].endswith(" (me@example.org)")
    assert asked.headers["Accept"] == JSON


def test_a_body_is_posted(client: Client, httpserver: HTTPServer) -> None:
    """With its type."""
    expected = httpserver.expect_request(
        "/data", method="POST", data="SELECT", headers={"Content-Type": "application/sparql-query"}
    )
    expected.respond_with_json({})

    request = request_to(httpserver, body=b"SELECT", body_type="application/sparql-query")

    assert client.ask(request).body == b"{}"


def test_requests_to_a_host_keep_their_pace(
    client: Client, httpserver: HTTPServer, turned: Turned
) -> None:
    """A second apart, and the first at once."""
    httpserver.expect_request("/data").respond_with_json({})

    for number in range(3):
        client.ask(request_to(httpserver, f"/data?{number}"))

    assert turned.slept == [1, 1]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(
    status: int, client: Client, httpserver: HTTPServer, turned: Turned
) -> None:
    """Each time after a longer wait, some of which is chance."""
    in_turn(httpserver, Response(status=status), Response(status=status), good())

    assert client.ask(request_to(httpserver)).body == b"{}"
    assert [second for second in turned.slept if second != 0.25] == [0.75, 1.5]


def test_a_service_that_keeps_failing_is_left_alone(client: Client, httpserver: HTTPServer) -> None:
    """After a few attempts, with the last reason, in one sentence."""
    httpserver.expect_request("/data").respond_with_data(status=500)

    with pytest.raises(ServiceError) as caught:
        client.ask(request_to(httpserver))

    name = httpserver.url_for("/data")
    assert (
        str(caught.value) == f"{name} did not answer in 3 attempts (status 500): try again later."
    )
    assert len(httpserver.log) == 3


@pytest.mark.parametrize(
    "wait", ["30", format_datetime(NOON + timedelta(seconds=30), usegmt=True)], ids=["s", "date"]
)
def test_retry_after_is_obeyed(
    wait: str, client: Client, httpserver: HTTPServer, turned: Turned
) -> None:
    """As seconds and as a date."""
    in_turn(httpserver, Response(status=429, headers={"Retry-After": wait}), good())

    client.ask(request_to(httpserver))

    assert turned.slept == [30]


@pytest.mark.parametrize("wait", ["soon", "", "-5", "Sun, 99 Nov 2026"])
def test_a_retry_after_that_says_nothing_is_ignored(
    wait: str, client: Client, httpserver: HTTPServer, turned: Turned
) -> None:
    """The wait is that of any failure."""
    in_turn(httpserver, Response(status=429, headers={"Retry-After": wait}), good())

    client.ask(request_to(httpserver))

    assert sum(turned.slept) == 1


@pytest.mark.parametrize("wait", ["101", "9" * 400])
def test_a_service_that_asks_to_wait_for_long_is_not_asked_sooner(
    wait: str, client: Client, httpserver: HTTPServer, turned: Turned
) -> None:
    """The person is told instead."""
    in_turn(httpserver, Response(status=429, headers={"Retry-After": wait}))

    with pytest.raises(ServiceError, match=r"asks to wait [\d,]+ seconds \(status 429\): try"):
        client.ask(request_to(httpserver))

    assert turned.slept == []


def test_a_service_that_falls_silent_is_asked_again(turned: Turned) -> None:
    """And then given up."""
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, never answers
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/data"
        with (
            client_with(turned, silence=0.05, attempts=2) as client,
            pytest.raises(ServiceError, match=r"in 2 attempts \(it took too long\)"),
        ):
            client.ask(Request(url, (JSON,)))


def test_a_service_that_drips_is_not_waited_for(httpserver: HTTPServer, turned: Turned) -> None:
    """It is never silent, and never done."""

    def drip() -> Iterator[bytes]:
        while True:
            turned.passed += 100
            yield b" "

    handler = httpserver.expect_request("/data")
    handler.respond_with_handler(lambda _: Response(drip(), content_type=JSON))

    with (
        client_with(turned, attempts=1) as client,
        pytest.raises(ServiceError, match="it took too long"),
    ):
        client.ask(request_to(httpserver))


def test_a_service_that_is_not_there_is_one_sentence(turned: Turned) -> None:
    """Nobody listens on the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/data"
        with (
            client_with(turned) as client,
            pytest.raises(ServiceError, match=r"3 attempts \(it cannot be reached\)"),
        ):
            client.ask(Request(url, (JSON,)))


def test_a_body_that_breaks_off_is_asked_for_again(client: Client, httpserver: HTTPServer) -> None:
    """Half an answer is none."""
    half = Response(iter([b'{"a"']), content_type=JSON, headers={"Content-Length": "10"})
    packed = gzip.compress(b"{}" * 99)
    torn = Response(packed[:-9], content_type=JSON, headers={"Content-Encoding": "gzip"})
    in_turn(httpserver, half, torn, good())

    assert client.ask(request_to(httpserver)).body == b"{}"


def test_gzip_is_unpacked(client: Client, httpserver: HTTPServer) -> None:
    """Also gzip of several members."""
    body = gzip.compress(b"[1,") + gzip.compress(b"2]")
    headers = {"Content-Encoding": "gzip"}
    in_turn(httpserver, Response(body, content_type=JSON, headers=headers))

    assert client.ask(request_to(httpserver)).body == b"[1,2]"


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "deflate"])
def test_another_coding_is_refused(coding: str, client: Client, httpserver: HTTPServer) -> None:
    """Nobody asked for it."""
    in_turn(httpserver, Response("{}", content_type=JSON, headers={"Content-Encoding": coding}))

    with pytest.raises(ServiceError, match=f"packs its answer as '{coding}'"):
        client.ask(request_to(httpserver))


def test_another_media_type_is_refused(client: Client, httpserver: HTTPServer) -> None:
    """A page that says sorry is no data."""
    in_turn(httpserver, Response("<p>Sorry", content_type="text/html"))

    with pytest.raises(ServiceError, match="answers with text/html where application/json was"):
        client.ask(request_to(httpserver))


@pytest.mark.parametrize("status", [204, 304, 400, 401, 404])
def test_other_statuses_are_told_at_once(
    status: int, client: Client, httpserver: HTTPServer
) -> None:
    """Asking again would not help."""
    in_turn(httpserver, Response(status=status))

    with pytest.raises(ServiceError, match=f"answers with status {status}"):
        client.ask(request_to(httpserver))


def test_a_body_over_the_cap_is_refused(client: Client, httpserver: HTTPServer) -> None:
    """However small its head says that it is."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 2**16

    handler = httpserver.expect_request("/data")
    handler.respond_with_handler(lambda _: Response(endless(), content_type=JSON))

    with pytest.raises(ServiceError, match="sends more than 1,048,576 bytes"):
        client.ask(request_to(httpserver))


@pytest.mark.parametrize(
    ("most", "reason"), [(2**20, "more than 1,048,576 bytes"), (2**26, "unpacks to 100 times")]
)
def test_a_gzip_bomb_does_not_go_off(
    most: int, reason: str, turned: Turned, httpserver: HTTPServer
) -> None:
    """It is unpacked up to the cap, or to a multiple of its size."""
    bomb = gzip.compress(bytes(2**25))
    in_turn(httpserver, Response(bomb, content_type=JSON, headers={"Content-Encoding": "gzip"}))

    with client_with(turned, body=most) as client, pytest.raises(ServiceError, match=reason):
        client.ask(request_to(httpserver))


def test_a_redirect_on_the_same_host_is_followed(client: Client, httpserver: HTTPServer) -> None:
    """And no more than a few."""
    moved = Response(status=302, headers={"Location": "/there"})
    httpserver.expect_request("/data").respond_with_response(moved)
    httpserver.expect_request("/there").respond_with_json({})
    httpserver.expect_request("/round").respond_with_data(
        status=302, headers={"Location": "/round"}
    )

    assert client.ask(request_to(httpserver)).body == b"{}"
    with pytest.raises(ServiceError, match="redirects more than 5 times"):
        client.ask(request_to(httpserver, "/round"))


@pytest.mark.parametrize(
    "target", ["http://elsewhere.example/x", "//elsewhere.example/x", "https://localhost/x"]
)
def test_a_redirect_to_elsewhere_is_an_error_that_names_both(
    target: str, client: Client, httpserver: HTTPServer
) -> None:
    """Another host, another scheme or another port."""
    in_turn(httpserver, Response(status=302, headers={"Location": target}))

    with pytest.raises(ServiceError, match="where nothing was asked") as caught:
        client.ask(request_to(httpserver))

    assert httpserver.url_for("/data") in str(caught.value)
    assert target.rpartition("//")[2].partition("/")[0] in str(caught.value)


def test_a_redirected_post_is_not_turned_into_a_get(client: Client, httpserver: HTTPServer) -> None:
    """308 keeps it a POST; 302 is refused."""
    kept = Response(status=308, headers={"Location": "/there"})
    httpserver.expect_request("/data").respond_with_response(kept)
    httpserver.expect_request("/there", method="POST", data="a").respond_with_json({})
    httpserver.expect_request("/lost").respond_with_data(status=302, headers={"Location": "/there"})

    assert client.ask(request_to(httpserver, body=b"a")).body == b"{}"
    with pytest.raises(ServiceError, match="redirects a POST with status 302"):
        client.ask(request_to(httpserver, "/lost", body=b"a"))


def test_what_was_answered_is_not_asked_again(
    client: Client, httpserver: HTTPServer, turned: Turned
) -> None:
    """For a day; the answer keeps the day on which it was given."""
    httpserver.expect_request("/data").respond_with_json({})
    first = client.ask(request_to(httpserver))
    turned.passed += 3600

    assert client.ask(request_to(httpserver)) == first
    assert len(httpserver.log) == 1
    client.ask(request_to(httpserver, body=b"other"))
    turned.passed += 24 * 3600
    assert client.ask(request_to(httpserver)).day == "2026-11-23"
    assert len(httpserver.log) == 3


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"not json", None])
def test_a_damaged_file_of_the_cache_is_asked_for_again(
    damage: bytes | None, client: Client, cache: Cache, httpserver: HTTPServer
) -> None:
    """Also one whose last byte is another."""
    httpserver.expect_request("/data").respond_with_json({})
    request = request_to(httpserver)
    first = client.ask(request)
    file = cache.folder / request.key
    file.write_bytes(file.read_bytes()[:-1] + b"!" if damage is None else damage)

    assert client.ask(request).body == first.body
    assert len(httpserver.log) == 2


def test_a_cache_that_cannot_be_written_is_one_sentence(
    httpserver: HTTPServer, tmp_path: Path, turned: Turned
) -> None:
    """With the folder and what to do."""
    httpserver.expect_request("/data").respond_with_json({})
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "kept", timedelta(days=1))

    with (
        Client("me@example.org", cache, clock=turned.clock) as client,
        pytest.raises(ServiceError, match="make that folder writable"),
    ):
        client.ask(request_to(httpserver))


def test_an_answer_that_cannot_be_parsed_is_forgotten(
    client: Client, httpserver: HTTPServer
) -> None:
    """Its caller says so; also when it was never kept."""
    in_turn(httpserver, good('{"a"'), good())
    request = request_to(httpserver)
    client.ask(request)

    client.forget(request)
    client.forget(request_to(httpserver, "/never"))

    assert client.ask(request).body == b"{}"


def test_failures_are_not_kept(client: Client, cache: Cache, httpserver: HTTPServer) -> None:
    """Neither the status nor the page that came with it."""
    in_turn(httpserver, Response("no", status=404))

    with pytest.raises(ServiceError):
        client.ask(request_to(httpserver))

    assert not cache.folder.exists()


def test_secrets_are_sent_and_stand_nowhere(
    client: Client, cache: Cache, httpserver: HTTPServer, caplog, monkeypatch
) -> None:
    """Not in the log of any library, the error, the request as text, or the cache."""
    secret = "hush-1234"
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(logging.getLogger("fedkg"), "propagate", True)
    httpserver.expect_request("/data").respond_with_json({})
    httpserver.expect_request("/bad").respond_with_data(status=503)
    secrets = {"secret_headers": {"X-Key": secret}, "secret_query": {"key": secret}}

    client.ask(request_to(httpserver, "/data?a=b%20c", **secrets))
    with pytest.raises(ServiceError) as caught:
        client.ask(request_to(httpserver, "/bad", **secrets))

    asked, _ = httpserver.log[0]
    assert (asked.headers["X-Key"], asked.query_string) == (
        secret,
        f"a=b%20c&key={secret}".encode(),
    )
    kept = b"".join(file.read_bytes() for file in cache.folder.iterdir())
    logged = [one.getMessage() for one in caplog.records if one.name != "werkzeug"]  # the server
    assert any("asked again in" in line for line in logged)
    assert secret not in f"{logged}{caught.value}{request_to(httpserver, **secrets)}{kept!r}"


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "http:///x", "data", "http://[::1", "http://h:0/", "http://u:p@h/"],
)
def test_an_address_that_cannot_be_asked_is_refused(url: str, client: Client) -> None:
    """Before anything is sent; a password in it is not repeated."""
    with pytest.raises(ServiceError, match="address") as caught:
        client.ask(Request(url, (JSON,)))

    assert "u:p" not in str(caught.value)


def test_without_httpx_the_error_says_how_to_install_it(monkeypatch) -> None:
    """It is an extra: a build asks nobody."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "fedkg.client.sending", raising=False)

    with pytest.raises(InputError, match=r'pip install "fedkg\[online\]"'):
        Client("me@example.org")


def test_importing_the_client_does_not_import_httpx() -> None:
    """Commands that ask nobody do not wait for it."""
    code = "import sys, fedkg.client, fedkg.cli; sys.exit('httpx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
