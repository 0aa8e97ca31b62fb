"""Where a work appeared, as entries state it: in words, and by links that prove a venue.

A link (`aclanthology.org/2025.coling-main.17`) outweighs the words beside it ("ACL"), because the
words are copied by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fedkg.ids import Identifier, identifiers_of, web_url
from fedkg.model import Edition, Entry, Venue, VenueKind
from fedkg.resolve.keys import Leads, keyed, merged
from fedkg.resolve.permanence import former_names
from fedkg.resolve.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Place:
    """A venue by name, and the year there, as words or as a link state it.

    `year_is_proven` says that the link itself holds the year.
    """

    venue: str
    kind: VenueKind
    year: int | None = None
    year_is_proven: bool = False

    @property
    def is_publication(self) -> bool:
        """Whether it is more than a preprint server."""
        return self.kind is not VenueKind.PREPRINT_SERVER


ARXIV_PLACE = Place("arXiv", VenueKind.PREPRINT_SERVER)
"""Where every paper with an arXiv id has appeared."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of every venue, by name, and of every edition, by label."""

    venues: Mapping[str, str]
    editions: Mapping[str, str]

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Keys":
        """Return keys for all venues and editions among places."""
        places = list(places)
        labels = filter(None, (edition_of(place) for place in places))
        return cls(keyed(place.venue for place in places), keyed(labels))

    @property
    def former(self) -> Leads:
        """The paths that venues and editions would have without others beside them."""
        return merged(
            former_names("venue", ((key, [name]) for name, key in self.venues.items())),
            former_names("edition", ((key, [label]) for label, key in self.editions.items())),
        )


@dataclass(frozen=True, slots=True)
class Stating:
    """What one entry says of where its work appeared: in words, and by its links.

    `refused` are the places of links that are another work's. The work did not appear there.
    """

    words: Place | None = None
    links: tuple[Place, ...] = ()
    refused: tuple[Place, ...] = ()

    @property
    def proven(self) -> Place | None:
        """The place of publication that a link proves."""
        return next((place for place in self.links if place.is_publication), None)

    @property
    def published(self) -> Place | None:
        """The place of publication, the link's before the words'; None for a preprint alone."""
        if self.proven is not None:
            return self.proven
        return self.words if self.words is not None and self.words.is_publication else None

    @property
    def places(self) -> tuple[Place, ...]:
        """All places stated, each once."""
        words = () if self.words is None else (self.words,)
        return tuple(dict.fromkeys(words + self.links))


def stating_of(entry: Entry, accepted: frozenset[Identifier], vocabulary: Vocabulary) -> Stating:
    """Return the places that an entry states.

    A link with an identifier that was not accepted is another work's: it proves no place.
    """
    words = _words_place(entry, vocabulary)
    urls = [entry.link, *(web_url(other.url) for other in entry.listed.other_links)]
    own: dict[Place, None] = {}
    refused: dict[Place, None] = {}
    for url in filter(None, urls):
        place = _link_place(url, entry, vocabulary)
        if place is not None:
            (own if accepted.issuperset(identifiers_of(url)) else refused)[place] = None
    return Stating(words, tuple(own), tuple(refused))


def edition_of(place: Place) -> str | None:
    """Return the label of the edition at a place, "EMNLP 2023"; None where there are none."""
    if place.year is None or not place.kind.has_editions:
        return None
    return f"{place.venue} {place.year}"


def all_places(
    statings: Iterable[Stating], identifiers: Iterable[frozenset[Identifier]]
) -> list[Place]:
    """Return every place stated, and arXiv where a work has an arXiv id.

    One that only a refused link names is among them: its IRI lasts, whatever other lists say.
    """
    places = [place for stating in statings for place in (*stating.places, *stating.refused)]
    if any(identifier.scheme == "arxiv" for group in identifiers for identifier in group):
        places.append(ARXIV_PLACE)
    return places


def editions_of(places: Iterable[Place], keys: Keys) -> tuple[Edition, ...]:
    """Return the editions at the places, sorted by key."""
    found = {}
    for place in places:
        label = edition_of(place)
        if label and place.year:
            key = keys.editions[label]
            found[key] = Edition(key, label, keys.venues[place.venue], place.year)
    return tuple(found[key] for key in sorted(found))


def venue_entities(
    places: Iterable[Place], vocabulary: Vocabulary, keys: Mapping[str, str]
) -> tuple[Venue, ...]:
    """Return the venues among the places, each once, with the vocabulary's other names."""
    kinds = {place.venue: place.kind for place in places}
    found = []
    for name in sorted(kinds):
        known = vocabulary.venue(name)
        same = known.venue if known and known.venue.name == name else None
        aliases = tuple(sorted(set(same.aliases) - {name})) if same else ()
        full = same.full if same and same.full != name else None
        found.append(Venue(keys[name], name, aliases, kinds[name], full))
    return tuple(sorted(found, key=lambda venue: venue.key))


def _words_place(entry: Entry, vocabulary: Vocabulary) -> Place | None:
    if entry.venue is None or vocabulary.names_no_venue(entry.venue):
        return None
    match = vocabulary.venue(entry.venue)
    if match is None:
        return None
    year = match.year or (entry.date.year if entry.date else None)
    return Place(match.venue.name, match.venue.kind, year)


def _link_place(url: str, entry: Entry, vocabulary: Vocabulary) -> Place | None:
    """Return the place that a link proves; a year that it does not hold is the entry's."""
    match = vocabulary.venue_of_link(url)
    if match is None:
        return None
    is_server = match.venue.kind is VenueKind.PREPRINT_SERVER
    year = entry.date.year if entry.date and not is_server else None
    proven = match.year is not None
    return Place(match.venue.name, match.venue.kind, match.year or year, proven)
