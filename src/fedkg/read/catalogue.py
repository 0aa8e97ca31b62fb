"""The catalogue of lists (`lists.toml`): slug, title, source, licence and day of retrieval."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fedkg.errors import InputError
from fedkg.ids import slug, web_url
from fedkg.model import PaperList

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read (None for standard input) and what is known of the list in it."""

    path: Path | None
    paper_list: PaperList


def shipped_sources(catalogue: Path, folder: Path) -> tuple[Source, ...]:
    """Return the lists that a catalogue names, in its order. Raises InputError."""
    return tuple(
        Source(folder / str(row["file"]), _paper_list(row, catalogue)) for row in _rows(catalogue)
    )


def given_sources(
    names: Sequence[str], catalogue: Path, folder: Path, given_slug: str | None = None
) -> tuple[Source, ...]:
    """Return the lists that a person names: paths, or "-" for standard input.

    A file that is in the catalogue keeps its slug and licence; another is known by its stem.
    `given_slug` names the only list. Raises InputError for two lists of one slug.
    """
    if given_slug is not None and len(names) != 1:
        raise InputError("--slug names one list: give it with one LIST.")
    known = {source.path: source for source in shipped_sources(catalogue, folder)}
    found = tuple(_given(name, known, given_slug) for name in names)
    seen: dict[str, str] = {}
    for name, source in zip(names, found, strict=True):
        other = seen.setdefault(source.paper_list.slug, name)
        if other != name or names.count(name) > 1:
            both = f"{other} and {name}" if other != name else f"{name}, given twice,"
            raise InputError(
                f"{both} would both be the list {source.paper_list.slug}: rename a file, or read "
                "one of them with --slug."
            )
    return found


def _given(name: str, known: Mapping[Path | None, Source], given_slug: str | None) -> Source:
    if name == "-":
        if given_slug is None:
            raise InputError("A list on standard input has no name: give it one with --slug.")
        return Source(None, PaperList(_checked(given_slug), ""))
    path = Path(name)
    here = next((s for p, s in known.items() if p and p.resolve() == path.resolve()), None)
    if here is not None and given_slug is None:
        return here
    return Source(path, PaperList(_checked(given_slug) if given_slug else _slug_of(path), ""))


def _slug_of(path: Path) -> str:
    found = slug(path.stem)
    if not found:
        raise InputError(f"{path} gives the list no name: give it one with --slug.")
    return found


def _checked(given: str) -> str:
    if not _SLUG.fullmatch(given) or len(given) > 80:
        raise InputError(
            f"{given!r} is no slug: use lower-case letters, digits and single hyphens, 80 at most."
        )
    return given


def _rows(catalogue: Path) -> list[dict[str, Any]]:
    try:
        with catalogue.open("rb") as file:
            rows = tomllib.load(file).get("list", [])
    except OSError as error:
        raise InputError(f"{catalogue} cannot be read ({error.strerror}): restore it.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{catalogue} is not valid TOML: {error}; mend that line.") from error
    for row in rows:
        missing = [name for name in ("slug", "file", "title") if not isinstance(row.get(name), str)]
        if missing:
            name = row.get("slug", "without a slug")
            raise InputError(f"{catalogue}: the list {name} lacks {', '.join(missing)}: add it.")
    return list(rows)


def _paper_list(row: Mapping[str, Any], catalogue: Path) -> PaperList:
    source = row.get("source")
    retrieved = row.get("retrieved")
    if source is not None and web_url(str(source)) is None:
        raise InputError(
            f"{catalogue}: the source of {row['slug']} is no http(s) address: mend it."
        )
    if retrieved is not None and not isinstance(retrieved, date):
        raise InputError(f"{catalogue}: retrieved of {row['slug']} is no date: write YYYY-MM-DD.")
    return PaperList(
        slug=_checked(str(row["slug"])),
        title=str(row["title"]),
        source=web_url(str(source)) if source else None,
        licence=str(row.get("licence", "unknown")),
        retrieved=retrieved,
    )
