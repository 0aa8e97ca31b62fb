"""The server: a site under uvicorn."""

import errno
import math
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import uvicorn

from fedkg.errors import ServerError
from fedkg.web.http import BoundedProtocol
from fedkg.web.site import Site

_BACKLOG = 1024
_LAST_PORT = 65535

Say = Callable[[str], None]


def serve(site: Site, *, host: str, port: int, seconds: float, say: Say = print) -> None:
    """Serve until SIGINT or SIGTERM; say the address once it listens and the graph is open.

    `seconds` is how long requests may take that run when it is told to stop. Port 0 takes any free
    one. Raises ServerError when the address cannot be had or the graph cannot be opened.
    """
    with _listening(host, port) as listener, _quiet_signals():
        config = uvicorn.Config(
            cast(Any, site),
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # whom to believe is a setting of ours
            timeout_graceful_shutdown=math.ceil(seconds),
        )
        sentence = f"Serving on {_address(listener)} (stop with Ctrl-C)"
        _Server(config, site, sentence, say).run([listener])


class _Server(uvicorn.Server):
    """Begins and ends a site, and says one sentence once requests are answered."""

    def __init__(self, config: uvicorn.Config, site: Site, sentence: str, say: Say) -> None:
        super().__init__(config)
        self._site = site
        self._sentence = sentence
        self._say = say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await self._site.start()
        await super().startup(sockets)
        self._say(self._sentence)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        await self._site.close()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    listener = _bind(host, port)
    try:
        yield listener
    finally:
        listener.close()


def _bind(host: str, port: int) -> socket.socket:
    """Bind before anything else, so that a taken port costs one sentence and no log."""
    if not 0 <= port <= _LAST_PORT:  # the resolver would wrap it around
        raise ServerError(f"Port {port} is none: choose one up to {_LAST_PORT} with --port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError, OverflowError) as error:
        raise ServerError(
            f"{host} is no address of this machine ({error}): mend --host."
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise ServerError(_why_not(host, port, error)) from error
    return listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        remedy = "stop what uses it or choose another with --port"
        return f"Port {port} on {host} is taken: {remedy}."
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} is not allowed for you: choose one from 1024 with --port."
    return f"Port {port} on {host} cannot be used ({error}): choose others with --host and --port."


def _address(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def _quiet_signals() -> Iterator[None]:
    """Uvicorn stops at SIGINT and SIGTERM, then raises them anew: that must not end the process."""
    before: Mapping[signal.Signals, Any] = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
