"""What is wrong with a batch before QuickStatements sees it, and what its sender has to mind."""

import logging
import re
from collections.abc import Iterator, Sequence

from fedkg.errors import ExportError
from fedkg.export.wikidata.grammar import CREATE, LAST
from fedkg.export.wikidata.model import LABEL_MOST, STRING_MOST

_QID = r"Q[1-9][0-9]*"
_TIME = r"\+[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z/(?:9|10|11)"
_ITEM = re.compile(rf"{_QID}|{LAST}")
_PROPERTY = re.compile(r"!?P[1-9][0-9]*|[LD][a-z]{2,}")
_MORE = re.compile(r"P[1-9][0-9]*|S[1-9][0-9]*")
_VALUE = re.compile(rf'{_QID}|{_TIME}|(?:[a-z]{{2,}}:)?"[^\t\n]*"')
_NAMES = (["Len"], ["Den"])

log = logging.getLogger("fedkg")


class Lint:
    """Checks a batch, paper by paper."""

    def __init__(self) -> None:
        self._called: dict[int, str] = {}
        self._unchecked = 0
        self._without_reference = 0

    def check(self, key: str, lines: Sequence[str], *, was_looked_for: bool = False) -> None:
        """Take the commands of a paper, for whose item somebody may have looked before.

        Raises ExportError for what would be refused.
        """
        for complaint in complaints(lines):
            raise ExportError(f"{key}: {complaint}: correct the paper, or leave it out.")
        if CREATE in lines:
            self._unchecked += not was_looked_for
            called = "\n".join(line for line in lines if line.split("\t")[1:2] in _NAMES)
            other = self._called.setdefault(hash(called), key)
            if other != key:
                raise ExportError(
                    f"{key} would have label and description of {other}, which no two items share: "
                    "leave one out."
                )
        self._without_reference += not any("\tS854\t" in line for line in lines)

    def tell(self) -> None:
        """Tell the log what the sender of the batch has to mind."""
        if self._unchecked:
            log.warning(
                "papers that would be created without a check for an item that is there: %d; "
                "fedkg wikidata check looks for DOIs and arXiv ids, titles are left to you",
                self._unchecked,
            )
        if self._without_reference:
            log.warning("papers without an address to refer to: %d", self._without_reference)


def complaints(lines: Sequence[str]) -> Iterator[str]:
    """Yield what QuickStatements would refuse in the commands of a paper."""
    is_created = False
    for line in lines:
        if line == CREATE:
            is_created = True
            continue
        fields = line.split("\t")
        if len(fields) < 3 or len(fields) % 2 == 0:
            yield f"{line!r} has {len(fields)} fields"
            continue
        item, property_, *rest = fields
        if not _ITEM.fullmatch(item) or (item == LAST and not is_created):
            yield f"{item!r} is no item"
        if not _PROPERTY.fullmatch(property_):
            yield f"{property_!r} is no property"
        yield from (f"{one!r} is no property" for one in rest[1::2] if not _MORE.fullmatch(one))
        most = LABEL_MOST if property_[0] in "LD" else STRING_MOST
        for value in rest[::2]:
            yield from _complaints_of(value, most)


def _complaints_of(value: str, most: int) -> Iterator[str]:
    if not _VALUE.fullmatch(value):
        yield f"{value!r} is no value"
    elif '"' in value:
        text = value.partition('"')[2][:-1]
        if not text or text != text.strip():
            yield f"{value!r} is empty, or has blanks around it"
        if len(text) > most:
            yield f"a value has {len(text)} characters, {most} at most are taken"
