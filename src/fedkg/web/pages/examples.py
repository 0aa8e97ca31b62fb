"""The example questions of the first page, with their answers as far as they are known yet."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from fedkg.errors import QueryError
from fedkg.model import Store, Term
from fedkg.queries import ExampleQuery, example_query
from fedkg.web.pool.outcome import UnansweredError

_ASKED = ("users-of-a-dataset", "models-used-together", "papers-in-several-lists")
_ROWS = 4
"""Rows of an answer that are shown."""
_DENOMINATORS = ("stating", "total")

log = logging.getLogger("fedkg")


@dataclass(frozen=True, slots=True)
class Answered:
    """An example question, the first rows of its answer (None before it came), and how many.

    Each cell is a text and the IRI that it names, "" where it names none. `stating` of `total`
    papers could be in the answer, where the query says so.
    """

    query: ExampleQuery
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] | None = None
    number: int = 0
    stating: str = ""
    total: str = ""


class Examples:
    """The example questions of a store. `ask` answers them, which may take a while."""

    def __init__(self) -> None:
        self.answered: tuple[Answered, ...] = tuple(Answered(example_query(q)) for q in _ASKED)

    def ask(self, store: Store) -> None:
        """Ask each question; one that gets no answer within the limits stays a question."""
        for at, one in enumerate(self.answered):
            try:
                rows = store.select(one.query.text)
            except (QueryError, UnansweredError) as error:
                log.info("the first page shows %s without its answer: %s", one.query.name, error)
                continue
            found = _answered(one.query, rows.variables, rows.rows)
            self.answered = (*self.answered[:at], found, *self.answered[at + 1 :])


def _answered(
    query: ExampleQuery, names: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> Answered:
    """Return an answer as a table: a name stands for the IRI in the column before it."""
    texts = [["" if one is None else one.value for one in row] for row in rows]
    first = dict(zip(names, texts[0], strict=True)) if texts else {}
    places = [(at, _named_at(names, at)) for at, name in enumerate(names) if _is_shown(names, name)]
    return Answered(
        query,
        tuple(_title(names[at]) for at, _ in places),
        tuple(
            tuple((row[at], row[iri] if iri is not None else "") for at, iri in places)
            for row in texts[:_ROWS]
        ),
        len(rows),
        first.get("stating", ""),
        first.get("total", ""),
    )


def _is_shown(names: Sequence[str], name: str) -> bool:
    return name not in _DENOMINATORS and not _named_by(names, name)


def _named_by(names: Sequence[str], name: str) -> bool:
    """Return whether a column holds IRIs that the next column names."""
    following = names[names.index(name) + 1 :]
    return bool(following) and following[0] in {f"{name}Name", "title"}


def _named_at(names: Sequence[str], at: int) -> int | None:
    return at - 1 if at and _named_by(names, names[at - 1]) else None


def _title(name: str) -> str:
    """Return `otherName` as "other", `listTitles` as "list titles"."""
    plain = name.removesuffix("Name") or name
    return "".join(f" {char.lower()}" if char.isupper() else char for char in plain)
