"""Networks as graphs of networkx, and in the formats that it writes.

networkx is imported only when one is written: it takes a third of a second.
"""

import json
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast
from xml.etree.ElementTree import ElementTree, SubElement

from fedkg.export.networks.kinds import network
from fedkg.export.networks.model import Network
from fedkg.export.source import Source

_PIECE = 1 << 20


def graph_of(found: Network) -> Any:
    """Return a network as a graph; its nodes are n0, n1 and so on.

    IRIs are attributes: the id of a GraphML node is an NMTOKEN, which has no slashes.
    """
    import networkx as nx

    graph = (nx.DiGraph if found.directed else nx.Graph)(
        title=found.title, description=found.description
    )
    ids = {node.iri: f"n{at}" for at, node in enumerate(found.nodes)}
    graph.add_nodes_from((ids[node.iri], node.attributes()) for node in found.nodes)
    graph.add_weighted_edges_from(
        (ids[one], ids[other], weight) for one, other, weight in found.edges
    )
    return graph


def graphml(source: Source) -> Iterator[bytes]:
    """Yield a network of the papers of a source as GraphML."""
    import networkx as nx

    graph = graph_of(network(source))
    yield from _written(lambda file: nx.write_graphml_lxml(graph, file))


def gexf(source: Source) -> Iterator[bytes]:
    """Yield a network of the papers of a source as GEXF 1.2."""
    from networkx.readwrite.gexf import GEXFWriter

    found = network(source)
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(graph_of(found))
    meta = writer.xml[0]
    # The same bytes on another day.
    meta.attrib.clear()
    SubElement(meta, "description").text = f"{found.title}: {found.description}"
    writer.indent(writer.xml)
    tree = ElementTree(writer.xml)
    yield from _written(lambda file: tree.write(file, encoding="utf-8", xml_declaration=True))


def cytoscape(source: Source) -> Iterator[bytes]:
    """Yield a network of the papers of a source as JSON of Cytoscape (and Cytoscape.js)."""
    import networkx as nx

    data = nx.cytoscape_data(graph_of(network(source)), name="label")
    data["data"] = dict(data["data"])
    yield json.dumps(data, ensure_ascii=False).encode()
    yield b"\n"


def _written(write: Callable[[BinaryIO], object]) -> Iterator[bytes]:
    """Yield what a function writes to a file, which may be longer than memory holds."""
    with TemporaryFile() as file:
        write(cast(BinaryIO, file))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
