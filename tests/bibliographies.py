"""What independent parsers read in the files that were written, for comparing with the works."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import bibtexparser
import rispy
import yaml
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from citeproc.source.json import CiteProcJSON
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


def expected(work: Work, name: str) -> Read:
    """Return what must be read of a work, its text on one line and with composed letters.

    RIS has one text for a name, and CFF no keys.
    """

    def folded(text: str) -> str:
        return unicodedata.normalize("NFC", one_line(text))

    people = (replace(author, name=one_line(author.name)) for author in work.authors)
    names = tuple(tuple(map(folded, person.parts)) for person in people)
    if name == "ris":
        names = tuple(("", f"{last}, {first}" if first else last) for first, last in names)
    return Read("" if name == "cff" else work.key, folded(work.title), names, work.issued)


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


def read_ris(written: bytes) -> list[Read]:
    """Read RIS with rispy; every line ends in CR LF and has a tag."""
    text = written.decode()
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    return [_of_ris(entry) for entry in rispy.loads(text)]


def _of_ris(entry: dict[str, Any]) -> Read:
    assert "unknown_tag" not in entry
    date = "-".join(entry.get("date", entry.get("year", "")).strip("/").split("/"))
    assert date[:4] == entry.get("year", "")
    names = tuple(("", _folded(name)) for name in entry.get("authors", ()))
    return Read(entry["id"], _folded(entry["title"]), names, date)


def read_csl(written: bytes) -> list[Read]:
    """Read CSL-JSON as JSON; citeproc has to see the same titles and names."""
    items = json.loads(written)
    source = CiteProcJSON(items)
    assert len(source) == len(items)
    return [_of_csl(item, source[item["id"].lower()]) for item in items]


def _of_csl(item: dict[str, Any], seen: Any) -> Read:
    assert str(seen.title) == item["title"]
    names = item.get("author", [])
    assert len(seen.get("author", ())) == len(names)
    parts = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    return Read(
        item["id"],
        _folded(item["title"]),
        tuple(
            (_folded(n.get("given", "")), _folded(n.get("literal", n.get("family")))) for n in names
        ),
        "-".join(f"{part:02}" for part in parts),
    )


def read_cff(written: bytes) -> list[Read]:
    """Read a CITATION.cff with PyYAML: its references, or its preferred citation."""
    file = yaml.safe_load(written)
    assert file["cff-version"] == "1.2.0"
    assert all((file["message"], file["title"], file["authors"]))
    cited = file.get("preferred-citation")
    return [_of_cff(one) for one in ([cited] if cited else file.get("references", []))]


def _of_cff(cited: dict[str, Any]) -> Read:
    names = [one for one in cited["authors"] if one != {"name": "authors not stated"}]
    parts = (cited[part] for part in ("year", "month") if part in cited)
    return Read(
        "",
        _folded(cited["title"]),
        tuple(
            (_folded(n.get("given-names", "")), _folded(n.get("family-names", n.get("name"))))
            for n in names
        ),
        "-".join(f"{part:02}" for part in parts),
    )


READERS: dict[str, Callable[[bytes], list[Read]]] = {
    "bibtex": read_bibtex,
    "biblatex": read_bibtex,
    "ris": read_ris,
    "csl-json": read_csl,
    "cff": read_cff,
}
