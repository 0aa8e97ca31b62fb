"""Where a work appeared: the places that entries state, and the versions they add up to.

A link that proves a venue (`aclanthology.org/2025.coling-main.17`) outweighs the words beside it
("ACL"), because the words are copied by hand. An arXiv id dates its preprint: it holds the month.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedkg.ids import Identifier, arxiv_month, identifiers_of, slug, web_url
from fedkg.model import Entry, PartialDate, Venue, VenueKind, Version, VersionKind
from fedkg.resolve.vocabulary import Vocabulary

_KINDS: Mapping[VenueKind, VersionKind] = {
    VenueKind.CONFERENCE: VersionKind.CONFERENCE_PAPER,
    VenueKind.JOURNAL: VersionKind.JOURNAL_ARTICLE,
    VenueKind.WORKSHOP: VersionKind.WORKSHOP_PAPER,
    VenueKind.PREPRINT_SERVER: VersionKind.PREPRINT,
}


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
class Stating:
    """What one entry says of where its work appeared: in words, and by its links."""

    words: Place | None = None
    links: tuple[Place, ...] = ()

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


@dataclass(frozen=True, slots=True)
class _Claim:
    """One entry's share in one version."""

    place: Place | None
    date: PartialDate | None
    url: str | None
    identifiers: frozenset[Identifier]


def stating_of(entry: Entry, accepted: frozenset[Identifier], vocabulary: Vocabulary) -> Stating:
    """Return the places that an entry states.

    A link with an identifier that was not accepted is another work's: it proves no place.
    """
    words = _words_place(entry, vocabulary)
    urls = [entry.link, *(web_url(other.url) for other in entry.listed.other_links)]
    own = (url for url in urls if url and accepted.issuperset(identifiers_of(url)))
    places = (_link_place(url, entry, vocabulary) for url in own)
    return Stating(words, tuple(dict.fromkeys(place for place in places if place is not None)))


def versions_of(
    paper: str, entries: Sequence[tuple[Entry, Stating, frozenset[Identifier]]]
) -> tuple[tuple[Version, ...], Version | None]:
    """Return the versions of a paper (key), the preferred one first, and that one again.

    Each entry comes with what it states of places and with its accepted identifiers. Preferred is
    a published version before a preprint before one whose place is not known, then the earliest.
    Venues and editions of these versions are names, not keys yet.
    """
    claims = [claim for given in entries for claim in _claims(*given)]
    placed: dict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        if claim.place is not None:
            placed[claim.place.venue].append(claim)
    loose = [claim for claim in claims if claim.place is None]
    homes = [(claim, _home(claim, placed)) for claim in loose]
    for claim, home in homes:
        if home is not None:
            placed[home].append(claim)
    loose = [claim for claim, home in homes if home is None]
    versions = [_version(paper, group) for _, group in sorted(placed.items())]
    versions += _unplaced(paper, loose)
    ordered = tuple(sorted(versions, key=_preference))
    return ordered, next(iter(ordered), None)


def edition_of(place: Place) -> str | None:
    """Return the label of the edition at a place, "EMNLP 2023"; None where there are none."""
    if place.year is None or not place.kind.has_editions:
        return None
    return f"{place.venue} {place.year}"


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


def _claims(entry: Entry, stating: Stating, identifiers: frozenset[Identifier]) -> Iterable[_Claim]:
    arxiv = frozenset(i for i in identifiers if i.scheme == "arxiv")
    others = identifiers - arxiv
    own = frozenset(identifiers_of(entry.link)) if entry.link else frozenset()
    url_is_arxiv = any(i.scheme == "arxiv" for i in own)
    url = entry.link if own <= identifiers else None  # a rejected link is no link of the work
    if arxiv:
        month = next((arxiv_month(i.value) for i in sorted(arxiv)), None)
        date = PartialDate(*month) if month else None
        yield _Claim(ARXIV_PLACE, date, url if url_is_arxiv else _link_to(entry, arxiv), arxiv)
    published = stating.published
    if published is not None:
        date = entry.date if entry.date and entry.date.year == published.year else None
        date = date or (PartialDate(published.year) if published.year else None)
        yield _Claim(published, date, None if url_is_arxiv else url, others)
        return
    server = next(iter(stating.places), None)
    if server is not None and not (server.venue == ARXIV_PLACE.venue and arxiv):
        yield _Claim(server, entry.date, None if url_is_arxiv else url, others)
    elif others or (url and not url_is_arxiv):
        yield _Claim(None, entry.date, None if url_is_arxiv else url, others)
    elif entry.date and not arxiv:
        yield _Claim(None, entry.date, None, frozenset())


