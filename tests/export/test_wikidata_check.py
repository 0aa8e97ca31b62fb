"""Looking papers up in Wikidata: queries, answers from files and from a service, the file."""

import csv
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fedkg.cli import main
from fedkg.errors import InputError
from fedkg.export.source import Source
from fedkg.export.wikidata.answers import Sighting, read_answers
from fedkg.export.wikidata.checking import check
from fedkg.export.wikidata.identifiers import (
    Batch,
    Identifier,
    Scheme,
    batches,
    identifiers_of,
)
from fedkg.export.wikidata.known import Known, Row, add_known, read_known

from .wdqs import JSON, Service

DOI = Scheme("DOI", "doi", "P356")
ARXIV = Scheme("arXiv id", "arxiv", "P818")
A1 = Identifier("paper/a", DOI, "10.1/A")
A2 = Identifier("paper/a", ARXIV, "2401.00001")
B = Identifier("paper/b", ARXIV, "2401.00002")
DAY = "2026-11-22"
FEDKSEED = ("P818", "2312.06353")


def seen(identifier: Identifier, qid: str = "") -> Sighting:
    return Sighting(identifier.value, qid, "query.wikidata.org", DAY)


@pytest.fixture
def graph(five_list_graph: Path, tmp_path: Path) -> Path:
    """A graph directory of the five lists that nobody else writes to."""
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "current").symlink_to((five_list_graph / "current").resolve())
    return folder


@pytest.fixture
def service(httpserver: HTTPServer) -> Iterator[Service]:
    return Service(httpserver)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    return tmp_path / "wikidata.csv"


def run(graph: Path, *arguments: object) -> Result:
    options = ["--dir", graph, *arguments]
    return CliRunner().invoke(
        main, ["wikidata", "check", *map(str, options)], env={"FEDKG_CONTACT": "me@example.org"}
    )


def online(graph: Path, service: Service, known: Path, *more: object) -> Result:
    return run(graph, "--online", "--endpoint", service.url, "--wikidata", known, *more)


def rows(file: Path) -> list[list[str]]:
    with file.open(newline="") as opened:
        return list(csv.reader(opened))


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1))
def test_any_value_can_stand_in_a_query(values: list[str]) -> None:
    """The query finds it, and says of each value that is not there that it is not."""
    store = ox.Store()
    item, of = ox.NamedNode("urn:q"), ox.NamedNode("http://www.wikidata.org/prop/direct/P356")
    store.add(ox.Quad(item, of, ox.Literal(values[0])))

    found = list(store.query(Batch("doi-1", DOI, tuple(dict.fromkeys(values))).query))

    assert {row["value"].value for row in found} == set(values)
    assert [row["value"].value for row in found if row["item"]] == [values[0]]


def test_each_value_is_looked_for_once_and_few_at_a_time() -> None:
    """Two papers may have one identifier."""
    many = [Identifier(f"paper/{n}", ARXIV, f"{n % 450}") for n in range(900)]

    found = list(batches([A1, *many]))

    assert [(one.name, len(one.values)) for one in found] == [
        ("doi-1", 1),
        ("arxiv-1", 200),
        ("arxiv-2", 200),
        ("arxiv-3", 50),
    ]


def test_identifiers_are_written_as_in_wikidata(source: Source) -> None:
    """DOIs in capitals."""
    found = identifiers_of(source)

    assert {one.scheme for one in found} == {DOI, ARXIV}
    assert all(one.value == one.value.upper() for one in found if one.scheme == DOI)
    assert Identifier("paper/arxiv-2312.06353", ARXIV, "2312.06353") in found


def test_queries_are_written_to_a_folder(graph: Path, tmp_path: Path) -> None:
    """A file for each; written again over those of before, and over nothing else."""
    folder = tmp_path / "queries"

    assert [run(graph, "-o", folder).exit_code for _ in range(2)] == [0, 0]
    assert sorted(file.name for file in folder.iterdir()) == ["arxiv-1.rq", "doi-1.rq"]
    assert '"2312.06353"' in (folder / "arxiv-1.rq").read_text()
    (folder / "arxiv-1.csv").touch()
    refused = run(graph, "-o", folder)
    assert refused.exit_code == 2
    assert "holds other files" in refused.stderr


