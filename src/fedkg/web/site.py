"""The whole site over a graph: `/sparql` and the pages, and the switch to a newer build."""

import asyncio
import json
import logging
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from fedkg.config import DEFAULT_BASE
from fedkg.errors import FedkgError
from fedkg.export.dumps import Dump, dumps_in
from fedkg.search.layout import is_index
from fedkg.store.builds import Build, GraphDirectory
from fedkg.web.bodies import WholeBodies
from fedkg.web.cache import Cache
from fedkg.web.description import Description
from fedkg.web.files import FileEndpoint
from fedkg.web.graph_store import GraphStore
from fedkg.web.indexing import index_of
from fedkg.web.metrics import Metrics, Monitor, Now
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.app import Renderer, create_app
from fedkg.web.pages.home import Edition
from fedkg.web.pages.reconciling import MAX_BODY
from fedkg.web.pool.limits import Limits
from fedkg.web.pool.pool import Pool
from fedkg.web.pool.source import Source
from fedkg.web.pool.store import PoolStore
from fedkg.web.protocol import Receive, Scope
from fedkg.web.responding import Responder, Send
from fedkg.web.sparql import Answered, SparqlEndpoint

_PAGE_THREADS = 4
_PATIENCE = 2.0
"""Seconds that serving waits for the index of a graph that has none."""
_LOOK_EVERY = 1.0
"""Seconds between two looks for a newer build."""

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("fedkg")
access = logging.getLogger("fedkg.access")


@dataclass(frozen=True, slots=True)
class Graph:
    """What is served: where it is, the id of its build if it is one, and who publishes builds.

    `sizes` are the triples of its named graphs, where a build wrote them down; its things live
    under `base`, `search` is the index that pages use, and
    `built` is the day on which it was built; `dumps` are its files to take away.
    """

    source: Source
    build_id: str = ""
    directory: GraphDirectory | None = None
    sizes: Mapping[str, int] | None = None
    base: str = DEFAULT_BASE
    search: Path = Path()
    built: str = ""
    dumps: tuple[Dump, ...] = ()

    @classmethod
    def of(cls, build: Build, directory: GraphDirectory) -> "Graph":
        """Return the graph of a build in a directory, which newer ones may follow."""
        base = build.meta.get("base", DEFAULT_BASE)
        source = Source.of_build(build)
        dumps = dumps_in(build.graph, build.id, build.dumps)
        return cls(source, build.id, directory, _sizes(build), base, build.search, build.day, dumps)


@dataclass(frozen=True, slots=True)
class _Served:
    """One graph as it is served: its processes, and the applications over them."""

    graph: Graph
    pool: Pool
    cache: Cache
    endpoints: Mapping[str, Asgi]
    pages: Asgi


class Site:
    """An ASGI application. Begin it with `start`, end it with `close`, in the same event loop.

    It is reached below the path `root` ("" or with a slash before it) of its host.
    """

    def __init__(
        self, graph: Graph, limits: Limits, trusted_proxy: str = "", root: str = ""
    ) -> None:
        self._graph = graph
        self._root = root
        self._limits = limits
        self._trusted_proxy = trusted_proxy
        self._served: _Served | None = None
        self._metrics = Metrics(self._now)
        self._tasks: set[asyncio.Task[None]] = set()
        self._room: Path | None = None

    async def start(self) -> None:
        """Open the graph and look out for newer builds. Raises ServerError."""
        self._served = await self._serve(self._graph)
        if self._graph.directory is not None:
            self._in_background(self._follow(self._graph.directory))

    async def close(self) -> None:
        """End all processes."""
        for task in self._tasks:
            task.cancel()
        if self._served is not None:
            await self._served.pool.close()
        if self._room is not None:
            shutil.rmtree(self._room, ignore_errors=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        assert self._served is not None, "start() comes first"
        served = self._served  # for all of the request, whatever is published meanwhile
        path = self._below_root(scope["path"])
        target = served.endpoints.get(path, served.pages)
        await target({**scope, "path": path}, receive, send)

    def _below_root(self, path: str) -> str:
        """Return a path without the root: some proxies take that away themselves, some do not."""
        if self._root and (path == self._root or path.startswith(f"{self._root}/")):
            return path.removeprefix(self._root) or "/"
        return path

    async def _serve(self, graph: Graph) -> _Served:
        pool = Pool(graph.source, self._limits, self._metrics.killed)
        await pool.start()
        store = PoolStore(pool, asyncio.get_running_loop())
        search = await self._search(store, graph)
        edition = Edition(graph.build_id, graph.built)
        addresses = Addresses(graph.base, self._root)
        app = create_app(store, edition, addresses, search, graph.dumps)
        pages = WSGIMiddleware(cast(Any, app.wsgi_app), workers=_PAGE_THREADS)
        renderer = Renderer(app)
        responder = Responder(renderer, graph.build_id)
        cache = Cache(self._limits.cache)
        monitor = Monitor(self._metrics, self._now, responder, graph.build_id)
        endpoints: dict[str, Asgi] = {
            "/health": monitor.health,
            "/metrics": monitor.metrics,
            "/sparql": SparqlEndpoint(
                pool.answer,
                renderer,
                responder,
                Description(pool.answer, graph.sizes).turtle,
                cache,
                self._trusted_proxy,
                self._note,
            ),
            "/graph-store": GraphStore(pool.answer, responder, self._trusted_proxy),
            **{f"/dumps/{one.name}": FileEndpoint(one, responder) for one in graph.dumps},
        }
        whole = WholeBodies(cast(Asgi, pages), responder, MAX_BODY)
        return _Served(graph, pool, cache, endpoints, whole)

    async def _search(self, store: PoolStore, graph: Graph) -> Path:
        """Return the index of a graph. One without is indexed; what takes long, in background."""
        if is_index(graph.search):
            return graph.search
        if self._room is None:
            self._room = Path(mkdtemp(prefix="fedkg-"))
        made = self._room / f"{graph.build_id or 'graph'}.sqlite"
        indexing = self._in_background(index_of(store, graph.base, made))
        await asyncio.wait([indexing], timeout=_PATIENCE)
        return made

    def _note(self, answered: Answered) -> None:
        """Count a request to /sparql, and write it to the access log."""
        self._metrics.answered(answered.status, answered.outcome, answered.seconds)
        access.info(
            "%d %s in %.3f s, %d bytes, %s rows, query %s",
            answered.status,
            answered.outcome,
            answered.seconds,
            answered.size,
            "no" if answered.rows is None else answered.rows,
            answered.query or "none",
            extra={"fields": answered},
        )

    def _now(self) -> Now:
        served = self._served
        if served is None:
            return Now()
        return Now(served.pool.counts, served.pool.pids, len(served.cache), served.cache.size)

    async def _follow(self, directory: GraphDirectory) -> None:
        """Switch to each newer build: what runs on the older one is answered by it."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            before = self._served
            try:
                build = await asyncio.to_thread(directory.current)
                if before is None or build is None or build.id == before.graph.build_id:
                    continue
                self._served = await self._serve(Graph.of(build, directory))
            except (FedkgError, OSError) as error:
                log.warning("still serving the build before: %s", error)
                continue
            log.info("serving build %s", build.id[:12])
            self._in_background(before.pool.drain())

    def _in_background(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _sizes(build: Build) -> Mapping[str, int] | None:
    """Return what a build's report says of its named graphs, None for a build without one."""
    try:
        found: Mapping[str, int] = json.loads(build.report.read_text(encoding="utf-8"))["triples"]
    except (OSError, ValueError, KeyError):
        return None
    return found
