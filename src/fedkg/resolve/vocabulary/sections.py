"""Headings of lists: the techniques they stand for, and those that announce no papers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from anyascii import anyascii

from fedkg.resolve.vocabulary.tables import Row, index, read_file, rows

_COUNT = re.compile(r"[(\[]\s*\d+[^()\[\]]*[)\]]\s*$")
_ANCHOR = re.compile(r"\{#[^{}]*\}\s*$")
_WORD = re.compile(r"[a-z0-9]+")
_BETWEEN_PARTS = re.compile(r"&+|/|,|\||;|\band\b|和|与|、", re.I)
_KINDS = ("papers", "not-papers")
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class KnownSection:
    """What a heading, or the end of a heading path, says about the entries below it."""

    path: tuple[str, ...]
    techniques: tuple[str, ...] = ()
    kind: str | None = None

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Read a `[[section]]`; `path`, where given, ends in the heading."""
        row.only("heading", "path", "techniques", "kind", "reason")
        heading, kind = row.text("heading"), row.optional_text("kind")
        path = row.texts("path") or (heading,)
        if heading_key(path[-1]) != heading_key(heading):
            raise row.error("has a path that does not end in its heading: mend one of the two")
        if kind is not None and kind not in _KINDS:
            raise row.error(f"has the kind {kind!r}: use {' or '.join(_KINDS)}")
        techniques = row.texts("techniques")
        if not techniques and kind is None:
            row.text("reason")
        return cls(path, techniques, kind)


@dataclass(frozen=True, slots=True)
class Sections:
    """All known headings, and the words with which headings without papers end."""

    entries: tuple[KnownSection, ...]
    by_path: Mapping[str, KnownSection]
    longest: int
    no_paper_words: frozenset[str]

    @classmethod
    def load(cls, file: Path, slugs: frozenset[str]) -> Self:
        """Read `sections.toml`; `slugs` are the techniques that exist. Raises InputError."""
        whole = read_file(file)
        whole.only("no_paper_words", "section")
        pairs = [(row, KnownSection.from_row(row)) for row in rows(whole, "section")]
        for row, section in pairs:
            for slug in section.techniques:
                if slug not in slugs:
                    raise row.error(f"names the technique {slug!r}: add it to techniques.ttl")
        by_path = index(((row, one, (_SEPARATOR.join(one.path),)) for row, one in pairs), _path_key)
        entries = tuple(one for _, one in pairs)
        longest = max((len(one.path) for one in entries), default=0)
        words = frozenset(map(heading_key, whole.texts("no_paper_words")))
        return cls(entries, by_path, longest, words)

    def techniques_of(self, headings: Sequence[str]) -> tuple[str, ...]:
        """Return the techniques of a heading path: the innermost heading that has any decides."""
        for end in range(len(headings), 0, -1):
            known = self._ending(headings[:end])
            if known and known.techniques:
                return known.techniques
        return ()

    def holds_no_papers(self, headings: Sequence[str]) -> bool:
        """Tell whether entries under the path are tools, posts or people rather than papers.

        The innermost heading that says either decides. An entry whose own link identifies a paper
        is one under any heading.
        """
        for end in range(len(headings), 0, -1):
            known = self._ending(headings[:end])
            if known and known.kind:
                return known.kind == "not-papers"
            if self._ends_in_no_paper_words(headings[end - 1]):
                return True
            if known and known.techniques:
                return False
        return False

    def _ending(self, headings: Sequence[str]) -> KnownSection | None:
        """Return the section of the longest known path that the headings end in."""
        keys = [heading_key(heading) for heading in headings[-self.longest :]]
        for start in range(len(keys)):
            known = self.by_path.get(_SEPARATOR.join(keys[start:]))
            if known:
                return known
        return None

    def _ends_in_no_paper_words(self, heading: str) -> bool:
        """Each part of "Blogs & Tutorials", "LLM Books" must end in such a word."""
        parts = [part for part in _BETWEEN_PARTS.split(_bare(heading)) if heading_key(part)]
        return bool(parts) and all(self._is_no_paper_part(part) for part in parts)

    def _is_no_paper_part(self, part: str) -> bool:
        key = heading_key(part)
        return key in self.no_paper_words or key.rpartition(" ")[2] in self.no_paper_words


def heading_key(heading: str) -> str:
    """Return the words of a heading, lower case and ASCII, without count, anchor and emoji."""
    ascii_words = "".join(
        char if char.isalnum() or char.isascii() else " " for char in _bare(heading)
    )
    return " ".join(_WORD.findall(anyascii(ascii_words).lower()))


def _bare(heading: str) -> str:
    return _COUNT.sub("", _ANCHOR.sub("", heading.strip()).strip())


def _path_key(path: str) -> str:
    return _SEPARATOR.join(heading_key(part) for part in path.split(_SEPARATOR))
