"""What each format says of a work: its type, its fields, and a bibliography made from it."""

import json
import re

import pytest
import yaml
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from fedkg.export.bibliographies.biblatex import biblatex_entry
from fedkg.export.bibliographies.bibtex import bibtex_entry
from fedkg.export.bibliographies.cff import cff_of_one, reference
from fedkg.export.bibliographies.csl import csl_json, item
from fedkg.export.bibliographies.entries import key_of
from fedkg.export.bibliographies.ris import ris_entry
from fedkg.export.works import Author, Named

from .conftest import KINDS, placed, work_of

UNKNOWN, PREPRINT, CONFERENCE, WORKSHOP, JOURNAL = KINDS
CSL_VARIABLES = {
    *("id", "type", "title", "author", "issued", "container-title", "event-title", "publisher"),
    *("number", "note", "DOI", "URL", "keyword"),
}
"""Those that we use of the properties of an item in csl-data.json, which allows no others."""
CFF_PROPERTIES = {
    *("type", "title", "authors", "status", "conference", "collection-title", "journal"),
    *("publisher", "year", "month", "doi", "identifiers", "url", "keywords"),
}
"""Those that we use of the definition `reference` in schema.json, which allows no others."""
CFF_DOI = r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-\.\(\)\[\]\\]+"


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        (CONFERENCE, ("inproceedings", "inproceedings", "CPAPER", "paper-conference")),
        (WORKSHOP, ("inproceedings", "inproceedings", "CPAPER", "paper-conference")),
        (JOURNAL, ("article", "article", "JOUR", "article-journal")),
        (PREPRINT, ("misc", "online", "UNPB", "article")),
        (UNKNOWN, ("misc", "misc", "GEN", "document")),
    ],
    ids=["conference", "workshop", "journal", "preprint", "unknown"],
)
def test_the_type_is_that_of_the_version(kind, types):
    """As Zotero and the styles of LaTeX know them."""
    work = work_of(**kind)

    assert bibtex_entry(work).startswith(f"@{types[0]}{{".encode())
    assert biblatex_entry(work).startswith(f"@{types[1]}{{".encode())
    assert ris_entry(work).startswith(f"TY  - {types[2]}\r\n".encode())
    assert item(work)["type"] == types[3]


def test_an_arxiv_paper_has_its_eprint_and_its_month():
    """In the fields of BibTeX, of BibLaTeX and of RIS."""
    work = work_of(issued="2024-07", identifiers={"arxiv": "2407.01234"}, **PREPRINT)

    bibtex, biblatex = bibtex_entry(work).decode(), biblatex_entry(work).decode()
    assert "  year = {2024},\n  month = jul,\n  eprint = {2407.01234},\n" in bibtex
    assert "  archiveprefix = {arXiv}" in bibtex
    assert "  date = {2024-07},\n  eprint = {2407.01234},\n  eprinttype = {arxiv}" in biblatex
    assert "PY  - 2024\r\nDA  - 2024/07//\r\nAN  - arXiv:2407.01234\r\n" in ris_entry(work).decode()


def test_old_bibtex_reads_ascii_wherever_latex_has_a_command():
    """Accents are commands in braces; what has none stays, and BibLaTeX is UTF-8."""
    work = work_of("Größe ≤ α", ["José Muñoz", "何炳胜"])

    written = bibtex_entry(work).decode()
    assert r"author = {Mu{\~n}oz, Jos{\'e} and {何炳胜}}" in written
    assert r"title = {{Gr{\"o}{\ss}e {\ensuremath{\leq}} {\ensuremath{\alpha}}}}" in written
    assert "author = {Muñoz, José and {何炳胜}},\n  title = {{Größe ≤ α}}" in (
        biblatex_entry(work).decode()
    )


def test_a_doi_or_a_link_is_verbatim_but_holds_no_brace():
    """Styles do not escape these fields, and BibTeX counts the braces in them."""
    links = ("https://example.org/a_b%20c{d}\\e;f#g",)
    work = work_of(identifiers={"doi": "10.1007/978-3_5"}, urls=links)

    for written in (bibtex_entry(work).decode(), biblatex_entry(work).decode()):
        assert "  doi = {10.1007/978-3_5}" in written
        assert "  url = {https://example.org/a_b%20c%7Bd%7D%5Ce;f#g}" in written
    assert "UR  - https://example.org/a_b%20c{d}\\e%3Bf#g\r\n" in ris_entry(work).decode()


