"""Venues as lists write them ("NEURIPS 2024", "ICML23", "NeurIPS'24 D&B"), and as links prove them.

A workshop is not its conference: "FL@FM-NeurIPS" and "CVPR Workshop" never give NeurIPS or CVPR.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fedkg.model import VenueKind
from fedkg.resolve.vocabulary.links import LinkPattern, address_forms, read_patterns
from fedkg.resolve.vocabulary.tables import Row, index, name_key, read_file, rows

_KINDS = {
    "conference": VenueKind.CONFERENCE,
    "journal": VenueKind.JOURNAL,
    "workshop": VenueKind.WORKSHOP,
    "preprint-server": VenueKind.PREPRINT_SERVER,
}
_ARTICLE_NUMBER = re.compile(
    r"\barXiv:?\s?\d{4}\.\d{4,5}(?:v\d+)?|\babs/\S+|\b\d{4}\.\d{4,5}\b", re.I
)
_FULL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:[.\-/]\d{1,2})?(?!\d)")
_SHORT_YEAR = re.compile(r"(?:['’‘`]\s?|(?<=[A-Za-z])|\s)(\d{2})['’]?(?=\W*$|\s)")
_ORDINAL = re.compile(r"\b\d{1,3}(?:st|nd|rd|th)\b", re.I)
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|:[a-z_]+:")
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?|&")
_LONGEST = 300  # characters: more are a paragraph, not a venue
_WORKSHOP = re.compile(r"\bworkshops?\b", re.I)


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """A venue: short canonical name, full name, kind, other spellings."""

    name: str
    full: str
    kind: VenueKind
    aliases: tuple[str, ...] = ()

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Read a `[[venue]]`."""
        row.only("name", "full", "kind", "aliases", "links")
        kind = _KINDS.get(row.text("kind"))
        if kind is None:
            raise row.error(f"has the kind {row.text('kind')!r}: use {', '.join(_KINDS)}")
        return cls(row.text("name"), row.text("full"), kind, row.texts("aliases"))


