"""`fedkg enrich` and `fedkg build` with what it found, as processes: whole, killed, and refused."""

import gzip
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from served import serving_directory
from werkzeug import Request, Response

from fedkg.config import DEFAULT_BASE
from fedkg.enrich.facts import in_turn, line_of, merged, place_of, read_facts
from fedkg.ids import Identifier
from fedkg.model import Reference

from .conftest import command, environment
from .mirror import LINKS, WORKS, crossref, openalex, openalex_work, s2, serve

CITES = "SELECT ?a ?b { GRAPH <graph/papers> { ?a <http://purl.org/spar/cito/cites> ?b } }"
FACTS = "SELECT DISTINCT ?g { GRAPH ?g { ?c a <http://purl.org/spar/cito/Citation> } }"


@pytest.fixture
def address(httpserver: HTTPServer):
    """A server on loopback."""
    yield httpserver
    httpserver.clear()


def any_service(request: Request) -> Response:
    """Answer as the service whose path it is."""
    if request.method == "POST":
        return s2(request)
    return crossref(request) if "works/" in request.path else openalex(request)


def rows(fedkg, folder: Path, query: str) -> list[tuple[str, ...]]:
    """Return what the graph answers, without the base."""
    (folder / "asked.rq").write_text(f"BASE <{DEFAULT_BASE}> {query}")
    done = fedkg("query", "asked.rq")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.replace("\r", "").replace(DEFAULT_BASE, "").splitlines()[1:]
    return [tuple(one.removeprefix("paper/") for one in line.split(",")) for line in lines]


def rebuild(fedkg) -> str:
    """Build anew and return the build's id."""
    done = fedkg("build", "papers.md")
    assert done.returncode == 0, done.stderr
    return done.stdout.split("build ")[-1].split()[0]


def facts_of(folder: Path) -> dict[str, bytes]:
    """Return the files of facts by name."""
    files = (folder / "graph" / "facts").glob("*.jsonl")
    return {file.name: file.read_bytes() for file in files}


def test_what_services_say_enters_the_next_build_and_leaves_with_its_file(fedkg, folder, address):
    """Each citation once among the papers, and a node in the graph of each source."""
    url = serve(address, any_service)
    before = rebuild(fedkg)
    names = ("openalex", "crossref", "s2")
    mirrors = [part for name in names for part in ("--endpoint", f"{name}={url}")]

    done = fedkg("enrich", "--source", ",".join(names), *mirrors)
    assert done.returncode == 0, done.stderr
    assert "openalex: 3 requests about 6 papers, 0 of them answered before" in done.stdout
    assert "  found: 6 papers; not found: 0" in done.stdout
    assert rows(fedkg, folder, CITES) == []

    after = rebuild(fedkg)
    assert sorted(rows(fedkg, folder, CITES)) == sorted(LINKS)
    assert sorted(rows(fedkg, folder, FACTS)) == [
        ("graph/facts/crossref",),
        ("graph/facts/openalex",),
        ("graph/facts/s2",),
    ]
    whole = "SELECT ?p { ?p <ontology#referencesKnown> <ontology#Whole> }"
    assert len(rows(fedkg, folder, whole)) == 5
    people = "SELECT ?n { ?p <http://xmlns.com/foaf/0.1/name> ?n }"
    assert rows(fedkg, folder, people) == [("Ada Low",)]

    why = fedkg("why", "doi-10-1000-2", "citation").stdout
    assert "paper/doi-10-1000-3" in why
    assert "https://openalex.org/W2" in why
    with serving_directory(folder / "graph") as site:
        page = site.ask("/paper/doi-10-1000-2.html").body.decode()
        assert WORKS[2].title in page
    (folder / "graph" / "facts" / "openalex.jsonl").unlink()
    assert rebuild(fedkg) not in {before, after}
    assert sorted(rows(fedkg, folder, FACTS)) == [("graph/facts/crossref",), ("graph/facts/s2",)]
    for name in ("crossref", "s2"):
        (folder / "graph" / "facts" / f"{name}.jsonl").unlink()
    assert rebuild(fedkg) == before


def test_a_second_run_asks_nothing_and_changes_nothing(fedkg, folder, address):
    """Also where its key is another."""
    url = serve(address, crossref)
    asked = ("enrich", "--source", "crossref", "--endpoint", f"crossref={url}")
    fedkg(*asked)
    found = facts_of(folder)
    address.clear_log()

    done = fedkg(*asked, FEDKG_CROSSREF_KEY="another")

    assert "6 of them answered before" in done.stdout
    assert facts_of(folder) == found
    assert address.log == []


