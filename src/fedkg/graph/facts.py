"""Facts from elsewhere, as their sources state them: `graph/facts/<source>`.

What is made of them, `cito:cites` and authorships, stands in `graph/papers`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import curie, iri, month, number, text
from fedkg.model import Collection, Record


def record_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of the records of a collection.

    A second record of one source about one paper is `record/<source>/<paper-key>/2`, in the order
    of the records' own keys.
    """
    seen: Counter[str] = Counter()
    for stated in collection.records:
        record = stated.record
        key = f"{record.source}/{stated.paper}"
        seen[key] += 1
        graph = GraphBuilder(base, f"graph/facts/{record.source}")
        subject = graph.thing(f"record/{key}" + (f"/{seen[key]}" if seen[key] > 1 else ""))
        _add_record(graph, subject, record)
        graph.add(subject, "fkg:describes", graph.thing(f"paper/{stated.paper}"))
        authors = (graph.thing(f"person/{person}") for person in stated.authors)
        graph.add_all(subject, "fkg:statesAuthor", authors)
        yield from graph.lines()


def citation_lines(collection: Collection, base: str) -> Iterator[str]:
    """Yield the lines of the references that link two papers of a collection."""
    for stated in collection.citations:
        reference, citing, cited = stated.reference, stated.citing, stated.cited
        graph = GraphBuilder(base, f"graph/facts/{reference.source}")
        subject = graph.thing(f"citation/{reference.source}/{citing}/{cited}")
        graph.describe(subject, "cito:Citation")
        graph.add(subject, "cito:hasCitingEntity", graph.thing(f"paper/{citing}"))
        graph.add(subject, "cito:hasCitedEntity", graph.thing(f"paper/{cited}"))
        graph.add(subject, "prov:hadPrimarySource", iri(reference.primary_source))
        yield from graph.lines()


def fact_sources(collection: Collection) -> list[str]:
    """Return the slugs of the sources whose facts have a graph, sorted."""
    records = {stated.record.source for stated in collection.records}
    return sorted(records | {stated.reference.source for stated in collection.citations})


def _add_record(graph: GraphBuilder, subject: str, record: Record) -> None:
    graph.describe(subject, "fkg:Record", "prov:Entity")
    graph.add(subject, "fkg:statesTitle", text(record.title))
    graph.add_all(
        subject, "fkg:statesIdentifier", (text(str(found)) for found in record.identifiers)
    )
    if record.arxiv_class:
        graph.add(subject, "fkg:statesArXivClass", text(record.arxiv_class))
    if record.date:
        graph.add(subject, "fkg:statesDate", month(record.date))
        graph.add(subject, "fkg:statesYear", number(record.date.year))
    graph.add(subject, "prov:hadPrimarySource", iri(record.primary_source))
    if record.retrieved:
        graph.add(subject, "prov:generatedAtTime", _midnight(record.retrieved))


def _midnight(day: date) -> str:
    """Return the xsd:dateTime at which a day begins in UTC."""
    return f'"{day.isoformat()}T00:00:00Z"^^{curie("xsd:dateTime")}'