def _link_to(entry: Entry, identifiers: frozenset[Identifier]) -> str | None:
    urls = (web_url(other.url) for other in entry.listed.other_links)
    return next((u for u in urls if u and set(identifiers_of(u)) & identifiers), None)


def _home(claim: _Claim, placed: Mapping[str, list[_Claim]]) -> str | None:
    """Return the venue of the version that a claim without a place belongs to, if one is clear."""
    sharing = [
        venue
        for venue, group in placed.items()
        if any(other.identifiers & claim.identifiers for other in group)
    ]
    if len(sharing) == 1:
        return sharing[0]
    published = [v for v, group in placed.items() if _kind(group) is not VenueKind.PREPRINT_SERVER]
    if len(published) == 1 and (claim.identifiers or claim.url is None):
        return published[0]
    if not claim.identifiers and claim.url is None and placed:
        return min(placed)
    return None


def _kind(group: Sequence[_Claim]) -> VenueKind | None:
    return next((c.place.kind for c in group if c.place is not None), None)


def _version(paper: str, group: Sequence[_Claim]) -> Version:
    place = next(claim.place for claim in group if claim.place is not None)
    # A date without a place dates this one only where nothing else does.
    dates = Counter(c.date for c in group if c.place and c.date) or Counter(
        c.date for c in group if c.date
    )
    proven = Counter(c.place.year for c in group if c.place and c.place.year_is_proven)
    year = _chosen_year(dates, proven)
    issued = _chosen_date(dates, year) or (PartialDate(year) if year else None)
    stated = any(claim.place and claim.place.year == year for claim in group)
    edition = edition_of(Place(place.venue, place.kind, year)) if stated else None
    return Version(
        key=f"{paper}/{slug(edition or place.venue)}",
        kind=_KINDS[place.kind],
        venue=place.venue,
        edition=edition,
        issued=issued,
        url=_chosen_url(group),
        identifiers=_identifiers(group),
    )


def _unplaced(paper: str, loose: Sequence[_Claim]) -> list[Version]:
    """Return the versions of claims that name no place, one for each strongest scheme."""
    by_scheme: dict[str, list[_Claim]] = defaultdict(list)
    for claim in loose:
        ranked = sorted(claim.identifiers, key=lambda i: (i.rank, i))
        by_scheme[ranked[0].scheme if ranked else "web"].append(claim)
    return [
        Version(
            key=f"{paper}/{scheme}",
            kind=VersionKind.UNPLACED,
            issued=_chosen_date(Counter(c.date for c in group if c.date), None),
            url=_chosen_url(group),
            identifiers=_identifiers(group),
        )
        for scheme, group in sorted(by_scheme.items())
    ]


def _chosen_year(dates: Mapping[PartialDate, int], proven: Mapping[int | None, int]) -> int | None:
    """Return the year that a link proves, else the one stated most; ties go to the earliest."""
    stated: Counter[int] = Counter()
    for date, count in dates.items():
        stated[date.year] += count
    years = {year: count for year, count in proven.items() if year is not None} or stated
    return min(years, key=lambda year: (-years[year], year), default=None)


def _chosen_date(dates: Mapping[PartialDate, int], year: int | None) -> PartialDate | None:
    """Return the date stated most in a year, those with a month first; ties go to the earliest."""
    found = [date for date in dates if year is None or date.year == year]
    if not found:
        return None
    return min(found, key=lambda d: (d.month is None, -dates[d], d.year, d.month or 0))


def _chosen_url(group: Sequence[_Claim]) -> str | None:
    urls = Counter(claim.url for claim in group if claim.url)
    return min(urls, key=lambda url: (-urls[url], url), default=None)


def _identifiers(group: Sequence[_Claim]) -> tuple[Identifier, ...]:
    found = {identifier for claim in group for identifier in claim.identifiers}
    return tuple(sorted(found, key=lambda i: (i.rank, i)))


def _preference(version: Version) -> tuple[int, tuple[int, int], str]:
    rank = {VersionKind.PREPRINT: 1, VersionKind.UNPLACED: 2}
    issued = version.issued
    date = (issued.year, issued.month or 13) if issued else (9999, 13)
    return rank.get(version.kind, 0), date, version.key


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
