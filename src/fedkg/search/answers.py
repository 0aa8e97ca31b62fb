"""The example questions of the first page, and the answers to them that an index keeps."""

from collections.abc import Sequence
from dataclasses import dataclass

QUESTIONS = (
    "users-of-a-dataset",
    "models-used-together",
    "papers-in-several-lists",
    "most-cited",
)
"""The example queries (`fedkg.queries`) whose answers are kept."""

_ROWS = 4
"""Rows of an answer that are shown."""
_DENOMINATORS = ("stating", "total")


@dataclass(frozen=True, slots=True)
class Answer:
    """The first rows of the answer to the query `name`, and how many rows there are.

    Each cell is a text and the path of the thing that it names, "" where it names none. `stating`
    of `total` papers could be in the answer, where the query says so.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    number: int
    stating: str = ""
    total: str = ""


def answer(name: str, variables: Sequence[str], rows: Sequence[Sequence[str]]) -> Answer:
    """Return the rows of a query as people read them.

    `rows` are those of the whole answer, things as paths, "" for what is unbound. A name stands for
    the thing in the column before it.
    """
    first = dict(zip(variables, rows[0], strict=True)) if rows else {}
    shown = [
        (at, _named_at(variables, at))
        for at, variable in enumerate(variables)
        if variable not in _DENOMINATORS and not _is_named(variables, at)
    ]
    return Answer(
        name,
        tuple(_title(variables[at]) for at, _ in shown),
        tuple(
            tuple((row[at], row[thing] if thing is not None else "") for at, thing in shown)
            for row in rows[:_ROWS]
        ),
        len(rows),
        first.get("stating", ""),
        first.get("total", ""),
    )


def _is_named(variables: Sequence[str], at: int) -> bool:
    """Return whether a column holds things that the next column names."""
    following = variables[at + 1 : at + 2]
    return bool(following) and following[0] in {f"{variables[at]}Name", "title"}


def _named_at(variables: Sequence[str], at: int) -> int | None:
    return at - 1 if at and _is_named(variables, at - 1) else None


def _title(variable: str) -> str:
    """Return `otherName` as "other", `listTitles` as "list titles"."""
    plain = variable.removesuffix("Name") or variable
    return "".join(f" {char.lower()}" if char.isupper() else char for char in plain)
