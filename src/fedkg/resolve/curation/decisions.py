"""The values of curation: what a person decided, about which entries, and what came of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fedkg.errors import InputError
from fedkg.model import Decision, PartialDate


@dataclass(frozen=True, slots=True)
class EntryName:
    """How a person names an entry: by its list and its title as listed, and more if need be.

    `section` are the innermost headings, outermost first; `link` is the title link as listed;
    `line` is for rows that are alike in all of these.
    """

    list: str
    title: str
    section: tuple[str, ...] = ()
    link: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        more = [f"under “{' / '.join(self.section)}”"] if self.section else []
        more += [f"with the link {self.link}"] if self.link else []
        more += [f"in line {self.line}"] if self.line else []
        return " ".join([f"“{self.title}” of {self.list}", *more])


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedDecision:
    """A decision with its reason (a sentence) and day; `label`, for errors, is where it stands."""

    entries: tuple[EntryName, ...]
    reason: str
    date: date
    label: str = field(default="", compare=False, repr=False)

    @property
    def lists(self) -> frozenset[str]:
        """The lists of the entries that it concerns."""
        return frozenset(name.list for name in self.entries)

    def error(self, complaint: str) -> InputError:
        """Return the error that says what is wrong with this decision."""
        return InputError(f"{self.label} {complaint}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(CuratedDecision):
    """The entries describe one work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Different(CuratedDecision):
    """No two of the entries describe one work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLink(CuratedDecision):
    """A link of the entries, `wrong` as listed, leads to another work; `link` is the right one."""

    wrong: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFields(CuratedDecision):
    """Words of the entries, `wrong` as listed, are another work's; `right` stand in their place.

    Both map field names to values: words, and in `right` names, a URL list, a venue or a date.
    """

    wrong: Mapping[str, str]
    right: Mapping[str, tuple[str, ...] | str | PartialDate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(CuratedDecision):
    """`title` is the title of the work that the entries describe."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPerson(CuratedDecision):
    """`name` is, on the works of the entries, another person than elsewhere, known by `key`."""

    name: str
    key: str
    orcid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson(CuratedDecision):
    """The `names` are one person's wherever they stand; each stands on a work of the entries."""

    names: tuple[str, ...]
    orcid: str | None = None


KIND_NAMES: Mapping[type[CuratedDecision], str] = {
    Same: "same",
    Different: "different",
    WrongLink: "wrong-link",
    WrongFields: "wrong-fields",
    Rename: "rename",
    SplitPerson: "split-person",
    SamePerson: "same-person",
}
"""The kinds of decisions, as `curation.toml` and the graph name them."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Words that an entry (its position) states in a field and its work does not get."""

    entry: int
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A decision that matched, the positions of its entries, and what it rejected there."""

    decision: CuratedDecision
    entries: tuple[int, ...]
    rejected: tuple[Rejected, ...] = ()


def concerning(
    decisions: Iterable[CuratedDecision], lists: Collection[str]
) -> tuple[CuratedDecision, ...]:
    """Return the decisions that concern only these lists: the others have nothing to match."""
    return tuple(decision for decision in decisions if decision.lists <= set(lists))


def recorded(applied: Iterable[Applied], entry_keys: Sequence[str]) -> tuple[Decision, ...]:
    """Return applied decisions as the graph records them; `entry_keys` go by position."""
    found = (
        Decision(
            kind=KIND_NAMES[type(one.decision)],
            about=tuple(sorted(f"entry/{entry_keys[position]}" for position in one.entries)),
            reason=one.decision.reason,
            day=one.decision.date,
        )
        for one in applied
    )
    return tuple(sorted(found, key=lambda decision: (decision.about, decision.reason)))


def sorted_applied(applied: Iterable[Applied]) -> tuple[Applied, ...]:
    """Return what was applied in an order that is not that of the decisions."""
    return tuple(sorted(applied, key=lambda one: (one.entries, repr(one.decision))))
