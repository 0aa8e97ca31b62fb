"""Times reading dumps of services, made up at the size that their records have.

Prints a Markdown table: records a second of processor time on one core, and the peak resident set
of the process (`ru_maxrss` of getrusage(2): KiB on Linux, bytes on macOS).

    python benchmarks/dumps.py [RECORDS]
"""

import gzip
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fedkg.enrich import read_dump

MIB = 2**20 if sys.platform == "darwin" else 2**10
CHANCE = random.Random(1)
WORDS = ["".join(CHANCE.choices("abcdefghijklmnopqrstuvwxyz", k=1 + n % 11)) for n in range(5000)]


def words(count: int) -> str:
    """Return so many words."""
    return " ".join(CHANCE.choices(WORDS, k=count))


def openalex_id(kind: str) -> str:
    """Return an id as OpenAlex prints it."""
    return f"https://openalex.org/{kind}{CHANCE.randint(1, 10**10)}"


def openalex_work() -> bytes:
    """Return a work of some 11 kB: 20 references on average, an abstract, topics, two places."""
    doi = f"https://doi.org/10.1109/x.{CHANCE.randint(1, 10**9)}"
    source = {"id": openalex_id("S"), "display_name": words(4), "issn": ["1536-1284"] * 2}
    place = {"id": doi, "is_oa": False, "landing_page_url": doi, "source": source, "license": None}
    topic = {"id": openalex_id("T"), "display_name": words(3), "score": 0.9}
    levels = {level: {"id": doi, "display_name": words(2)} for level in ("field", "domain")}
    cited = [openalex_id("W") for _ in range(CHANCE.choice([0, 0, 0, 10, 25, 40, 65]))]
    work = {
        "id": openalex_id("W"),
        "doi": doi,
        "title": words(10),
        "display_name": words(10),
        "publication_year": 2024,
        "publication_date": "2024-10-23",
        "primary_location": place,
        "locations": [place, place],
        "authorships": [openalex_authorship() for _ in range(CHANCE.randint(1, 8))],
        "topics": [topic | levels] * 3,
        "concepts": [{**topic, "wikidata": doi, "level": 1}] * 12,
        "counts_by_year": [{"year": 2020 + n, "cited_by_count": n} for n in range(6)],
        "referenced_works_count": len(cited),
        "referenced_works": cited,
        "related_works": [openalex_id("W") for _ in range(10)],
        "abstract_inverted_index": {word: [at] for at, word in enumerate(words(130).split())},
    }
    return json.dumps(work).encode() + b"\n"


def openalex_authorship() -> dict[str, object]:
    """Return an author with two affiliations."""
    place = {"id": openalex_id("I"), "display_name": words(3), "ror": "https://ror.org/00a2xv884"}
    return {
        "author_position": "middle",
        "author": {"id": openalex_id("A"), "display_name": words(2), "orcid": None},
        "institutions": [{**place, "country_code": "CN", "lineage": [openalex_id("I")] * 2}] * 2,
        "raw_author_name": words(2),
        "raw_affiliation_strings": [words(12)] * 2,
    }


def s2_paper() -> bytes:
    """Return a line of the dataset "papers" of Semantic Scholar."""
    number = CHANCE.randint(1, 10**9)
    paper = {
        "corpusid": number,
        "externalids": {"DOI": f"10.1038/{number}", "ArXiv": None, "PubMed": str(number)},
        "title": words(10),
        "authors": [{"authorId": str(number), "name": words(2)}] * 4,
        "venue": words(4),
        "year": 2023,
        "publicationdate": "2023-06-15",
        "s2fieldsofstudy": [{"category": "Medicine", "source": "external"}] * 3,
    }
    return json.dumps(paper).encode() + b"\n"


def opencitations_row() -> bytes:
    """Return a row of the CSV files of OpenCitations."""
    citing, cited = (f"0610{CHANCE.randint(1, 10**9)}" for _ in range(2))
    return f'"{citing}-{cited}","omid:br/{citing}","omid:br/{cited}","2022-05"\r\n'.encode()


def dblp_article() -> bytes:
    """Return a publication of dblp.xml."""
    number = CHANCE.randint(1, 10**9)
    return (
        f'<article mdate="2023-01-01" key="journals/x/A{number}">\n'
        f"<author>J&uuml;rgen {words(1)}</author>\n<author>Wei Wang 0001</author>\n"
        f"<title>{words(10)}.</title>\n<journal>X</journal>\n<year>2022</year>\n"
        f"<ee>https://doi.org/10.1109/{number}</ee>\n</article>\n"
    ).encode()


DUMPS: dict[str, tuple[str, bytes, Callable[[], bytes]]] = {
    "OpenAlex works": ("openalex", b"", openalex_work),
    "Semantic Scholar papers": ("s2", b"", s2_paper),
    "OpenCitations rows": ("opencitations", b"oci,citing,cited,creation\r\n", opencitations_row),
    "DBLP publications": ("dblp", b"<dblp>\n", dblp_article),
}


def main() -> None:
    """Make each dump in gzip's format, read it, and print what that took."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"| {records} of | records a second | peak MiB |\n|---|---|---|")
    for name, (source, start, make) in DUMPS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "dump.gz"
            with gzip.open(path, "wb") as file:
                file.write(start)
                file.writelines(make() for _ in range(records))
            speed, peak = measure(path, source, records)
        print(f"| {name} | {speed:,.0f} | {peak:,.0f} |")


def measure(path: Path, source: str, records: int) -> tuple[float, float]:
    """Return how fast a dump is read, and the peak memory so far."""
    started = time.process_time()
    with path.open("rb") as file:
        answers = sum(1 for answer in read_dump(source, file) if not answer.failures)
    seconds = time.process_time() - started
    if answers != records:
        sys.exit(f"{answers} of {records} records were read")
    return records / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


if __name__ == "__main__":
    main()
