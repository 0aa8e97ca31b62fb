"""OpenCitations Index v2: which works a work cites, and which cite it.

Shape: opencitations.net/index/api/v2, "/references/{id}" and "/citations/{id}"; the dump has the
same columns in CSV (figshare.com, "OpenCitations Index CSV dataset"), with OMIDs alone. A citation
is between two works of several names each. How long a reference list is, it does not say.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from fedkg.enrich.answer import Answer, attempt, joined
from fedkg.enrich.decoding import OddShapeError, decoded, table, text_in
from fedkg.enrich.identifiers import packed_identifiers
from fedkg.enrich.request import Request, Wanted
from fedkg.model import Reference

SOURCE = "opencitations"

_INDEX = "https://api.opencitations.net/index/v2/"
_WAYS = ("references", "citations")


def requests_for(papers: Iterable[Wanted]) -> Iterator[Request]:
    """Yield two requests for each DOI: for what the work cites, and for what cites it.

    Those of preprints too: OpenCitations has what the agency of arXiv knows of them.
    """
    for paper in papers:
        for doi in paper.dois():
            for way in _WAYS:
                yield Request(f"{_INDEX}{way}/doi:{quote(doi, safe='/')}", (paper.key,))


def parse(content: bytes) -> Answer:
    """Return the citations of an answer, whichever way it was asked for."""
    return attempt(SOURCE, _parse, content)


def columns_of(header: str) -> tuple[str, ...]:
    """Return the columns that the first line of a dump names. Raises OddShapeError."""
    columns = _cells(header.removeprefix("\ufeff"))
    if not {"oci", "citing", "cited"} <= set(columns):
        raise OddShapeError("its first line does not name the columns oci, citing and cited")
    return columns


def parse_row(line: str, columns: tuple[str, ...]) -> Answer:
    """Return the citation of a line of a dump. Raises OddShapeError."""
    cells = _cells(line)
    if len(cells) != len(columns):
        raise OddShapeError(f"it has {len(cells)} columns, and the first line {len(columns)}")
    return _citation(dict(zip(columns, cells, strict=True)))


def _cells(line: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line], strict=True), []))
    except csv.Error as error:
        raise OddShapeError(f"it is no row of CSV: {error}") from None


def _parse(content: bytes) -> Answer:
    rows = decoded(content)
    if not isinstance(rows, list):
        raise OddShapeError("it is no list of citations")
    return joined(
        attempt(SOURCE, lambda one: _citation(table(one)), row, place)
        for place, row in enumerate(rows, 1)
    )


def _citation(row: Mapping[str, object]) -> Answer:
    citing = packed_identifiers(text_in(row, "citing"))
    cited = packed_identifiers(text_in(row, "cited"))
    if not citing or not cited:
        raise OddShapeError(f"{'cited' if citing else 'citing'} has no identifier that we know")
    address = f"https://opencitations.net/index/ci/{quote(text_in(row, 'oci'), safe='')}"
    one = Reference(SOURCE, citing[0], cited[0], "", address, None, citing[1:], cited[1:])
    return Answer(references=(one,))
