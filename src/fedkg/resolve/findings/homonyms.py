"""Names that may be several people's: on papers without a common co-author."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fedkg.ids import fold
from fedkg.model import Finding, IdentityBasis, Person
from fedkg.resolve.findings.context import Context, first_paths, place

_PAPERS_AT_LEAST = 3
_GROUPS_AT_LEAST = 3
_WORDS_AT_MOST = 2
_SHARED = 2
_SYLLABLE = 3
_PEOPLE_ENOUGH = 200
"""From so many people on, a first or a last name that nobody else has is held to be rare."""


def homonym_findings(context: Context) -> Iterator[Finding]:
    """Yield full names on three papers or more that fall into three groups or more.

    Most of the papers must be of different groups, or one person has simply worked with many. A
    name with a middle name is seldom shared, and one with initials is no full name.
    """
    words = Counter(word for person in context.people for word in _words(person.name))
    is_many = len(context.people) >= _PEOPLE_ENOUGH
    by_name = {
        person.key: person.name
        for person in context.people
        if _is_known_by_name_alone(person) and not (is_many and _is_rare(person.name, words))
    }
    authors = {
        paper.key: frozenset(one.person for one in paper.authorships) for paper in context.papers
    }
    papers: dict[str, list[str]] = defaultdict(list)
    for paper, people in authors.items():
        for person in people & by_name.keys():
            papers[person].append(paper)
    for person in sorted(papers):
        count = len(papers[person])
        if count < _PAPERS_AT_LEAST:
            continue
        groups = groups_of(person, sorted(papers[person]), authors)
        if groups >= _GROUPS_AT_LEAST and 2 * groups > count:
            yield from _homonym(person, by_name[person], papers[person], groups, context)


def _is_known_by_name_alone(person: Person) -> bool:
    """Whether a person is a first and a last name in full, in every spelling, and no more."""
    spelled = [_words(name) for name in (person.name, *person.aliases)]
    return person.basis is IdentityBasis.NAME and all(
        0 < len(words) <= _WORDS_AT_MOST and all(len(word) > 1 for word in words)
        for words in spelled
    )


def _is_rare(name: str, words: Mapping[str, int]) -> bool:
    """Whether nobody else has the last name, or the first, unless that is a syllable."""
    words_of = _words(name)
    first, last = words_of[0], words_of[-1]
    return words[last] < _SHARED or (words[first] < _SHARED and len(first) > _SYLLABLE)


def _words(name: str) -> list[str]:
    return [fold(word) or word for word in name.split()]


def groups_of(person: str, papers: Sequence[str], authors: Mapping[str, frozenset[str]]) -> int:
    """Return into how many groups a person's papers fall: common co-authors put two together."""
    group_of: dict[str, int] = {}
    members: dict[int, set[str]] = {}
    for at, paper in enumerate(papers):
        company = set(authors[paper]) - {person}
        joined = {group_of[one] for one in company if one in group_of}
        largest = max(joined, key=lambda group: (len(members[group]), group), default=at)
        members.setdefault(largest, set()).update(company)
        for group in joined - {largest}:
            company |= members.pop(group)
        members[largest] |= company
        group_of |= dict.fromkeys(company, largest)
    return len(members)


def _homonym(
    person: str, name: str, papers: Sequence[str], groups: int, context: Context
) -> Iterator[Finding]:
    entries = sorted((m for paper in papers for m in context.works.get(paper, ())), key=place)
    if not entries:
        return
    first = entries[0].entry
    sentence = (
        f"“{name}” stands on {len(papers)} papers, which fall into {groups} groups without a "
        "common co-author: the name may be several people's."
    )
    about = [f"person/{person}", *(f"paper/{p}" for p in sorted(papers)), *first_paths(entries)]
    yield Finding("possible-homonym", sentence, first.list, first.line, tuple(about))
