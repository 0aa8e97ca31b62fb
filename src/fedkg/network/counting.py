"""Measures that count: who is cited most, together with what, and by whom."""

from collections.abc import Collection, Mapping, Sequence

from fedkg.network.answer import Answer, Row
from fedkg.network.asked import Asked
from fedkg.network.rank import in_degrees, out_degrees, pagerank
from fedkg.network.together import co_citation, co_citation_pairs, coupling, coupling_pairs
from fedkg.network.works import derivative_works, missing_classics, prior_works

_PAPER = ("paper", "title", "year")
_HOW = {
    "whole": "its whole list of references is known",
    "partly": "only part of its references is known",
    "unknown": "its references are not known",
}
_ALL_LISTED = (
    "No paper of this graph is off the lists: which unlisted papers are cited is not known."
)
_PAIR = (*_PAPER, "other", "other_title", "other_year")


def most_cited(asked: Asked) -> Answer:
    """Return the chosen papers that most chosen papers cite."""
    cited = _positive(in_degrees(asked.among()))
    rows = [asked.row(paper, citations=cited[paper]) for paper in asked.first(cited)]
    return Answer("most-cited", (*_PAPER, "citations"), rows, asked.known())


def most_citing(asked: Asked) -> Answer:
    """Return the chosen papers that cite most chosen papers."""
    citing = _positive(out_degrees(asked.among()))
    rows = [
        asked.row(paper, references=citing[paper], known=asked.papers[paper].known)
        for paper in asked.first(citing)
    ]
    return Answer("most-citing", (*_PAPER, "references", "known"), rows, asked.known())


def by_pagerank(asked: Asked) -> Answer:
    """Return the chosen papers of the highest PageRank."""
    graph = asked.among()
    papers = sorted(asked.chosen)
    ranks = dict(zip(papers, pagerank(graph, papers), strict=True))
    rows = [
        asked.row(paper, pagerank=ranks[paper], citations=graph.cited_by.number(paper))
        for paper in asked.first(ranks)
    ]
    return Answer("pagerank", (*_PAPER, "pagerank", "citations"), rows, asked.known())


def co_cited(asked: Asked) -> Answer:
    """Return what chosen papers cite together with a paper, or which two together."""
    graph = asked.network.graph.citing_from(asked.chosen)
    if not asked.about:
        rows = _pairs(asked, co_citation_pairs(graph), "together")
        return Answer("co-citation", (*_PAIR, "together"), rows, asked.known())
    (paper,) = asked.about
    together = co_citation(graph, paper)
    rows = [
        asked.row(one, listed=asked.papers[one].is_listed, together=together[one])
        for one in asked.first(together)
    ]
    citing = graph.cited_by.number(paper)
    note = f"{asked.name(paper)} is known to be cited by {citing} of these papers."
    return Answer("co-citation", (*_PAPER, "listed", "together"), rows, asked.known(), (note,))


def coupled(asked: Asked) -> Answer:
    """Return the chosen papers that share references with a paper, or which two share most."""
    graph = asked.network.graph.citing_from(asked.chosen.union(asked.about))
    if not asked.about:
        rows = _pairs(asked, coupling_pairs(graph), "shared")
        return Answer("coupling", (*_PAIR, "shared"), rows, asked.known())
    (paper,) = asked.about
    shared = coupling(graph, paper)
    rows = [
        asked.row(one, shared=shared[one], known=asked.papers[one].known)
        for one in asked.first(shared)
    ]
    columns = (*_PAPER, "shared", "known")
    return Answer("coupling", columns, rows, asked.known(), _references_of(asked, asked.about))


def prior(asked: Asked) -> Answer:
    """Return what most of some papers cite: of those that were named, or else of the chosen."""
    of = frozenset(asked.about) or asked.chosen
    citations = prior_works(asked.network.graph, asked.network.listed())
    cited = prior_works(asked.network.graph, of)
    rows = [
        asked.row(
            paper,
            listed=asked.papers[paper].is_listed,
            cited_by=cited[paper],
            citations=citations[paper],
        )
        for paper in asked.first(cited, citations)
    ]
    columns = (*_PAPER, "listed", "cited_by", "citations")
    known = asked.known(asked.network.listed())
    return Answer("prior-works", columns, rows, known, _references_of(asked, of))


def derivative(asked: Asked) -> Answer:
    """Return which listed papers cite most of some: of those that were named, or of the chosen."""
    of = frozenset(asked.about) or asked.chosen
    listed = asked.network.listed()
    graph = asked.network.graph.citing_from(listed)
    cites = derivative_works(graph, of)
    citations = {paper: graph.cited_by.number(paper) for paper in cites}
    rows = [
        asked.row(
            paper,
            cites=cites[paper],
            citations=citations[paper],
            known=asked.papers[paper].known,
        )
        for paper in asked.first(cites, citations)
    ]
    columns = (*_PAPER, "cites", "citations", "known")
    return Answer("derivative-works", columns, rows, asked.known(listed))


def missing(asked: Asked) -> Answer:
    """Return what most of the chosen papers cite of what no list has."""
    graph = asked.network.graph.citing_from(asked.chosen)
    cited = missing_classics(graph, asked.network.listed())
    rows = [asked.row(paper, citations=cited[paper]) for paper in asked.first(cited)]
    notes = (_ALL_LISTED,) if len(asked.network.listed()) == len(asked.papers) else ()
    return Answer("missing-classics", (*_PAPER, "citations"), rows, asked.known(), notes)


def _positive(numbers: Sequence[int]) -> Mapping[int, int]:
    return {paper: number for paper, number in enumerate(numbers) if number}


def _pairs(asked: Asked, pairs: Sequence[tuple[int, int, int]], weight: str) -> Sequence[Row]:
    strongest = sorted(pairs, key=lambda pair: -pair[2])[: asked.top]
    return [
        asked.row(
            one,
            other=asked.papers[other].iri,
            other_title=asked.papers[other].title,
            other_year=asked.papers[other].year,
            **{weight: number},
        )
        for one, other, number in strongest
    ]


def _references_of(asked: Asked, papers: Collection[int]) -> Sequence[str]:
    """Say how much is known of what some papers cite."""
    if len(papers) == 1:
        (paper,) = papers
        return (f"{asked.name(paper)}: {_HOW[asked.papers[paper].known]}.",)
    known = asked.known(papers)
    return (f"Of the {known.total} chosen papers, references are known of {known.stating}.",)
