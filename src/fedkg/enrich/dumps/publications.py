"""The XML dump of DBLP: its publications one by one, its document type never read.

dblp.xml (dblp.org/faq/16154937) is one element with millions inside, none of which holds another
publication. Its document type declares the characters of HTML by name; instead of loading it,
each publication is cut out, those names are replaced by the numbers that HTML gives them, and
what is left is parsed by itself. So an odd publication stops nothing, and no entity is expanded.
"""

import re
from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from itertools import chain
from typing import BinaryIO

from fedkg.enrich import dblp
from fedkg.enrich.answer import Answer, attempt, failed
from fedkg.enrich.dumps.bounds import Bounds, DumpError, chunks_of
from fedkg.enrich.markup import element_of

_KINDS = b"article|inproceedings|proceedings|book|incollection|phdthesis|mastersthesis"
_TAG = re.compile(rb"<(/?)(?:" + _KINDS + rb")(?=[\s>])[^<>]{0,2000}>")
_LONGEST_TAG = 2100
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,30});")
_KEPT = {"amp", "lt", "gt", "quot", "apos"}
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}\sencoding=[\"']([\w.-]{1,20})[\"']")
_ENCODINGS = {"utf-8", "us-ascii", "iso-8859-1"}


def read_publications(file: BinaryIO, bounds: Bounds) -> Iterator[Answer]:
    """Yield what each publication says; persons and data sets of the dump are passed over."""
    cutter = _Cutter(bounds.line)
    try:
        chunks = chunks_of(file, bounds)
        first = next(chunks, b"")
        parse = _parser(_encoding(first))
        for chunk in chain((first,), chunks):
            for line, content in cutter.cut(chunk):
                yield attempt(dblp.SOURCE, parse, content, line)
        for line, content in cutter.rest():
            yield attempt(dblp.SOURCE, parse, content, line)
    except DumpError as error:
        yield failed(dblp.SOURCE, b"", str(error), cutter.line)


class _Cutter:
    """Cuts publications out of a dump that comes in chunks, and keeps what is not over yet.

    `line` is that of the first byte that it keeps. A publication without an end is what stands
    before the next, or the start of what is too long: either is no XML.
    """

    def __init__(self, at_most: int) -> None:
        self.line = 1
        self._at_most = max(at_most, _LONGEST_TAG)
        self._held = b""
        self._passed = 0

    def cut(self, chunk: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the publications that end in a chunk, each with its line."""
        self._held += chunk
        opened, kept = -1, 0
        for tag in _TAG.finditer(self._held):
            if opened >= 0:
                kept = tag.end() if tag[1] else tag.start()
                yield self._pass(opened), self._held[opened:kept]
            opened = -1 if tag[1] else tag.start()
        if 0 <= opened < len(self._held) - self._at_most:
            yield self._pass(opened), self._held[opened : opened + _LONGEST_TAG]
            opened = -1
        tail = len(self._held) - _LONGEST_TAG
        self._drop(opened if opened >= 0 else max(kept, tail, self._passed))

    def rest(self) -> Iterator[tuple[int, bytes]]:
        """Yield the publication at whose start the dump breaks off."""
        tag = _TAG.search(self._held)
        if tag and not tag[1]:
            yield self._pass(tag.start()), self._held[tag.start() :]

    def _pass(self, place: int) -> int:
        """Return the line of a place, which is behind all those asked for before."""
        self.line += self._held.count(b"\n", self._passed, place)
        self._passed = place
        return self.line

    def _drop(self, place: int) -> None:
        self._pass(place)
        self._held = self._held[place:]
        self._passed = 0


def _encoding(start: bytes) -> str:
    match = _ENCODING.match(start)
    name = match.group(1).decode().lower() if match else "utf-8"
    if name not in _ENCODINGS:
        raise DumpError(f"its encoding is {name}; only {', '.join(sorted(_ENCODINGS))} are read")
    return name


def _parser(encoding: str) -> Callable[[bytes], Answer]:
    def parse(content: bytes) -> Answer:
        words = _ENTITY.sub(_numbered, content.decode(encoding, "replace"))
        return dblp.parse_element(element_of(words.encode()))

    return parse


def _numbered(match: re.Match[str]) -> str:
    """Return a character by number that HTML has a name for; other names stay, and are refused."""
    name = match.group(1)
    code = None if name in _KEPT else name2codepoint.get(name)
    return match.group() if code is None else f"&#{code};"
