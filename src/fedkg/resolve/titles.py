"""The title of a paper, out of those its entries give it."""

from collections.abc import Sequence

from fedkg.ids import fold
from fedkg.model import Entry
from fedkg.resolve.names import is_label


def title_of(entries: Sequence[Entry], preferred: Sequence[Entry] = ()) -> str:
    """Return the title of the preferred version's entries, else the longest listed.

    A label ("FlexLoRA") gives way to a title in full; ties are settled by code point.
    """
    return _longest(preferred) or _longest(entries) or min(entry.title for entry in entries)


def alternatives_of(entries: Sequence[Entry], title: str) -> tuple[str, ...]:
    """Return the other titles and short names that entries give the work of a title.

    Of titles that differ only in case and punctuation one is enough.
    """
    chosen: dict[str, str] = {}
    for listed in sorted(entry.title for entry in entries):
        chosen.setdefault(fold(listed), listed)
    chosen.pop(fold(title), None)
    return tuple(sorted(chosen.values()))


def _longest(entries: Sequence[Entry]) -> str | None:
    full = [entry.title for entry in entries if not is_label(entry.title)]
    return min(full, key=lambda title: (-len(title), title), default=None)
