"""Files of facts: what is written is read back, and what is damaged is told with its line."""

import gzip
import json
import random
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich.facts import facts_files, line_of, merged, path_of, place_of, read_facts
from fedkg.errors import InputError
from fedkg.ids import Identifier
from fedkg.model import AuthorId, PartialDate, Record, Reference, ReferenceList

from .services import CASES, PARSES, case_of

DAY = date(2026, 11, 22)
ADDRESS = "https://openalex.org/W1"
ARXIV = Identifier("arxiv", "2409.06277")
W1, W2 = Identifier("openalex", "W1"), Identifier("openalex", "W2")
RECORD = Record(
    "openalex",
    "W1",
    "Ferret — “at scale” 大型语言模型",
    ADDRESS,
    DAY,
    ("Yao Shu", "何炳胜"),
    True,
    (ARXIV, W1),
    PartialDate(2024, 9),
    "cs.LG",
    "NeurIPS",
    (AuthorId("0000-0002-1825-0097", "A1"), AuthorId()),
)
LIST = ReferenceList("openalex", ARXIV, 42, False)
REFERENCE = Reference("openalex", ARXIV, W2, "", ADDRESS, DAY, (W1,))
FACTS = (RECORD, LIST, REFERENCE)


def write(folder: Path, *facts, source="openalex", known=()) -> Path:
    """Write a file of facts, and return it."""
    file = path_of(folder, source)
    lines = merged(source, known, {place_of(one): line_of(one) for one in facts})
    file.write_bytes(b"".join(lines))
    return file


def test_what_is_written_is_read(tmp_path):
    """All of it, by place."""
    assert tuple(read_facts(write(tmp_path, *reversed(FACTS)))) == FACTS


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_services_say_is_read_as_they_said_it(case, tmp_path):
    """Each record, list and reference of every case."""
    source, content, _ = case_of(case)
    answer = PARSES[source](content)
    said = [*answer.records, *answer.lists, *answer.references]
    facts = {place_of(one): one for one in map(_dated, said)}

    file = write(tmp_path, *facts.values(), source=source)

    assert {place_of(one): one for one in read_facts(file)} == facts


def _dated(fact):
    if isinstance(fact, ReferenceList):
        return fact
    values = {name: getattr(fact, name) for name in fact.__slots__}
    return type(fact)(**values | {"retrieved": DAY})


def test_a_merge_keeps_what_was_there_and_prefers_what_is_new(tmp_path):
    """Nothing is lost because a service says it no more."""
    newer = Record("openalex", "W1", "Ferret", ADDRESS, date(2026, 12, 1))
    before = write(tmp_path / ".", RECORD, REFERENCE)
    known = tuple(read_facts(before))

    after = write(tmp_path, newer, LIST, known=known)

    assert tuple(read_facts(after)) == (newer, LIST, REFERENCE)


@given(st.permutations(range(8)), st.integers(0, 8))
def test_the_order_and_the_number_of_merges_change_nothing(order, cut):
    """The file is the same, byte for byte."""
    facts = [Reference("s2", ARXIV, Identifier("s2", str(n) * 40), "", ADDRESS, DAY) for n in order]
    once = b"".join(merged("s2", (), {place_of(one): line_of(one) for one in facts}))

    known = sorted(facts[:cut], key=place_of)
    twice = b"".join(merged("s2", known, {place_of(one): line_of(one) for one in facts[cut:]}))

    assert twice == once


