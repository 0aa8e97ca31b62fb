"""A property of a paper → its values, each with the entries and records that state it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fedkg.errors import UnknownNameError
from fedkg.ids import fold
from fedkg.model import Store, Term
from fedkg.namespaces import compact
from fedkg.why.properties import CITES, IDENTIFIERS, Explained, property_named
from fedkg.why.sources import Fact, Source, citations, entries_with, records_with
from fedkg.why.terms import ask, iri, label, literal, main_names, names_of, path_of, sparql


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement on a paper: property (prefixed name), value as text, and what is behind it.

    `term` is the value itself, `name` what it is called. `others` are entries that state another
    value of a property of which a paper has one.
    """

    property: str
    value: str
    term: Term
    name: str
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
    values = stated[asked.name]
    names = names_of(store, values)
    called = main_names(names)
    chosen = [one for one in values if value is None or value in _own_names(one)]
    chosen = chosen or [one for one in values if _is_called(names[one], value or "")]
    if not chosen:
        there_is = ", ".join(label(one, called[one]) for one in values)
        raise UnknownNameError(f"{asked.name} of that paper is not {value!r}: it is {there_is}.")
    return tuple(_answer(store, paper, asked, found, called[found]) for found in chosen)


def decisions(store: Store, paper: str) -> tuple[str, ...]:
    """Return the reasons of what people decided about a paper (IRI) or its entries."""
    rows = ask(
        store,
        f"""SELECT DISTINCT ?reason WHERE {{
          {{ ?decision fkg:about {iri(paper)} ; fkg:reason ?reason }}
          UNION {{ ?entry fkg:describes {iri(paper)} .
                   ?decision fkg:about ?entry ; fkg:reason ?reason }}
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


def _own_names(value: Term) -> tuple[str, ...]:
    """Return what names a value and no other: an IRI may be cut to its path or its key."""
    if value.kind != "iri":
        return (value.value,)
    return value.value, path_of(value.value), value.value.rsplit("/", 1)[-1]


def _is_called(names: Sequence[str], wanted: str) -> bool:
    return fold(wanted) != "" and fold(wanted) in map(fold, names)


def _answer(store: Store, paper: str, asked: Explained, value: Term, name: str) -> Answer:
    """Ask for what states a value; else for what has the link of a version that is placed there."""
    text = label(value, name)
    if asked.name == CITES:
        return Answer(asked.name, text, value, name, (), facts=citations(store, paper, value))
    stated = f"?entry fkg:{asked.states} ?other ."
    pattern = f"{stated} {_sameness(store, paper, asked, value)}"
    behind = entries_with(store, paper, pattern, asked.words)
    facts = records_with(store, paper, pattern)
    if asked.placed and not behind and not facts:
        pattern = _placing(store, paper, asked, value)
        behind = entries_with(store, paper, pattern, asked.words)
        facts = records_with(store, paper, pattern)
    sources = tuple(source for source, _ in behind)
    others: tuple[Source, ...] = ()
    if asked.single:
        same_entry = f"FILTER NOT EXISTS {{ ?entry fkg:{asked.states} {sparql(value)} }}"
        beside = entries_with(store, paper, f"{stated} {same_entry}", asked.words)
        others = _stating(store, [pair for pair in beside if pair[0] not in sources])
    return Answer(asked.name, text, value, name, sources, others, facts)


def _stating(store: Store, found: Sequence[tuple[Source, Term]]) -> tuple[Source, ...]:
    """Return entries with the names of the values that they state."""
    names = main_names(names_of(store, (other for _, other in found)))
    return tuple(replace(source, states=label(other, names[other])) for source, other in found)


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


def _placing(store: Store, paper: str, asked: Explained, value: Term) -> str:
    """Return the pattern of entries with an identifier, or an edition, of a version so placed."""
    of_version = "dcterms:issued" if asked.name == "fkg:firstIssued" else asked.name
    rows = ask(
        store,
        f"""SELECT DISTINCT ?property ?thing WHERE {{ {iri(paper)} fkg:version ?version .
          ?version {of_version} {sparql(value)} ; ?property ?thing }}""",
    )
    stated = (_stated_by(compact(predicate.value), thing) for predicate, thing in rows)
    return f"""VALUES (?stating ?stated) {{ {" ".join(sorted(filter(None, stated)))} }}
      ?entry ?stating ?stated BIND ({sparql(value)} AS ?other)"""


def _stated_by(name: str, value: Term) -> str:
    """Return what an entry with a version's edition or identifier states, "" for anything else."""
    if name == "fkg:publishedIn":
        return f"(fkg:statesEdition {sparql(value)})"
    if name in IDENTIFIERS:
        return f"(fkg:statesIdentifier {literal(f'{IDENTIFIERS[name]}:{value.value}')})"
    return ""
