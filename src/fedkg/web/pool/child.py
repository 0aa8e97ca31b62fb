"""A process that opens a graph and answers one query at a time, until its parent is gone.

python -m fedkg.web.pool.child '{"handle": 5, "parent": 123, "graph": [...], ...}'
"""

import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from fedkg.errors import AnswerTooLargeError, FedkgError, QueryError
from fedkg.web.pool import frames, jail
from fedkg.web.pool.source import Source

_GRACE = 1.0
"""Seconds behind a deadline after which the kernel kills this process, should the parent not."""


def main() -> None:
    """Open the graph, say so, and answer queries."""
    given = json.loads(sys.argv[1])
    handle = int(given["handle"])
    jail.die_with_parent(given["parent"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to deal with
    jail.forbid_network()
    try:
        engine = Source.of(given["source"]).open()
    except FedkgError as error:
        frames.send(handle, {"failed": str(error)})
        sys.exit(1)
    jail.limit_memory(given["memory"])
    frames.send(handle, {"ready": True})
    while (frame := frames.receive(handle)) is not None:
        head, query = frame
        signal.setitimer(signal.ITIMER_REAL, head["seconds"] + _GRACE)
        answer, body = _answered(engine, head, query.decode(), given["answer"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        frames.send(handle, answer, body)


def _answered(
    engine: Any, head: Mapping[str, Any], query: str, most: int
) -> tuple[dict[str, Any], bytes]:
    try:
        body = engine.answer(
            query,
            head["media_type"],
            default_graphs=head["default_graphs"],
            named_graphs=head["named_graphs"],
            union=head["union"],
            most=most,
        )
    except AnswerTooLargeError:
        return {"fault": "answer"}, b""
    except QueryError as error:
        return {"fault": "query", "sentence": str(error), "detail": error.detail}, b""
    except MemoryError:
        os.abort()  # the parent knows what that means, and a fresh process comes next
    return {"fault": None}, body


if __name__ == "__main__":
    main()
