"""Names of entries → positions of entries: each names exactly one."""

from collections import defaultdict
from collections.abc import Sequence

from fedkg.errors import InputError
from fedkg.model import Entry
from fedkg.resolve.curation.decisions import CuratedDecision, EntryName


class Listing:
    """Entries by list and title."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._titled: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, entry in enumerate(entries):
            for title in {entry.listed.title.strip(), entry.title}:
                self._titled[entry.list, title].append(position)

    def positions(self, decision: CuratedDecision) -> tuple[int, ...]:
        """Return where the entries of a decision stand, in its order.

        Raises InputError where a name fits no entry or several, or two names fit the same.
        """
        found = tuple(self._position(name, decision) for name in decision.entries)
        if len(set(found)) < len(found):
            again = next(
                n for n, p in zip(decision.entries, found, strict=True) if found.count(p) > 1
            )
            raise decision.error(f"names {again} twice: name it once")
        return found

    def _position(self, name: EntryName, decision: CuratedDecision) -> int:
        titled = self._titled.get((name.list, name.title), [])
        found = [position for position in titled if _fits(self._entries[position], name)]
        if len(found) == 1:
            return found[0]
        raise self._unmatched(name, found, titled, decision)

    def _unmatched(
        self, name: EntryName, found: list[int], titled: list[int], decision: CuratedDecision
    ) -> InputError:
        if found:
            return decision.error(
                f"fits {len(found)} entries: {name} ({self._lines(found)}); "
                "add the section, the link or the line that is meant"
            )
        near = f" (its title stands in {self._lines(titled)})" if titled else ""
        return decision.error(
            f"fits no entry: there is no {name}{near}; the list has changed, so correct the "
            "decision or remove it"
        )

    def _lines(self, positions: list[int]) -> str:
        lines = sorted(self._entries[position].line for position in positions)
        return f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"


def _fits(entry: Entry, name: EntryName) -> bool:
    depth = len(name.section)
    return (
        entry.section[len(entry.section) - depth :] == name.section
        and name.link in {None, entry.listed.link}
        and name.line in {None, entry.line}
    )
