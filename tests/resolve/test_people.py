"""Names as lists write them, and the people whom they name."""

import pytest

from .conftest import entry

TITLE = "Federated Fine-Tuning of Large Language Models for Everybody"


def keys_of(collection):
    return [person.key for person in collection.people]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grégoire Danoy", "Gregoire Danoy"),
        ("JIAYI CHEN", "Jiayi Chen"),
        ("Jia-Yi Chen", "Jiayi Chen"),
        ("H. Brendan McMahan", "H Brendan McMahan"),
        ("Aurélien  Bellet", "Aurelien Bellet"),
    ],
)
def test_case_diacritics_hyphens_and_full_stops_do_not_tell_people_apart(resolved, one, other):
    """Lists lose them, and the person is the same."""
    collection = resolved(
        entry(TITLE, authors=(one,)), entry(f"{TITLE} and All", None, "fm-fl:2", authors=(other,))
    )
    (person,) = collection.people
    assert {person.name, *person.aliases} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Li Li", "Lili"), ("Y. Liu", "Yang Liu"), ("Yang Liu", "Liu Yang"), ("Li Wei", "Li-Wei")],
)
def test_other_names_are_other_people(resolved, one, other):
    """A word boundary counts, a surname and an initial are too little, and order matters."""
    collection = resolved(entry(TITLE, authors=(one, other)))
    assert len(set(keys_of(collection))) == 2
    assert [author.name for author in collection.papers[0].authorships] == [one, other]


def test_people_whose_names_give_one_slug_have_keys_of_their_own(resolved):
    """“Li Wei” and “Li-Wei” both read li-wei; the key does not depend on who comes first."""
    there = keys_of(resolved(entry(TITLE, authors=("Li Wei", "Li-Wei"))))
    back = keys_of(resolved(entry(TITLE, authors=("Li-Wei", "Li Wei"))))
    assert there == back
    assert all(key.startswith("li-wei-") for key in there)


def test_a_person_is_known_by_the_commonest_spelling(resolved):
    """The others are kept beside it."""
    collection = resolved(
        entry(TITLE, authors=("Gregoire Danoy",)),
        entry(f"{TITLE} I", None, "fm-fl:2", authors=("Grégoire Danoy",)),
        entry(f"{TITLE} II", None, "fm-fl:3", authors=("Grégoire Danoy",)),
    )
    (person,) = collection.people
    assert (person.name, person.aliases) == ("Grégoire Danoy", ("Gregoire Danoy",))


def test_a_name_in_its_own_script_gets_a_readable_key(resolved):
    """The name stays as it is."""
    (person,) = resolved(entry(TITLE, authors=("陈佳怡",))).people
    assert person.name == "陈佳怡"
    assert person.key.isascii()


def test_the_longest_list_of_authors_is_taken(resolved):
    """Lists leave authors out; the order is that of the list taken."""
    collection = resolved(
        entry(TITLE, authors=("Ann Lee",)),
        entry(TITLE, None, "fm-fl:2", authors=("Bo Li", "Ann Lee", "Cy Wu")),
    )
    (paper,) = collection.papers
    named = [(author.position, author.name) for author in paper.authorships]
    assert named == [(1, "Bo Li"), (2, "Ann Lee"), (3, "Cy Wu")]


def test_of_lists_of_one_length_the_commonest_is_taken(resolved):
    """Two lists against one."""
    collection = resolved(
        entry(TITLE, authors=("Ann Lee", "Bo Li")),
        entry(TITLE, None, "fm-fl:2", authors=("Bo Li", "Ann Lee")),
        entry(TITLE, None, "zoo:2", authors=("Bo Li", "Ann Lee")),
    )
    assert [author.name for author in collection.papers[0].authorships] == ["Bo Li", "Ann Lee"]


def test_a_person_stands_once_in_a_paper(resolved):
    """A slip that repeats a name leaves no gap in the positions."""
    (paper,) = resolved(entry(TITLE, authors=("Ann Lee", "Bo Li", "ANN LEE", "Cy Wu"))).papers
    named = [(author.position, author.name) for author in paper.authorships]
    assert named == [(1, "Ann Lee"), (2, "Bo Li"), (3, "Cy Wu")]


def test_mended_and_plain_names_of_the_five_lists_are_one_person(five_lists):
    """“Gr√©goire Danoy” is Grégoire Danoy."""
    assert [p.name for p in five_lists.people if p.key == "gregoire-danoy"] == ["Grégoire Danoy"]
