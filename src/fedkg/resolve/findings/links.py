"""Links: without an address, damaged, to a site instead of a work, or another work's."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from fedkg.ids import Identifier, fold, identifiers_of, web_url
from fedkg.model import Entry, Finding, Stated
from fedkg.resolve.findings.context import Context, at, finding, named, paths, titled
from fedkg.resolve.names import name_of
from fedkg.resolve.papers import Rejection

_NOWHERE = frozenset({"", ".", "./", "/", "#"})
_TWO_SCHEMES = re.compile(r"^\s*(?:https?[:/]+\s*)(?:https?[:/]|www\.https?)", re.IGNORECASE)
_ATTEMPT = re.compile(
    r"^\s*(?:h?t?tps?[:/]|https?\s|www\.|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|edu|cc|io|ai)/)",
    re.IGNORECASE,
)
_ARXIV_PAGE = re.compile(r"/(?:abs|pdf)/.*\d")

_PROGRAMME = re.compile(
    r"(?:accepted|list)[-_ ]?(?:of[-_ ]?)?(?:accepted[-_ ]?)?(?:papers?|list)?(?:[-_ ]list)?"
    r"|papers?|program(?:me)?|schedule|proceedings|call[-_]?for[-_]?papers|toc"
)
_HOME = re.compile(r"conferences?|virtual|home|main|index|default|(?:19|20)\d{2}|[a-z]{2}")
_EDITION = re.compile(r"[a-z]{2,10}[-_]?(?:(?:19|20)\d{2}|\d{2})")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$")
_VOLUME_PAGES = re.compile(
    r"^(?:proceedings\.mlr\.press/v\d+|openreview\.net/(?:group|venue)|dblp\.org/db/.*"
    r"|aclanthology\.org/(?:events|venues|volumes)/.*|ieeexplore\.ieee\.org/xpl/.*"
    r"|(?:papers|proceedings)\.n(?:eur)?ips\.cc/(?:paper|paper_files/paper)/\d{4}"
    r"|dl\.acm\.org/(?:doi/proceedings|toc|conference|journal)/.*|link\.springer\.com/journal/\d+"
    r"|ojs\.aaai\.org/index\.php/\w+/issue/.*|arxiv\.org/list/.*|scholar\.google\.[a-z.]+/.*)$"
)
_EVENT = re.compile(
    r"\b(?:workshop|conference|symposium|tutorial|seminar|challenge)\b", re.IGNORECASE
)
_TITLE_WORDS_AT_LEAST = 5
_TELLING_LENGTH = 4
_STEM_LENGTH = 6
_COMMON_WORDS = (
    *("federated", "learning", "with", "from", "towards", "using", "based", "models", "large"),
    *("language", "data", "deep", "neural", "networks", "training", "approach", "method"),
    "framework",
)
_COMMON = frozenset(word[:_STEM_LENGTH] for word in _COMMON_WORDS)
"""Beginnings of words that tell no title from another."""


def link_findings(context: Context) -> Iterator[Finding]:
    """Yield links that lead nowhere, to a site, or to another work."""
    for stated in (*context.described, *context.silent):
        yield from _damaged(stated)
    for stated in context.described:
        if stated.entry.link and _is_generic(stated.entry):
            sentence = (
                f"The link of “{stated.entry.title}” leads to {stated.entry.link}, "
                "which is no page of this work: link the work itself."
            )
            yield finding("generic-link", sentence, stated)
    for rejection in context.grouping.rejections:
        yield from _rejected(context, rejection)


def _damaged(stated: Stated) -> Iterator[Finding]:
    entry = stated.entry
    if entry.listed.link is None:
        return
    link = entry.listed.link.strip()
    if link in _NOWHERE:
        sentence = f"“{entry.title}” has an empty link: put the address in."
        yield finding("empty-link", sentence, stated)
        return
    trouble = _trouble(link, entry)
    if trouble:
        sentence = f"The link of “{entry.title}” {trouble}."
        yield finding("malformed-link", sentence, stated)


def _trouble(link: str, entry: Entry) -> str | None:
    """Return what is wrong with an address, as the end of a sentence; None for a sound one."""
    if "](" in link:
        return "holds a second link: leave only it"
    if _TWO_SCHEMES.match(link):
        return f"begins twice ({link[:40]}…): leave one beginning"
    if web_url(link) is None and _ATTEMPT.match(link):
        return f"is no web address ({link[:60]}): begin it with https:// and mend it"
    parts = urlsplit(entry.link or "")
    is_arxiv = (parts.hostname or "").removeprefix("www.") == "arxiv.org"
    if is_arxiv and _ARXIV_PAGE.match(parts.path) and not identifiers_of(entry.link or ""):
        return f"is no address of an arXiv paper ({entry.link}): correct its end"
    return None


def _is_generic(entry: Entry) -> bool:
    """Whether a link leads to the page of a site, a programme or a volume.

    A project's own site bears its name, and a label or the name of an event may well link a home
    page: those are left alone.
    """
    parts = urlsplit(entry.link or "")
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path).strip("/")
    if _VOLUME_PAGES.match(f"{host}/{path}"):
        return True
    if parts.query or parts.fragment:
        return False
    steps = [_ENDING.sub("", step) for step in path.lower().split("/") if step]
    if not all(_is_general(step, steps) for step in steps) or _EVENT.search(entry.title):
        return False
    if len(name_of(entry.title).sequence) < _TITLE_WORDS_AT_LEAST:
        return False
    return bool(steps and _PROGRAMME.fullmatch(steps[-1])) or not _is_own_site(host, entry.title)


def _is_general(step: str, steps: Sequence[str]) -> bool:
    if _PROGRAMME.fullmatch(step) or _HOME.fullmatch(step):
        return True
    return bool(_EDITION.fullmatch(step)) and steps[0] in {"conference", "conferences"}


def _is_own_site(host: str, title: str) -> bool:
    """Whether a host bears a word of the title, or is a person's or project's own page."""
    if host.endswith((".github.io", ".gitlab.io")) or host.startswith("sites."):
        return True
    words = (fold(word) for word in re.split(r"[\s\-/:]+", title))
    return any(len(word) >= _TELLING_LENGTH and word in fold(host) for word in words)


def _rejected(context: Context, rejection: Rejection) -> Iterator[Finding]:
    """Yield the finding on an identifier that an entry states and its work does not have."""
    stated = context.described[rejection.entry]
    others = [context.described[other] for other in rejection.others]
    title, identifier = stated.entry.title, rejection.identifier
    if rejection.own:
        rivals = [
            other
            for other in others
            if _are_named_alike(title, other.entry.title) and not _share_authors(stated, other)
        ]
        if rivals:
            sentence = _own(stated, identifier, rivals, context)
            yield finding("link-title-mismatch", sentence, stated, *paths(rivals, stated))
        return
    rivals = [other for other in others if _are_at_odds(stated, other)]
    if not rivals:
        return
    keepers = [other for other in rivals if identifier in context.accepted(other)]
    named_works = titled(other.entry for other in keepers or rivals)
    if keepers:
        trouble = f"“{title}” links {identifier}, which is {named_works}"
    else:
        trouble = f"The link of “{title}” ({identifier}) is also that of {named_works}"
    here = any(other.entry.list == stated.entry.list for other in rivals)
    edit = "merge the entries if it is one" if here else "give it its present title"
    sentence = f"{trouble}: link the work that is meant, or {edit}."
    yield finding("shared-link", sentence, stated, *paths(rivals, stated))


def _own(stated: Stated, identifier: Identifier, rivals: Sequence[Stated], context: Context) -> str:
    right = {i for other in rivals for i in context.accepted(other)}
    words = ", ".join(sorted(str(i) for i in right if i.scheme == identifier.scheme))
    where = named(at(other.entry) for other in rivals)
    return (
        f"“{stated.entry.title}” links {identifier} here and {words} at {where}: "
        "one of them is another work's, so check both."
    )


def _are_named_alike(title: str, other: str) -> bool:
    """Whether two entries of one work call it the same, a label apart.

    Entries of different titles may be two editions of a work, each with its own identifier.
    """
    one, two = name_of(title), name_of(other)
    return one.full == two.full or one.is_label or two.is_label


def _share_authors(one: Stated, other: Stated) -> bool:
    """Whether two entries name an author in common: people do use a title twice."""
    return bool(set(one.authors) & set(other.authors))


def _are_at_odds(stated: Stated, other: Stated) -> bool:
    """Whether two works of one link need a remedy, rather than being one that was renamed.

    In one list they do: it has a link too many, or a work. Works of two lists do where their
    authors differ, or where no word that tells anything is in both titles. A heading such as
    "Accepted papers" is no work, and a label may stand for the title that it begins.
    """
    one, two = stated.entry, other.entry
    if any(_PROGRAMME.fullmatch(entry.title.lower().strip()) for entry in (one, two)):
        return False
    if _is_label_of(one.title, two.title) or _is_label_of(two.title, one.title):
        return False
    if one.list == two.list:
        return True
    if stated.authors and other.authors:
        return not set(stated.authors) & set(other.authors)
    return not _telling_words(one.title) & _telling_words(two.title)


def _is_label_of(label: str, title: str) -> bool:
    """Whether a label begins as a title in full does: "OPT-13B" and "OPT: Open Pre-trained …"."""
    one, two = name_of(label), name_of(title)
    start = two.short or (two.sequence[0] if two.sequence else "")
    return one.is_label and not two.is_label and bool(start) and one.full.startswith(start)


def _telling_words(title: str) -> set[str]:
    """Return the beginnings of the words that are not of every title: "heterogen", "aggregat"."""
    words = name_of(title).sequence
    return {word[:_STEM_LENGTH] for word in words if len(word) >= _TELLING_LENGTH} - _COMMON
