"""The server: `/sparql` beside the pages, under uvicorn."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware

from fedkg.errors import ServerError
from fedkg.model import Store
from fedkg.web.pages import create_app, form_renderer
from fedkg.web.protocol import Operation, Receive, Scope
from fedkg.web.sparql import Evaluate, Send, SparqlEndpoint

_PAGE_THREADS = 4
_BACKLOG = 1024
_LAST_PORT = 65535

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
Say = Callable[[str], None]


def create_asgi(store: Store, build_id: str = "") -> Asgi:
    """Return the whole site over `store` as one ASGI application."""
    pages = create_app(store, build_id)
    endpoint = SparqlEndpoint(in_threads(store), form_renderer(pages), build_id)
    mounted = cast(Asgi, WSGIMiddleware(cast(Any, pages.wsgi_app), workers=_PAGE_THREADS))

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        target = endpoint if scope["path"] == "/sparql" else mounted
        await target(scope, receive, send)

    return application


def in_threads(store: Store) -> Evaluate:
    """Return an `evaluate` that answers in threads of this process, one for each core.

    An answer is bytes before it leaves its thread. Nothing can stop a query once it runs.
    """
    threads = ThreadPoolExecutor(os.cpu_count() or 2, thread_name_prefix="query")

    async def evaluate(operation: Operation, media_type: str) -> bytes:
        def answer() -> bytes:
            return store.answer(
                operation.query or "",
                media_type,
                default_graphs=operation.default_graphs,
                named_graphs=operation.named_graphs,
            )

        return await asyncio.get_running_loop().run_in_executor(threads, answer)

    return evaluate


def serve(store: Store, *, host: str, port: int, build_id: str = "", say: Say = print) -> None:
    """Serve until SIGINT or SIGTERM; say the address once it listens.

    Port 0 takes any free one. Raises ServerError when the address cannot be had.
    """
    with _listening(host, port) as listener, _quiet_signals():
        config = uvicorn.Config(
            cast(Any, create_asgi(store, build_id)),
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        _Server(config, f"Serving on {_address(listener)} (stop with Ctrl-C)", say).run([listener])


class _Server(uvicorn.Server):
    """Says one sentence once requests are answered."""

    def __init__(self, config: uvicorn.Config, sentence: str, say: Say) -> None:
        super().__init__(config)
        self._sentence = sentence
        self._say = say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._say(self._sentence)


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
