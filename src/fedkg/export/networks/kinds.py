"""The kinds of networks: who is linked with whom, and how strongly."""

from collections.abc import Callable, Mapping, Sequence

from fedkg.export.networks.model import Edge, Network, Node
from fedkg.export.networks.queries import Links, knowing_references, links, names, paper_nodes
from fedkg.export.source import Source
from fedkg.pairs import counted_pairs


def network(source: Source) -> Network:
    """Return the network of the papers of a source that its options name.

    Raises NetworkError for one of too many edges, QueryError, and what the store raises.
    """
    return KINDS[source.options.network](source)


def coauthors(source: Source) -> Network:
    """People; the weight is how many papers two have written together."""
    found = links(source, "dcterms:creator")
    known = _known(source, "authors", len(found.of_paper))
    people = _things(source, found, "person", "foaf:name")
    return Network("Co-authors", known, False, people, counted_pairs(found.of_paper.values()))


def citations(source: Source) -> Network:
    """Papers, from the one that cites to the one that is cited."""
    found = links(source, "cito:cites")
    edges = [(citing, cited, 1) for citing, cited in _pairs_of(found)]
    return _of_references(source, "Citations", found, edges, directed=True)


def co_citation(source: Source) -> Network:
    """Papers; the weight is how many of the papers at hand cite both."""
    found = links(source, "cito:cites")
    return _of_references(source, "Co-citation", found, counted_pairs(found.of_paper.values()))


def coupling(source: Source) -> Network:
    """Papers; the weight is how many references two have in common (bibliographic coupling)."""
    found = links(source, "cito:cites")
    edges = counted_pairs(found.reversed().values())
    return _of_references(source, "Bibliographic coupling", found, edges)


def datasets(source: Source) -> Network:
    """Datasets and the papers that use them."""
    found = links(source, "fkg:usesDataset")
    known = _known(source, "datasets", len(found.of_paper))
    edges = sorted((min(pair), max(pair), 1) for pair in _pairs_of(found))
    things = _things(source, found, "dataset", "skos:prefLabel")
    nodes = [*things, *paper_nodes(source, found.of_paper)]
    return Network("Datasets and papers", known, False, nodes, edges)


KINDS: Mapping[str, Callable[[Source], Network]] = {
    "coauthors": coauthors,
    "citations": citations,
    "co-citation": co_citation,
    "coupling": coupling,
    "datasets": datasets,
}
"""By the name that the command line takes."""


def _of_references(
    source: Source, title: str, found: Links, edges: Sequence[Edge], *, directed: bool = False
) -> Network:
    """Return a network of the papers at the ends of edges: of others, no link is known."""
    known = _known(source, "references", knowing_references(source))
    ends = {end for one, other, _ in edges for end in (one, other)}
    citing = {cited: len(papers) for cited, papers in found.reversed().items()}
    return Network(title, known, directed, list(paper_nodes(source, ends, citing)), edges)


def _known(source: Source, what: str, papers: int) -> str:
    return f"{what} are known of {papers} of {len(source.papers)} papers"


def _things(source: Source, found: Links, kind: str, name: str) -> list[Node]:
    """Return the nodes of all things that papers are linked with."""
    papers = found.reversed()
    called = names(source, papers, name)
    return [
        Node(
            thing,
            called.get(thing, ""),
            kind,
            min(
                (found.years[paper] for paper in papers[thing] if paper in found.years),
                default=None,
            ),
            len(papers[thing]),
        )
        for thing in sorted(papers)
    ]


def _pairs_of(found: Links) -> list[tuple[str, str]]:
    return [(paper, thing) for paper, things in found.of_paper.items() for thing in things]
