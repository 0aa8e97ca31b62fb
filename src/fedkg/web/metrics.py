"""What a monitor reads: `/metrics` in the text format of Prometheus, and `/health`."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from fedkg.web.pool.pool import Counts
from fedkg.web.pool.usage import resident
from fedkg.web.protocol import Receive, Scope
from fedkg.web.responding import Responder, Response, Send

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(frozen=True, slots=True)
class Now:
    """What is so now: the processes for queries, and the answers that are kept."""

    counts: Counts = field(default_factory=Counts)
    pids: tuple[int, ...] = ()
    kept: int = 0
    kept_bytes: int = 0


LookUp = Callable[[], Now]


class Metrics(Collector):
    """Counts queries by outcome, and asks the pool for the rest when it is read."""

    def __init__(self, now: LookUp) -> None:
        self._now = now
        self._registry = CollectorRegistry()
        self._queries = Counter(
            "fedkg_queries",
            "Requests to /sparql by the HTTP status told, and a word on it.",
            ["status", "outcome"],
            registry=self._registry,
        )
        self._by_outcome: dict[tuple[int, str], Counter] = {}
        self._seconds = Histogram(
            "fedkg_query_seconds",
            "From a query's receipt to its answer.",
            registry=self._registry,
            buckets=_BUCKETS,
        )
        self._kills = Counter(
            "fedkg_kills",
            "Processes that were ended, by reason.",
            ["reason"],
            registry=self._registry,
        )
        self._registry.register(self)

    def answered(self, status: int, outcome: str, seconds: float) -> None:
        """Count a query that was answered, with an error perhaps."""
        known = self._by_outcome.get((status, outcome))
        if known is None:
            known = self._queries.labels(str(status), outcome)
            self._by_outcome[status, outcome] = known
        known.inc()
        self._seconds.observe(seconds)

    def killed(self, reason: str) -> None:
        """Count a process that was ended."""
        self._kills.labels(reason).inc()

    def collect(self) -> Iterator[Metric]:
        """Yield what is so now."""
        now = self._now()
        counts = now.counts
        processes = GaugeMetricFamily(
            "fedkg_processes", "Processes for queries, by what they do.", labels=["state"]
        )
        processes.add_metric(["idle"], counts.idle)
        processes.add_metric(["fast"], counts.running - counts.slow)
        processes.add_metric(["slow"], counts.slow)
        yield processes
        yield GaugeMetricFamily("fedkg_queue", "Queries that wait.", value=counts.waiting)
        yield GaugeMetricFamily("fedkg_kept_answers", "Answers that are kept.", value=now.kept)
        yield GaugeMetricFamily(
            "fedkg_kept_answers_bytes", "Bytes of the answers that are kept.", value=now.kept_bytes
        )
        yield GaugeMetricFamily(
            "fedkg_query_resident_bytes",
            "Memory of the processes for queries.",
            value=sum(resident(now.pids).values()),
        )

    def to_bytes(self) -> bytes:
        """Return all as text."""
        return generate_latest(self._registry)


class Monitor:
    """`/health` and `/metrics` as ASGI applications: they answer when no page thread is free."""

    def __init__(self, metrics: Metrics, now: LookUp, responder: Responder, build_id: str) -> None:
        self._metrics = metrics
        self._now = now
        self._responder = responder
        self._build_id = build_id

    async def health(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Say that the server is alive, and whether it is ready for a query: 503 when not."""
        counts = self._now().counts
        is_ready = counts.idle + counts.running > 0
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        told = {"status": "ok", "ready": is_ready, "build": self._build_id}
        body = json.dumps(told).encode()
        await self._responder.send(Response(status, "application/json", body), scope, send)

    async def metrics(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Give the metrics."""
        answer = Response(HTTPStatus.OK, CONTENT_TYPE_LATEST, self._metrics.to_bytes())
        await self._responder.send(answer, scope, send)
