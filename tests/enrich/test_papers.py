"""Which papers of a build are asked about, and with what."""

import pyoxigraph
import pytest

from fedkg.enrich import SERVICES
from fedkg.enrich.papers import listed_papers, wanted_from
from fedkg.ids import Identifier
from fedkg.model import Rows, Term

BASE = "https://example.org/"
GRAPH = """
BASE <https://example.org/>
PREFIX fkg: <https://w3id.org/fedkg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fabio: <http://purl.org/spar/fabio/>
PREFIX prism: <http://prismstandard.org/namespaces/basic/2.0/>
<paper/a> fkg:listed true ; dcterms:title "A" ; fkg:referencesKnown fkg:Partly ;
  fkg:authorship <authorship/a/1>, <authorship/a/2> ; prism:doi "10.1000/a" ;
  fabio:hasArXivId "2401.00001" .
<paper/b> fkg:listed true ; dcterms:title "B" ; fkg:referencesKnown fkg:Unknown ;
  fkg:authorship <authorship/b/1> .
<paper/c> fkg:listed true ; dcterms:title "C" ; fkg:referencesKnown fkg:Whole .
<paper/d> fkg:listed false ; dcterms:title "D" ; fkg:referencesKnown fkg:Unknown .
<record/x/b> a fkg:Record ; fkg:describes <paper/b> ;
  fkg:statesIdentifier "doi:10.1000/b", "openalex:W1", "s2:abc" .
"""


class Engine:
    """A store of the graph above."""

    def __init__(self) -> None:
        self._store = pyoxigraph.Store()
        self._store.load(GRAPH.encode(), pyoxigraph.RdfFormat.TURTLE)

    def select(self, query: str) -> Rows:
        found = self._store.query(query)
        names = tuple(one.value for one in found.variables)
        rows = [tuple(Term(row[name].value, "iri") for name in names) for row in found]
        return Rows(names, tuple(rows))


@pytest.fixture(scope="module")
def listed():
    return listed_papers(Engine(), BASE)


def test_listed_papers_are_asked_about_once(listed):
    """By their identifiers, the strongest first; not those that are known only as cited."""
    assert [(one.wanted.key, one.wanted.title) for one in listed] == [
        ("a", "A"),
        ("b", "B"),
        ("c", "C"),
    ]
    assert listed[0].wanted.identifiers == (
        Identifier("arxiv", "2401.00001"),
        Identifier("doi", "10.1000/a"),
    )


def test_what_records_say_of_where_a_paper_is_published_is_asked_with(listed):
    """The numbers of services are not: what is answered already would be asked anew."""
    assert listed[1].wanted.identifiers == (Identifier("doi", "10.1000/b"),)


@pytest.mark.parametrize(
    ("source", "keys"),
    [("openalex", ["b", "c"]), ("opencitations", ["b"]), ("arxiv", ["c"])],
)
def test_what_is_missing_depends_on_what_a_service_gives(source, keys, listed):
    """Authors, references, or both."""
    found = wanted_from(listed, SERVICES[source], missing=True)
    assert [one.key for one in found] == keys
    assert len(wanted_from(listed, SERVICES[source], missing=False)) == 3
