"""Answers to the example questions from a collection: the rows of the query files, without SPARQL.

While a graph is built no engine has it yet, and in a large one these queries take long.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from fedkg.model import Collection, Completeness, Paper
from fedkg.queries import example_query
from fedkg.search.answers import Answer, answer

_PAIRS = 50
"""The LIMIT of models-used-together."""
_CITED = 50
"""That of most-cited."""


def answers_of(collection: Collection) -> tuple[Answer, ...]:
    """Return the answer to each of `QUESTIONS`, with the parameters that its query file has."""
    (name,) = _parameters("users-of-a-dataset")
    (at_least,) = _parameters("papers-in-several-lists")
    return (
        _users_of_a_dataset(collection, name),
        _models_used_together(collection),
        _papers_in_several_lists(collection, int(at_least)),
        _most_cited(collection),
    )


def _parameters(name: str) -> Sequence[str]:
    return [one.default.strip('"') for one in example_query(name).parameters]


def _users_of_a_dataset(collection: Collection, name: str) -> Answer:
    wanted = {one.key for one in collection.datasets if name in (one.name, *one.aliases)}
    users = [paper for paper in collection.papers if not wanted.isdisjoint(paper.datasets)]
    users.sort(key=lambda paper: (-int(_year(paper) or 0), paper.title, paper.key))
    people = {one.person for paper in users for one in paper.authorships}
    names = {one.key: one.name for one in collection.people if one.key in people}
    stating = sum(bool(paper.datasets) for paper in collection.papers)
    counts = str(stating), str(len(collection.papers))
    rows = [
        (
            _path(paper),
            paper.title,
            _year(paper),
            ", ".join(names[one.person] for one in paper.authorships),
            *counts,
        )
        for paper in users
    ]
    variables = ("paper", "title", "year", "authors", "stating", "total")
    return answer("users-of-a-dataset", variables, rows)


def _models_used_together(collection: Collection) -> Answer:
    together: Counter[tuple[str, str]] = Counter()
    for paper in collection.papers:
        together.update(combinations(sorted(set(paper.models)), 2))
    names = {one.key: one.name for one in collection.models}
    counted = sorted((-many, names[one], names[other]) for (one, other), many in together.items())
    stating = sum(bool(paper.models) for paper in collection.papers)
    counts = str(stating), str(len(collection.papers))
    rows = [(one, other, str(-many), *counts) for many, one, other in counted[:_PAIRS]]
    variables = ("modelName", "otherName", "papers", "stating", "total")
    return answer("models-used-together", variables, rows)


def _papers_in_several_lists(collection: Collection, at_least: int) -> Answer:
    holding: dict[str, set[str]] = defaultdict(set)
    for stated in collection.statements:
        if stated.describes:
            holding[stated.describes].add(stated.entry.list)
    titles = {one.slug: one.title for one in collection.lists}
    found = [
        (paper, sorted(titles[slug] for slug in holding[paper.key]))
        for paper in collection.papers
        if len(holding[paper.key]) >= at_least
    ]
    found.sort(key=lambda one: (-len(one[1]), one[0].title, one[0].key))
    rows = [
        (_path(paper), paper.title, str(len(lists)), " | ".join(dict.fromkeys(lists)))
        for paper, lists in found
    ]
    variables = ("paper", "title", "lists", "listTitles")
    return answer("papers-in-several-lists", variables, rows)


def _most_cited(collection: Collection) -> Answer:
    citations = Counter(
        cited for paper in collection.papers for cited in {*paper.cites} - {paper.key}
    )
    cited = [paper for paper in collection.papers if paper.key in citations]
    cited.sort(key=lambda one: (-citations[one.key], int(_year(one) or 0), one.title, one.key))
    stating = sum(paper.references is not Completeness.UNKNOWN for paper in collection.papers)
    counts = str(stating), str(len(collection.papers))
    rows = [
        (_path(paper), paper.title, _year(paper), str(citations[paper.key]), *counts)
        for paper in cited[:_CITED]
    ]
    variables = ("paper", "title", "year", "citations", "stating", "total")
    return answer("most-cited", variables, rows)


def _path(paper: Paper) -> str:
    return f"paper/{paper.key}"


def _year(paper: Paper) -> str:
    preferred = paper.preferred_version
    return str(preferred.issued.year) if preferred and preferred.issued else ""
