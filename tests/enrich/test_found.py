"""What is kept of answers: about papers, and in a form that can be read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich import Answer, Wanted
from fedkg.enrich.facts import merged, path_of, read_facts
from fedkg.enrich.found import Found, Known
from fedkg.ids import Identifier
from fedkg.model import AuthorId, Record, Reference, ReferenceList

DAY = date(2026, 11, 22)
ADDRESS = "https://openalex.org/W1"
DOI, W1, W2 = Identifier("doi", "10.1000/1"), Identifier("openalex", "W1"), Identifier("s2", "a")
PAPER = Wanted("doi-10-1000-1", (DOI,))


def record(title="A", key="W1", identifiers=(DOI, W1), **more):
    return Record("openalex", key, title, ADDRESS, identifiers=identifiers, **more)


def reference(citing, cited, printed=""):
    return Reference("openalex", citing[0], cited, printed, ADDRESS, None, tuple(citing[1:]))


def found_in(*answers: Answer) -> Found:
    found = Found(Known([PAPER]))
    for answer in answers:
        found.add(answer, DAY)
    return found


def test_what_a_paper_cites_is_kept_and_what_cites_it_is_not():
    """Unless the work that cites is a paper too."""
    found = found_in(Answer((record(),), (reference([DOI], W2), reference([W2], DOI))))
    assert (found.counts["records"], found.counts["references"]) == (1, 1)


def test_a_number_that_a_record_gives_a_paper_is_known_from_then_on():
    """A dump of citations names works by such numbers alone."""
    citation = Answer((), (reference([W1], W2),), (ReferenceList("openalex", W1, 1, False),))

    assert found_in(citation).lines == {}
    assert len(found_in(Answer((record(),)), citation).lines) == 3


@pytest.mark.parametrize(
    "odd",
    [
        record(key="a" * 501),
        record(title="a\u200bb"),
        record(identifiers=(DOI, Identifier("doi", "10.1000/a\x7fb"))),
        record(authors=("A",) * 20_001),
        record(authors=("A",), author_ids=(AuthorId(None, "a" * 501),)),
    ],
)
def test_what_could_not_be_read_again_is_not_kept(odd):
    """And counted: it would damage the file."""
    found = found_in(Answer((odd,)))
    assert (found.lines, found.counts["odd"]) == ({}, 1)


TEXT = st.text(max_size=30)


@given(
    st.lists(
        st.builds(
            record,
            TEXT,
            TEXT,
            st.lists(st.builds(Identifier, st.sampled_from(("doi", "s2")), TEXT), max_size=2).map(
                lambda some: (DOI, *some)
            ),
        ),
        max_size=4,
    ),
    st.lists(st.builds(lambda value: reference([DOI], Identifier("doi", value)), TEXT), max_size=4),
)
def test_whatever_is_kept_can_be_read_again(tmp_path_factory, records, references):
    """Whatever an answer is made of: what cannot be written is let go."""
    found = found_in(Answer(tuple(records), tuple(references)))
    file = path_of(tmp_path_factory.mktemp("facts"), "openalex")

    file.write_bytes(b"".join(merged("openalex", (), found.lines)))

    assert len(list(read_facts(file))) == len(found.lines)
