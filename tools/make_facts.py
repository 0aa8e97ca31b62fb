"""Make the files of data/facts from their sources; the README there says how to run it.

authors    FILE.bib SOURCE: rows of a bibliography that are about listed papers
citations  PAIRS.csv LISTS.csv SOURCE: pairs of papers, and the reference lists that were read
           (columns citing, citing_title, cited, cited_title, printed_as; and citing, citing_title,
           references_in_list, of_them_listed, read_whole)

Rows of the same source are replaced; rows of other sources stay.
"""

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from fedkg import resources
from fedkg.ids import Identifier
from fedkg.model import Record
from fedkg.pipeline import shipped
from fedkg.read import read_source
from fedkg.read.bibtex import read_bibtex
from fedkg.read.facts import (
    AUTHOR_COLUMNS,
    CITATION_COLUMNS,
    LIST_COLUMNS,
    address_of,
    identifier_of,
    read_sources,
)
from fedkg.resolve import Vocabulary, resolve
from fedkg.resolve.facts import Known, describe

HERE = resources.data_dir() / "facts"


def make_authors(file: str, slug: str) -> None:
    """Write the rows of a bibliography that describe listed papers."""
    source = read_sources(HERE / "sources.toml")[slug]
    content = Path(file).read_bytes()
    records, failures = read_bibtex(content, slug, source.address or "", source.retrieved)
    vocabulary = Vocabulary.load(
        resources.vocabulary_dir(), resources.ontology_dir() / "techniques.ttl"
    )
    papers = resolve([read_source(one) for one in shipped()], vocabulary).papers
    described, _ = describe(records, Known.of_papers(papers))
    rows = sorted(author_row(one.record) for one in described)
    replace_rows(HERE / "authors.csv", AUTHOR_COLUMNS, slug, rows)
    for failure in failures:
        print(f"{file}:{failure.line}: {failure.reason}", file=sys.stderr)
    print(f"{len(records)} rows, {len(rows)} of them about listed papers")


def author_row(record: Record) -> list[str]:
    """Return a record as a row of `authors.csv`."""
    if any(";" in name for name in record.authors):
        raise SystemExit(f"{record.key}: a name holds a semicolon")
    return [
        record.source,
        record.key,
        record.title,
        "; ".join(record.authors),
        "yes" if record.is_truncated else "no",
        " ".join(map(str, record.identifiers)),
        str(record.date or ""),
    ]


def make_citations(pairs: str, lists: str, slug: str) -> None:
    """Write pairs and reference lists, and check that the lists count the pairs."""
    found = [
        [
            slug,
            *(work(row["citing"]), row["citing_title"]),
            *(work(row["cited"]), row["cited_title"]),
            row["printed_as"],
        ]
        for row in rows_of(pairs)
    ]
    counts = Counter(row[1] for row in found)
    read = []
    for row in rows_of(lists):
        citing = work(row["citing"])
        if counts.pop(citing, 0) != int(row["of_them_listed"]):
            raise SystemExit(f"{lists}: {citing} has not {row['of_them_listed']} rows in {pairs}")
        whole = "yes" if row["read_whole"] == "True" else "no"
        address = address_of(Identifier(*citing.split(":", 1))) or ""
        title, count = row["citing_title"], row["references_in_list"]
        read.append([slug, citing, title, count, whole, address])
    replace_rows(HERE / "citations.csv", CITATION_COLUMNS, slug, sorted(found))
    replace_rows(HERE / "reference_lists.csv", LIST_COLUMNS, slug, sorted(read))
    print(f"{len(found)} citations, {len(read)} reference lists, {len(counts)} without a list")


def work(text: str) -> str:
    """Return an identifier in canonical form, or nothing."""
    text = text.lower() if text.startswith("doi:") else text
    if text and identifier_of(text) is None:
        raise SystemExit(f"{text} is no identifier")
    return text


def rows_of(file: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    with Path(file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def replace_rows(
    path: Path, columns: tuple[str, ...], slug: str, rows: Iterable[list[str]]
) -> None:
    """Write rows of one source beside those of the others, sorted by source."""
    others = [list(row.values()) for row in rows_of(str(path))] if path.exists() else []
    kept = [row for row in others if row[0] != slug]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted([*kept, *rows]))


if __name__ == "__main__":
    commands: dict[tuple[str, int], Callable[..., None]] = {
        ("authors", 2): make_authors,
        ("citations", 3): make_citations,
    }
    command = commands.get((sys.argv[1], len(sys.argv) - 2)) if sys.argv[1:] else None
    if command is None:
        raise SystemExit(__doc__)
    command(*sys.argv[2:])
