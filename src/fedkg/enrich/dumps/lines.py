"""Dumps of a record a line: what each line says, in its order, with constant memory."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from fedkg.enrich import opencitations
from fedkg.enrich.answer import Answer, attempt, failed
from fedkg.enrich.decoding import OddShapeError
from fedkg.enrich.dumps.bounds import Bounds, DumpError, chunks_of, lines_of

Parse = Callable[[bytes], Answer]

_MARK = b"\xef\xbb\xbf"


def read_lines(file: BinaryIO, source: str, parse: Parse, bounds: Bounds) -> Iterator[Answer]:
    """Yield what each line says. An odd line is a failure with its number, and stops nothing."""
    for number, line in _numbered(file, source, bounds):
        if isinstance(line, Answer):
            yield line
        elif not line.isspace():
            yield attempt(source, parse, line, number)


def read_citations(file: BinaryIO, bounds: Bounds) -> Iterator[Answer]:
    """Yield the citation of each row of a CSV file of OpenCitations, whose first line names them.

    Without that line no row can be read: then the failure is the only answer.
    """
    columns: tuple[str, ...] = ()
    for number, line in _numbered(file, opencitations.SOURCE, bounds):
        if isinstance(line, Answer):
            yield line
        elif columns:
            yield attempt(opencitations.SOURCE, _row_parser(columns), line, number)
        else:
            try:
                columns = opencitations.columns_of(_words(line))
            except OddShapeError as error:
                yield failed(opencitations.SOURCE, line, str(error), number)
                return


def _numbered(file: BinaryIO, source: str, bounds: Bounds) -> Iterator[tuple[int, bytes | Answer]]:
    """Yield each line that is not empty, or the failure that it is."""
    number = 0
    try:
        for number, line in lines_of(chunks_of(file, bounds), bounds.line):
            if line is None:
                reason = f"it is longer than {bounds.line} bytes"
                yield number, failed(source, b"", reason, number)
            elif line:
                yield number, line.removeprefix(_MARK) if number == 1 else line
    except DumpError as error:
        yield number + 1, failed(source, b"", str(error), number + 1)


def _row_parser(columns: tuple[str, ...]) -> Parse:
    return lambda line: opencitations.parse_row(_words(line), columns)


def _words(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")
