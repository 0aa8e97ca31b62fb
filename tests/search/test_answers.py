"""The questions of the first page: what a build answers is what their query files answer."""

from pathlib import Path

import pytest

from fedkg import resources
from fedkg.graph import write_graph
from fedkg.model import (
    Authorship,
    Collection,
    Completeness,
    Model,
    Named,
    Paper,
    PartialDate,
    Person,
    Version,
    VersionKind,
)
from fedkg.search import answers
from fedkg.search.answering import answers_of
from fedkg.search.answers import QUESTIONS, answer
from fedkg.search.asking import answer_in
from fedkg.search.contents import Contents
from fedkg.store.engine import Engine, load_files

from .conftest import BASE, counted


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every row of an answer."""
    monkeypatch.setattr(answers, "_ROWS", 1000)


@pytest.mark.usefixtures("whole")
def test_a_build_answers_what_the_query_files_answer(
    five_collection: Collection, store: Engine
) -> None:
    """Row by row, in the same order, with the same denominators."""
    built = answers_of(five_collection)
    assert [one.name for one in built] == list(QUESTIONS)
    for one in built:
        assert len(one.rows) == one.number > 1
        assert one == answer_in(store, BASE, one.name)


def _paper(key: str, title: str, year: int | None, **stated: tuple[str, ...]) -> Paper:
    issued = PartialDate(year) if year else None
    version = Version(f"{key}/arxiv", VersionKind.PREPRINT, issued=issued)
    authors = tuple(
        Authorship(at, person, person) for at, person in enumerate(stated.pop("team", ()), 1)
    )
    return Paper(
        key,
        title,
        versions=(version,),
        preferred=version.key,
        authorships=authors,
        references=Completeness.PARTLY if "cites" in stated else Completeness.UNKNOWN,
        **stated,
    )


@pytest.mark.usefixtures("whole")
def test_papers_that_lack_a_year_or_share_a_title_come_in_the_order_of_the_query(
    tmp_path: Path,
) -> None:
    """Also one without authors, one in whose team a name stands twice, one with other spelling."""
    collection = Collection(
        papers=(
            _paper("p1", "Same", 2023, datasets=("gsm8k",), team=("bo", "ada", "bo")),
            _paper("p0", "Same", 2023, datasets=("gsm8k", "sst-2"), models=("x", "y")),
            _paper("p2", "No year", None, datasets=("gsm8k",), models=("y", "x"), team=("ada",)),
            _paper("p3", "Other", 2024, datasets=("sst-2",), models=("z",)),
            _paper("p4", "Über", 2024, datasets=("gsm8k",), cites=("p4", "p1", "p0")),
            _paper("p5", "Zero", 2024, datasets=("gsm8k",), cites=("p4", "p2", "p0")),
        ),
        people=(Person("ada", "Ada"), Person("bo", "Bo")),
        datasets=(Named("gsm8k", "GSM-8K", ("GSM8K",)), Named("sst-2", "SST-2")),
        models=(Model("x", "b"), Model("y", "a"), Model("z", "c")),
    )
    file = tmp_path / "graph.nq"
    write_graph(collection, resources.ontology_dir(), BASE, file)
    store = load_files([file])
    users, together, several, cited = answers_of(collection)
    assert [row[1][0] for row in users.rows] == ["2024", "2024", "2023", "2023", ""]
    assert (users.rows[3][2][0], users.stating, users.total) == ("Bo, Ada, Bo", "6", "6")
    assert together.rows == ((("b", ""), ("a", ""), ("2", "")),)
    assert several.rows == ()
    assert [row[0][1] for row in cited.rows] == [f"paper/{key}" for key in ("p0", "p2", "p1", "p4")]
    assert (cited.stating, cited.total) == ("2", "6")
    for one in (users, together, several, cited):
        assert one == answer_in(store, BASE, one.name)


def test_the_first_rows_are_shown_with_the_names_of_things() -> None:
    """A name stands for the thing before it; what every row repeats is said once."""
    rows = [(f"paper/{at}", f"Paper {at}", "2024", "3", "9") for at in range(6)]
    found = answer("some-question", ("paper", "title", "firstYear", "stating", "total"), rows)
    assert found.columns == ("title", "first year")
    assert found.rows[0] == (("Paper 0", "paper/0"), ("2024", ""))
    assert (len(found.rows), found.number, found.stating, found.total) == (4, 6, "3", "9")


def test_an_index_keeps_the_answers(five_collection: Collection) -> None:
    """As they were written."""
    kept = answers_of(five_collection)
    with counted(Contents((), answers=kept)) as catalogue:
        assert catalogue.answers == {one.name: one for one in kept}