@dataclass(frozen=True, slots=True)
class VenueMatch:
    """A venue, and the year that the same words or link state, where they do."""

    venue: KnownVenue
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Venues:
    """All known venues, by name and by the links that prove them."""

    entries: tuple[KnownVenue, ...]
    by_key: Mapping[str, KnownVenue]
    by_host: Mapping[str, tuple[tuple[LinkPattern, KnownVenue], ...]]
    remarks: frozenset[str]
    not_names: frozenset[str]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read `venues.toml`. Raises InputError that says what to mend."""
        whole = read_file(file)
        whole.only("remarks", "not_names", "venue")
        pairs = [(row, KnownVenue.from_row(row)) for row in rows(whole, "venue")]
        named = ((row, one, (one.name, *_other(one))) for row, one in pairs)
        return cls(
            tuple(one for _, one in pairs),
            index(named, name_key),
            _by_host(pairs),
            frozenset(map(name_key, whole.texts("remarks"))),
            frozenset(map(name_key, whole.texts("not_names"))),
        )

    def find(self, words: str) -> VenueMatch | None:
        """Return the venue and year that the words name, or None when the venue is unknown."""
        if len(words) > _LONGEST:
            return None
        whole = self.by_key.get(name_key(words))
        if whole:
            return VenueMatch(whole)
        for text, year in _without_year(_ARTICLE_NUMBER.sub(" ", words)):
            venue = self._named(text)
            if venue:
                return VenueMatch(venue, year)
        return None

    def of_link(self, url: str) -> VenueMatch | None:
        """Return the venue and year that a link proves: the longest pattern that fits decides."""
        best: tuple[int, VenueMatch] | None = None
        for host, address in address_forms(url):
            for pattern, venue in self.by_host.get(host, ()):
                fits, year = pattern.match(address)
                if fits and (best is None or pattern.weight > best[0]):
                    best = pattern.weight, VenueMatch(venue, year)
        return best[1] if best else None

    def is_no_name(self, words: str) -> bool:
        """Tell whether the words name no place of publication ("preprint"), or nothing at all."""
        keys = {name_key(words), *(name_key(text) for text, _ in _without_year(words))}
        return "" in keys or not keys.isdisjoint(self.not_names)

    def _named(self, text: str) -> KnownVenue | None:
        known = self.by_key.get(name_key(text))
        asides = [next(filter(None, groups), "") for groups in _ASIDE.findall(text)]
        if known or any(_is_workshop(aside) for aside in asides):
            return known or self._workshop(text)
        plain = self._plain(_ASIDE.sub(" ", text))
        if plain or _is_workshop(text):
            return plain or self._workshop(text)
        return self._in_brackets(asides)

    def _plain(self, text: str) -> KnownVenue | None:
        """Look the words up without ordinals and without remarks such as "Oral" at either end."""
        bare = _WORD.findall(_ORDINAL.sub(" ", text))
        known = self.by_key.get(name_key(" ".join(bare)))
        while not known and bare and self._drop_remark(bare):
            known = self.by_key.get(name_key(" ".join(bare)))
        return known

    def _drop_remark(self, bare: list[str]) -> bool:
        """Take a remark of up to four words off the end, else off the front; tell whether."""
        for length in range(min(4, len(bare)), 0, -1):
            if name_key(" ".join(bare[-length:])) in self.remarks:
                del bare[-length:]
                return True
            if name_key(" ".join(bare[:length])) in self.remarks:
                del bare[:length]
                return True
        return False

    def _in_brackets(self, asides: list[str]) -> KnownVenue | None:
        """Return the venue of an acronym in brackets after a long name: "… Data (BigData)"."""
        found = [self.by_key[name_key(aside)] for aside in asides if name_key(aside) in self.by_key]
        return found[0] if len(found) == 1 else None

    def _workshop(self, text: str) -> KnownVenue | None:
        """Return a workshop at a known conference, of a name of its own or composed; else None."""
        before, at, after = text.rpartition("@")
        topic = " ".join(before.split())
        host = self._plain(_ASIDE.sub(" ", _WORKSHOP.sub(" ", after)))
        if host is None:
            return None
        name = f"{topic}@{host.name}" if at else f"{host.name} Workshops"
        known = self.by_key.get(name_key(name))
        if known or host.kind is not VenueKind.CONFERENCE:
            return known
        full = f"{topic} at {host.full}" if at else f"Workshops at {host.full}"
        return KnownVenue(name, full, VenueKind.WORKSHOP)


def _is_workshop(text: str) -> bool:
    return "@" in text or _WORKSHOP.search(text) is not None


def _other(venue: KnownVenue) -> tuple[str, ...]:
    same = name_key(venue.full) == name_key(venue.name)
    return venue.aliases if same else (venue.full, *venue.aliases)


def _by_host(
    pairs: list[tuple[Row, KnownVenue]],
) -> dict[str, tuple[tuple[LinkPattern, KnownVenue], ...]]:
    found: dict[str, tuple[tuple[LinkPattern, KnownVenue], ...]] = {}
    seen: dict[str, str] = {}
    for row, venue in pairs:
        for pattern in read_patterns(row):
            if pattern.text in seen:
                raise row.error(f"repeats the link {pattern.text!r} of {seen[pattern.text]}")
            seen[pattern.text] = row.label
            found[pattern.host] = (*found.get(pattern.host, ()), (pattern, venue))
    return found


def _without_year(words: str) -> Iterator[tuple[str, int | None]]:
    """Yield the words without their year, then as they are: "3DV" and "S20" hold no year."""
    full = _FULL_YEAR.search(words)
    if full:
        text = _FULL_YEAR.sub(" ", words)
        years = set(_FULL_YEAR.findall(words))
        yield text, int(full[1]) if len(years) == 1 else None
        return
    yield words, None
    short = _SHORT_YEAR.search(words)
    if short:
        number = int(short[1])
        text = f"{words[: short.start()]} {words[short.end() :]}"
        yield text, number + (1900 if number >= 90 else 2000)
