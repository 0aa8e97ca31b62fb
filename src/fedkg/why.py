"""Why does the graph say so? The list, line, heading and words behind each statement on a paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from fedkg.errors import UnknownNameError
from fedkg.ids import fold, identifiers_of, identifiers_of_doi, slug, web_url
from fedkg.model import Store, Term
from fedkg.namespaces import PREFIXES

_PREAMBLE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_IDENTIFIERS = {
    "fabio:hasArXivId": "arxiv",
    "prism:doi": "doi",
    "fkg:aclAnthologyId": "acl",
    "fkg:openReviewId": "openreview",
    "fkg:ieeeDocumentId": "ieee",
}
_LINKS = ("linkAsListed", "otherLink")
# What states a property of a paper, and where the words of it stand, the likeliest first.
_SOURCES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "dcterms:title": ("statesTitle", ("titleAsListed",)),
    "dcterms:alternative": ("statesTitle", ("titleAsListed",)),
    "dcterms:creator": ("statesAuthor", ("authorsAsListed",)),
    "fkg:usesDataset": ("statesDataset", ("datasetsAsListed",)),
    "fkg:usesModel": ("statesModel", ("modelsAsListed",)),
    "fkg:technique": ("statesTechnique", ()),
    "fkg:repository": ("statesRepository", ("codeAsListed", "otherLink")),
    "fkg:venue": ("statesVenue", ("venueAsListed", *_LINKS)),
    "fkg:publishedIn": ("statesEdition", ("venueAsListed", "dateAsListed", *_LINKS)),
    "fkg:year": ("statesYear", ("dateAsListed", "venueAsListed", *_LINKS)),
    "dcterms:issued": ("statesDate", ("dateAsListed", "venueAsListed", *_LINKS)),
    "fkg:firstIssued": ("statesDate", ("dateAsListed", "venueAsListed", *_LINKS)),
    **dict.fromkeys(_IDENTIFIERS, ("statesIdentifier", _LINKS)),
}
_FROM_IDENTIFIER = {"fkg:venue", "fkg:year", "dcterms:issued", "fkg:firstIssued"}


@dataclass(frozen=True, slots=True)
class Source:
    """An entry behind a statement, or one that says otherwise.

    `words` are the fields as they stand in the list, by local name ("venueAsListed"); `says` is
    what the entry states instead, for an entry that says otherwise.
    """

    list: str
    line: int
    headings: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement on a paper: property (prefixed name), value as text, and what is behind it."""

    property: str
    value: str
    sources: tuple[Source, ...]
    otherwise: tuple[Source, ...] = ()


def find_paper(store: Store, base: str, name: str) -> str:
    """Return the IRI of the paper that a key, identifier, URL or title names.

    Raises UnknownNameError, with the nearest title, when there is none or more than one.
    """
    for key in _keys(name.strip(), base):
        found = _paper_of_key(store, base, key)
        if found:
            return found
    return _paper_of_title(store, name)


def why(store: Store, paper: str, name: str, value: str | None) -> tuple[Answer, ...]:
    """Return the statements of a property of a paper (IRI), each with the entries behind it.

    `name` is a prefixed or a local name; `value` keeps the statements whose value is, or is
    called, that. Raises UnknownNameError.
    """
    stated = _properties(store, paper)
    property_name = _property(name, stated)
    values = [v for v in stated[property_name] if value is None or _is_called(store, v, value)]
    if not values:
        names = ", ".join(_label(store, found) for found in stated[property_name])
        raise UnknownNameError(f"{property_name} of that paper is not {value!r}: it is {names}.")
    if property_name not in _SOURCES:
        explained = ", ".join(sorted(set(stated) & set(_SOURCES)))
        raise UnknownNameError(
            f"{property_name} is not read from a list but follows from other statements: "
            f"ask about {explained}."
        )
    return tuple(_answer(store, paper, property_name, found) for found in values)


def title_of(store: Store, paper: str) -> str:
    """Return the title of a paper (IRI)."""
    rows = _ask(store, f"SELECT ?title WHERE {{ <{paper}> dcterms:title ?title }}")
    return rows[0][0].value


