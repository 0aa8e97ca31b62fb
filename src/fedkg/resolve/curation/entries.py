"""Wrong links and wrong fields: entries → entries that no longer state them.

What is listed stays as it is; only what an entry states, normalised, changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from fedkg.ids import Identifier, identifiers_of, url_within, web_url
from fedkg.model import Entry
from fedkg.resolve.curation.decisions import (
    Applied,
    CuratedDecision,
    Rejected,
    WrongFields,
    WrongLink,
    sorted_applied,
)
from fedkg.resolve.curation.matching import Listing

T = TypeVar("T")

_LINK = "link"


def apply_to_entries(
    entries: Sequence[Entry], decisions: Iterable[CuratedDecision]
) -> tuple[tuple[Entry, ...], tuple[Applied, ...]]:
    """Return the entries without what `wrong-link` and `wrong-fields` reject, and what was applied.

    Decisions of other kinds are left alone. Raises InputError for a decision that fits no entry,
    or words that are not the entry's, and for two that give one field different values.
    """
    listing = Listing(entries)
    links: dict[int, list[WrongLink]] = defaultdict(list)
    fields: dict[int, list[WrongFields]] = defaultdict(list)
    applied = []
    for decision in decisions:
        if not isinstance(decision, WrongLink | WrongFields):
            continue
        positions = listing.positions(decision)
        for position in positions:
            _check_words(entries[position], decision)
            if isinstance(decision, WrongLink):
                links[position].append(decision)
            else:
                fields[position].append(decision)
        applied.append(Applied(decision, positions, _rejected(decision, positions)))
    changed = list(entries)
    for position, wrong_links in links.items():
        changed[position] = _without_links(changed[position], wrong_links)
    for position, wrong_fields in fields.items():
        changed[position] = _without_fields(changed[position], wrong_fields)
    return tuple(changed), sorted_applied(applied)


def _check_words(entry: Entry, decision: WrongLink | WrongFields) -> None:
    """Refuse a decision about words that the list no longer has: it would reject the new ones."""
    place = f"“{entry.title}” ({entry.list}:{entry.line})"
    remedy = "the list has changed, so correct the decision or remove it"
    if isinstance(decision, WrongLink):
        if decision.wrong not in _listed_links(entry):
            raise decision.error(f"rejects {decision.wrong}, which {place} does not link; {remedy}")
        return
    for name, words in decision.wrong.items():
        listed = (getattr(entry.listed, name) or "").strip()
        if listed != words:
            raise decision.error(
                f"rejects the {name} “{words}”, but {place} lists “{listed}”; {remedy}"
            )


def _rejected(decision: WrongLink | WrongFields, positions: Sequence[int]) -> tuple[Rejected, ...]:
    wrong = {_LINK: decision.wrong} if isinstance(decision, WrongLink) else decision.wrong
    return tuple(
        Rejected(position, name, words)
        for position in sorted(positions)
        for name, words in sorted(wrong.items())
    )


def _without_links(entry: Entry, decisions: Sequence[WrongLink]) -> Entry:
    right = _agreed([(d, d.wrong, d.link) for d in decisions], entry)
    kept = [url for url in _listed_links(entry) if url not in right]
    good = {i for url in [*kept, *filter(None, right.values())] for i in _identifiers(url)}
    bad = {i for url in right for i in _identifiers(url)} - good
    added = [i for _, url in sorted(right.items()) if url for i in _identifiers(url)]
    wrong_urls = {_web(url) for url in right}
    listed = entry.listed.link
    return replace(
        entry,
        link=_web(right[listed]) if listed in right else entry.link,
        identifiers=tuple(dict.fromkeys(i for i in (*entry.identifiers, *added) if i not in bad)),
        repositories=tuple(url for url in entry.repositories if url not in wrong_urls),
    )


def _without_fields(entry: Entry, decisions: Sequence[WrongFields]) -> Entry:
    said = [(d, name, d.right.get(name)) for d in decisions for name in d.wrong]
    said += [(d, name, d.right[name]) for d in decisions for name in d.right if name not in d.wrong]
    right = _agreed(said, entry)
    changes: dict[str, Any] = {
        name: right[name] or () for name in ("authors", "datasets", "models") if name in right
    }
    changes |= {name: right[name] for name in ("venue", "date") if name in right}
    if "venue" in right and "date" not in right and not entry.listed.date:
        changes["date"] = None  # it was read off the venue: "ICLR 2025"
    if "code" in right:
        code = cast("tuple[str, ...]", right["code"] or ())
        kept = (url for url in entry.repositories if url != _web(entry.listed.code))
        changes["repositories"] = tuple(dict.fromkeys([*code, *kept]))
    return replace(entry, **changes)


def _agreed(said: Iterable[tuple[CuratedDecision, str, T]], entry: Entry) -> dict[str, T]:
    """Return what decisions put in the place of each wrong thing; they must agree."""
    found: dict[str, tuple[CuratedDecision, T]] = {}
    for decision, what, right in said:
        other, before = found.setdefault(what, (decision, right))
        if before != right:
            raise decision.error(
                f"puts {right or 'nothing'} and {other.label.rpartition(': ')[2]} puts "
                f"{before or 'nothing'} in the place of {what} of “{entry.title}”: keep one of them"
            )
    return {what: right for what, (_, right) in found.items()}


def _listed_links(entry: Entry) -> list[str]:
    first = [entry.listed.link] if entry.listed.link else []
    return [*first, *(link.url for link in entry.listed.other_links)]


def _identifiers(url: str) -> tuple[Identifier, ...]:
    address = _web(url)
    return identifiers_of(address) if address else ()


def _web(link: str | None) -> str | None:
    return (web_url(link) or url_within(link)) if link else None