def test_downloaded_answers_fill_the_file(graph: Path, known: Path, tmp_path: Path) -> None:
    """Their day is that of the file; who was not looked for gets no row."""
    answer = tmp_path / "arxiv-1.csv"
    answer.write_text(
        "item,value\nhttp://www.wikidata.org/entity/Q42,2312.06353\n,2404.11536\n,9999.99999\n"
    )
    then = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
    os.utime(answer, (then, then))

    result = run(graph, "--from", answer, "--wikidata", known)

    assert result.exit_code == 0, result.stderr
    assert rows(known) == [
        ["key", "qid", "source"],
        [
            "arxiv-2312.06353",
            "Q42",
            "query.wikidata.org in arxiv-1.csv, P818 2312.06353, 2026-11-20",
        ],
        [
            "arxiv-2404.11536",
            "",
            "query.wikidata.org in arxiv-1.csv, no item with P818 2404.11536, 2026-11-20",
        ],
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("paper,value\n", 1),
        ("item,value\nQ42,x\n", 2),
        ("item,value\nhttp://www.wikidata.org/entity/Q42,\n", 2),
        ("item,value\n,x\nhttp://elsewhere.example/entity/Q42,x\n", 3),
        ("item,value\n,x,y\n", 2),
    ],
)
def test_another_file_is_refused_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    """Nothing of it is taken."""
    file = tmp_path / "answer.csv"
    file.write_text(text)

    with pytest.raises(InputError, match=f"line {line}: "):
        list(read_answers(file))


def test_the_service_is_asked_and_the_file_filled(
    graph: Path, service: Service, known: Path
) -> None:
    """Every paper with an identifier gets a row: what was found, or that nothing was."""
    service.add({FEDKSEED: "Q42"})

    result = online(graph, service, known)

    assert result.exit_code == 0, result.stderr
    assert len(service.asked) == 2
    found = read_known(known)
    assert found.items == {"paper/arxiv-2312.06353": "Q42"}
    assert len(found.absent) > 150
    (row,) = (row for row in found.rows if row.qid)
    assert re.fullmatch(rf"{service.name}, P818 2312\.06353, \d{{4}}-\d\d-\d\d", row.source), (
        row.source
    )
    assert "added: 1 items" in result.stdout
    assert "not looked for: 51" in result.stdout


def test_a_second_run_asks_nothing_and_changes_nothing(
    graph: Path, service: Service, known: Path
) -> None:
    """Answers are kept for a day."""
    online(graph, service, known)
    before = known.read_bytes()

    assert online(graph, service, known).exit_code == 0
    assert len(service.asked) == 2
    assert known.read_bytes() == before


def test_after_a_check_the_export_is_silent_about_what_is_not_there(
    graph: Path, service: Service, known: Path
) -> None:
    """It counts only papers that cannot be looked for; nothing is pointed to that is not there."""
    online(graph, service, known)
    arguments = ["export", "--format", "quickstatements", "--dir", str(graph)]

    result = CliRunner().invoke(main, [*arguments, "--wikidata", str(known)])

    assert result.exit_code == 0, result.stderr
    assert "without a check for an item that is there: 51;" in result.stderr
    assert "CREATE" in result.stdout
    one = [*arguments, "--wikidata", str(known), "--paper", "FedKSeed"]
    assert "without a check" not in CliRunner().invoke(main, one).stderr


def test_rows_that_are_there_stay_and_disagreements_are_left_out(
    graph: Path, service: Service, known: Path
) -> None:
    """Another item for a paper, and an item that another thing has: a sentence each."""
    before = "key,qid,source\r\narxiv-2312.06353,Q1, me \r\nperson/x,Q7,me"
    known.write_text(before, newline="")
    service.add({FEDKSEED: "Q42", ("P818", "2404.11536"): "Q7"})

    result = online(graph, service, known, "--paper", "FedKSeed", "--paper", "arxiv:2404.11536")

    assert result.exit_code == 1
    assert known.read_bytes() == before.encode()
    one, other, _ = result.stdout.splitlines()
    assert one.startswith(
        "arxiv-2312.06353: its arXiv id 2312.06353 is that of Q42, and the file names Q1"
    )
    assert other.startswith(
        "arxiv-2404.11536: its arXiv id 2404.11536 is that of Q7, which is also that of person/x"
    )


