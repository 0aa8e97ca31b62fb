"""What stands behind a statement: entries with their words, records and citations."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fedkg.model import Store, Term
from fedkg.namespaces import FKG
from fedkg.why.terms import ask, iri, iris, sparql


@dataclass(frozen=True, slots=True)
class Source:
    """An entry (IRI) that states something: its list, line and headings (outermost first).

    `words` are the fields as they stand in the list, by local name ("venueAsListed"); `states` is
    the value, where it is another than the one that was asked about.
    """

    entry: str
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


def entries_with(
    store: Store, paper: str, pattern: str, words: Sequence[str]
) -> list[tuple[Source, Term]]:
    """Return the entries of a paper for which a pattern holds, each with the pattern's `?other`.

    The pattern is one on `?entry`; `words` are the fields to show.
    """
    rows = ask(
        store,
        f"""SELECT DISTINCT ?entry ?list ?line ?other WHERE {{
          ?entry fkg:describes {iri(paper)} ; fkg:inList ?list ; fkg:line ?line . {pattern} }}
          ORDER BY ?list ?line ?entry""",
    )
    entries = {row[0].value for row in rows}
    headings = headings_of(store, entries)
    said = _words(store, entries, words)
    return [
        (
            Source(
                entry.value,
                paper_list.value.rsplit("/list/", 1)[-1],
                int(line.value),
                headings[entry.value],
                said[entry.value],
            ),
            other,
        )
        for entry, paper_list, line, other in rows
    ]


def records_with(store: Store, paper: str, pattern: str) -> tuple[Fact, ...]:
    """Return the records of a paper for which a pattern on `?entry` holds."""
    rows = ask(
        store,
        f"""SELECT DISTINCT ?entry ?from WHERE {{
          ?entry a fkg:Record ; fkg:describes {iri(paper)} ; prov:hadPrimarySource ?from .
          {pattern} }} ORDER BY ?entry""",
    )
    return tuple(_fact(record.value, "record", origin.value) for record, origin in rows)


def citations(store: Store, paper: str, cited: Term) -> tuple[Fact, ...]:
    """Return where it was read that a paper cites another."""
    rows = ask(
        store,
        f"""SELECT ?citation ?from WHERE {{ ?citation a cito:Citation ;
          cito:hasCitingEntity {iri(paper)} ; cito:hasCitedEntity {sparql(cited)} ;
          prov:hadPrimarySource ?from }} ORDER BY ?citation ?from""",
    )
    return tuple(_fact(citation.value, "citation", origin.value) for citation, origin in rows)


def headings_of(store: Store, entries: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the headings above each of some entries (IRIs), the outermost first."""
    found: dict[str, list[str]] = defaultdict(list)
    if entries:
        rows = ask(
            store,
            f"""SELECT ?entry ?label (COUNT(?above) AS ?depth) WHERE {{
              VALUES ?entry {{ {iris(sorted(entries))} }}
              ?entry fkg:section/skos:broader* ?section . ?section skos:prefLabel ?label ;
              skos:broader* ?above }} GROUP BY ?entry ?section ?label ORDER BY ?depth""",
        )
        for entry, heading, _ in rows:
            found[entry.value].append(heading.value)
    return {entry: tuple(found[entry]) for entry in entries}


def _words(
    store: Store, entries: Collection[str], fields: Sequence[str]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the words of each entry in some fields, as (field, words) in the fields' order."""
    found: dict[str, list[tuple[int, str]]] = {entry: [] for entry in entries}
    if entries and fields:
        # A filter, not VALUES: with those, the engine begins with all entries that have the field.
        properties = ", ".join(f"fkg:{field}" for field in fields)
        rows = ask(
            store,
            f"""SELECT ?entry ?field ?words WHERE {{
              VALUES ?entry {{ {iris(sorted(entries))} }}
              ?entry ?field ?words FILTER (?field IN ({properties})) }}""",
        )
        for entry, field, words in rows:
            place = fields.index(field.value.removeprefix(FKG))
            found[entry.value].append((place, words.value))
    return {
        entry: tuple((fields[place], words) for place, words in sorted(said))
        for entry, said in found.items()
    }


def _fact(subject: str, kind: str, read_from: str) -> Fact:
    """Return the fact that `…/<kind>/<source>/…` names."""
    return Fact(subject.rsplit(f"/{kind}/", 1)[-1].split("/", 1)[0], read_from)
