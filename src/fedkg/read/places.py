"""Where and when: the words beside a title that name its venue and its date."""

import re

from fedkg.read.blocks import Spans, Style
from fedkg.read.dates import DatedWords, parse_date, take_apart
from fedkg.read.mend import mend
from fedkg.read.names import looks_like_names
from fedkg.read.roles import Role, role_of, word_set
from fedkg.text import tidy

GROUP = re.compile(
    r"\[([^\[\]]{1,200})\]|\(([^()]{1,200})\)|（([^（）]{1,200})）|【([^【】]{1,200})】"
)
"""Words in brackets of any kind."""

EDGE = " \t\n,.;:·|*_-–—[]()、。，；：✅☑✔"
"""What stands around words without belonging to them."""

SENTENCE = re.compile(r"(?<![A-Z])\.\s+|;\s+|<br>")
"""What parts two sentences; the point of an initial does not."""

ACRONYM = re.compile(r"[A-Z]{2,}|[A-Z][a-z]+[A-Z]")
"""What marks the short name of a venue."""

DASHES = ("-", "–", "—", ":", "：")
"""What a description behind a title or a link begins with."""

_NOISE = word_set(
    """
    j c d m p oral poster spotlight recommend recommended code slide slides video paper pdf
    link new good baseline must read hot best todo wip no null none n/a na tbd
    """
)
_SERVERS = {"preprint", "arxiv", "arxiv preprint", "openreview"}
_TITLES = {"fellow", "member"}
_NOTES_AT_MOST = 40
_PLACE_WORDS = 6
_UNDATED_PLACE_WORDS = 3
_VENUE_WORDS_AT_MOST = 9
_TAIL_GROUP = re.compile(r"^(.+?)\s*[(（]([^()（）]{2,40})[)）]\s*$")


def words_in_tail(title: str) -> str | None:
    """Return the words in parentheses at the end of a title, as they stand."""
    match = _TAIL_GROUP.match(title)
    return match.group(2) if match else None


def venue_in_title(title: str) -> tuple[str, DatedWords | None]:
    """Return a title without a venue in parentheses at its end, and that venue.

    "FFA-LoRA (ICLR’24)" states a venue; "Recommender (Guo 2024)" does not.
    """
    match = _TAIL_GROUP.match(title)
    if match:
        dated = take_apart(match.group(2))
        if dated.date and dated.bare and ACRONYM.search(dated.bare) and " " not in dated.bare:
            return match.group(1), dated
    return title, None


def is_bracketed(spans: Spans, at: int) -> bool:
    """Return whether a link stands in square brackets: [[paper](…)] or [[paper]](…)."""
    words = spans[at].text.strip()
    if words.startswith("[") and words.endswith("]"):
        return True
    before = spans[at - 1].text if at else ""
    after = spans[at + 1].text if at + 1 < len(spans) else ""
    return before.rstrip().endswith("[") and after.lstrip().startswith("]")


def annotations(spans: Spans) -> list[str]:
    """Return the texts beside a title that may hold a venue or a date, the likeliest first."""
    groups: list[str] = []
    loose: list[str] = []
    for i, span in enumerate(spans):
        if span.style is Style.IMAGE:
            continue
        if span.is_link:
            if is_bracketed(spans, i) and role_of(span.text) is None:
                groups.append(span.text)
            continue
        if span.style in {Style.EMPHASIS, Style.CODE, Style.STRONG}:
            groups.append(span.text)
            continue
        if _is_description(span.text):
            continue
        groups.extend(next(filter(None, match.groups())) for match in GROUP.finditer(span.text))
        loose.extend(SENTENCE.split(GROUP.sub(" ", span.text)))
    notes = dict.fromkeys(tidy(text).strip(EDGE) for text in groups + loose)
    return [note for note in notes if note][:_NOTES_AT_MOST]


def _is_description(text: str) -> bool:
    """Return whether words behind a dash or a colon describe a work rather than place it."""
    if not text.lstrip().startswith(DASHES):
        return False
    size = len(text.split())
    return size > _PLACE_WORDS or (size > _UNDATED_PLACE_WORDS and parse_date(text) is None)


def best_place(notes: list[str]) -> DatedWords | None:
    """Return the note that places a work best: venue with date, then either, then none.

    A preprint server is the last choice: "[ICML] … arXiv preprint" appeared at ICML.
    """
    raw = {mend(note): note for note in notes}
    taken = [dated for dated in map(take_apart, raw) if _is_place(dated)]
    both = next((d for d in taken if d.bare and d.date), None)
    named = sorted((d for d in taken if d.bare), key=_is_server)
    venue = both or next(iter(named), None)
    when = both or next((d for d in taken if d.date), None)
    best = venue or when
    if best is None:
        return None
    if venue and when and venue is not when:
        words = raw.get(venue.rest or "", venue.rest)
        return DatedWords(when.date, when.date_words, words, venue.bare)
    return DatedWords(best.date, best.date_words, raw.get(best.rest or "", best.rest), best.bare)


def is_note(words: str) -> bool:
    """Return whether words in brackets are a date, a mark or a tag, and no part of a title."""
    dated = take_apart(words)
    return dated.date is not None or words.lower().strip() in _NOISE or len(words.split()) <= 2


def _is_place(dated: DatedWords) -> bool:
    if dated.bare is None:
        return dated.date is not None
    words = dated.bare.split()
    if dated.bare.lower() in _NOISE or all(word.lower() in _NOISE for word in words):
        return False
    if len(words) > _VENUE_WORDS_AT_MOST or role_of(dated.bare) is Role.CODE:
        return False
    if looks_like_names(dated.bare) and "," in dated.bare:
        return False
    if any(word.lower().strip(",.") in _TITLES for word in words):
        return False
    if len(words) > 2 and words[0][0].islower() and not _is_server(dated):
        return False
    return (
        _is_server(dated)
        or bool(dated.date)
        or bool(ACRONYM.search(dated.bare))
        or _is_title_case(words)
    )


def _is_server(dated: DatedWords) -> bool:
    return (dated.bare or "").lower() in _SERVERS


def _is_title_case(words: list[str]) -> bool:
    small = {"of", "on", "in", "and", "the", "for", "&"}
    return len(words) > 1 and all(word[0].isupper() or word in small for word in words)
