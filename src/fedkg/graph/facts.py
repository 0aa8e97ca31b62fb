"""Facts from elsewhere, as their sources state them: `graph/facts/<source>`.

What is made of them, `cito:cites` and authorships, stands in `graph/papers`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from fedkg.graph.builder import GraphBuilder
from fedkg.graph.terms import curie, iri, month, number, text
from fedkg.model import Collection, Record, StatedCitation


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
    """Yield the lines of the references that link two papers of a collection.

    What one source says twice, of two versions of a paper, is one citation: of the later day.
    """
    for (source, citing, cited), same in groupby(collection.citations, _link):
        references = [stated.reference for stated in same]
        graph = GraphBuilder(base, f"graph/facts/{source}")
        subject = graph.thing(f"citation/{source}/{citing}/{cited}")
        graph.describe(subject, "cito:Citation")
        graph.add(subject, "cito:hasCitingEntity", graph.thing(f"paper/{citing}"))
        graph.add(subject, "cito:hasCitedEntity", graph.thing(f"paper/{cited}"))
        addresses = dict.fromkeys(one.primary_source for one in references)
        graph.add_all(subject, "prov:hadPrimarySource", map(iri, addresses))
        days = [one.retrieved for one in references if one.retrieved]
        graph.add(subject, "prov:generatedAtTime", _midnight(max(days)) if days else None)
        yield from graph.lines()


def fact_sources(collection: Collection) -> list[str]:
    """Return the slugs of the sources whose facts have a graph, sorted."""
    records = {stated.record.source for stated in collection.records}
    return sorted(records | {stated.reference.source for stated in collection.citations})


def _link(stated: StatedCitation) -> tuple[str, str, str]:
    return stated.reference.source, stated.citing, stated.cited


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
