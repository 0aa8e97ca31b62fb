"""Which paper is meant: by its key, an identifier, a link, its title or its short name."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from fedkg.errors import UnknownNameError
from fedkg.ids import SCHEMES, fold, identifiers_of, identifiers_of_doi, slug, web_url
from fedkg.model import Store
from fedkg.why.terms import ask, iri

_DOTTED = {"arxiv", "acl"}
_NAMES_AT_MOST = 5
_TELLING = 4  # letters from which on a part of a title tells it from others


def find_paper(store: Store, base: str, name: str) -> str:
    """Return the IRI of the paper that a key, identifier, link, title or short name names.

    `base` is the IRI that the graph's things live under. Raises UnknownNameError, with the nearest
    title or the candidates, when it is not exactly one paper.
    """
    wanted = name.strip()
    for key in _keys(wanted, base):
        found = _paper_of_key(store, base, key)
        if found:
            return found
    papers = _papers_of_link(store, wanted) or _papers_of_title(store, wanted)
    if len(papers) == 1:
        return papers[0]
    if papers:
        keys = [iri.rsplit("/paper/", 1)[-1] for iri in papers[:_NAMES_AT_MOST]]
        more = ", …" if len(papers) > _NAMES_AT_MOST else ""
        raise UnknownNameError(
            f"{name!r} names {len(papers)} papers: say which, {', '.join(keys)}{more}."
        )
    raise UnknownNameError(f"No paper is called {name!r}: {_hint(store, wanted)}")


def title_of(store: Store, paper: str) -> str:
    """Return the title of a paper (IRI)."""
    return ask(store, f"SELECT ?title WHERE {{ {iri(paper)} dcterms:title ?title }}")[0][0].value


def _keys(name: str, base: str) -> Iterable[str]:
    """Yield the paper keys that a name may stand for, the likeliest first."""
    if name.startswith(f"{base}paper/"):
        yield name.removeprefix(f"{base}paper/")
    if web_url(name):
        yield from (identifier.key for identifier in identifiers_of(name))
        return
    plain = name.removeprefix("paper/")
    scheme, _, value = plain.partition(":")
    if scheme.lower() in SCHEMES and value:
        yield f"{scheme.lower()}-{slug(value, keep_dots=scheme.lower() in _DOTTED)}"
    yield from (identifier.key for identifier in identifiers_of_doi(plain) if "/" in plain)
    yield plain
    yield from (f"{dotted}-{slug(plain, keep_dots=True)}" for dotted in sorted(_DOTTED))
    yield f"title-{slug(plain)}"


def _paper_of_key(store: Store, base: str, key: str) -> str | None:
    address = web_url(f"{base}paper/{key}")  # safe in a query, whatever the key holds
    if address is None:
        return None
    rows = ask(
        store,
        f"""SELECT ?paper WHERE {{
          {{ BIND ({iri(address)} AS ?paper) }}
          UNION {{ {iri(address)} dcterms:isReplacedBy ?paper }}
          ?paper a fkg:Paper }}""",
    )
    return rows[0][0].value if rows else None


def _papers_of_link(store: Store, name: str) -> list[str]:
    """Return the papers of the entries that carry a link."""
    address = web_url(name)
    if address is None:
        return []
    rows = ask(
        store,
        """SELECT DISTINCT ?paper ?link WHERE {
          ?entry fkg:linkAsListed|fkg:otherLink ?link ; fkg:describes ?paper }""",
    )
    return sorted({paper.value for paper, link in rows if web_url(link.value) == address})


def _papers_of_title(store: Store, name: str) -> list[str]:
    """Return the papers of a title; where there is none, those of a short name before a colon."""
    titles = _titles(store)
    wanted = fold(name)
    whole = {paper for paper, title in titles if wanted and fold(title) == wanted}
    short = {paper for paper, title in titles if wanted and fold(_short(title)) == wanted}
    return sorted(whole or short)


def _hint(store: Store, name: str) -> str:
    titles = [title for _, title in _titles(store)]
    wanted = fold(name)
    within = [title for title in titles if wanted in fold(title)]
    near = (within if len(wanted) >= _TELLING else []) or _nearest(name, titles)
    return f"do you mean “{near[0]}”?" if near else "give a key, identifier, link or title."


def _nearest(name: str, titles: Sequence[str]) -> list[str]:
    folded = {fold(words): title for title in titles for words in (title, _short(title))}
    return [folded[near] for near in get_close_matches(fold(name), folded, n=1, cutoff=0.6)]


def _titles(store: Store) -> list[tuple[str, str]]:
    """Return (paper, title or other name), sorted by name."""
    rows = ask(
        store,
        """SELECT ?paper ?title WHERE {
          ?paper a fkg:Paper ; dcterms:title|dcterms:alternative ?title } ORDER BY ?title ?paper""",
    )
    return [(paper.value, title.value) for paper, title in rows]


def _short(title: str) -> str:
    return title.partition(":")[0]
