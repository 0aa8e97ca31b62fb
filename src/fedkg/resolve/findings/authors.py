"""Author lists: missing, cut short, or in disagreement with the fullest."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from fedkg.ids import fold
from fedkg.model import Finding, Paper, Stated
from fedkg.resolve.findings.context import Context, at, finding, first_paths, named

_CUT_SHORT = re.compile(
    r"(?:\bet\.?\s*al\b\.?|\band\s+others\b|\.\.\.|…|等)\s*[.\])]*\s*$", re.IGNORECASE
)
_SPELLED_ALIKE = 85


@dataclass(frozen=True, slots=True)
class AuthorList:
    """The authors of a work as one source names them; `where` is a place in a list, or a source."""

    names: tuple[str, ...]
    where: str
    stated: Stated | None = None
    is_cut_short: bool = False


def author_findings(context: Context) -> Iterator[Finding]:
    """Yield papers without known authors, and entries whose authors are not all or not these.

    Where most papers of a list have no known authors, its form leaves them out: nothing is missing.
    """
    lists = _author_lists(context)
    asked = _lists_with_authors(context, lists)
    papers = {paper.key: paper for paper in context.papers}
    for key, members in context.works.items():
        known = lists[key]
        if known:
            yield from _compared(key, known, _fullest(known))
            continue
        here = [member for member in members if member.entry.list in asked]
        if here:
            yield _missing(papers.get(key), key, here)


def _author_lists(context: Context) -> dict[str, list[AuthorList]]:
    """Return what each source names as the authors of each paper (key)."""
    found = {
        key: [_listed(member) for member in members if member.entry.authors]
        for key, members in context.works.items()
    }
    for one in context.records:
        if one.record.authors and one.paper in found:
            names, truncated = one.record.authors, one.record.is_truncated
            found[one.paper].append(AuthorList(names, one.record.source, None, truncated))
    return found


def _lists_with_authors(
    context: Context, lists: Mapping[str, Sequence[AuthorList]]
) -> frozenset[str]:
    """Return the lists of whose papers at least half have known authors."""
    every: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for key, members in context.works.items():
        names = {member.entry.list for member in members}
        every.update(names)
        known.update(names if lists[key] else ())
    return frozenset(name for name in every if 2 * known[name] >= every[name])


def _listed(stated: Stated) -> AuthorList:
    words = stated.entry.listed.authors or ""
    cut = bool(_CUT_SHORT.search(words))
    return AuthorList(stated.entry.authors, at(stated.entry), stated, cut)


def _fullest(lists: Sequence[AuthorList]) -> AuthorList:
    return min(lists, key=lambda one: (-len(one.names), one.is_cut_short, one.where))


def _missing(paper: Paper | None, key: str, members: Sequence[Stated]) -> Finding:
    first = members[0]
    title = paper.title if paper else first.entry.title
    sentence = f"No source names the authors of “{title}”: add them, or build with a bibliography."
    about = (f"paper/{key}", *first_paths(members))
    return Finding("authors-missing", sentence, first.entry.list, first.entry.line, about)


def _compared(key: str, lists: Sequence[AuthorList], fullest: AuthorList) -> Iterator[Finding]:
    for one in lists:
        if one.stated is None:
            continue
        title = one.stated.entry.title
        kind, trouble = _trouble(one, fullest)
        if kind:
            yield finding(kind, f"“{title}”: {trouble}.", one.stated, f"paper/{key}")


def _trouble(one: AuthorList, fullest: AuthorList) -> tuple[str | None, str]:
    """Return the kind of finding and what to say of an author list beside the fullest."""
    mine, theirs = one.names, fullest.names
    if _agree(mine, theirs[: len(mine)]):
        if len(mine) < len(theirs):
            missing = named(theirs[len(mine) :], ", ")
            return "authors-truncated", (
                f"{len(mine)} authors are named here and {len(theirs)} in {fullest.where}; "
                f"add {missing}"
            )
        if one.is_cut_short:
            return "authors-truncated", f"the authors end after {mine[-1]}; add the others"
        return None, ""
    if len(mine) == 1 and not _has(theirs, mine[0]):
        return None, ""  # a single strange name is more likely no name at all
    absent = [name for name in theirs if not _has(mine, name)]
    strange = [name for name in mine if not _has(theirs, name)]
    if not absent and not strange:
        return "authors-conflict", f"the authors stand in another order than in {fullest.where}"
    parts = [f"lack {named(absent, ', ')}"] if absent else []
    parts += [f"have {named(strange, ', ')}"] if strange else []
    return "authors-conflict", (
        f"compared with {fullest.where}, the authors here {' and '.join(parts)}; check them"
    )


def _agree(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    pairs = zip(mine, theirs, strict=False)
    return len(mine) == len(theirs) and all(_is_one_name(a, b) for a, b in pairs)


def _has(names: Sequence[str], name: str) -> bool:
    return any(_is_one_name(name, other) for other in names)


def _is_one_name(one: str, other: str) -> bool:
    """Whether two spellings can be one name's: initials, order and small slips do not count."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return a == b
    if "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return True
    return _abbreviates(a, b) or fuzz.ratio(" ".join(a), " ".join(b)) >= _SPELLED_ALIKE


def _abbreviates(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each word of the shorter name is one of the longer, or the initial of one.

    One word at least must be there in full: "Mohri M" and "Mehryar Mohri", "N. D. Lane" and
    "Nicholas Lane" the other way about.
    """
    short, long = sorted((one, other), key=len)
    left = list(long)
    in_full = False
    for word in sorted(short, key=len, reverse=True):
        match = next((w for w in left if w == word and len(w) > 1), None) or next(
            (w for w in left if w[0] == word[0] and 1 in {len(w), len(word)}), None
        )
        if match is None:
            return False
        in_full = in_full or match == word
        left.remove(match)
    return in_full


def _words(name: str) -> list[str]:
    return [folded for word in name.split() if (folded := fold(word))]