def test_a_kill_loses_nothing_and_the_next_run_goes_on(
    graph: Path, service: Service, known: Path, tmp_path: Path
) -> None:
    """What was answered is not asked again, and the file is that of a run that was not killed."""
    service.add({FEDKSEED: "Q42"})
    whole = tmp_path / "whole.csv"
    known.write_text("key,qid,source\n")
    arrived, killed = Event(), Event()

    def hang(number: int) -> None:
        if number == 2:
            arrived.set()
            killed.wait(30)

    service.instead = hang
    command = [sys.executable, "-m", "fedkg", "wikidata", "check", "--online", "--dir", graph]
    more = ["--endpoint", service.url, "--wikidata", known, "--contact", "me@example.org"]
    with subprocess.Popen([*command, *more], stderr=subprocess.DEVNULL) as process:
        assert arrived.wait(30)
        process.send_signal(signal.SIGKILL)
    killed.set()
    assert known.read_text() == "key,qid,source\n"

    assert online(graph, service, known).exit_code == 0

    first, second, again = service.asked
    assert (second == again, first == again) == (True, False)
    online(graph, service, whole)
    assert known.read_text() == whole.read_text()
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    "body",
    ['{"head": {}, "results": {"bindings": [', "[]", "{}", '{"results": {"bindings": [{}]}}'],
)
def test_half_an_answer_is_refused_and_asked_for_again(
    body: str, graph: Path, service: Service, known: Path
) -> None:
    """The service breaks off in the middle of JSON when its time is over."""
    service.instead = lambda number: Response(body, content_type=JSON) if number == 1 else None
    arguments = (graph, service, known, "--paper", "FedKSeed")

    result = online(*arguments)

    assert result.exit_code == 2
    assert "answers with what is no whole result of a query" in result.stderr
    assert not known.exists()
    assert online(*arguments).exit_code == 0


def test_an_answer_for_other_values_is_refused(graph: Path, service: Service, known: Path) -> None:
    """Silence about a value is not the same as saying that it is not there."""
    empty = '{"head": {"vars": []}, "results": {"bindings": []}}'
    service.instead = lambda _: Response(empty, content_type=JSON)

    result = online(graph, service, known, "--paper", "FedKSeed")

    assert result.exit_code == 2
    assert "does not answer for all of arxiv-1" in result.stderr


def test_a_service_that_is_busy_is_waited_for(graph: Path, service: Service, known: Path) -> None:
    """As long as it says."""
    busy = Response(status=429, headers={"Retry-After": "1"})
    service.instead = lambda number: busy if number == 1 else None

    result = online(graph, service, known, "--paper", "FedKSeed")

    assert result.exit_code == 0, result.stderr
    assert "status 429; asked again in 1 s" in result.stderr
    assert len(service.asked) == 2


def test_nothing_is_asked_without_a_contact(graph: Path, service: Service, known: Path) -> None:
    """The error says how to give one."""
    arguments = ["--dir", graph, "--online", "--endpoint", service.url, "--wikidata", known]

    result = CliRunner().invoke(main, ["wikidata", "check", *map(str, arguments)])

    assert result.exit_code == 2
    assert "--contact or FEDKG_CONTACT" in result.stderr
    assert service.asked == []