def render(answers: Iterable[Answer]) -> str:
    """Return the answers as text, ending in a newline."""
    lines: list[str] = []
    for answer in answers:
        lines.append(f"{answer.property} = {answer.value}")
        for source in answer.sources:
            lines += _rendered(source)
        if not answer.sources:
            lines.append("  no entry states it: it follows from the paper's other statements")
        if answer.otherwise:
            lines.append("  said otherwise:")
            for source in answer.otherwise:
                lines += ["  " + line for line in _rendered(source)]
    return "\n".join(lines) + "\n"


def _rendered(source: Source) -> list[str]:
    headings = " › ".join(source.headings) or "no heading"
    says = f", says {source.says}" if source.says else ""
    first = f"  {source.list}, line {source.line}, under “{headings}”{says}"
    return [first, *(f"    {name}: {words}" for name, words in source.words)]


# ---------------------------------------------------------------- the paper


def _keys(name: str, base: str) -> Iterable[str]:
    """Yield the paper keys that a name may stand for."""
    address = web_url(name)
    if name.startswith(f"{base}paper/"):
        yield name.removeprefix(f"{base}paper/")
    if address:
        yield from (identifier.key for identifier in identifiers_of(address))
        return
    plain = name.removeprefix("paper/")
    scheme, _, rest = plain.partition(":")
    if scheme.lower() in {"arxiv", "doi", "acl", "openreview", "ieee", "pmlr", "neurips"} and rest:
        yield f"{scheme.lower()}-{slug(rest, keep_dots=scheme.lower() in {'arxiv', 'acl'})}"
    if plain.startswith("10."):
        yield from (identifier.key for identifier in identifiers_of_doi(plain))
    yield plain
    yield f"arxiv-{slug(plain, keep_dots=True)}"
    yield f"acl-{slug(plain, keep_dots=True)}"
    yield f"title-{slug(plain)}"


def _paper_of_key(store: Store, base: str, key: str) -> str | None:
    address = web_url(f"{base}paper/{key}")
    if address is None or " " in key:
        return None
    rows = _ask(
        store,
        f"""SELECT ?paper WHERE {{
          {{ BIND (<{address}> AS ?paper) }} UNION {{ <{address}> dcterms:isReplacedBy ?paper }}
          ?paper a fkg:Paper }}""",
    )
    return rows[0][0].value if rows else None


def _paper_of_title(store: Store, name: str) -> str:
    rows = _ask(
        store,
        """SELECT ?paper ?title WHERE {
          ?paper a fkg:Paper ; dcterms:title|dcterms:alternative ?title } ORDER BY ?title ?paper""",
    )
    wanted = fold(name)
    exact = sorted({paper.value for paper, title in rows if fold(title.value) == wanted})
    if len(exact) == 1:
        return exact[0]
    if exact:
        keys = ", ".join(iri.rsplit("/paper/", 1)[-1] for iri in exact)
        raise UnknownNameError(f"{name!r} names {len(exact)} papers: say which, {keys}.")
    titles = [title.value for _, title in rows]
    within = [title for title in titles if wanted and wanted in fold(title)]
    near = within or get_close_matches(name, titles, n=1, cutoff=0.5)
    hint = f"do you mean “{near[0]}”?" if near else "give a key, identifier, link or title."
    raise UnknownNameError(f"No paper is called {name!r}: {hint}")


# ---------------------------------------------------------------- the statement


def _properties(store: Store, paper: str) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for predicate, value in _ask(
        store, f"SELECT DISTINCT ?p ?o WHERE {{ <{paper}> ?p ?o }} ORDER BY ?p ?o"
    ):
        found.setdefault(_compact(predicate.value), []).append(value)
    return found


def _property(name: str, stated: Mapping[str, object]) -> str:
    matching = [known for known in stated if name in {known, known.split(":", 1)[1]}]
    if len(matching) == 1:
        return matching[0]
    known = ", ".join(sorted(set(stated) & set(_SOURCES)))
    raise UnknownNameError(f"That paper has no property {name!r}: it has {known}.")


