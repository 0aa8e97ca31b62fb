"""What is counted of the five lists: from their collection, and asked of their graph."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from fedkg import resources
from fedkg.model import Authorship, Collection, Paper
from fedkg.namespaces import PREAMBLE
from fedkg.search.answers import QUESTIONS
from fedkg.search.asking import answer_in, contents_in
from fedkg.search.catalogue import Catalogue
from fedkg.search.collecting import contents_of
from fedkg.search.contents import Contents, PaperRow, ThingRow
from fedkg.search.layout import FACETS
from fedkg.search.write import write_index
from fedkg.store.engine import Engine

from .conftest import BASE

OF_PAPERS: Mapping[str, str] = {
    "technique": "?paper fkg:technique/skos:broader* ?value",
    "venue": "?paper fkg:version ?version . ?version fkg:venue ?value",
    "edition": "?paper fkg:version ?version . ?version fkg:publishedIn ?value",
    "year": "?paper fkg:year ?value",
    "dataset": "?paper fkg:usesDataset ?value",
    "model": "?paper fkg:usesModel ?value",
    "family": "?paper fkg:usesModel/fkg:family/skos:broader* ?value",
    "list": "?value ^fkg:inList/fkg:describes ?paper",
    "code": "?paper fkg:repository ?repository BIND ('yes' AS ?value)",
}


def asked(store: Engine, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query: things as paths."""
    rows = store.select(PREAMBLE + query).rows
    return [tuple(one.value.removeprefix(BASE) for one in row if one is not None) for row in rows]


def in_any_order(paper: PaperRow) -> PaperRow:
    """Return a paper with sorted values, and with what lists state where there are several."""
    return replace(
        paper,
        others=tuple(sorted(paper.others)),
        values={facet: tuple(sorted(found)) for facet, found in paper.values.items()},
        people=tuple(sorted(paper.people)),
        repositories=tuple(sorted(paper.repositories)),
        years=paper.years if len(paper.years) > 1 else {},
        venues=paper.venues if len(paper.venues) > 1 else {},
    )


def named_in_any_order(thing: ThingRow) -> ThingRow:
    return replace(thing, others=tuple(sorted(thing.others)), broader=tuple(sorted(thing.broader)))


def by_path(contents: Contents) -> Mapping[tuple[str, str], object]:
    """Return all rows of contents by kind and path."""
    return {
        **{("paper", one.path): in_any_order(one) for one in contents.papers},
        **{(one.kind, one.path): named_in_any_order(one) for one in contents.things},
        **{("list itself", one.path): one for one in contents.lists},
    }


def tables(contents: Contents, file: Path) -> Mapping[str, list[tuple[object, ...]]]:
    """Return the rows of an index of contents by table; the other names of things are sorted."""
    write_index(contents, file)
    with closing(sqlite3.connect(file)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'things_%'"
        ).fetchall()
        found = {name: database.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
    found["things"] = [
        (path, kind, name, sorted(others.split(" · ")), year)
        for path, kind, name, others, year in found["things"]
    ]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


@pytest.fixture(scope="module")
def asked_contents(store: Engine) -> Contents:
    found = contents_in(store, BASE)
    answers = tuple(answer_in(store, BASE, name) for name in QUESTIONS)
    return replace(found, papers=tuple(found.papers), answers=answers)


def test_a_graph_holds_the_contents_of_its_collection(
    five_contents: Contents, asked_contents: Contents
) -> None:
    """What a build counts is what RDF files of the same graph give: papers, things, lists."""
    built, found = by_path(five_contents), by_path(asked_contents)
    assert len(built) > 1000
    assert built == found


def test_both_make_the_same_index(
    five_contents: Contents, asked_contents: Contents, tmp_path: Path
) -> None:
    """Table by table, whatever the order in which papers and things come."""
    one = tables(five_contents, tmp_path / "built.sqlite")
    other = tables(asked_contents, tmp_path / "asked.sqlite")
    assert (
        one.keys() == other.keys() >= {"papers", "sets", "orders", "agreements", "teams", "answers"}
    )
    for name in one:
        assert one[name] == other[name], name


@pytest.mark.parametrize("facet", FACETS)
def test_each_set_of_papers_is_what_the_graph_answers(
    store: Engine, catalogue: Catalogue, facet: str
) -> None:
    """A technique with those narrower, a family with its models, venues of any version."""
    query = f"SELECT DISTINCT ?value ?paper {{ ?paper fkg:listed true . {OF_PAPERS[facet]} }}"
    wanted: dict[str, set[str]] = defaultdict(set)
    for value, paper in asked(store, query):
        wanted[value].add(paper)
    found = {
        path: set(catalogue.page(one.papers, "newest", 0, catalogue.size))
        for path, one in catalogue.facets[facet].items()
    }
    assert found
    assert found == wanted
    assert {path: one.number for path, one in catalogue.facets[facet].items()} == {
        path: len(papers) for path, papers in wanted.items()
    }


def test_the_papers_of_a_catalogue_are_those_that_lists_have(
    store: Engine, catalogue: Catalogue
) -> None:
    """Not those that others cite; each has its position."""
    listed = {paper for (paper,) in asked(store, "SELECT ?paper { ?paper fkg:listed true }")}
    paths = catalogue.page(catalogue.all, "newest", 0, catalogue.size)
    assert len(paths) == len(listed) == catalogue.size
    assert set(paths) == listed
    assert catalogue.positions([*paths, "paper/none"]) == tuple(range(catalogue.size))


def test_two_authors_who_cannot_be_told_apart_are_one_on_a_paper() -> None:
    """They count once for it, as they do in the graph."""
    twice = (Authorship(1, "wei-wang", "Wei Wang"), Authorship(2, "wei-wang", "Wei Wang"))
    collection = Collection(papers=(Paper("arxiv-1", "One", authorships=twice),))
    contents = contents_of(collection, resources.ontology_dir() / "techniques.ttl")
    (paper,) = contents.papers
    assert paper.people == ("person/wei-wang",)