def test_a_keyword_does_not_part_in_two():
    """The sign that parts keywords is taken from their names; each stands once."""
    techniques = (Named("a", "LoRA, QLoRA"), Named("b", "A & B; C"), Named("c", "A & B; C"))
    work = work_of(techniques=techniques)

    assert r"keywords = {LoRA QLoRA, A \& B; C}" in bibtex_entry(work).decode()
    assert "KW  - LoRA, QLoRA\r\nKW  - A & B C\r\nER  - " in ris_entry(work).decode()
    assert reference(work)["keywords"] == ["LoRA, QLoRA", "A & B; C"]


def test_a_key_is_legal_and_no_other_papers():
    """A changed key carries a hash of the one it was, whatever else is in the file."""
    keys = ("arxiv-2312.06353", "a,b", "a b", "a{b}", "Ä", "é")
    found = [key_of(work_of(key=key)) for key in keys]

    assert found[0] == keys[0]
    assert all(re.fullmatch(r"[A-Za-z0-9.:-]+", key) for key in found)
    assert len(set(found)) == len(keys)


def test_csl_items_hold_what_the_schema_knows(all_works):
    """An id, a type and variables of CSL 1.0.2; the parts of a date are numbers."""
    for work in all_works:
        found = item(work)
        assert {"id", "type"} <= found.keys() <= CSL_VARIABLES
        dates = found.get("issued", {"date-parts": [[1]]})["date-parts"]
        assert all(isinstance(part, int) for part in dates[0])


@pytest.mark.filterwarnings(
    "ignore:The following arguments for Reference are unsupported. event_title:UserWarning"
)
def test_citeproc_formats_a_bibliography_of_all_papers(source):
    """In the style that comes with it: each paper once, with its year."""
    items = json.loads(b"".join(csl_json(source)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for one in items:
        bibliography.register(Citation([CitationItem(one["id"].lower())]))

    printed = [str(line) for line in bibliography.bibliography()]

    assert len(printed) == len(items)
    (flower,) = [line for line in printed if "Flower: A friendly" in line]
    assert "Beutel, D.J." in flower
    assert "2020" in flower


def test_cff_references_hold_what_the_schema_knows(all_works):
    """The required properties and no unknown ones; DOIs as it wants them; no two authors alike."""
    for work in all_works:
        found = reference(work)
        assert {"type", "title", "authors"} <= found.keys() <= CFF_PROPERTIES
        assert re.fullmatch(CFF_DOI, found.get("doi", "10.1000/1"))
        assert found["authors"]
        assert len({json.dumps(author) for author in found["authors"]}) == len(found["authors"])


def test_the_cff_of_one_paper_is_how_to_cite_its_code():
    """Its title and authors at the top, itself as the preferred citation."""
    work = work_of("Flower", ["Ada Lovelace"], issued="2020-07", **placed("journal", "TMLR"))

    file = yaml.safe_load(b"".join(cff_of_one(work)))

    assert file["title"] == "Flower"
    assert file["authors"] == [{"family-names": "Lovelace", "given-names": "Ada"}]
    assert file["preferred-citation"] == {
        "type": "article",
        "title": "Flower",
        "authors": file["authors"],
        "journal": "TMLR",
        "year": 2020,
        "month": 7,
    }


def test_cff_tells_namesakes_apart_and_keeps_a_doi_that_its_schema_refuses():
    """The schema wants unique authors, and DOIs of few characters."""
    work = work_of(names=["Li Wang", "Li Wang"], identifiers={"doi": "10.1000/<1>"})

    found = reference(work)

    wang = {"family-names": "Wang", "given-names": "Li"}
    assert found["authors"] == [wang, {**wang, "website": work.authors[1].iri}]
    assert found["identifiers"] == [{"type": "other", "value": "doi:10.1000/<1>"}]
    assert "doi" not in found


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Ada", "Lovelace")),
        ("Pedro Porto Buarque de Gusmão", ("Pedro Porto Buarque", "de Gusmão")),
        ("何炳胜", ("", "何炳胜")),
        ("OpenAI", ("", "OpenAI")),
        ("A~B", ("", "A~B")),
        ("J{o}hn Doe", ("", "J{o}hn Doe")),
        ("Doe,", ("", "Doe,")),
    ],
)
def test_a_name_has_parts_or_is_one(name, parts):
    """One that BibTeX would not part without loss stays whole."""
    assert Author("x", name).parts == parts
