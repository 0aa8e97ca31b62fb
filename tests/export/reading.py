"""What independent parsers read in the files that were written, for comparing with the works."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import bibtexparser
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from fedkg.export.bibliographies.text import one_line
from fedkg.export.works import Work

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Read:
    """An entry as a parser sees it; `issued` is "2024-05", "2024" or ""."""

    key: str
    title: str
    authors: tuple[tuple[str, str], ...]
    issued: str


def expected(work: Work) -> Read:
    """Return what must be read of a work, its text on one line and with composed letters."""

    def folded(text: str) -> str:
        return unicodedata.normalize("NFC", one_line(text))

    names = tuple(tuple(map(folded, author.parts)) for author in work.authors)
    return Read(work.key, folded(work.title), names, work.issued)


@cache
def latex() -> LatexNodes2Text:
    """Return a reader of LaTeX that knows the signs that pylatexenc has no text for."""
    context = get_default_latex_context_db()
    signs = {"braceleft": "{", "braceright": "}", "less": "<", "greater": ">", "asciicircum": "^"}
    macros = [MacroTextSpec(f"text{name}", sign) for name, sign in signs.items()]
    context.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context)


def read_bibtex(written: bytes) -> list[Read]:
    """Read BibTeX or BibLaTeX with bibtexparser; nothing may fail or be left over."""
    library = bibtexparser.parse_string(
        written.decode(),
        append_middleware=[
            SeparateCoAuthors(),
            SplitNameParts(),
            LatexDecodingMiddleware(decoder=latex()),
        ],
    )
    assert not library.failed_blocks
    assert library.blocks == library.entries
    return [_of_entry(entry) for entry in library.entries]


def _of_entry(entry: bibtexparser.model.Entry) -> Read:
    fields = {field.key: field.value for field in entry.fields}
    month = fields.get("month", "")
    date = fields.get("year", "") + (f"-{_MONTHS.index(month) + 1:02}" if month else "")
    names = fields.get("author", ())
    return Read(
        entry.key,
        _folded(fields["title"]),
        tuple(
            (_decoded(name.first), _decoded([*name.von, *name.last, *name.jr])) for name in names
        ),
        fields.get("date", date),
    )


def _decoded(words: list[str]) -> str:
    return _folded(latex().latex_to_text(" ".join(words)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


READERS: dict[str, Callable[[bytes], list[Read]]] = {
    "bibtex": read_bibtex,
    "biblatex": read_bibtex,
}