def test_a_file_that_cannot_be_read_is_told_before_anybody_is_asked(
    graph: Path, service: Service, known: Path
) -> None:
    """It would be for nothing."""
    known.write_text("no such columns\n")

    assert online(graph, service, known).exit_code == 2
    assert service.asked == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--wikidata", "w.csv"],
        ["--online", "--from", "a.csv", "--wikidata", "w.csv"],
        ["--online"],
        ["-o", "q", "--wikidata", "w.csv"],
        ["-o", "q", "--endpoint", "http://example.org/"],
        ["-o", "q", "--list", "fm-fl", "--paper", "FedKSeed"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(arguments: list[str], graph: Path) -> None:
    """One sentence, and nothing is written or asked."""
    result = run(graph, *arguments)

    assert result.exit_code == 2
    assert re.fullmatch(r"fedkg: [^\n]+\.\n", result.stderr)


def test_a_paper_gets_an_item_that_all_its_identifiers_agree_on() -> None:
    """The source names those that were found."""
    agreed = check([A1, A2], [seen(A1, "Q1"), seen(A2, "Q1")], Known())
    assert agreed.rows == (
        Row("paper/a", "Q1", f"query.wikidata.org, P356 10.1/A, P818 2401.00001, {DAY}"),
    )
    half = check([A1, A2], [seen(A1), seen(A2, "Q1")], Known())
    assert half.rows == (Row("paper/a", "Q1", f"query.wikidata.org, P818 2401.00001, {DAY}"),)


def test_a_paper_is_not_there_when_all_its_identifiers_were_looked_for() -> None:
    """Not before."""
    whole = check([A1, A2], [seen(A1), seen(A2)], Known())
    assert whole.rows == (
        Row(
            "paper/a",
            "",
            f"query.wikidata.org, no item with P356 10.1/A, P818 2401.00001, {DAY}",
        ),
    )
    assert check([A1, A2], [seen(A1)], Known()).rows == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"key,qid,source\r\na, Q1 ,me", b"key,qid,source\r\na, Q1 ,me\r\nb,,looked\r\n"),
        (b"\xef\xbb\xbfkey,qid,source\n", b"\xef\xbb\xbfkey,qid,source\nb,,looked\n"),
        (None, b"key,qid,source\nb,,looked\n"),
    ],
)
def test_rows_are_added_below_those_that_are_there(
    before: bytes | None, after: bytes, known: Path
) -> None:
    """Which stay byte for byte, with the ends of their lines."""
    if before is not None:
        known.write_bytes(before)

    add_known(known, [Row("paper/b", "", "looked")])

    assert known.read_bytes() == after
    assert "paper/b" in read_known(known).absent


def test_what_was_not_there_may_be_there_later(tmp_path: Path) -> None:
    """The item gets a row of its own below; the other stays, and is not added again."""
    known = Known((Row("paper/b", "", "looked for"),))

    assert check([B], [seen(B)], known).rows == ()
    later = check([B], [seen(B, "Q2")], known)

    file = tmp_path / "wikidata.csv"
    add_known(file, [*known.rows, *later.rows])
    assert read_known(file).items == {"paper/b": "Q2"}
    assert read_known(file).absent == frozenset()


@pytest.mark.parametrize(
    ("sightings", "words"),
    [
        ([seen(A1, "Q1"), seen(A2, "Q2")], "its DOI 10.1/A is that of Q1, its arXiv id"),
        ([seen(A1, "Q1"), seen(A1, "Q2")], "its DOI 10.1/A is that of Q1 and Q2: see which"),
    ],
)
def test_two_items_for_a_paper_are_told(sightings: list[Sighting], words: str) -> None:
    """And none of them is taken."""
    checked = check([A1, A2], sightings, Known())

    assert checked.rows == ()
    (sentence,) = checked.disagreements
    assert words in sentence


def test_one_item_for_two_papers_is_told_of_both() -> None:
    """Nobody knows which of them it is."""
    checked = check([A2, B], [seen(A2, "Q1"), seen(B, "Q1")], Known())

    assert checked.rows == ()
    one, other = checked.disagreements
    assert "which is also that of b" in one
    assert "which is also that of a" in other


PATHS = st.sampled_from(["paper/a", "paper/b", "person/c"])
QIDS = st.sampled_from(["", "Q1", "Q2", "Q3"])


@given(
    st.lists(st.tuples(PATHS, QIDS), unique_by=(lambda row: row[0], lambda row: row[1] or row)),
    st.lists(st.builds(seen, st.sampled_from([A1, A2, B]), QIDS)),
)
def test_what_is_added_can_be_read_and_changes_nothing(
    before: list[tuple[str, str]], sightings: list[Sighting]
) -> None:
    """Whatever was known and whatever is seen: no item twice, and no row without a sentence."""
    known = Known(tuple(Row(path, qid, "me") for path, qid in before))

    checked = check([A1, A2, B], sightings, known)

    qids = [row.qid for row in (*known.rows, *checked.rows) if row.qid]
    assert len(qids) == len(set(qids))
    assert not {row.path for row in checked.rows} & known.items.keys()
    told = {sentence.partition(":")[0] for sentence in checked.disagreements}
    assert not told & {row.key for row in checked.rows}
