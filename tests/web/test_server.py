"""Tests for starting and stopping the server."""

import signal
import socket
import subprocess
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(run_server: Callable[..., Any], number: signal.Signals) -> None:
    """Exit code 0 and nothing on standard error."""
    with run_server() as (server, site):
        assert site.ask("/health").status == 200
        server.send_signal(number)
        _, errors = server.communicate(timeout=30)
        assert (server.returncode, errors) == (0, "")


def test_a_taken_port_is_one_sentence(
    start_server: Callable[..., subprocess.Popen[str]],
) -> None:
    """It names the port and the remedy."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        out, errors = start_server(port=port).communicate(timeout=30)
    remedy = "stop what uses it or choose another with --port"
    assert (out, errors) == ("", f"Port {port} on 127.0.0.1 is taken: {remedy}.\n")


@pytest.mark.parametrize(
    ("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 70000), ("192.0.2.1", 0)]
)
def test_an_address_that_cannot_be_had_is_one_sentence(
    start_server: Callable[..., subprocess.Popen[str]], host: str, port: int
) -> None:
    """A name that is none, a port that is none, an address of another machine."""
    out, errors = start_server(host=host, port=port).communicate(timeout=30)
    assert out == ""
    assert errors.count("\n") == 1
    assert "--host" in errors or "--port" in errors
