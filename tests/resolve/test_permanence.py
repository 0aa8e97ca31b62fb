"""Tests for IRIs that last: no published one dies without leading somewhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from fedkg.errors import InputError, InvalidGraphError
from fedkg.model import Collection, Paper, Person
from fedkg.read import read_aliases, read_keys
from fedkg.resolve import check_permanence, lasting_paths, with_former_paths

FLORA = Paper("arxiv-2404.15182", "FLoRA", former_keys=("title-flora",))
HERE = Collection(papers=(FLORA,), people=(Person("bolin-ding", "Bolin Ding"),))


def written(folder: Path, text: str) -> Path:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def aliases_of(folder: Path, *rows: str) -> dict[str, frozenset[str]]:
    return dict(read_aliases(written(folder, "\n".join(["former,now,reason", *rows]) + "\n")))


def test_papers_and_people_last() -> None:
    assert lasting_paths(HERE) == {"paper/arxiv-2404.15182", "person/bolin-ding"}


def test_another_key_of_a_paper_keeps_its_iri_alive() -> None:
    check_permanence(HERE, {"paper/title-flora", "paper/arxiv-2404.15182"})


def test_a_lost_iri_is_an_error_that_names_it_and_the_remedy() -> None:
    with pytest.raises(InvalidGraphError, match=r"1 published IRIs .*person/b-ding.*aliases\.csv"):
        check_permanence(HERE, {"person/b-ding"})


def test_an_alias_keeps_a_lost_iri_alive() -> None:
    aliased = with_former_paths(HERE, {"person/b-ding": {"person/bolin-ding"}})
    assert aliased.former_paths == (("person/b-ding", ("person/bolin-ding",)),)
    check_permanence(aliased, {"person/b-ding"})


def test_an_alias_to_a_paper_by_its_other_key_leads_to_the_paper() -> None:
    aliased = with_former_paths(HERE, {"paper/title-flora-2024": {"paper/title-flora"}})
    assert aliased.former_paths == (("paper/title-flora-2024", ("paper/arxiv-2404.15182",)),)


def test_what_a_person_says_of_a_path_outweighs_what_it_may_mean() -> None:
    may_mean = (("person/b-ding", ("paper/arxiv-2404.15182", "person/bolin-ding")),)
    aliased = with_former_paths(
        replace(HERE, former_paths=may_mean), {"person/b-ding": {"person/bolin-ding"}}
    )
    assert aliased.former_paths == (("person/b-ding", ("person/bolin-ding",)),)


def test_an_alias_to_nothing_saves_nothing() -> None:
    aliased = with_former_paths(HERE, {"person/b-ding": {"person/gone"}})
    assert aliased.former_paths == ()
    with pytest.raises(InvalidGraphError):
        check_permanence(aliased, {"person/b-ding"})


def test_a_thing_that_is_there_is_not_replaced_by_another() -> None:
    aliased = with_former_paths(HERE, {"person/bolin-ding": {"paper/arxiv-2404.15182"}})
    assert aliased.former_paths == ()


def test_a_chain_of_aliases_leads_to_its_end(tmp_path: Path) -> None:
    rows = ("person/a,person/b,Renamed", "person/b,person/c,Renamed again")
    assert aliases_of(tmp_path, *rows) == {
        "person/a": {"person/c"},
        "person/b": {"person/c"},
    }


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (["person/a,person/b,x", "person/a,person/c,x"], "line 3: person/a stands twice"),
        (["person/a,dataset/a,x"], "line 2: person/a and dataset/a are of two kinds"),
        (["person/a,person/b,x", "person/b,person/a,x"], "line 3: person/b leads back to itself"),
        (["person/a,person/a,x"], "line 2: person/a leads back to itself"),
        (
            ["person/a,person/b,x", "person/b,person/c,x", "person/c,person/b,x"],
            "line 4: person/c leads back to itself",
        ),
        (["person/a,person/b,"], "line 2: the column reason is empty"),
        (["a,person/b,x"], "line 2: former is 'a': write a kind and a key"),
    ],
)
def test_an_alias_that_cannot_be_is_named_by_its_line(
    tmp_path: Path, rows: list[str], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        aliases_of(tmp_path, *rows)


def test_keys_are_paths_that_stand_once(tmp_path: Path) -> None:
    assert read_keys(written(tmp_path, "thing\npaper/a\nperson/b\n")) == {"paper/a", "person/b"}
    with pytest.raises(InputError, match="line 3: paper/a stands twice"):
        read_keys(written(tmp_path, "thing\npaper/a\npaper/a\n"))
    with pytest.raises(InputError, match="line 2: thing is 'paper/'"):
        read_keys(written(tmp_path, "thing\npaper/\n"))
