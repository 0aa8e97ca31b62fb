"""Each file of tests/cases/read is a case: a piece of a list, a line `=>`, and what it says.

An entry is its line and title, then one indented line for each field that is not empty; a failure
and a template row are a line too. To report a bug, write such a file.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fedkg.model import Entry, PaperList, Reading
from fedkg.read import read_bytes

CASES = sorted((Path(__file__).parents[1] / "cases" / "read").glob("*.md"))
MARK = "\n=>\n"


def printed(reading: Reading) -> str:
    """Return a reading in the words of the cases."""
    rows = [(entry.line, "\n".join(_entry(entry))) for entry in reading.entries]
    rows += [(row.line, f"{row.line} FAILURE {row.reason}") for row in reading.failures]
    rows += [(row.line, f"{row.line} TEMPLATE {row.raw}") for row in reading.templates]
    return "\n".join(words for _, words in sorted(rows, key=lambda row: row[0]))


def _entry(entry: Entry) -> Iterator[str]:
    yield f"{entry.line} {entry.title}"
    listed = entry.listed
    fields = {
        "section": " > ".join(entry.section),
        "link": entry.link,
        "malformed": listed.link if not entry.link else None,
        "ids": ", ".join(map(str, entry.identifiers)),
        "venue": entry.venue,
        "date": entry.date,
        "authors": "; ".join(entry.authors),
        "datasets": "; ".join(entry.datasets),
        "models": "; ".join(entry.models),
        "code": ", ".join(entry.repositories),
        "other": ", ".join(f"{link.text} {link.url}" for link in listed.other_links),
        "repaired": "yes" if entry.repaired else None,
    }
    for name, value in fields.items():
        if value:
            yield f"  {name} {value}"


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_piece_of_a_list_says(case: Path):
    """The piece above the mark says what stands below it, and nothing more."""
    text, _, expected = case.read_text(encoding="utf-8").partition(MARK)
    reading = read_bytes(f"{text}\n".encode(), PaperList("case", "Case"))
    assert printed(reading) == expected.rstrip()


def test_there_are_cases():
    """A moved folder would leave the test above without a case, and green."""
    assert len(CASES) >= 50
