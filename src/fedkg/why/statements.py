"""A property of a paper → its values, each with the entries and records that state it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fedkg.errors import UnknownNameError
from fedkg.ids import fold
from fedkg.model import Store, Term
from fedkg.namespaces import compact
from fedkg.why.properties import CITES, IDENTIFIERS, Explained, property_named
from fedkg.why.terms import ask, iri, label, literal, names_of, sparql


@dataclass(frozen=True, slots=True)
class Source:
    """An entry that states something: its list, line and headings (outermost first).

    `words` are the fields as they stand in the list, by local name ("venueAsListed"); `states` is
    the value, where it is another than the one that was asked about.
    """

    list: str
    line: int
    headings: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    states: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What a source other than a list states: the slug of the source, and where it was read."""

    source: str
    read_from: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement on a paper: property (prefixed name), value as text, and what is behind it.

    `others` are entries that state another value of a property of which a paper has one.
    """

    property: str
    value: str
    sources: tuple[Source, ...]
    others: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()


def why(store: Store, paper: str, name: str, value: str | None = None) -> tuple[Answer, ...]:
    """Return the statements of a property of a paper (IRI), each with the entries behind it.

    `name` is a prefixed, local or plain name; `value` keeps the statements whose value is, or is
    called, that. Raises UnknownNameError.
    """
    stated = _statements(store, paper)
    asked = property_named(name, stated)
    values = [one for one in stated[asked.name] if value is None or _is_called(store, one, value)]
    if not values:
        names = ", ".join(label(store, found) for found in stated[asked.name])
        raise UnknownNameError(f"{asked.name} of that paper is not {value!r}: it is {names}.")
    return tuple(_answer(store, paper, asked, found) for found in values)


def decisions(store: Store, paper: str) -> tuple[str, ...]:
    """Return the reasons of what people decided about a paper (IRI) or its entries."""
    rows = ask(
        store,
        f"""SELECT DISTINCT ?reason WHERE {{ ?decision a fkg:Decision ; fkg:reason ?reason .
          {{ ?decision fkg:about {iri(paper)} }}
          UNION {{ ?decision fkg:about ?entry . ?entry fkg:describes {iri(paper)} }}
          }} ORDER BY ?reason""",
    )
    return tuple(row[0].value for row in rows)


def _statements(store: Store, paper: str) -> Mapping[str, list[Term]]:
    """Return the values of each property of a paper, authors in their order."""
    rows = ask(
        store,
        f"""SELECT ?property ?value WHERE {{ {iri(paper)} ?property ?value
          OPTIONAL {{ {iri(paper)} fkg:authorship ?role .
                      ?role fkg:author ?value ; fkg:position ?position }}
          }} ORDER BY ?property ?position ?value""",
    )
    found: dict[str, list[Term]] = {}
    for predicate, value in rows:
        found.setdefault(compact(predicate.value), []).append(value)
    return found


def _is_called(store: Store, value: Term, wanted: str) -> bool:
    if wanted in {value.value, value.value.rsplit("/", 1)[-1]}:
        return True
    return fold(wanted) != "" and fold(wanted) in map(fold, names_of(store, value))


def _answer(store: Store, paper: str, asked: Explained, value: Term) -> Answer:
    """Ask for what states a value; else for what has the link of a version that is placed there."""
    if asked.name == CITES:
        return Answer(asked.name, label(store, value), (), facts=_citations(store, paper, value))
    stated = f"?entry fkg:{asked.states} ?other ."
    pattern = f"{stated} {_sameness(store, paper, asked, value)}"
    sources = _entries(store, paper, pattern, asked.words)
    facts = _records(store, paper, pattern)
    if asked.placed and not sources and not facts:
        pattern = _placing(paper, asked, value)
        sources = _entries(store, paper, pattern, asked.words)
        facts = _records(store, paper, pattern)
    others: Sequence[Source] = ()
    if asked.single:
        same_entry = f"FILTER NOT EXISTS {{ ?entry fkg:{asked.states} {sparql(value)} }}"
        others = _entries(store, paper, f"{stated} {same_entry}", asked.words)
    behind = tuple(replace(source, states=None) for source in sources)
    beside = tuple(other for other in others if replace(other, states=None) not in behind)
    return Answer(asked.name, label(store, value), behind, beside, facts)


def _sameness(store: Store, paper: str, asked: Explained, value: Term) -> str:
    """Return the pattern that makes `?other`, what an entry states, the value."""
    if asked.states == "statesTitle":  # one title stands for all that differ in case and signs
        rows = ask(
            store, f"SELECT ?title {{ ?entry fkg:describes {iri(paper)} ; fkg:statesTitle ?title }}"
        )
        same = {row[0].value for row in rows if fold(row[0].value) == fold(value.value)}
        return f"VALUES ?other {{ {' '.join(map(literal, sorted(same)))} }}"
    scheme = IDENTIFIERS.get(asked.name)
    term = literal(f"{scheme}:{value.value}") if scheme else sparql(value)
    return f"FILTER (sameTerm(?other, {term}))"


def _placing(paper: str, asked: Explained, value: Term) -> str:
    """Return the pattern of entries with an identifier, or an edition, of a version so placed."""
    of_version = "dcterms:issued" if asked.name == "fkg:firstIssued" else asked.name
    schemes = " ".join(f"({name} {literal(scheme)})" for name, scheme in IDENTIFIERS.items())
    return f"""{iri(paper)} fkg:version ?version . ?version {of_version} {sparql(value)} .
      BIND ({sparql(value)} AS ?other)
      {{ ?version fkg:publishedIn ?edition . ?entry fkg:statesEdition ?edition }}
      UNION {{ VALUES (?property ?scheme) {{ {schemes} }}
        ?version ?property ?id . ?entry fkg:statesIdentifier ?stated
        FILTER (?stated = CONCAT(?scheme, ":", ?id)) }}"""


def _entries(store: Store, paper: str, pattern: str, words: Sequence[str]) -> tuple[Source, ...]:
    rows = ask(
        store,
        f"""SELECT DISTINCT ?entry ?list ?line ?other WHERE {{
          ?entry fkg:describes {iri(paper)} ; fkg:inList ?list ; fkg:line ?line . {pattern} }}
          ORDER BY ?list ?line ?entry""",
    )
    return tuple(
        Source(
            paper_list.value.rsplit("/list/", 1)[-1],
            int(line.value),
            _headings(store, entry.value),
            _words(store, entry.value, words),
            label(store, other),
        )
        for entry, paper_list, line, other in rows
    )


def _records(store: Store, paper: str, pattern: str) -> tuple[Fact, ...]:
    """Return the records of a paper for which a pattern on `?entry` holds."""
    rows = ask(
        store,
        f"""SELECT DISTINCT ?entry ?from WHERE {{
          ?entry a fkg:Record ; fkg:describes {iri(paper)} ; prov:hadPrimarySource ?from .
          {pattern} }} ORDER BY ?entry""",
    )
    return tuple(_fact(record.value, "record", origin.value) for record, origin in rows)


def _citations(store: Store, paper: str, cited: Term) -> tuple[Fact, ...]:
    rows = ask(
        store,
        f"""SELECT ?citation ?from WHERE {{ ?citation a cito:Citation ;
          cito:hasCitingEntity {iri(paper)} ; cito:hasCitedEntity {sparql(cited)} ;
          prov:hadPrimarySource ?from }} ORDER BY ?citation ?from""",
    )
    return tuple(_fact(citation.value, "citation", origin.value) for citation, origin in rows)


def _fact(subject: str, kind: str, read_from: str) -> Fact:
    """Return the fact that `…/<kind>/<source>/…` names."""
    return Fact(subject.rsplit(f"/{kind}/", 1)[-1].split("/", 1)[0], read_from)


def _headings(store: Store, entry: str) -> tuple[str, ...]:
    rows = ask(
        store,
        f"""SELECT ?label (COUNT(?above) AS ?depth) WHERE {{
          {iri(entry)} fkg:section/skos:broader* ?section . ?section skos:prefLabel ?label ;
          skos:broader* ?above }} GROUP BY ?section ?label ORDER BY ?depth""",
    )
    return tuple(row[0].value for row in rows)


def _words(store: Store, entry: str, fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field, row[0].value)
        for field in fields
        for row in ask(
            store, f"SELECT ?words WHERE {{ {iri(entry)} fkg:{field} ?words }} ORDER BY ?words"
        )
    )
