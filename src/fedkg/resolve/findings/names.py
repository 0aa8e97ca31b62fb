"""What the words of an entry are: garbled, no paper's, or names that the vocabularies lack."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz, process

from fedkg.ids import fold
from fedkg.model import Entry, Finding, Stated
from fedkg.resolve.findings.context import Context, finding
from fedkg.resolve.vocabulary import Vocabulary

_ALIKE = {"dataset": 82, "model": 82, "venue": 90}
_LENGTH = {"dataset": 5, "model": 5, "venue": 12}
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d{2}|['’]\d{2}\b")
_PARTS = re.compile(r"\s[-–—/|]\s|\s*[:(),;.]\s*")
_PUBLISHERS = frozenset({"pmlr", "ieee", "acm", "springer", "elsevier", "usenix", "springercham"})
_ACRONYM = re.compile(r"[A-Z]{3}")
_EVENT = re.compile(r"\b(?:workshop|conference|symposium|tutorial)\b", re.IGNORECASE)
_VENUE_WORDS = re.compile(
    r"\b(?:conference|workshops?|symposium|proceedings|proc|trans(?:actions)?|journals?|letters"
    r"|magazine|annals|review|congress|summit|findings|ieee|acm|usenix)\b",
    re.IGNORECASE,
)


def name_findings(context: Context) -> Iterator[Finding]:
    """Yield mended text, entries that are no paper, and unknown datasets, models and venues."""
    nearest = _Nearest(context.vocabulary)
    for stated in (*context.described, *context.silent):
        if stated.entry.repaired:
            trouble = "some characters are garbled; save the file as UTF-8."
            yield finding("mojibake", f"“{stated.entry.title}”: {trouble}", stated)
        yield from _unknown_things(stated, context, nearest)
    for stated in context.described:
        yield from _unknown_venue(stated, context, nearest)
    for stated in context.silent:
        sentence = f"“{stated.entry.title}” is no paper, and describes none in the graph."
        yield finding("not-a-paper", sentence, stated)


class _Nearest:
    """Looks up the known name that an unknown one resembles most."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        datasets, models, venues = vocabulary.datasets, vocabulary.models, vocabulary.venues
        self._names: Mapping[str, Mapping[str, str]] = {
            "dataset": _folded((one.name, one.aliases) for one in datasets.entries),
            "model": _folded((one.name, one.aliases) for one in models.families)
            | _folded((one.name, one.aliases) for one in models.entries),
            "venue": _folded((one.name, (*one.aliases, one.full)) for one in venues.entries),
        }
        self.name = cache(self._name)

    def _name(self, what: str, words: str) -> str | None:
        """Return the canonical name nearest to the words, or None where none is near.

        Names with other digits are other things: CIFAR-10 is no misspelt CIFAR-100.
        """
        mine = fold(words)
        if len(mine) < _LENGTH[what]:
            return None  # short names and acronyms are all near to each other
        digits = _DIGITS.findall(mine)
        names = self._names[what]
        near = process.extract(
            mine, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE[what], limit=8
        )
        fitting = [(-score, name) for name, score, _ in near if _DIGITS.findall(name) == digits]
        return names[min(fitting)[1]] if fitting else None


def _folded(names: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, aliases in names:
        for spelling in (name, *aliases):
            found.setdefault(fold(spelling), name)
    return found


def _unknown_things(stated: Stated, context: Context, nearest: _Nearest) -> Iterator[Finding]:
    fields = (
        ("dataset", stated.entry.datasets, context.things.unknown_datasets),
        ("model", stated.entry.models, context.things.unknown_models),
    )
    for what, names, unknown in fields:
        for words in names:
            if words in unknown:
                yield finding(f"unknown-{what}", _unknown(what, words, nearest), stated)


def _unknown_venue(stated: Stated, context: Context, nearest: _Nearest) -> Iterator[Finding]:
    words = stated.entry.venue
    if not words or context.stating(stated).words or context.vocabulary.names_no_venue(words):
        return
    if any(context.vocabulary.venue(part) for part in _PARTS.split(words)):
        return  # a known venue with something beside it
    if _is_like_a_venue(words, stated.entry) or nearest.name("venue", words):
        yield finding("unknown-venue", _unknown("venue", words, nearest), stated)


def _is_like_a_venue(words: str, entry: Entry) -> bool:
    """Whether words beside a title are meant for a venue: a dated acronym, or "… Conference".

    What stands beside the title of an event is more likely a part of that.
    """
    if _EVENT.search(entry.title) or fold(words) in _PUBLISHERS:
        return False
    dated = _YEAR.search(f"{entry.listed.venue or ''} {entry.listed.date or ''}")
    return bool(dated and _ACRONYM.search(words)) or bool(_VENUE_WORDS.search(words))


def _unknown(what: str, words: str, nearest: _Nearest) -> str:
    known = nearest.name(what, words)
    remedy = f"is “{known}” meant?" if known else "check its spelling."
    return f"“{words}” is no {what} that fedkg knows: {remedy}"
