r"""Author fields: names between "and", "Last, First" or "First Last", LaTeX and all."""

import re
from dataclasses import dataclass

from bibtexparser.middlewares.names import split_multiple_persons_names

from fedkg.read.mend import mend

NAME_AT_MOST = 500
"""A longer name is a field whose names are not separated."""

_OTHERS = re.compile(r"(?:others|et\.?\s*al\.?|等)", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?|[IVX]+", re.IGNORECASE)
_TIE = re.compile(r"(?<!\\)~")
_BRACES = str.maketrans("", "", "{}")


@dataclass(frozen=True, slots=True)
class People:
    """Full names in order, "First von Last Jr"; `is_truncated` where "and others" ends them."""

    names: tuple[str, ...] = ()
    is_truncated: bool = False


class UnseparatedNamesError(ValueError):
    """A name too long for a person's."""


def people_of(field: str) -> People:
    r"""Return the authors of a field: `Mu{\~n}oz, J Pablo and others`.

    A name in braces as a whole is an organisation's and stays as it is. Semicolons separate names
    where "and" does not. Raises UnseparatedNamesError.
    """
    names: list[str] = []
    is_truncated = False
    for part in _parts(field):
        if len(part) > NAME_AT_MOST:
            raise UnseparatedNamesError
        for name in _names(part):
            if _OTHERS.fullmatch(name):
                is_truncated = True
            elif any(char.isalpha() for char in name):
                names.append(name)
    return People(tuple(names), is_truncated)


def plain(text: str) -> str:
    """Return the readable form of a field: mended, and without the braces that keep capitals."""
    return mend(text).translate(_BRACES)


def _parts(field: str) -> list[str]:
    if ";" in field and not _AND.search(field) and "\\" not in field:
        return field.split(";")
    return split_multiple_persons_names(field)


def _names(part: str) -> list[str]:
    """Return the names in one part: one, unless commas separate several."""
    whole = part.strip()
    if whole.startswith("{") and whole.find("}") == len(whole) - 1:
        return [plain(whole)]
    name = plain(_TIE.sub(" ", whole))
    sections = [section for section in map(str.strip, name.split(",")) if section]
    if len(sections) == 2:
        return [f"{sections[1]} {sections[0]}"]
    if len(sections) == 3 and _SUFFIX.fullmatch(sections[1]):
        return [f"{sections[2]} {sections[0]} {sections[1]}"]
    return sections
