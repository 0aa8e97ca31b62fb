"""Whatever a title or a name holds, an independent parser reads it back and nothing else."""

import json

import pytest
from bibliographies import READERS, expected
from hypothesis import given
from hypothesis import strategies as st

from fedkg.export.bibliographies.biblatex import biblatex_entry
from fedkg.export.bibliographies.bibtex import bibtex_entry
from fedkg.export.bibliographies.cff import cff_of_several
from fedkg.export.bibliographies.csl import item
from fedkg.export.bibliographies.ris import ris_entry
from fedkg.export.bibliographies.text import one_line
from fedkg.export.formats import FORMATS
from fedkg.export.source import Source

from .conftest import HOSTILE, KINDS, TEXTS, work_of

pytestmark = pytest.mark.filterwarnings(
    # A variable of CSL 1.0.2 that citeproc-py does not know yet.
    "ignore:The following arguments for Reference are unsupported. event_title:UserWarning"
)
WRITERS = {
    "bibtex": lambda works: b"\n".join(map(bibtex_entry, works)),
    "biblatex": lambda works: b"\n".join(map(biblatex_entry, works)),
    "ris": lambda works: b"".join(map(ris_entry, works)),
    "csl-json": lambda works: json.dumps([item(work) for work in works]).encode(),
    "cff": lambda works: b"".join(cff_of_several(works)),
}
SHOWN = ("arxiv-2007.14390", "arxiv-2303.08678", "acl-2023.gem-1.10", "ieee-10475813")
"""A preprint, a journal article, a workshop paper without authors, one whose place is unknown."""


@pytest.mark.parametrize("name", WRITERS)
@given(title=TEXTS, names=st.lists(TEXTS, max_size=3), kind=st.sampled_from(KINDS))
def test_any_title_and_any_names_are_read_back(name, title, names, kind):
    """No text breaks out of its field, nor hides the entry that follows."""
    names = [one for one in names if one_line(one)]
    hostile = work_of(title if one_line(title) else "x", names, issued="2024-07", **kind)
    after = work_of("The next one", ["Ada Lovelace"], key="arxiv-2401.00001", issued="2023")

    read = READERS[name](WRITERS[name]([hostile, after]))

    assert read == [expected(hostile, name), expected(after, name)]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", WRITERS)
def test_hostile_text_is_only_text(name, text):
    """Each by itself, as title and as the name of an author."""
    work = work_of(text, [text, "Ada Lovelace"])

    assert READERS[name](WRITERS[name]([work])) == [expected(work, name)]


@pytest.mark.parametrize("name", WRITERS)
def test_every_paper_of_the_five_lists_is_read_back(name, source, all_works):
    """As many, with their keys, titles, authors in order, years and months."""
    read = READERS[name](b"".join(FORMATS[name].write(source)))

    assert len(read) == len(source.papers)
    assert read == [expected(work, name) for work in all_works]
    assert name == "cff" or len({one.key for one in read}) == len(read)


@pytest.mark.parametrize("name", WRITERS)
def test_a_few_papers_look_as_they_did(name, source, snapshot):
    """Their text, whole."""
    papers = tuple(f"{source.base}paper/{key}" for key in SHOWN)
    few = Source(source.store, source.base, papers)

    assert b"".join(FORMATS[name].write(few)).decode() == snapshot


@pytest.mark.parametrize("name", WRITERS)
def test_no_paper_is_a_file_without_entries(name, source):
    """A query may find nothing."""
    none = Source(source.store, source.base, ())

    assert READERS[name](b"".join(FORMATS[name].write(none))) == []