def test_a_dry_run_says_what_would_be_asked_and_needs_no_httpx(folder):
    """And names papers of which nothing can be asked."""
    program = (
        "import sys; sys.modules['httpx'] = None\nfrom fedkg.cli import main; main(sys.argv[1:])"
    )
    asked = ("enrich", "--source", "crossref,arxiv", "--dry-run", "--dir", "graph")
    done = subprocess.run(
        [sys.executable, "-c", program, *asked],
        cwd=folder,
        env=environment(FEDKG_CONTACT=""),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "crossref: 6 requests and what they lead to, about 6 of 6 papers"
    assert "  GET https://api.crossref.org/works/10.1000%2F1 (1 paper)" in lines
    assert lines[7] == "arxiv: 0 requests and what they lead to, about 0 of 6 papers"
    assert lines[8].startswith("  nothing can be asked of doi-10-1000-1: ")
    assert not (folder / "graph" / "facts").exists()
    assert not (folder / "graph" / "asked").exists()


def test_only_what_is_missing_is_asked_for(fedkg, address):
    """A paper of which nothing cited is known: its list is unknown, not empty."""
    url = serve(address, openalex)
    asked = ("enrich", "--source", "openalex", "--endpoint", f"openalex={url}", "--only", "missing")
    fedkg(*asked)
    rebuild(fedkg)

    done = fedkg(*asked)

    assert "about 1 paper," in done.stdout


def test_what_failed_is_told_and_keeps_its_earlier_facts(fedkg, folder, address):
    """Exit code 1; a run that goes well has it all again."""
    asked = ("enrich", "--source", "crossref", "--endpoint")
    fedkg(*asked, f"crossref={serve(address, crossref)}")
    found = facts_of(folder)
    for file in (folder / "graph" / "asked").iterdir():
        file.unlink()

    def nothing(_request: Request) -> Response:
        return Response("<html>Sorry</html>", content_type="text/html")

    done = fedkg(*asked, f"crossref={serve(address, nothing)}")

    assert done.returncode == 1
    assert "failed: 3 requests, about 3 papers" in done.stdout
    assert "text/html" in done.stdout
    assert "not asked about: 3 papers; run it again later" in done.stdout
    assert facts_of(folder) == found


def kill_at(folder: Path, arguments: list[str], moment: threading.Event | float) -> None:
    """Run fedkg and kill it at a moment, or after so many seconds."""
    with subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        if isinstance(moment, threading.Event):
            assert moment.wait(30)
        else:
            time.sleep(moment)
        process.send_signal(signal.SIGKILL)


def arguments_for(url: str) -> list[str]:
    return ["enrich", "--source", "crossref", "--endpoint", f"crossref={url}", "--dir", "graph"]


@pytest.fixture
def unkilled(folder, address) -> dict[str, bytes]:
    """The facts of a run that nobody kills; nothing of it is left."""
    done = subprocess.run(
        command(*arguments_for(serve(address, crossref))), cwd=folder, env=environment()
    )
    assert done.returncode == 0
    found = facts_of(folder)
    shutil.rmtree(folder / "graph" / "facts")
    shutil.rmtree(folder / "graph" / "asked")
    return found


@pytest.mark.parametrize("place", [1, 3, 6])
def test_a_run_that_was_killed_while_a_service_answers_goes_on(place, unkilled, folder, address):
    """What was answered is not asked again, and the facts are those of a run without a kill."""
    reached = threading.Event()
    asked: list[str] = []

    def answer_until_then(request: Request) -> Response:
        asked.append(request.path)
        if len(asked) == place:
            reached.set()
            time.sleep(1.5)
        return crossref(request)

    kill_at(folder, arguments_for(serve(address, answer_until_then)), reached)
    assert not (folder / "graph" / "facts").exists()
    done = subprocess.run(
        command(*arguments_for(address.url_for(""))), cwd=folder, env=environment()
    )

    assert done.returncode == 0
    assert facts_of(folder) == unkilled
    assert len(asked) == len(WORKS) + 1


def test_runs_that_are_killed_again_and_again_come_to_the_same(unkilled, folder, address):
    """Whenever that is: while it starts, asks, keeps an answer or writes."""
    arguments = arguments_for(serve(address, crossref))
    for moment in range(1, 12):
        kill_at(folder, arguments, moment / 8)
        left = folder / "graph" / "facts" / "crossref.jsonl"
        assert not left.exists() or left.read_bytes() == unkilled[left.name]

    subprocess.run(command(*arguments), cwd=folder, env=environment(), check=True)

    facts = facts_of(folder)
    assert facts["crossref.jsonl"] == unkilled["crossref.jsonl"]


def test_a_run_that_is_killed_while_it_writes_leaves_what_was_there(fedkg, folder, address):
    """However large that is; the next run writes both."""
    facts = folder / "graph" / "facts"
    facts.mkdir()
    many = [
        Reference(
            "crossref",
            Identifier("doi", "10.1000/5"),
            Identifier("doi", f"10.2000/{n}"),
            "",
            "https://api.crossref.org/works/10.1000%2F5",
            date(2026, 1, 1),
        )
        for n in range(60_000)
    ]
    file = facts / "crossref.jsonl"
    lines = {place_of(one): line_of(one) for one in many}
    file.write_bytes(b"".join(merged("crossref", (), lines)))
    before = file.read_bytes()
    arguments = arguments_for(serve(address, crossref))

    with subprocess.Popen(command(*arguments), cwd=folder, env=environment()) as process:
        while not list(facts.glob(".*.part")):
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert file.read_bytes() == before

    assert subprocess.run(command(*arguments), cwd=folder, env=environment()).returncode == 0
    assert not list(facts.glob(".*.part"))
    after = list(read_facts(file))
    assert set(many) < set(after)
    assert len(after) == len(many) + 6 + 5 + sum(len(work.cites) for work in WORKS)
    assert fedkg("build", "papers.md").returncode == 0


def test_a_dump_gives_what_is_about_papers_and_what_they_cite(fedkg, folder):
    """Packed or not; the rest is let go, and an odd line is told."""
    others = [
        {"id": f"https://openalex.org/W{n}", "title": "Else", "referenced_works": []}
        for n in range(1000, 1500)
    ]
    lines = [json.dumps(one) for one in [*map(openalex_work, WORKS), *others]]
    dump = folder / "works.jsonl.gz"
    dump.write_bytes(gzip.compress("\n".join([*lines, "{"]).encode()))

    done = fedkg("enrich", "--source", "openalex", "--from", dump.name)

    assert done.returncode == 1
    assert "openalex: 507 records read, some about 6 papers" in done.stdout
    assert "works.jsonl.gz, line 507: it is no JSON" in done.stdout
    facts = list(read_facts(folder / "graph" / "facts" / "openalex.jsonl"))
    cited = [one for one in facts if isinstance(one, Reference)]
    assert len(cited) == sum(len(work.cites) for work in WORKS)
    rebuild(fedkg)
    assert sorted(rows(fedkg, folder, CITES)) == sorted(LINKS)


def test_two_runs_at_once_lose_nothing(folder):
    """The second waits until the first has written, and adds to that."""
    facts = folder / "graph" / "facts"
    halves = [folder / "one.jsonl", folder / "two.jsonl"]
    for file, works in zip(halves, (WORKS[:3], WORKS[3:]), strict=True):
        file.write_text("\n".join(json.dumps(openalex_work(one)) for one in works))

    with in_turn(facts):
        runs = [
            subprocess.Popen(
                command("enrich", "--source", "openalex", "--from", file, "--dir", "graph"),
                cwd=folder,
                env=environment(),
            )
            for file in halves
        ]
        time.sleep(2)
        assert [run.poll() for run in runs] == [None, None]
    assert [run.wait(60) for run in runs] == [0, 0]

    cited = [one for one in read_facts(facts / "openalex.jsonl") if isinstance(one, Reference)]
    assert len(cited) == sum(len(work.cites) for work in WORKS)


def test_a_damaged_file_of_facts_stops_a_build_and_a_run_before_anything_is_asked(fedkg, folder):
    """One sentence with file and line; the graph that is served stays."""
    facts = folder / "graph" / "facts"
    facts.mkdir()
    (facts / "crossref.jsonl").write_text('{"fedkg-facts": 1, "source": "crossref"}\n{"citing":')
    served = (folder / "graph" / "current").readlink()

    for done in (
        fedkg("build", "papers.md"),
        fedkg("enrich", "--source", "crossref", "--endpoint", "crossref=http://127.0.0.1:1"),
    ):
        assert done.returncode == 2
        assert "crossref.jsonl, line 2: it is no JSON" in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.count("fedkg: ") == 1
    assert (folder / "graph" / "current").readlink() == served


def test_facts_may_lie_elsewhere(fedkg, folder, address):
    """In the folder that both commands are given."""
    url = serve(address, crossref)
    fedkg("enrich", "--source", "crossref", "--endpoint", f"crossref={url}", "--facts", "mine")
    assert (folder / "mine" / "crossref.jsonl").exists()

    done = fedkg("build", "papers.md", "--facts", "mine")

    assert done.returncode == 0
    assert sorted(rows(fedkg, folder, CITES)) == sorted(LINKS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--source", "scopus"], "'scopus' is no source: there are openalex, s2"),
        (["--source", "crossref"], "Services want to know who asks"),
        (["--source", "crossref", "--from", "x"], "--from reads a dump of one of these"),
        (["--source", "openalex,s2", "--from", "x"], "--from reads a dump of one of these"),
        (["--source", "openalex", "--from", "x"], "x cannot be read"),
        (["--source", "openalex", "--from", "x", "--dry-run"], "--from asks nobody"),
        (["--source", "openalex", "--endpoint", "s2=http://a.org"], "--endpoint s2=http://a.org"),
        (["--source", "openalex", "--endpoint", "openalex=file:///x"], "is not like openalex="),
    ],
)
def test_wrong_use_is_told_in_one_sentence(arguments, words, fedkg):
    """Exit code 2."""
    done = fedkg("enrich", *arguments, FEDKG_CONTACT="")

    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_build_does_not_take_a_source_that_ships_for_a_service(fedkg, folder):
    """Its facts would stand in one graph with others."""
    facts = folder / "graph" / "facts"
    facts.mkdir()
    (facts / "fm-fl-bib.jsonl").touch()

    done = fedkg("build", "papers.md")

    assert done.returncode == 2
    assert "would be a source that ships with fedkg: rename the file" in done.stderr
