"""People: names as listed → persons, by normalised full name, and author lists → authorships."""

from collections.abc import Iterable, Mapping, Sequence

from fedkg.ids import fold
from fedkg.model import Authorship, Entry, Person
from fedkg.resolve.keys import canonical, grouped, keyed


def name_key(name: str) -> str:
    """Return a full name for comparing: case, diacritics, hyphens and full stops do not count.

    Words stay apart, so that "Li Li" is not "Lili".
    """
    return " ".join(filter(None, (fold(word) for word in name.split())))


def people_of(entries: Iterable[Entry]) -> tuple[tuple[Person, ...], dict[str, str]]:
    """Return the persons whom entries name, and the person key of each `name_key`."""
    spellings = grouped((name_key(name), name) for entry in entries for name in entry.authors)
    chosen = canonical(spellings)
    keys = keyed(name for name, _ in chosen.values())
    people = tuple(Person(keys[name], name, others) for name, others in chosen.values())
    by_name = {folded: keys[name] for folded, (name, _) in chosen.items()}
    return tuple(sorted(people, key=lambda person: person.key)), by_name


def person_keys(entry: Entry, by_name: Mapping[str, str]) -> tuple[str, ...]:
    """Return the persons an entry names, in its order, each once."""
    return tuple(dict.fromkeys(by_name[name_key(name)] for name in entry.authors))


def authorships_of(entries: Sequence[Entry], by_name: Mapping[str, str]) -> tuple[Authorship, ...]:
    """Return the authors of a paper in order: the longest list that an entry gives.

    Ties go to the list that most entries give, then by code point.
    """
    lists = [entry.authors for entry in entries if entry.authors]
    if not lists:
        return ()
    best = min(lists, key=lambda names: (-len(names), -lists.count(names), names))
    seen: dict[str, str] = {}
    for name in best:
        seen.setdefault(by_name[name_key(name)], name)
    return tuple(
        Authorship(position, person, name)
        for position, (person, name) in enumerate(seen.items(), 1)
    )
