"""The contents of an index, read from a collection, while a build has it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.term import Node

from fedkg.model import Collection, Finding, Paper, Stated
from fedkg.namespaces import FKG, RDF, SKOS
from fedkg.search.answering import answers_of
from fedkg.search.contents import Contents, ListRow, PaperRow, ThingRow


def contents_of(collection: Collection, techniques: Path) -> Contents:
    """Return the contents of a collection, and of the scheme of techniques (Turtle)."""
    things = (*_things(collection), *_techniques(techniques))
    return Contents(_papers(collection), things, _lists(collection), answers_of(collection))


def _papers(collection: Collection) -> Iterator[PaperRow]:
    entries: dict[str, list[Stated]] = defaultdict(list)
    for stated in collection.statements:
        if stated.describes:
            entries[stated.describes].append(stated)
    venues = {venue.key: venue.name for venue in collection.venues}
    for paper in collection.papers:
        preferred, stating = paper.preferred_version, entries[paper.key]
        yield PaperRow(
            f"paper/{paper.key}",
            paper.title,
            paper.alternatives,
            str(preferred.issued) if preferred and preferred.issued else "",
            venues[preferred.venue] if preferred and preferred.venue else "",
            {**_values(paper), "list": _lists_of(stating)},
            tuple(dict.fromkeys(f"person/{one.person}" for one in paper.authorships)),
            tuple(f"repository/{key}" for key in paper.repositories),
            _by_list(stating, lambda one: [str(one.entry.date.year)] if one.entry.date else []),
            _by_list(stating, lambda one: [f"venue/{key}" for key in one.venues]),
        )


def _lists_of(entries: Sequence[Stated]) -> tuple[str, ...]:
    return tuple(sorted({f"list/{one.entry.list}" for one in entries}))


def _by_list(
    entries: Sequence[Stated], said: Callable[[Stated], Sequence[str]]
) -> Mapping[str, frozenset[str]]:
    """Return what each list says of a paper, of which more than one list says anything."""
    if len(entries) < 2:  # most are in one list: nothing to compare
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    for one in entries:
        found[f"list/{one.entry.list}"].update(said(one))
    return {path: frozenset(values) for path, values in found.items() if values}


def _values(paper: Paper) -> Mapping[str, tuple[str, ...]]:
    keys = {
        "technique": [one.technique for one in paper.assignments],
        "venue": [one.venue for one in paper.versions if one.venue],
        "edition": [one.edition for one in paper.versions if one.edition],
        "dataset": paper.datasets,
        "model": paper.models,
    }
    return {
        facet: tuple(f"{facet}/{key}" for key in dict.fromkeys(found))
        for facet, found in keys.items()
    }


def _things(collection: Collection) -> Iterator[ThingRow]:
    for person in collection.people:
        yield ThingRow(f"person/{person.key}", "person", person.name, person.aliases)
    for dataset in collection.datasets:
        yield ThingRow(f"dataset/{dataset.key}", "dataset", dataset.name, dataset.aliases)
    for model in collection.models:
        above = (f"family/{model.family}",) if model.family else ()
        yield ThingRow(f"model/{model.key}", "model", model.name, model.aliases, above)
    for family in collection.families:
        above = (f"family/{family.broader}",) if family.broader else ()
        yield ThingRow(f"family/{family.key}", "family", family.name, family.aliases, above)
    for venue in collection.venues:
        names = (*venue.aliases, *filter(None, [venue.full]))
        yield ThingRow(f"venue/{venue.key}", "venue", venue.name, names)
    for edition in collection.editions:
        yield ThingRow(f"edition/{edition.key}", "edition", edition.label)
    for one in collection.lists:
        yield ThingRow(f"list/{one.slug}", "list", one.title)


def _techniques(file: Path) -> Iterator[ThingRow]:
    scheme = Graph().parse(file)

    def said(concept: Node, name: str) -> tuple[str, ...]:
        return tuple(sorted(map(str, scheme.objects(concept, URIRef(SKOS + name)))))

    concepts = scheme.subjects(URIRef(f"{RDF}type"), URIRef(f"{FKG}Technique"))
    for concept in sorted(concepts, key=str):
        above = tuple(map(_technique_path, said(concept, "broader")))
        (name,), others = said(concept, "prefLabel"), said(concept, "altLabel")
        yield ThingRow(_technique_path(str(concept)), "technique", name, others, above)


def _technique_path(iri: str) -> str:
    return f"technique/{iri.rpartition('/')[2]}"


def _lists(collection: Collection) -> tuple[ListRow, ...]:
    entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
    papers: dict[str, set[str]] = defaultdict(set)
    list_of = {f"list/{one.slug}": one.slug for one in collection.lists}
    for stated in collection.statements:
        slug = stated.entry.list
        entries[slug].append((stated.entry.line, f"entry/{stated.key}"))
        list_of[f"entry/{stated.key}"] = slug
        if stated.describes:
            papers[slug].add(stated.describes)
    findings = _findings_by_list(collection.findings, list_of)
    return tuple(
        ListRow(
            f"list/{one.slug}",
            one.title,
            one.source or "",
            one.licence,
            one.retrieved.isoformat() if one.retrieved else "",
            tuple(path for _, path in sorted(entries[one.slug])),
            len(papers[one.slug]),
            findings[one.slug],
        )
        for one in collection.lists
    )


def _findings_by_list(
    findings: Iterable[Finding], list_of: Mapping[str, str]
) -> Mapping[str, Counter[str]]:
    """Count the findings about entries of each list by kind."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        for slug in {list_of[path] for path in finding.about if path in list_of}:
            counted[slug][finding.kind] += 1
    return counted
