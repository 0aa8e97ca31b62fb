"""Names as lists write them, and the people whom they name."""

from datetime import date

import pytest

from fedkg.model import IdentityBasis
from fedkg.resolve import check_permanence, lasting_paths
from fedkg.resolve.curation import EntryName, SamePerson, SplitPerson
from fedkg.resolve.people import is_abbreviated, name_key

from .conftest import entry, paper_at

TITLE = "Federated Fine-Tuning of Large Language Models for Everybody"


OTHER_TITLE = "Split Learning of Very Large Networks at the Edge"


def decision(kind, *titles, **fields):
    """Return a curator's decision about entries of fedllm, given by title."""
    named = tuple(EntryName("fedllm", title) for title in titles)
    return kind(
        entries=named,
        reason="A person looked.",
        date=date(2026, 11, 21),
        label="decision 1",
        **fields,
    )


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


# ---------------------------------------------------------------- who is who


def people_on_two_works(resolved, one, other, *others, **facts):
    """Return the persons of two works: one author of each, and others of both."""
    return resolved(
        entry(TITLE, authors=(one, *others)),
        entry(OTHER_TITLE, None, "fedllm:2", authors=(other, *others)),
        **facts,
    ).people


def test_a_middle_initial_is_left_out_by_the_same_person(resolved):
    """“Nicholas Lane” beside “Nicholas D. Lane”, who both write with Bo Li."""
    people = people_on_two_works(resolved, "Nicholas Lane", "Nicholas D. Lane", "Bo Li")
    assert len(people) == 2
    (lane,) = (person for person in people if person.name != "Bo Li")
    assert {lane.name, *lane.aliases} == {"Nicholas Lane", "Nicholas D. Lane"}
    assert lane.basis is IdentityBasis.CO_AUTHORS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N. Lane", "Nicholas Lane"),
        ("N. D. Lane", "Nicholas D. Lane"),
        ("N. Lane", "N. D. Lane"),
        ("Nicholas D. Lane", "Nicholas E. Lane"),
        ("Nicholas Lane", "Nick Lane"),
    ],
)
def test_a_common_co_author_joins_no_other_names(resolved, one, other):
    """Never a surname and an initial, never two initials, never a short form."""
    people = people_on_two_works(resolved, one, other, "Bo Li")
    assert len(people) == 3
    assert {person.basis for person in people} == {IdentityBasis.NAME}


def test_without_a_common_co_author_a_middle_initial_tells_people_apart(resolved):
    """There are many with the names of Victor Sheng."""
    people = people_on_two_works(resolved, "Victor Sheng", "Victor S. Sheng")
    assert len(people) == 2


def test_two_initials_that_differ_are_not_joined_by_way_of_the_name_without_one(resolved):
    """Nobody can say whether “Nicholas Lane” is Nicholas D. or Nicholas E."""
    names = ("Nicholas D. Lane", "Nicholas E. Lane", "Nicholas Lane")
    collection = resolved(
        *(
            entry(f"{OTHER_TITLE} of {name}", None, f"fedllm:{line}", authors=(name, "Bo Li"))
            for line, name in enumerate(names, 1)
        )
    )
    assert {person.name for person in collection.people} == {*names, "Bo Li"}


def test_middle_initials_of_the_five_lists_are_joined(whole):
    """Four people write a middle initial on some of their papers."""
    joined = {p.name: p.aliases for p in whole.people if p.basis is IdentityBasis.CO_AUTHORS}
    assert joined == {
        "Holger R Roth": ("Holger Roth",),
        "Minh N. Vu": ("Minh Vu",),
        "Tre' R. Jeter": ("Tre' Jeter",),
        "Victor S. Sheng": ("Victor Sheng",),
    }


def test_a_curator_splits_a_name(resolved):
    """Two Yang Liu: the one on the work named has a key of its own, and the other keeps his."""
    split = decision(SplitPerson, TITLE, name="Yang Liu", key="thu", orcid="0000-0002-1825-0097")
    collection = resolved(
        entry(TITLE, authors=("Yang Liu",)),
        entry(TITLE, "https://example.org/1", "zoo:1", authors=("Yang Liu", "Bo Li")),
        entry(OTHER_TITLE, None, "fedllm:2", authors=("Yang Liu",)),
        curation=(split,),
    )
    by_key = {person.key: person for person in collection.people}
    assert set(by_key) == {"yang-liu", "yang-liu-thu", "bo-li"}
    assert by_key["yang-liu-thu"].name == "Yang Liu"
    assert by_key["yang-liu-thu"].orcid == "0000-0002-1825-0097"
    assert by_key["yang-liu-thu"].basis is IdentityBasis.CURATED
    assert by_key["yang-liu"].basis is IdentityBasis.NAME
    authors = [one.person for one in paper_at(collection, "zoo:1").authorships]
    assert authors == ["yang-liu-thu", "bo-li"]
    assert [one.person for one in paper_at(collection, "fedllm:2").authorships] == ["yang-liu"]


def test_a_curator_joins_names(resolved):
    """Nothing but a person knows that these are one."""
    same = decision(SamePerson, TITLE, OTHER_TITLE, names=("Bill Yuchen Lin", "Yuchen Lin"))
    (person,) = people_on_two_works(resolved, "Bill Yuchen Lin", "Yuchen Lin", curation=(same,))
    assert {person.name, *person.aliases} == {"Bill Yuchen Lin", "Yuchen Lin"}
    assert person.basis is IdentityBasis.CURATED


@pytest.mark.parametrize(
    ("name", "abbreviated"),
    [
        ("Y. C. Tay", True),
        ("Melis L", True),
        ("De Cristofaro E", True),
        ("J. van den Berg", True),
        ("M.A.P. Chamikara", True),
        ("Nicholas D. Lane", False),
        ("J. Edgar Hoover", False),
        ("Li Li", False),
        ("王 伟", False),
        ("Madonna", False),
    ],
)
def test_a_surname_with_initials_is_no_full_name(name, abbreviated):
    """A Chinese character is no initial."""
    assert is_abbreviated(name_key(name)) is abbreviated


def test_a_surname_with_initials_joins_no_two_papers(resolved):
    """“Song C” of two papers may be two people; the full name would be one."""
    shared = ("Song C", "Bolin Ding")

    made = resolved(
        entry("Membership Inference in Federated Learning of Models", authors=shared),
        entry("Watermarks for Language Models Trained by Many", at="fedllm:2", authors=shared),
    )

    assert sorted(person.name for person in made.people) == ["Bolin Ding", "Song C", "Song C"]
    first, second = (person.key for person in made.people if person.name == "Song C")
    assert first != second
    assert first.startswith("song-c-")


def test_a_person_of_one_paper_is_still_found_when_the_paper_gets_a_stronger_key(resolved):
    """Without the arXiv link both keys go by the title."""
    title = "Membership Inference in Federated Learning of Models"
    before = resolved(entry(title, authors=("Song C", "Bolin Ding")))
    after = resolved(entry(title, "https://arxiv.org/abs/2312.06353", authors=("Song C",)))

    check_permanence(after, lasting_paths(before) - {"person/bolin-ding"})
