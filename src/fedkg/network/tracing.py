"""Measures that trace: paths through the network, and the groups that it falls into."""

from itertools import pairwise

from fedkg.network.answer import Answer, Cell
from fedkg.network.asked import Asked
from fedkg.network.communities import communities, label
from fedkg.network.main_path import main_path
from fedkg.network.paths import shortest_connection, shortest_path

_PAPER = ("paper", "title", "year")


def path(asked: Asked) -> Answer:
    """Return a shortest chain of citations between two papers, through chosen ones.

    One that follows references from the first comes first, then one from the second, and then one
    that goes both ways.
    """
    start, end = asked.about
    graph = asked.network.graph.among(asked.chosen.union(asked.about))
    found = (
        shortest_path(graph, start, end)
        or shortest_path(graph, end, start)[::-1]
        or shortest_connection(graph, start, end)
    )
    links = [
        "cites" if next_ in graph.cites[paper] else "is cited by"
        for paper, next_ in pairwise(found)
    ]
    rows = [
        asked.row(paper, step=step, link=link)
        for step, (paper, link) in enumerate(zip(found, [*links, ""], strict=False))
    ]
    notes = () if found else ("No chain of known citations links the two papers.",)
    return Answer("path", ("step", *_PAPER, "link"), rows, asked.known(), notes)


def main_path_of(asked: Asked) -> Answer:
    """Return the main path of the citations between chosen papers, the oldest paper first."""
    found = main_path(asked.among())
    weights = [*found.weights, None]
    rows = [
        asked.row(paper, step=step, paths=weight)
        for step, (paper, weight) in enumerate(zip(found.papers, weights, strict=False))
    ]
    notes = (
        f"{found.left_out} citations between papers that cite each other, directly or through"
        " others, are left out: paths can be counted only without circles.",
    )
    columns = ("step", *_PAPER, "paths")
    return Answer("main-path", columns, rows, asked.known(), notes if found.left_out else ())


def communities_of(asked: Asked) -> Answer:
    """Return the communities of the chosen papers, the most cited papers of each first."""
    graph = asked.among()
    groups = communities(graph)
    labels = label(groups, asked.techniques())
    rows = []
    for number, (group, topic) in enumerate(zip(groups, labels, strict=True), 1):
        about: dict[str, Cell] = {
            "community": number,
            "papers": len(group),
            "technique": topic.topic if topic else "",
            "share": f"{topic.here}/{topic.stating}" if topic else "",
            "elsewhere": f"{topic.elsewhere}/{topic.others}" if topic else "",
        }
        cited = {paper: graph.cited_by.number(paper) for paper in group}
        rows += [asked.row(paper, citations=cited[paper], **about) for paper in asked.first(cited)]
    columns = ("community", "papers", "technique", "share", "elsewhere", *_PAPER, "citations")
    linked = sum(map(len, groups))
    note = (
        f"{linked} of {len(asked.chosen)} papers have a known citation among them; of the others,"
        " no community can be said. A technique is that of the greatest difference between its"
        " share of the papers here and elsewhere that state techniques."
    )
    return Answer("communities", columns, rows, asked.known(), (note,))