def _answer(store: Store, paper: str, name: str, value: Term) -> Answer:
    stating, fields = _SOURCES[name]
    scheme = _IDENTIFIERS.get(name)
    wanted = _literal(f"{scheme}:{value.value}") if scheme else _sparql(value)
    sources = _entries(store, paper, f"?entry fkg:{stating} {wanted}", fields)
    if not sources and name in _FROM_IDENTIFIER:
        sources = _entries_with_identifier(store, paper, name, value)
    otherwise: Sequence[Source] = ()
    if name in {"fkg:venue", "fkg:year", "fkg:publishedIn", "dcterms:issued"}:
        pattern = (
            f"?entry fkg:{stating} ?other . FILTER NOT EXISTS {{ ?entry fkg:{stating} {wanted} }}"
        )
        otherwise = _entries(store, paper, pattern, fields[:2])
    return Answer(name, _label(store, value), tuple(sources), tuple(otherwise))


def _entries_with_identifier(store: Store, paper: str, name: str, value: Term) -> list[Source]:
    """Return the entries whose identifier puts a version in that venue or at that date."""
    version_property = "dcterms:issued" if name == "fkg:firstIssued" else name
    names = " ".join(_IDENTIFIERS)
    pattern = f"""<{paper}> fkg:version ?version . ?version {version_property} {_sparql(value)} .
      VALUES (?property ?scheme) {{ {" ".join(f'({p} "{s}")' for p, s in _IDENTIFIERS.items())} }}
      ?version ?property ?id . ?entry fkg:statesIdentifier ?stated
      FILTER (?stated = CONCAT(?scheme, ":", ?id))"""
    return _entries(store, paper, pattern, _LINKS) if names else []


def _entries(store: Store, paper: str, pattern: str, fields: Sequence[str]) -> list[Source]:
    rows = _ask(
        store,
        f"""SELECT DISTINCT ?entry ?list ?line ?other WHERE {{
          ?entry fkg:describes <{paper}> ; fkg:inList ?list ; fkg:line ?line . {pattern} }}
          ORDER BY ?list ?line ?entry""",
    )
    return [
        Source(
            row[1].value.rsplit("/list/", 1)[-1],
            int(row[2].value),
            _headings(store, row[0].value),
            _words(store, row[0].value, fields),
            _label(store, row[3]) if row[3] is not None else None,
        )
        for row in rows
    ]


def _headings(store: Store, entry: str) -> tuple[str, ...]:
    rows = _ask(
        store,
        f"""SELECT ?label (COUNT(?above) AS ?depth) WHERE {{
          <{entry}> fkg:section/skos:broader* ?section . ?section skos:prefLabel ?label ;
          skos:broader* ?above }} GROUP BY ?section ?label ORDER BY ?depth""",
    )
    return tuple(row[0].value for row in rows)


def _words(store: Store, entry: str, fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for field in fields:
        rows = _ask(
            store, f"SELECT ?words WHERE {{ <{entry}> fkg:{field} ?words }} ORDER BY ?words"
        )
        found += [(field, row[0].value) for row in rows]
    return tuple(found)


# ---------------------------------------------------------------- terms


def _ask(store: Store, query: str) -> list[tuple[Term, ...]]:
    rows = store.select(_PREAMBLE + query).rows
    return [tuple(row) for row in rows]  # type: ignore[arg-type]


def _label(store: Store, value: Term) -> str:
    """Return the name of a thing with its path, or a literal as it is."""
    if value.kind != "iri":
        return value.value
    rows = _ask(
        store,
        f"""SELECT ?name WHERE {{ <{value.value}> ?p ?name VALUES ?p {{ skos:prefLabel rdfs:label
          foaf:name schema:codeRepository }} }} ORDER BY ?name LIMIT 1""",
    )
    path = "/".join(value.value.split("/")[-2:])
    return f"{rows[0][0].value} ({path})" if rows else path


def _is_called(store: Store, value: Term, wanted: str) -> bool:
    if wanted in {value.value, value.value.rsplit("/", 1)[-1]}:
        return True
    return fold(wanted) in {fold(value.value), fold(_label(store, value).rsplit(" (", 1)[0])}


def _sparql(term: Term) -> str:
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.language:
        return f"{_literal(term.value)}@{term.language}"
    return f"{_literal(term.value)}^^<{term.datatype}>" if term.datatype else _literal(term.value)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
