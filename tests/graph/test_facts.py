"""Tests for facts as RDF: who says what of which paper, and which paper cites which."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fedkg import resources
from fedkg.config import DEFAULT_BASE
from fedkg.graph.facts import citation_lines, fact_sources, record_lines
from fedkg.graph.papers import paper_lines
from fedkg.graph.write import write_sorted
from fedkg.ids import Identifier
from fedkg.model import (
    Authorship,
    Collection,
    Completeness,
    Paper,
    PartialDate,
    Person,
    Record,
    Reference,
    StatedCitation,
    StatedRecord,
)
from fedkg.validate import render, validate

DAY = date(2026, 11, 1)
FERRET = Paper(
    "arxiv-2409.06277",
    "Ferret: Federated Full-Parameter Tuning at Scale for Large Language Models",
    authorships=(Authorship(1, "yao-shu", "Yao Shu"),),
)
FEDKSEED = Paper("arxiv-2312.06353", "Federated Full-Parameter Tuning")
RECORD = Record(
    "fm-fl-bib",
    "shu2024ferret",
    FERRET.title,
    "https://example.org/references.bib",
    DAY,
    authors=("Yao Shu",),
    identifiers=(Identifier("arxiv", "2409.06277"),),
    date=PartialDate(2024, 9),
    arxiv_class="cs.LG",
)
REFERENCE = Reference(
    "reference-lists",
    Identifier("arxiv", "2409.06277"),
    Identifier("arxiv", "2312.06353"),
    "Qin, Z. Federated full-parameter tuning",
    "https://arxiv.org/abs/2409.06277",
    DAY,
)
SECOND = Record("fm-fl-bib", "zz", "Ferret Again", "https://example.org/references.bib", DAY)
OTHER = Record("fm-fl-bib", "qin", FEDKSEED.title, "https://example.org/references.bib", DAY)

COLLECTION = Collection(
    papers=(FERRET, FEDKSEED),
    people=(Person("yao-shu", "Yao Shu"),),
    records=(
        StatedRecord(OTHER, FEDKSEED.key),
        StatedRecord(RECORD, FERRET.key, ("yao-shu",)),
        StatedRecord(SECOND, FERRET.key),
    ),
    citations=(StatedCitation(REFERENCE, FERRET.key, FEDKSEED.key),),
)


def short(lines: list[str]) -> list[str]:
    """Return lines with the commonest namespaces taken out, sorted."""
    cuts = {
        DEFAULT_BASE + "ontology#": "fkg:",
        "http://www.w3.org/ns/prov#": "prov:",
        "http://www.w3.org/2001/XMLSchema#": "xsd:",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "a",
        "http://purl.org/spar/cito/": "cito:",
        DEFAULT_BASE: "",
    }
    for long, cut in cuts.items():
        lines = [line.replace(long, cut) for line in lines]
    return sorted(line.removesuffix(" .\n") for line in lines)


def test_a_record_says_what_its_source_says() -> None:
    """In the words of an entry, with the source and the day it was read."""
    record = "<record/fm-fl-bib/arxiv-2409.06277>"
    graph = "<graph/facts/fm-fl-bib>"
    only = replace(COLLECTION, records=COLLECTION.records[1:2])
    assert short(list(record_lines(only, DEFAULT_BASE))) == [
        f"{record} <a> <fkg:Record> {graph}",
        f"{record} <a> <prov:Entity> {graph}",
        f"{record} <fkg:describes> <paper/arxiv-2409.06277> {graph}",
        f'{record} <fkg:statesArXivClass> "cs.LG" {graph}',
        f"{record} <fkg:statesAuthor> <person/yao-shu> {graph}",
        f'{record} <fkg:statesDate> "2024-09"^^<xsd:gYearMonth> {graph}',
        f'{record} <fkg:statesIdentifier> "arxiv:2409.06277" {graph}',
        f'{record} <fkg:statesTitle> "{FERRET.title}" {graph}',
        f'{record} <fkg:statesYear> "2024"^^<xsd:integer> {graph}',
        f'{record} <prov:generatedAtTime> "2026-11-01T00:00:00Z"^^<xsd:dateTime> {graph}',
        f"{record} <prov:hadPrimarySource> <https://example.org/references.bib> {graph}",
    ]


def test_a_second_record_of_a_paper_has_an_iri_of_its_own() -> None:
    """In the order of the rows' keys."""
    lines = short(list(record_lines(COLLECTION, DEFAULT_BASE)))
    titles = [line for line in lines if "statesTitle" in line]
    assert [line.split(" ", 1)[0] for line in titles] == [
        "<record/fm-fl-bib/arxiv-2312.06353>",
        "<record/fm-fl-bib/arxiv-2409.06277/2>",
        "<record/fm-fl-bib/arxiv-2409.06277>",
    ]
    assert '"Ferret Again"' in titles[1]


