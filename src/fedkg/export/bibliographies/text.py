"""Text that stays in its field: on one line, without what no reader takes."""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from fedkg.export.works import Author

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, line ends and what Unicode calls noncharacters."""


def one_line(text: str) -> str:
    """Return a text with every run of blanks, line ends and control characters as one blank.

    No line of it can then look like the next field or the end of an entry.
    """
    return " ".join(_CONTROL.sub(" ", text).split())


def parts_of(author: Author) -> tuple[str, str]:
    """Return the given names and the family name on one line; "" and the whole name of others."""
    return replace(author, name=one_line(author.name)).parts


def verbatim(text: str, unsafe: str) -> str:
    """Return a URL or an identifier whose blanks and `unsafe` characters are percent-encoded."""
    return "".join(quote(c) if c in unsafe or c == " " else c for c in one_line(text))


def keywords(names: Iterable[str], separator: str) -> list[str]:
    """Return names as keywords, each once, none with the sign that separates them."""
    found = (one_line(name.replace(separator, " ")) for name in names)
    return list(dict.fromkeys(filter(None, found)))
