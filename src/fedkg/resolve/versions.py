"""The versions of a work: what its entries and records say of its places of appearance.

An arXiv id dates its preprint, because it holds the month.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedkg.ids import Identifier, arxiv_month, identifiers_of, slug, web_url
from fedkg.model import Entry, PartialDate, VenueKind, Version, VersionKind
from fedkg.resolve.places import ARXIV_PLACE, Place, Stating, edition_of

_KINDS: Mapping[VenueKind, VersionKind] = {
    VenueKind.CONFERENCE: VersionKind.CONFERENCE_PAPER,
    VenueKind.JOURNAL: VersionKind.JOURNAL_ARTICLE,
    VenueKind.WORKSHOP: VersionKind.WORKSHOP_PAPER,
    VenueKind.PREPRINT_SERVER: VersionKind.PREPRINT,
}


@dataclass(frozen=True, slots=True)
class _Claim:
    """One entry's share in one version."""

    place: Place | None
    date: PartialDate | None
    url: str | None
    identifiers: frozenset[Identifier]


def versions_of(
    paper: str,
    entries: Sequence[tuple[Entry, Stating, frozenset[Identifier]]],
    others: frozenset[Identifier] = frozenset(),
) -> tuple[tuple[Version, ...], Version | None]:
    """Return the versions of a paper (key), the preferred one first, and that one again.

    Each entry comes with what it states of places and with its accepted identifiers; `others` are
    identifiers that records add. Preferred is
    a published version before a preprint before one whose place is not known, then the earliest.
    Venues and editions of these versions are names, not keys yet.
    """
    claims = [claim for given in entries for claim in _claims(*given)]
    claims += [_bare_claim(identifier) for identifier in sorted(others)]
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


def _bare_claim(identifier: Identifier) -> _Claim:
    """Return the share of an identifier alone: the arXiv's id places and dates a preprint."""
    if identifier.scheme != "arxiv":
        return _Claim(None, None, None, frozenset({identifier}))
    month = arxiv_month(identifier.value)
    date = PartialDate(*month) if month else None
    return _Claim(ARXIV_PLACE, date, None, frozenset({identifier}))


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
