"""`data/curation.toml` → decisions, checked field by field.

Every `[[decision]]` has `kind`, `entries`, `reason` and `date`; the head of the file that ships
says what else each kind has.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fedkg.ids import is_orcid, web_url
from fedkg.model import PartialDate
from fedkg.resolve.curation.decisions import (
    CuratedDecision,
    Different,
    EntryName,
    Rename,
    Same,
    SamePerson,
    SplitPerson,
    WrongFields,
    WrongLink,
)
from fedkg.resolve.vocabulary.tables import Row, read_file, rows

_LISTS_OF_NAMES = ("authors", "datasets", "models")
FIELDS = (*_LISTS_OF_NAMES, "code", "venue", "date")
"""The fields of an entry that a decision may reject."""

_COMMON = ("kind", "entries", "reason", "date")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")

Common = dict[str, Any]


def read_curation(path: Path) -> tuple[CuratedDecision, ...]:
    """Return the decisions of a curation file, in its order.

    Raises InputError where the file cannot be read, or a decision has an unknown kind or field,
    lacks one, or decides what another one does.
    """
    whole = read_file(path)
    whole.only("decision")
    found: dict[str, CuratedDecision] = {}
    for row in rows(whole, "decision"):
        decision = _decision(row)
        same = found.setdefault(repr(replace(decision, reason="", date=date.min)), decision)
        if same is not decision:
            raise decision.error(f"repeats {same.label.rpartition(': ')[2]}: keep one of them")
    return tuple(found.values())


def _decision(row: Row) -> CuratedDecision:
    kind = row.text("kind")
    if kind not in _KINDS:
        raise row.error(f"has the unknown kind {kind!r}: use {', '.join(_KINDS)}")
    row = Row(row.file, f"{row.label} ({kind})", row.fields)
    make, entries_at_least, fields = _KINDS[kind]
    row.only(*_COMMON, *fields)
    common = {
        "entries": _entry_names(row, entries_at_least),
        "reason": row.text("reason"),
        "date": _day(row),
        "label": f"{row.file}: {row.label}",
    }
    return make(row, common)


def _entry_names(row: Row, at_least: int) -> tuple[EntryName, ...]:
    tables = row.fields.get("entries")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise row.error('needs entries = [{ list = "…", title = "…" }]')
    if len(tables) < at_least:
        raise row.error(f"concerns {len(tables)} entries: name {at_least} or more")
    return tuple(
        _entry_name(Row(row.file, f"{row.label}, entry {number},", table))
        for number, table in enumerate(tables, start=1)
    )


def _entry_name(row: Row) -> EntryName:
    row.only("list", "title", "section", "link", "line")
    section = row.fields.get("section", [])
    return EntryName(
        list=row.text("list"),
        title=row.text("title").strip(),
        section=(row.text("section"),) if isinstance(section, str) else row.texts("section"),
        link=row.optional_text("link"),
        line=row.count("line"),
    )


def _day(row: Row) -> date:
    found = row.fields.get("date")
    if not isinstance(found, date) or isinstance(found, datetime):
        raise row.error("needs date = YYYY-MM-DD, without quotation marks")
    return found


def _wrong_link(row: Row, common: Common) -> CuratedDecision:
    link = row.optional_text("link")
    if link is not None and web_url(link) is None:
        raise row.error(f"has the link {link!r}, which is no http(s) address: mend it")
    return WrongLink(wrong=row.text("wrong"), link=link, **common)


def _wrong_fields(row: Row, common: Common) -> CuratedDecision:
    wrong = _inner(row, "wrong")
    wrong.only(*FIELDS)
    if not wrong.fields:
        raise row.error('needs wrong = { field = "words as listed" }')
    right = _inner(row, "right")
    right.only(*wrong.fields, *(["date"] if "venue" in wrong.fields else []))
    return WrongFields(
        wrong={name: wrong.text(name).strip() for name in sorted(wrong.fields)},
        right={name: _right(right, name) for name in sorted(right.fields)},
        **common,
    )


def _inner(row: Row, field: str) -> Row:
    table = row.fields.get(field, {})
    if not isinstance(table, dict):
        raise row.error(f"needs {field} to be a table of fields")
    return Row(row.file, f"{row.label}, {field},", table)


def _right(row: Row, field: str) -> tuple[str, ...] | str | PartialDate:
    if field in _LISTS_OF_NAMES:
        return row.texts(field)
    if field == "code":
        return tuple(_address(row, url) for url in row.texts(field))
    words = row.text(field)
    if field == "venue":
        return words
    match = _PARTIAL_DATE.fullmatch(words)
    if match is None:
        raise row.error('needs date = "YYYY" or "YYYY-MM"')
    return PartialDate(int(match[1]), int(match[2]) if match[2] else None)


def _address(row: Row, text: str) -> str:
    url = web_url(text)
    if url is None:
        raise row.error(f"has the code {text!r}, which is no http(s) address: mend it")
    return url


def _rename(row: Row, common: Common) -> CuratedDecision:
    return Rename(title=row.text("title"), **common)


def _split_person(row: Row, common: Common) -> CuratedDecision:
    key = row.text("key")
    if not _KEY.fullmatch(key):
        raise row.error(f"has the key {key!r}: use lower-case letters, digits and single hyphens")
    return SplitPerson(name=row.text("name"), key=key, orcid=_orcid(row), **common)


def _same_person(row: Row, common: Common) -> CuratedDecision:
    names = row.texts("names")
    if len(set(names)) < 2:
        raise row.error('needs names = ["…", "…"], two or more')
    return SamePerson(names=tuple(sorted(set(names))), orcid=_orcid(row), **common)


def _orcid(row: Row) -> str | None:
    found = row.optional_text("orcid")
    if found is not None and not is_orcid(found):
        raise row.error(f"has the ORCID {found!r}, whose form or check digit is wrong: mend it")
    return found


_KINDS: Mapping[str, tuple[Callable[[Row, Common], CuratedDecision], int, tuple[str, ...]]] = {
    "same": (lambda _, common: Same(**common), 2, ()),
    "different": (lambda _, common: Different(**common), 2, ()),
    "wrong-link": (_wrong_link, 1, ("wrong", "link")),
    "wrong-fields": (_wrong_fields, 1, ("wrong", "right")),
    "rename": (_rename, 1, ("title",)),
    "split-person": (_split_person, 1, ("name", "key", "orcid")),
    "same-person": (_same_person, 1, ("names", "orcid")),
}
"""For each kind: how it is made, how many entries it concerns at least, and its own fields."""
