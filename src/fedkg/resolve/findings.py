"""What the lists' maintainers should know, as resolution saw it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from fedkg.model import Entry, Failure, Finding, Reading, Stated, VenueKind
from fedkg.resolve.papers import Grouping
from fedkg.resolve.places import Place, Stating
from fedkg.resolve.things import Things
from fedkg.resolve.vocabulary import Vocabulary


def reading_findings(readings: Iterable[Reading]) -> Iterator[Finding]:
    """Yield what reading alone shows: failed and template rows, section counts."""
    for reading in readings:
        for failure in reading.failures:
            yield _failed(failure)
        for row in reading.templates:
            sentence = (
                f"Line {row.line} is a row of a template, {row.raw!r}: fill it in or delete it."
            )
            yield Finding("template-row", sentence, row.list, row.line, (f"list/{row.list}",))
        yield from _section_counts(reading)


def entry_findings(
    statements: Sequence[Stated],
    statings: Mapping[str, Stating],
    things: Things,
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    """Yield what single entries show: mended text, damaged links, unknown names, no paper."""
    for stated in statements:
        entry = stated.entry
        about = (f"entry/{stated.key}",)
        for kind, sentence in _about_entry(stated, statings[stated.key], things, vocabulary):
            yield Finding(kind, sentence, entry.list, entry.line, about)


def shared_link_findings(statements: Sequence[Stated], grouping: Grouping) -> Iterator[Finding]:
    """Yield the identifiers that an entry states and its paper does not get."""
    for rejection in grouping.rejections:
        stated = statements[rejection.entry]
        others = [
            statements[other].entry
            for other in rejection.others
            if rejection.identifier in statements[other].entry.identifiers
        ]
        sentence = (
            f"The link of “{stated.entry.title}” ({rejection.identifier}) is also that of "
            f"{_titles(others)}: link the work that is meant."
        )
        about = (f"entry/{stated.key}", *(f"entry/{statements[o].key}" for o in rejection.others))
        yield Finding("shared-link", sentence, stated.entry.list, stated.entry.line, about)


def conflict_findings(
    statements: Sequence[Stated], statings: Mapping[str, Stating]
) -> Iterator[Finding]:
    """Yield entries of one paper that disagree on where or when it was published."""
    by_paper: dict[str, list[Stated]] = {}
    for stated in statements:
        if stated.describes:
            by_paper.setdefault(stated.describes, []).append(stated)
    for paper, members in sorted(by_paper.items()):
        yield from _venue_conflicts(paper, members, statings)
        yield from _year_conflicts(paper, members, statings)


def _titles(entries: Sequence[Entry]) -> str:
    """Return the titles of entries, each with the first place where it stands, three at most."""
    first: dict[str, str] = {}
    for entry in sorted(entries, key=lambda e: (e.list, e.line)):
        first.setdefault(entry.title, f"{entry.list}:{entry.line}")
    named = [f"“{title}” ({place})" for title, place in sorted(first.items())]
    return " and ".join(named[:3]) or "another work"


def _failed(failure: Failure) -> Finding:
    sentence = f"Line {failure.line} could not be read: {failure.reason}."
    return Finding("failed-row", sentence, failure.list, failure.line, (f"list/{failure.list}",))


def _section_counts(reading: Reading) -> Iterator[Finding]:
    counts: dict[tuple[str, ...], list[Entry]] = {}
    for entry in reading.entries:
        if entry.headings and entry.headings[-1].count is not None:
            counts.setdefault(entry.section, []).append(entry)
    for section, entries in counts.items():
        announced = entries[0].headings[-1].count
        if announced != len(entries):
            sentence = (
                f"The heading “{section[-1]}” announces {announced} works and has {len(entries)}: "
                "correct the number."
            )
            slug = reading.paper_list.slug
            yield Finding("section-count", sentence, slug, entries[0].line, (f"list/{slug}",))


def _about_entry(
    stated: Stated, stating: Stating, things: Things, vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    entry = stated.entry
    if entry.repaired:
        yield "mojibake", f"“{entry.title}”: some characters are garbled; save the file as UTF-8."
    if stated.describes is None:
        yield "not-a-paper", f"“{entry.title}” is no paper, and describes none in the graph."
    if entry.listed.link == "":
        yield "empty-link", f"“{entry.title}” has an empty link: put the address in."
    elif entry.listed.link and "](" in entry.listed.link:
        yield "malformed-link", f"The link of “{entry.title}” holds a second link: leave only it."
    for name in entry.datasets:
        if name in things.unknown_datasets:
            yield "unknown-dataset", f"“{name}” is no dataset that fedkg knows: check its spelling."
    for name in entry.models:
        if name in things.unknown_models:
            yield "unknown-model", f"“{name}” is no model that fedkg knows: check its spelling."
    if entry.venue and stating.words is None and not vocabulary.names_no_venue(entry.venue):
        yield "unknown-venue", f"“{entry.venue}” is no venue that fedkg knows: check its spelling."
    words, link = stating.words, stating.proven
    if link and link.year_is_proven and entry.date and entry.date.year != link.year:
        yield (
            "year-conflict",
            f"“{entry.title}” is listed under {entry.date.year}, but its link is of "
            f"{link.venue} {link.year}: write {link.year}.",
        )
    if words and link and words.venue != link.venue and words.is_publication:
        yield (
            "venue-conflict",
            f"“{entry.title}” is listed as {words.venue}, but its link is {link.venue}: "
            f"write {link.venue}.",
        )


def _venue_conflicts(
    paper: str, members: Sequence[Stated], statings: Mapping[str, Stating]
) -> Iterator[Finding]:
    stated = _by_value(members, lambda m: _published(statings[m.key]).venue)
    if len(stated) > 1:
        yield _conflict("venue-conflict", "venue", paper, stated)


def _year_conflicts(
    paper: str, members: Sequence[Stated], statings: Mapping[str, Stating]
) -> Iterator[Finding]:
    venues = {_published(statings[m.key]).venue for m in members} - {""}
    for venue in sorted(venues):
        here = [m for m in members if _published(statings[m.key]).venue == venue]
        stated = _by_value(here, lambda m: _published(statings[m.key]).year)
        if len(stated) > 1:
            yield _conflict("year-conflict", f"year of {venue}", paper, stated)


def _published(stating: Stating) -> Place:
    return stating.published or Place("", VenueKind.PREPRINT_SERVER)


def _conflict(kind: str, what: str, paper: str, stated: Mapping[str, list[Stated]]) -> Finding:
    sides = [
        f"{value} ({', '.join(sorted(f'{m.entry.list}:{m.entry.line}' for m in members))})"
        for value, members in sorted(stated.items())
    ]
    first = min((m for members in stated.values() for m in members), key=lambda m: m.key)
    sentence = f"“{first.entry.title}”: entries disagree on the {what}: {', '.join(sides)}."
    about = tuple(sorted(f"entry/{m.key}" for members in stated.values() for m in members))
    return Finding(kind, sentence, first.entry.list, first.entry.line, (f"paper/{paper}", *about))


def _by_value(
    members: Sequence[Stated], value: Callable[[Stated], str | int | None]
) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = {}
    for member in members:
        stated = value(member)
        if stated:
            found.setdefault(str(stated), []).append(member)
    return found
