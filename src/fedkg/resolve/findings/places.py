"""Places of publication that disagree: words with the link beside them, and entries of one work."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fedkg.model import Finding, Stated, VenueKind
from fedkg.resolve.findings.context import Context, at, finding, paths
from fedkg.resolve.places import Place, Stating

_ONE_APPEARANCE = (VenueKind.CONFERENCE, VenueKind.JOURNAL)


def place_findings(context: Context) -> Iterator[Finding]:
    """Yield venues and years that links or other entries contradict."""
    for stated in context.described:
        yield from _against_link(stated, context.stating(stated))
    for paper, members in context.works.items():
        yield from _venue_conflicts(paper, members, context)
        yield from _year_conflicts(paper, members, context)


def _against_link(stated: Stated, stating: Stating) -> Iterator[Finding]:
    entry, words, link = stated.entry, stating.words, stating.proven
    if link is None:
        return
    if words is None or not words.is_publication:
        return  # a date alone may be that of the preprint
    if link.year_is_proven and entry.date and entry.date.year != link.year:
        sentence = (
            f"“{entry.title}” is listed under {entry.date.year}, but its link is of "
            f"{link.venue} {link.year}: write {link.year}."
        )
        yield finding("year-conflict", sentence, stated)
    if not _agree(words, stating):
        sentence = (
            f"“{entry.title}” is listed as {words.venue}, but its link is {link.venue}: "
            f"write {link.venue}."
        )
        yield finding("venue-conflict", sentence, stated)


def _agree(words: Place, stating: Stating) -> bool:
    """Whether a link proves the venue in words: an entry may link two publications.

    "IJCAI Workshops" is a fair name for any workshop there.
    """
    proven = [place for place in stating.links if place.is_publication]
    are_workshops = any(p.kind is words.kind is VenueKind.WORKSHOP for p in proven)
    return are_workshops or any(place.venue == words.venue for place in proven)


def _venue_conflicts(paper: str, members: Sequence[Stated], context: Context) -> Iterator[Finding]:
    """Yield conferences, or journals, that differ.

    A work may appear at a workshop, at a conference and in a journal; but in one of each.
    """
    for kind in _ONE_APPEARANCE:
        sides: dict[str, list[Stated]] = defaultdict(list)
        for member in members:
            published = context.stating(member).published
            if published and published.kind is kind:
                sides[published.venue].append(member)
        yield from _conflicts("venue-conflict", "venue", paper, sides, context)


def _year_conflicts(paper: str, members: Sequence[Stated], context: Context) -> Iterator[Finding]:
    by_venue: dict[str, list[tuple[Place, Stated]]] = defaultdict(list)
    for member in members:
        published = context.stating(member).published
        if published and published.year:
            by_venue[published.venue].append((published, member))
    for venue, here in sorted(by_venue.items()):
        sides: dict[str, list[Stated]] = defaultdict(list)
        for place, member in here:
            sides[str(place.year)].append(member)
        yield from _conflicts("year-conflict", f"year of {venue}", paper, sides, context)


def _conflicts(
    kind: str, what: str, paper: str, sides: Mapping[str, Sequence[Stated]], context: Context
) -> Iterator[Finding]:
    """Yield a finding for each list with an entry that another contradicts and no link proves."""
    if len(sides) < 2:
        return
    every = [member for members in sides.values() for member in members]
    words = ", ".join(f"{value} ({_places(members)})" for value, members in sorted(sides.items()))
    first: dict[str, Stated] = {}
    for member in every:
        proven = context.stating(member).proven
        if proven is None or (kind == "year-conflict" and not proven.year_is_proven):
            current = first.get(member.entry.list, member)
            first[member.entry.list] = min(current, member, key=lambda m: (m.entry.line, m.key))
    for _, stated in sorted(first.items()):
        sentence = (
            f"“{stated.entry.title}”: entries disagree on the {what}: {words}; write the right one."
        )
        yield finding(kind, sentence, stated, f"paper/{paper}", *paths(every, stated))


def _places(members: Iterable[Stated]) -> str:
    return ", ".join(sorted({at(member.entry) for member in members}))
