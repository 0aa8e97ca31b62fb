"""Networks for VOSviewer: its JSON file type, which VOSviewer and VOSviewer Online open.

https://app.vosviewer.com/docs/file-types/json-file-type/
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fedkg.export.networks.kinds import network
from fedkg.export.networks.model import Network, Node
from fedkg.export.source import Source


def vosviewer(source: Source) -> Iterator[bytes]:
    """Yield a network of the papers of a source; VOSviewer lays it out and finds clusters."""
    found = network(source)
    ids = {node.iri: at for at, node in enumerate(found.nodes, 1)}
    about = {"title": found.title, "description": found.description}
    yield b'{\n"info": ' + _json(about) + b',\n"network": {\n"items": ['
    yield from _listed(_item(ids[node.iri], node) for node in found.nodes)
    yield b'],\n"links": ['
    yield from _listed(_links(found, ids))
    yield b"]\n}\n}\n"


def _item(number: int, node: Node) -> Mapping[str, Any]:
    stated = node.attributes()
    return {
        "id": number,
        "label": stated["label"],
        "url": node.iri,
        **({"weights": {"Papers": node.papers}} if node.papers is not None else {}),
        **({"scores": {"Year": node.year}} if node.year is not None else {}),
    }


def _links(found: Network, ids: Mapping[str, int]) -> Iterator[Mapping[str, int]]:
    """Yield each link once: those of VOSviewer have no direction, and none leads to itself."""
    strengths: Counter[tuple[int, int]] = Counter()
    for one, other, weight in found.edges:
        if one != other:
            low, high = sorted((ids[one], ids[other]))
            strengths[low, high] += weight
    for (low, high), strength in sorted(strengths.items()):
        yield {"source_id": low, "target_id": high, "strength": strength}


def _listed(values: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    before = b"\n"
    for value in values:
        yield before + _json(value)
        before = b",\n"


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
