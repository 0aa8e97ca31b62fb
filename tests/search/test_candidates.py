"""Candidates: what words may name, from the index of the five lists."""

import sqlite3
from pathlib import Path

import pytest

from fedkg.search.candidates import Candidates
from fedkg.search.contents import Contents, PaperRow, ThingRow
from fedkg.search.names import TooSlowError
from fedkg.search.vocabulary import Vocabulary, words_of
from fedkg.search.write import write_index
from fedkg.store.builds import Build

KINDS = ("paper", "person", "venue", "dataset", "model", "family", "technique")
FEDKSEED = "paper/arxiv-2312.06353"


def found(build: Build, text: str, *kinds: str) -> list[str]:
    with Candidates(build.search).opened(10) as circles:
        return [one.path for circle in circles.around(text, kinds or KINDS) for one in circle]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("FedKSeed", FEDKSEED),
        ("fedksed", FEDKSEED),
        ("Federated Full Paramter Tuning of Bilion Sized Langauge Models", FEDKSEED),
        ("Communication Cost under 18 Kilobytes, and more besides", FEDKSEED),
        ("GSM-8K", "dataset/gsm8k"),
        ("SST2", "dataset/sst-2"),
        ("Y. Li", "person/yaliang-li"),
        ("Yalinag Li", "person/yaliang-li"),
        ("Gregoire Danoy", "person/gregoire-danoy"),
        ("NINA KRUEGER", "person/nina-kruger"),
    ],
)
def test_words_find_what_they_may_name(build: Build, text: str, path: str) -> None:
    """With typos, without diacritics, cut in another way, with words that do not belong there."""
    assert path in found(build, text)


def test_kinds_leave_all_others_out(build: Build) -> None:
    """Nothing of a kind that was not asked for, nor editions and lists."""
    assert {path.partition("/")[0] for path in found(build, "federated", "technique")} == {
        "technique"
    }
    assert not {path.partition("/")[0] for path in found(build, "EMNLP 2023")} - {*KINDS}
    assert found(build, "federated", "nothing") == []


@pytest.mark.parametrize("text", ["", " ", "…", "\x00", '"', "a* OR b", "NEAR(x y)", "x" * 5000])
def test_no_words_are_no_query_of_the_index(build: Build, text: str) -> None:
    """Whatever they look like there."""
    assert isinstance(found(build, text), list)


def test_nothing_comes_twice(build: Build) -> None:
    """However many circles find it."""
    paths = found(build, "Federated Tuning of Large Langauge Models")
    assert len(paths) == len(set(paths)) > 10


def test_a_batch_ends_in_time(build: Build) -> None:
    """With an error, not with fewer candidates."""
    with pytest.raises(TooSlowError), Candidates(build.search).opened(-1) as circles:
        list(circles.around("federated", KINDS))


def test_a_broken_index_is_no_slow_one(tmp_path: Path) -> None:
    """Its error is told as it is."""
    file = tmp_path / "search.sqlite"
    write_index(Contents((PaperRow("paper/a", "A"),), (ThingRow("person/b", "person", "B"),)), file)
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE kinds")
    with pytest.raises(sqlite3.OperationalError), Candidates(file).opened(10):
        pass


def test_near_words_begin_alike_and_are_no_numbers() -> None:
    """A long word may have two typos, a short one has one, a very short one none."""
    words = Vocabulary({"federated": 9, "learning": 8, "ørsted": 1, "2023": 5, "gsm": 1, "of": 7})
    assert words.near("fedreatd") == ("federated",)
    assert words.near("learnign") == ("learning",)
    assert words.near("orsted") == ("ørsted",)
    assert words.near("gsn") == ("gsm",)
    assert words.near("2024") == words.near("og") == words.near("lfederated") == ()
    assert words.rows("federated") == 9
    assert words.rows("nothing") == 0


def test_words_are_cut_as_the_full_text_cuts_them() -> None:
    """Each once, in lower case, without marks, whether these are joined or not."""
    assert words_of("José_García, JOSE\u0301: C++ & 2.0") == ("jose", "garcia", "c", "2", "0")
