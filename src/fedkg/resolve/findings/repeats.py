"""One work in several entries: twice under one heading, or a preprint beside its publication."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from fedkg.ids import fold
from fedkg.model import Finding, Stated
from fedkg.resolve.findings.context import Context, at, finding, named, paths
from fedkg.resolve.places import Place, edition_of


def repeat_findings(context: Context) -> Iterator[Finding]:
    """Yield repeated entries, and preprints that have been published.

    A list may name a work under several headings: that is no repetition.
    """
    for paper, members in context.works.items():
        repeated: set[str] = set()
        for same in _under_one_heading(members):
            if _are_alike(same, context) and not _are_two_publications(same, context):
                repeated |= {member.key for member in same}
                yield _duplicate(paper, same, context)
        yield from _superseded(paper, members, repeated, context)


def _under_one_heading(members: Sequence[Stated]) -> Iterator[list[Stated]]:
    groups: dict[tuple[str, tuple[str, ...]], list[Stated]] = defaultdict(list)
    for member in members:
        headings = tuple(heading.as_listed for heading in member.entry.headings)
        groups[member.entry.list, headings].append(member)
    yield from (group for _, group in sorted(groups.items()) if len(group) > 1)


def _are_alike(same: Sequence[Stated], context: Context) -> bool:
    """Whether entries say the same of what they describe: one title, or one identifier."""
    titles = {fold(member.entry.title) for member in same}
    shared = frozenset.intersection(*(context.accepted(member) for member in same))
    return len(titles) == 1 or bool(shared)


def _are_two_publications(same: Sequence[Stated], context: Context) -> bool:
    """Whether entries name several places of publication: a conference and a journal, say."""
    published = (context.stating(member).published for member in same)
    return len({place.venue for place in published if place}) > 1


def _duplicate(paper: str, same: Sequence[Stated], context: Context) -> Finding:
    """Return the finding at the entry to take out: a preprint, else the last."""
    extra = next(
        (m for m in reversed(same) if not context.stating(m).published and _any(same, context)),
        same[-1],
    )
    others = [member for member in same if member is not extra]
    where = named(at(other.entry) for other in others)
    sentence = (
        f"“{extra.entry.title}” stands under the same heading at {where} too: keep one of them."
    )
    return finding("duplicate-entry", sentence, extra, f"paper/{paper}", *paths(same, extra))


def _any(same: Sequence[Stated], context: Context) -> bool:
    return any(context.stating(member).published for member in same)


def _superseded(
    paper: str, members: Sequence[Stated], repeated: set[str], context: Context
) -> Iterator[Finding]:
    placed = [(place, member) for member in members if (place := context.stating(member).published)]
    for stated in members:
        if stated.key in repeated or not _is_called_preprint(stated, context):
            continue
        alike = [(place, other) for place, other in placed if _is_sure(stated, other, context)]
        if alike:
            here = any(member.entry.list == stated.entry.list for _, member in alike)
            edit = "merge the entries" if here else "name that place"
            sentence = (
                f"“{stated.entry.title}” is listed as a preprint, but has been published: "
                f"{named(_appearances(alike))}; {edit}."
            )
            about = paths([member for _, member in alike], stated)
            yield finding("preprint-superseded", sentence, stated, f"paper/{paper}", *about)


def _is_sure(stated: Stated, other: Stated, context: Context) -> bool:
    """Whether more than a likeness of titles says that two entries are of one work."""
    return _are_alike([stated, other], context) or bool(set(stated.authors) & set(other.authors))


def _appearances(placed: Sequence[tuple[Place, Stated]]) -> Iterator[str]:
    """Yield each place with the entries that state it: "NeurIPS 2024 (fm-fl:587, fm-fl:1552)"."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for place, member in placed:
        by_label[edition_of(place) or place.venue].append(at(member.entry))
    yield from (f"{label} ({named(where, ', ')})" for label, where in sorted(by_label.items()))


def _is_called_preprint(stated: Stated, context: Context) -> bool:
    """Whether the words of an entry say so: a link to arXiv alone says nothing."""
    stating = context.stating(stated)
    if stating.published is not None:
        return False
    if stating.words is not None:
        return not stating.words.is_publication
    words = stated.entry.venue or ""
    return "preprint" in words.lower() and context.vocabulary.names_no_venue(words)
