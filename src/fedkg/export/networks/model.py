"""A network: nodes that have words and numbers, edges that have a weight."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (production 2, Char) has no way to write."""


@dataclass(frozen=True, slots=True)
class Node:
    """A paper, a person or a dataset.

    `papers` is how many of the papers at hand are a person's, use a dataset, or cite a paper;
    `year` is that of a paper, else the first of those papers. None is what is not known.
    """

    iri: str
    label: str
    kind: str
    year: int | None = None
    papers: int | None = None
    authors: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()

    def attributes(self) -> Mapping[str, str | int]:
        """Return what is known of it, in words that any format can hold."""
        stated = {
            "label": self.label,
            "kind": self.kind,
            "iri": self.iri,
            "year": self.year,
            "papers": self.papers,
            "authors": self.authors,
            "techniques": self.techniques,
        }
        return plain({**stated, "label": words(self.label) or self.iri})


Edge = tuple[str, str, int]
"""From, to (IRIs of nodes) and weight."""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges in their order; of an undirected edge, the smaller IRI comes first.

    `title` says what is linked, `description` of how many papers that is known.
    """

    title: str
    description: str
    directed: bool
    nodes: Sequence[Node]
    edges: Sequence[Edge]


def plain(values: Mapping[str, str | int | Iterable[str] | None]) -> Mapping[str, str | int]:
    """Return attributes of one value each: lists are joined with "; ", what is empty is left out.

    The writers of networkx fail on lists and on None.
    """
    found: dict[str, str | int] = {}
    for name, value in values.items():
        if isinstance(value, int):
            found[name] = value
        elif value is not None:
            text = words(value) if isinstance(value, str) else "; ".join(map(words, value))
            if text:
                found[name] = text
    return found


def words(text: str) -> str:
    """Return a text in one line, without the characters that XML cannot hold."""
    return " ".join(_ILLEGAL.sub("", text).split())
