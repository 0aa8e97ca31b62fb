"""People: names as listed → persons, and author lists → authorships.

A person is known by a full name. A surname with initials alone is a person of its own on every
paper. Two spellings that differ in a middle initial are one person where their papers share a
co-author. A curator may split or join.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from fedkg.ids import REMEMBERED, digest, fold, slug
from fedkg.model import Authorship, IdentityBasis, Person
from fedkg.resolve.keys import Leads, canonical, grouped, keyed
from fedkg.resolve.permanence import former_names

IdentityOf = Callable[[str, int], str]
"""Who a name (its `name_key`) is on the work of an entry (its position)."""


_PARTICLES = frozenset(
    (
        *("al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "le"),
        *("ten", "ter", "van", "von"),
    )
)
_GLUED = re.compile(r"\b(\w)\.(?=\w)")
"""The initials of "M.A.P. Chamikara"."""
_MARK = "@"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands on a work; `position` is that of an entry of the work."""

    name: str
    position: int
    work: int


@dataclass(frozen=True, slots=True)
class Curated:
    """What a curator decided of people: identities, their ORCIDs, and what to add to their keys."""

    identity_of: IdentityOf = lambda key, _position: key
    orcids: Mapping[str, str] | None = None
    is_curated: Callable[[str], bool] = lambda _identity: False
    suffix_of: Callable[[str], str] = lambda _identity: ""


@dataclass(frozen=True, slots=True)
class People:
    """The persons, and how to find the key of one from a name where it stands."""

    persons: tuple[Person, ...]
    former: Leads
    """The paths that they would have by another spelling or without others beside them."""
    _keys: Mapping[str, str]
    _identity_of: IdentityOf
    _joined: Mapping[str, str]

    def key(self, name: str, position: int) -> str:
        """Return the person key of a name on the work of an entry (position)."""
        identity = self._identity_of(name_key(name), position)
        return self._keys[self._joined.get(identity, identity)]


@lru_cache(REMEMBERED)
def name_key(name: str) -> str:
    """Return a full name for comparing: case, diacritics, hyphens and full stops do not count.

    Words stay apart, so that "Li Li" is not "Lili". A name without letters is itself.
    """
    words = (_GLUED.sub(r"\1. ", name) if "." in name else name).split()
    return " ".join(filter(None, map(fold, words))) or name


def is_abbreviated(key: str) -> bool:
    """Return whether a name (its `name_key`) gives initials for all given names.

    >>> [is_abbreviated(key) for key in ("y c tay", "de cristofaro e", "nicholas d lane")]
    [True, True, False]
    """
    words = key.split()
    if len(words) < 2 or not (_is_initial(words[0]) or _is_initial(words[-1])):
        return False
    long = [word for word in words if not _is_initial(word)]
    return _is_initial(words[-1]) or len(long) < 2 or long[0] in _PARTICLES


def identity_on(key: str, paper: str) -> str:
    """Return who a name (its `name_key`) is on a paper (key), unless a curator says otherwise."""
    return f"{key}{_MARK}{_mark(paper)}" if is_abbreviated(key) else key


def mark_of(identity: str) -> str:
    """Return what tells a surname with initials from others, for the person's key; else ""."""
    return identity.partition(_MARK)[2]


def former_people(
    named: Iterable[tuple[str, str, str]], other_keys: Mapping[str, Set[str]]
) -> Leads:
    """Return the former paths of people who are known on one paper alone, and where they lead.

    Their keys go by that of the paper: when it gets another, the old ones lead on. `named` are
    names with the key of the paper where they stand, and of the person; `other_keys` are those
    that lead to a paper or may mean it.
    """
    former: dict[str, set[str]] = defaultdict(set)
    for name, paper, person in named:
        if paper in other_keys and is_abbreviated(name_key(name)):
            for key in other_keys[paper]:
                former[f"person/{slug(f'{name} {_mark(key)}')}"].add(f"person/{person}")
    return former