def test_a_citation_names_its_papers_and_its_source() -> None:
    """`cito:cites` itself is for the graph of papers."""
    citation = "<citation/reference-lists/arxiv-2409.06277/arxiv-2312.06353>"
    graph = "<graph/facts/reference-lists>"
    assert short(list(citation_lines(COLLECTION, DEFAULT_BASE))) == [
        f"{citation} <a> <cito:Citation> {graph}",
        f"{citation} <cito:hasCitedEntity> <paper/arxiv-2312.06353> {graph}",
        f"{citation} <cito:hasCitingEntity> <paper/arxiv-2409.06277> {graph}",
        f'{citation} <prov:generatedAtTime> "2026-11-01T00:00:00Z"^^<xsd:dateTime> {graph}',
        f"{citation} <prov:hadPrimarySource> <https://arxiv.org/abs/2409.06277> {graph}",
    ]


def test_two_versions_that_cite_are_one_citation_of_the_later_day() -> None:
    """With the addresses of both."""
    other = "https://doi.org/10.1000/ferret"
    later = replace(REFERENCE, primary_source=other, retrieved=date(2026, 11, 3))
    citations = [StatedCitation(one, FERRET.key, FEDKSEED.key) for one in (later, REFERENCE)]
    lines = short(list(citation_lines(Collection(citations=tuple(citations)), DEFAULT_BASE)))
    said = [line.split(" ")[1:3] for line in lines if "<prov:" in line]
    assert said == [
        ["<prov:generatedAtTime>", '"2026-11-03T00:00:00Z"^^<xsd:dateTime>'],
        ["<prov:hadPrimarySource>", "<https://arxiv.org/abs/2409.06277>"],
        ["<prov:hadPrimarySource>", f"<{other}>"],
    ]


def test_a_paper_cites_a_paper_once_however_many_say_so() -> None:
    """`cito:cites` stands in the graph of papers; each source has a citation of its own."""
    ferret = replace(FERRET, cites=(FEDKSEED.key,), references=Completeness.PARTLY)
    second = StatedCitation(replace(REFERENCE, source="openalex"), FERRET.key, FEDKSEED.key)
    both = replace(COLLECTION, papers=(ferret, FEDKSEED), citations=(*COLLECTION.citations, second))
    said = short(list(paper_lines(both, DEFAULT_BASE)))
    cites = "<paper/arxiv-2409.06277> <cito:cites> <paper/arxiv-2312.06353> <graph/papers>"
    assert [line for line in said if "cito:cites" in line] == [cites]
    nodes = [line for line in short(list(citation_lines(both, DEFAULT_BASE))) if " <a> " in line]
    assert [line.partition("/arxiv")[0] for line in nodes] == [
        "<citation/openalex",
        "<citation/reference-lists",
    ]
    assert fact_sources(both) == ["fm-fl-bib", "openalex", "reference-lists"]


def test_a_paper_says_how_much_of_its_references_is_known() -> None:
    """Unknown is said too: absence is not zero."""
    known = {
        line.split(" ")[0]: line.split(" ")[2]
        for line in short(
            list(
                paper_lines(
                    Collection(
                        papers=tuple(Paper(str(one), "A", references=one) for one in Completeness)
                    ),
                    DEFAULT_BASE,
                )
            )
        )
        if "referencesKnown" in line
    }
    assert known == {f"<paper/{one}>": f"<fkg:{one}>" for one in ("Whole", "Partly", "Unknown")}


def test_a_record_without_a_day_states_none() -> None:
    """Nothing says when a bibliography that a person gives was read."""
    undated = StatedRecord(replace(RECORD, retrieved=None), FERRET.key)
    lines = record_lines(replace(COLLECTION, records=(undated,)), DEFAULT_BASE)
    assert not [line for line in lines if "generatedAtTime" in line]


def test_every_source_with_facts_is_named() -> None:
    """Of records and of citations."""
    assert fact_sources(COLLECTION) == ["fm-fl-bib", "reference-lists"]


def test_facts_conform_to_the_shapes(tmp_path: Path) -> None:
    """A paper that only records describe is described."""
    lines = [
        *paper_lines(COLLECTION, DEFAULT_BASE),
        *record_lines(COLLECTION, DEFAULT_BASE),
        *citation_lines(COLLECTION, DEFAULT_BASE),
    ]
    graph = tmp_path / "graph.nq"
    sizes = write_sorted(lines, graph)
    assert set(sizes.by_graph) == {
        f"{DEFAULT_BASE}graph/{name}"
        for name in ("papers", "facts/fm-fl-bib", "facts/reference-lists")
    }
    report = validate(graph, resources.shapes_file())
    assert report.conforms, render(report)