LINES = b"".join(merged("openalex", (), {place_of(one): line_of(one) for one in FACTS})).split(
    b"\n"
)[:-1]
DAMAGE = {
    "no head": ([], LINES[1:], 1),
    "another form": ([b'{"fedkg-facts": 2, "source": "openalex"}'], LINES[1:], 1),
    "another source": ([b'{"fedkg-facts": 1, "source": "s2"}'], LINES[1:], 1),
    "no end": (LINES[:4], [], 4),
    "no more than a head": (LINES[:1], [], 1),
    "half a line": (LINES[:2], [LINES[2][:20]], 3),
    "a line is gone": (LINES[:2], LINES[3:], 4),
    "a line twice": (LINES[:2], LINES[1:], 3),
    "another order": ([LINES[0], LINES[2]], [LINES[1], *LINES[3:]], 3),
    "more behind the end": (LINES, [LINES[1]], 6),
    "no JSON": (LINES[:1], [b"\xff\xfe\x00"], 2),
    "a list": (LINES[:1], [b"[1]"], 2),
    "deep": (LINES[:1], [b"[" * 100_000], 2),
    "no identifier": (LINES[:1], [b'{"citing":["x"],"cited":["y"]}'], 2),
    "blanks in one": (LINES[:1], [b'{"citing":["doi:10.1 2"],"cited":["openalex:W1"]}'], 2),
    "no address": (
        LINES[:1],
        [b'{"citing":["s2:1"],"cited":["s2:2"],"at":"javascript:1","on":"2026-11-22"}'],
        2,
    ),
    "no day": (LINES[:1], [b'{"citing":["s2:1"],"cited":["s2:2"],"at":"https://a.org/"}'], 2),
    "a title too long": (
        LINES[:1],
        [
            json.dumps(
                {"record": "W1", "title": "a" * 3000, "at": ADDRESS, "on": "2026-11-22"}
            ).encode()
        ],
        2,
    ),
    "no length": (LINES[:1], [b'{"citing":["s2:1"],"references":-1}'], 2),
    "a line too long": (LINES[:1], [b'{"record":"' + b"a" * 9_000_000 + b'"}'], 2),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_one_sentence_with_file_and_line(name, tmp_path):
    """And with what to do."""
    before, after, line = DAMAGE[name]
    file = path_of(tmp_path, "openalex")
    file.write_bytes(b"".join(one + b"\n" for one in (*before, *after)))

    with pytest.raises(InputError) as caught:
        list(read_facts(file))

    assert str(caught.value).startswith(f"{file}, line {line}: ")
    assert str(caught.value).endswith("restore the file, or remove it and run fedkg enrich.")
    assert len(str(caught.value)) < 500


def test_an_empty_file_is_told(tmp_path):
    """It lost all that it had."""
    file = path_of(tmp_path, "openalex")
    file.touch()

    with pytest.raises(InputError, match="line 1: the end"):
        list(read_facts(file))


def test_a_file_that_unpacks_without_end_is_not_unpacked(tmp_path):
    """Packed bytes are read within bounds."""
    file = path_of(tmp_path, "openalex")
    file.write_bytes(gzip.compress(b"\0" * 60_000_000))

    with pytest.raises(InputError):
        list(read_facts(file))


def test_no_bytes_make_the_reader_raise_anything_else(tmp_path):
    """Whatever is turned, left out or doubled in a file."""
    chance = random.Random(7)
    whole = b"\n".join(LINES) + b"\n"
    file = path_of(tmp_path, "openalex")
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        file.write_bytes(damaged)
        with suppress(InputError):
            list(read_facts(file))


def test_only_files_of_facts_are_read(tmp_path):
    """Not what a killed run left beside them."""
    file = write(tmp_path, RECORD)
    (tmp_path / ".openalex.jsonl.7.part").touch()
    (tmp_path / "README.md").touch()

    assert facts_files(tmp_path) == (file,)


def test_a_name_that_is_no_slug_and_a_folder_that_is_not_there_are_told(tmp_path):
    """With what to do."""
    odd = tmp_path / "Open Alex.jsonl"
    odd.touch()

    with pytest.raises(InputError, match="is no name of a source"):
        list(read_facts(odd))
    with pytest.raises(InputError, match="name a folder with --facts"):
        facts_files(tmp_path / "nowhere")
    (tmp_path / "s2.jsonl").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        list(read_facts(tmp_path / "s2.jsonl"))