def people_of(mentions: Sequence[Mention], curated: Curated) -> People:
    """Return the persons that names on works stand for."""
    identities = [curated.identity_of(name_key(m.name), m.position) for m in mentions]
    works: dict[int, set[str]] = defaultdict(set)
    for mention, identity in zip(mentions, identities, strict=True):
        works[mention.work].add(identity)
    joined = _joined_by_co_authors(works.values())
    whole = [joined.get(identity, identity) for identity in identities]
    pairs = zip(whole, (m.name for m in mentions), strict=True)
    chosen = canonical(grouped(pairs))
    names = {i: f"{name} {curated.suffix_of(i)}".strip() for i, (name, _) in chosen.items()}
    by_name = keyed(names.values())
    keys = {identity: by_name[name] for identity, name in names.items()}
    orcids, wholes = curated.orcids or {}, set(joined.values())
    persons = [
        Person(
            keys[identity],
            name,
            others,
            orcid=orcids.get(identity),
            basis=_basis(identity, curated, orcids, wholes),
        )
        for identity, (name, others) in chosen.items()
    ]
    in_order = tuple(sorted(persons, key=lambda person: person.key))
    spelled = (
        (keys[identity], [f"{n} {curated.suffix_of(identity)}".strip() for n in (name, *others)])
        for identity, (name, others) in chosen.items()
    )
    former = former_names("person", spelled)
    return People(in_order, former, keys, curated.identity_of, joined)


def authorships_of(
    lists: Sequence[tuple[str, ...]], key: Callable[[str], str]
) -> tuple[Authorship, ...]:
    """Return the authors of a paper in order: the longest list that a source gives.

    Ties go to the list that most sources give, then by code point. `key` gives a name's person.
    """
    known = [names for names in lists if names]
    if not known:
        return ()
    best = min(known, key=lambda names: (-len(names), -known.count(names), names))
    seen: dict[str, str] = {}
    for name in best:
        seen.setdefault(key(name), name)
    return tuple(
        Authorship(position, person, name)
        for position, (person, name) in enumerate(seen.items(), 1)
    )


def _basis(
    identity: str, curated: Curated, orcids: Mapping[str, str], joined: set[str]
) -> IdentityBasis:
    if curated.is_curated(identity):
        return IdentityBasis.CURATED
    if identity in orcids:
        return IdentityBasis.IDENTIFIER
    return IdentityBasis.CO_AUTHORS if identity in joined else IdentityBasis.NAME


def _joined_by_co_authors(works: Iterable[set[str]]) -> dict[str, str]:
    """Return the identity of the whole for spellings that differ in a middle initial alone."""
    co_authors: dict[str, set[str]] = defaultdict(set)
    for people in works:
        for person in people:
            co_authors[person] |= people - {person}
    alike: dict[str, list[str]] = defaultdict(list)
    for person in sorted(co_authors):
        bare = _without_initials(person)
        if bare is not None:
            alike[bare].append(person)
    pairs = [
        (one, other)
        for spellings in alike.values()
        for one, other in combinations(spellings, 2)
        if _initials_agree(one, other) and co_authors[one] & co_authors[other]
    ]
    # "Nicholas Lane" beside "Nicholas D. Lane" and "Nicholas E. Lane" may be either: it joins none.
    fitting = Counter(person for pair in pairs for person in pair)
    clear = [pair for pair in pairs if all(fitting[person] == 1 for person in pair)]
    return {person: min(pair) for pair in clear for person in pair}


def _is_initial(word: str) -> bool:
    """Whether a word is a letter; a Chinese character ("Lo" in Unicode) is a name."""
    return len(word) == 1 and unicodedata.category(word) != "Lo"


def _mark(paper: str) -> str:
    return digest(paper, length=8)


def _without_initials(identity: str) -> str | None:
    words = [word for word in identity.split() if len(word) > 1]
    return " ".join(words) if len(words) > 1 and "#" not in identity else None


def _initials_agree(one: str, other: str) -> bool:
    """Whether one spelling has no initials: "Nicholas Lane" beside "Nicholas D. Lane"."""
    initials = [[word for word in name.split() if len(word) == 1] for name in (one, other)]
    return not initials[0] or not initials[1] or initials[0] == initials[1]
