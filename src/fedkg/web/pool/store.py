"""The pool as a store for pages, which run in threads."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fedkg.errors import QueryError
from fedkg.model import Rows, Term
from fedkg.store.syntax import outline
from fedkg.web.pool.pool import Pool
from fedkg.web.protocol import Operation

_ROWS = "application/sparql-results+json"
_KINDS: Mapping[str, Literal["iri", "literal", "blank"]] = {
    "uri": "iri",
    "literal": "literal",
    "bnode": "blank",
}


class PoolStore:
    """`fedkg.model.Store` over a pool. Call it from any thread but that of the event loop."""

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop) -> None:
        self._pool = pool
        self._loop = loop

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT; raises QueryError."""
        found = json.loads(self.answer(query, _ROWS))
        if "results" not in found:
            raise QueryError("The query is not a SELECT: write one that returns rows.")
        names = tuple(found["head"]["vars"])
        rows = (
            tuple(_term(row[name]) if name in row else None for name in names)
            for row in found["results"]["bindings"]
        )
        return Rows(names, tuple(rows))

    def answer(
        self,
        query: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> bytes:
        """Return a whole answer serialised as `media_type`.

        Raises QueryError, and UnansweredError when a limit is met.
        """
        known = outline(query)
        if known.refusal is not None:
            raise QueryError(known.refusal.sentence)
        union = not known.names_dataset
        operation = Operation(query, tuple(default_graphs), tuple(named_graphs), union=union)
        asked = asyncio.run_coroutine_threadsafe(
            self._pool.answer(operation, media_type), self._loop
        )
        return asked.result().body


def _term(found: Mapping[str, Any]) -> Term:
    """Return a term of SPARQL 1.1 Query Results JSON Format, section 3.2.2."""
    kind = _KINDS[found["type"]]
    return Term(found["value"], kind, found.get("datatype"), found.get("xml:lang"))
