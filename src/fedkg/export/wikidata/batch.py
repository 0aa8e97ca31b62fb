"""Papers as commands of QuickStatements: facts alone, each with where it was read.

What a statement points to has to be an item: without a known one (`known`), the statement is left
out, and nothing is guessed from a name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import name
from urllib.parse import urlsplit

from fedkg.export.source import Source
from fedkg.export.wikidata.grammar import (
    CREATE,
    LAST,
    Command,
    Pair,
    folded,
    label,
    monolingual,
    string,
    time,
)
from fedkg.export.wikidata.lint import Lint
from fedkg.export.works import Work, works
from fedkg.namespaces import PREAMBLE

_SCHOLARLY_ARTICLE = "Q13442814"
_OPEN = ("arxiv.org", "aclanthology.org", "openreview.net", "proceedings.mlr.press")
"""Hosts whose pages of a paper give all of it."""
_AT_ONCE = 200
_READ = """SELECT ?paper ?address ?read WHERE {{
  VALUES ?paper {{ {papers} }}
  ?entry fkg:describes ?paper ; fkg:inList ?list . ?list dcterms:date ?read
  OPTIONAL {{ ?list dcterms:source ?address }}
}} ORDER BY ?paper DESC(BOUND(?address)) ?list"""
_CITED = """SELECT DISTINCT ?paper ?cited WHERE {{
  VALUES ?paper {{ {papers} }} ?paper cito:cites ?cited
}} ORDER BY ?paper ?cited"""


def quickstatements(source: Source) -> Iterator[bytes]:
    """Yield the papers of a source as a batch, a command a line.

    Raises ExportError for a batch that QuickStatements would refuse; the log says what else there
    is to mind.
    """
    lint = Lint()
    items = {f"{source.base}{path}": qid for path, qid in source.items.items()}
    for work, read, cited in _works(source):
        lines = list(commands(work, items, reference(work, *read), cited))
        lint.check(work.key, lines)
        yield "".join(f"{line}\n" for line in lines).encode()
    lint.tell()


def commands(
    work: Work, items: Mapping[str, str], source: Sequence[Pair], cited: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of a paper, whose item is made where none is known.

    An item that is there keeps its label, its description and the names of its authors, some of
    which it may hold as people.
    """
    item = items.get(work.iri, LAST)
    if item == LAST:
        yield CREATE
        if _language(work.title) == "en":
            yield Command(item, "Len", label(work.title)).to_line()
        yield Command(item, "Den", label(_description(work))).to_line()
    for property_, value in _facts(work):
        yield Command(item, property_, value, (), source).to_line()
    yield from _authors(work, item, items, source)
    for property_, things in _things(work, cited).items():
        for qid in dict.fromkeys(items[thing] for thing in things if thing in items):
            yield Command(item, property_, qid, (), source).to_line()


def reference(work: Work, address: str = "", read: str = "") -> tuple[Pair, ...]:
    """Return where a paper's facts were read and when (S854, S813).

    That is the list, where its address is known; else what it links to.
    """
    url = address or (work.urls[0] if work.urls else "")
    found = [("S854", string(url))] if url else []
    return (*found, ("S813", time(read))) if read else tuple(found)


def _facts(work: Work) -> Iterator[Pair]:
    yield "P31", _SCHOLARLY_ARTICLE
    yield "P1476", monolingual(_language(work.title), work.title)
    if doi := work.identifiers.get("doi"):
        yield "P356", string(doi.upper())
    if arxiv := work.identifiers.get("arxiv"):
        yield "P818", string(arxiv)
    if work.issued:
        yield "P577", time(work.issued)
    for url in work.urls:
        host = urlsplit(url).hostname or ""
        if host.removeprefix("www.") in _OPEN:
            yield "P953", string(url)


def _language(title: str) -> str:
    """Return "en" for a title in Latin letters above all, else that it is not known ("und")."""
    letters = [letter for letter in title if letter.isalpha()]
    latin = sum(name(letter, "").startswith("LATIN") for letter in letters)
    return "en" if 2 * latin >= len(letters) else "und"


def _authors(
    work: Work, item: str, items: Mapping[str, str], source: Sequence[Pair]
) -> Iterator[str]:
    """Yield an author as an item with the name as it stands there, or as a name, never as both."""
    often = Counter(folded(author.name) for author in work.authors if author.iri not in items)
    for at, author in enumerate(work.authors, 1):
        ordinal = ("P1545", string(str(at)))
        if author.iri in items:
            named = (ordinal, ("P1932", string(author.name)))
            yield Command(item, "P50", items[author.iri], named, source).to_line()
        elif item == LAST:
            # The same value again would only give its first statement one more qualifier.
            property_ = "!P2093" if often[folded(author.name)] > 1 else "P2093"
            yield Command(item, property_, string(author.name), (ordinal,), source).to_line()


def _things(work: Work, cited: Sequence[str]) -> Mapping[str, Sequence[str]]:
    return {
        "P1433": [work.venue.iri] if work.venue and work.kind != "preprint" else [],
        "P921": [one.iri for one in work.techniques],
        "P4510": [one.iri for one in (*work.datasets, *work.models)],
        "P2860": cited,
    }


def _description(work: Work) -> str:
    return f"scholarly article published in {work.year}" if work.year else "scholarly article"


def _works(source: Source) -> Iterator[tuple[Work, tuple[str, ...], Sequence[str]]]:
    """Yield each work with where and when it was read, and what it cites."""
    for part in source.parts(_AT_ONCE):
        papers = " ".join(f"<{iri}>" for iri in part)
        read: dict[str, tuple[str, ...]] = {}
        for paper, address, day in _asked(source, _READ.format(papers=papers)):
            read.setdefault(paper, (address, day))
        cited: dict[str, list[str]] = defaultdict(list)
        for paper, other in _asked(source, _CITED.format(papers=papers)):
            cited[paper].append(other)
        for work in works(Source(source.store, source.base, tuple(part))):
            yield work, read.get(work.iri, ()), cited[work.iri]


def _asked(source: Source, query: str) -> list[tuple[str, ...]]:
    rows = source.store.select(PREAMBLE + query).rows
    return [tuple("" if one is None else one.value for one in row) for row in rows]
