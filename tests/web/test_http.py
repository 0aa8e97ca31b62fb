"""Connections that send no whole head are closed, so that others find one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from uvicorn.server import ServerState

from fedkg.web import http
from fedkg.web.http import MAX_HEAD, BoundedProtocol

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def hello(_scope: object, _receive: object, send: Callable[..., Awaitable[None]]) -> None:
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hi"})


@asynccontextmanager
async def connected() -> AsyncIterator[Streams]:
    """A connection to a server of its own."""
    config = uvicorn.Config(hello, http=BoundedProtocol, ws="none", log_level="critical")
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: BoundedProtocol(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()


def run(test: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with connected() as (reader, writer):
            await asyncio.wait_for(test(reader, writer), 30)

    asyncio.run(whole())


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "HEAD_SECONDS", 0.2)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHos", b"\r\n"])
def test_who_sends_no_whole_head_is_closed(sent: bytes) -> None:
    """Nothing, half of one, or what is before one."""

    async def test(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        assert await reader.read() == b""

    run(test)


def test_so_is_who_sends_half_of_a_second_head() -> None:
    """After an answer to the first."""

    async def test(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(REQUEST)
        assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200 OK")
        writer.write(REQUEST[:10])
        assert await reader.read() == b""

    run(test)


def test_a_head_that_never_ends_is_refused() -> None:
    """Whether it is one long line or many short ones."""

    async def test(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\nX: ")
        for _ in range(MAX_HEAD // 1000 + 1):
            writer.write(b"x" * 1000)
        assert (await reader.read()).startswith(b"HTTP/1.1 431 ")

    run(test)


def test_a_head_in_many_parts_is_read_as_one() -> None:
    """As long as it is whole in time; and so is a body that takes longer."""

    async def test(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in REQUEST:
            writer.write(bytes([byte]))
            await writer.drain()
        assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200 OK")

    run(test)
