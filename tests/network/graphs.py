"""Citation graphs, of a few papers and any."""

from hypothesis import strategies as st

from fedkg.network.graph import CitationGraph

LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30)
GRAPHS = LINKS.map(lambda links: CitationGraph.of(8, links))
PAPERS = st.integers(0, 7)
ACYCLIC = LINKS.map(
    lambda links: CitationGraph.of(8, [link for link in links if link[0] > link[1]])
)


def graph(text: str) -> CitationGraph:
    """Return the graph of a text such as "a>b b>c": a cites b; a is 0, b is 1."""
    links = [(ord(link[0]) - 97, ord(link[2]) - 97) for link in text.split()]
    return CitationGraph.of(max((max(link) for link in links), default=-1) + 1, links)


def numbers(text: str) -> list[int]:
    """Return the numbers of the papers of a text such as "abc"."""
    return [ord(letter) - 97 for letter in text]


def named(counts) -> dict[str, int]:
    """Return counts by the letters of papers."""
    return {chr(97 + paper): number for paper, number in counts.items()}
