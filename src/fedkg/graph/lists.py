"""Lists, their sections and entries, in the words that stand there: `graph/list/<slug>`."""

from collections import defaultdict
from collections.abc import Iterator

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import day, iri, licence, month, number, text, truth
from fedkg.ids import digest
from fedkg.model import Collection, Entry, PaperList, Stated, Words


def list_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of the graphs of all lists."""
    statements: dict[str, list[Stated]] = defaultdict(list)
    for stated in collection.statements:
        statements[stated.entry.list].append(stated)
    for paper_list in collection.lists:
        name = f"graph/list/{paper_list.slug}"
        graph = GraphBuilder(base, name)
        _add_list(graph, paper_list)
        for stated in statements[paper_list.slug]:
            _add_sections(graph, stated.entry)
        yield from graph.lines()
        for stated in statements[paper_list.slug]:
            graph = GraphBuilder(base, name)
            _add_entry(graph, stated)
            yield from graph.lines()


def _add_list(graph: GraphBuilder, paper_list: PaperList) -> None:
    subject = graph.thing(f"list/{paper_list.slug}")
    graph.describe(subject, "fkg:PaperList", "schema:ItemList", "prov:Entity", "skos:ConceptScheme")
    graph.add(subject, "dcterms:title", text(paper_list.title))
    graph.add(subject, "dcterms:source", iri(paper_list.source) if paper_list.source else None)
    graph.add(subject, "dcterms:license", licence(paper_list.licence))
    graph.add(subject, "fkg:sha256", text(paper_list.sha256))
    if paper_list.retrieved:
        graph.add(subject, "dcterms:date", day(paper_list.retrieved))


def _add_sections(graph: GraphBuilder, entry: Entry) -> None:
    above: str | None = None
    for depth, heading in enumerate(entry.headings, 1):
        subject = graph.thing(f"section/{section_key(entry, depth)}")
        graph.describe(subject, "fkg:Section", "skos:Concept")
        graph.add(subject, "skos:prefLabel", text(heading.text))
        graph.add(subject, "skos:inScheme", graph.thing(f"list/{entry.list}"))
        graph.add(subject, "skos:broader", above)
        above = subject


def section_key(entry: Entry, depth: int) -> str:
    """Return the key of the section that the first `depth` headings above an entry name."""
    path = (heading.as_listed for heading in entry.headings[:depth])
    return f"{entry.list}/{digest(*path)}"


def _add_entry(graph: GraphBuilder, stated: Stated) -> None:
    entry = stated.entry
    subject = graph.thing(f"entry/{stated.key}")
    graph.describe(subject, "fkg:Entry", "schema:ListItem", "prov:Entity")
    graph.add(subject, "fkg:inList", graph.thing(f"list/{entry.list}"))
    graph.add(subject, "fkg:line", number(entry.line))
    if entry.headings:
        section = section_key(entry, len(entry.headings))
        graph.add(subject, "fkg:section", graph.thing(f"section/{section}"))
    if stated.describes:
        graph.add(subject, "fkg:describes", graph.thing(f"paper/{stated.describes}"))
    if entry.repaired:
        graph.add(subject, "fkg:repaired", truth(True))
    _add_words(graph, subject, entry.listed)
    _add_stated(graph, subject, stated)


def _add_words(graph: GraphBuilder, subject: str, listed: Words) -> None:
    fields = {
        "fkg:titleAsListed": listed.title,
        "fkg:linkAsListed": listed.link,
        "fkg:venueAsListed": listed.venue,
        "fkg:dateAsListed": listed.date,
        "fkg:authorsAsListed": listed.authors,
        "fkg:datasetsAsListed": listed.datasets,
        "fkg:modelsAsListed": listed.models,
        "fkg:codeAsListed": listed.code,
    }
    for name, words in fields.items():
        if words:
            graph.add(subject, name, text(words))
    graph.add_all(subject, "fkg:otherLink", (text(link.url) for link in listed.other_links))


def _add_stated(graph: GraphBuilder, subject: str, stated: Stated) -> None:
    entry = stated.entry
    graph.add(subject, "fkg:statesTitle", text(entry.title))
    if entry.date:
        graph.add(subject, "fkg:statesDate", month(entry.date))
        graph.add(subject, "fkg:statesYear", number(entry.date.year))
    graph.add_all(
        subject, "fkg:statesIdentifier", (text(str(found)) for found in entry.identifiers)
    )
    things = {
        "fkg:statesVenue": ("venue", stated.venues),
        "fkg:statesEdition": ("edition", stated.editions),
        "fkg:statesAuthor": ("person", stated.authors),
        "fkg:statesDataset": ("dataset", stated.datasets),
        "fkg:statesModel": ("model", stated.models),
        "fkg:statesTechnique": ("technique", stated.techniques),
        "fkg:statesRepository": ("repository", stated.repositories),
    }
    for name, (kind, keys) in things.items():
        graph.add_all(subject, name, (graph.thing(f"{kind}/{key}") for key in keys))
