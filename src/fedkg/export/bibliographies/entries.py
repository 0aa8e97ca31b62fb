"""What BibTeX and BibLaTeX have in common: how an entry, its key and its names are written."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from fedkg.export.bibliographies.text import keywords, parts_of, verbatim
from fedkg.export.works import Author, Work

_ILLEGAL = re.compile(r"[^A-Za-z0-9.:-]+")
_UNSAFE = '{}\\"'
"""Characters that a verbatim field cannot hold."""
_PARTED = re.compile(r"[,=&%$#_]|(?<!\S)and(?!\S)", re.IGNORECASE)
"""What ends a part of a name, or the name, or (biber) calls it `family=…`; and what is escaped by
a backslash, over which readers of names stumble outside braces."""

Escape = Callable[[str], str]


def key_of(work: Work) -> str:
    """Return the citation key of a work: its key, in letters, digits, dashes, dots and colons.

    It depends on that key alone: the same in every file, and no other work's.
    """
    legal = _ILLEGAL.sub("-", work.key)
    if legal == work.key:
        return legal
    return f"{legal}-{sha256(work.key.encode()).hexdigest()[:8]}"


def entry(type_: str, key: str, fields: Mapping[str, str]) -> bytes:
    """Return an entry; fields without a value are not in it."""
    lines = [f"  {name} = {value}" for name, value in fields.items() if value not in ("", "{}")]
    body = ",\n".join([key, *lines])
    return f"@{type_}{{{body}\n}}\n".encode()


def joined(entries: Iterable[bytes]) -> Iterator[bytes]:
    """Yield entries with a blank line between them."""
    between = b""
    for one in entries:
        yield between + one
        between = b"\n"


def braced(value: str) -> str:
    """Return an escaped value as that of a field."""
    return f"{{{value}}}"


def titled(value: str) -> str:
    """Return an escaped title whose capitals styles must not change: names, LoRA, LLM."""
    return f"{{{{{value}}}}}" if value else ""


def link(value: str) -> str:
    """Return a URL or an identifier as the value of a field that no style escapes."""
    return braced(verbatim(value, _UNSAFE))


def tags(work: Work, escape: Escape) -> str:
    """Return the techniques of a work as the value of `keywords`."""
    return braced(escape(", ".join(keywords((one.name for one in work.techniques), ","))))


def people(authors: Iterable[Author], escape: Escape) -> str:
    """Return authors as "Family, Given and …"; a name without parts stands in braces."""
    names = (_name(*parts_of(author), escape) for author in authors)
    return braced(" and ".join(names))


def _name(given: str, family: str, escape: Escape) -> str:
    if not given:
        return braced(escape(family))
    return f"{_part(family, escape)}, {_part(given, escape)}"


def _part(part: str, escape: Escape) -> str:
    return braced(escape(part)) if _PARTED.search(part) else escape(part)
