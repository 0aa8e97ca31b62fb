"""What the data is written in: the ontology, the shapes, and the dataset's own description."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template

from fedkg import resources
from fedkg.model import Store, Term
from fedkg.namespaces import FKG, OWL, PREFIXES, RDF, compact
from fedkg.web.negotiation import FORMS, GRAPHS, Format
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.things import chosen_form, redirect

_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_TERMS = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
SELECT ?term ?p ?o WHERE {{
  GRAPH <{graph}> {{ ?term ?p ?o FILTER (STRSTARTS(STR(?term), "{namespace}")) }}
}} ORDER BY ?term ?p ?o"""
_PARTS = {
    "Classes": {f"{OWL}Class"},
    "Properties": {f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty", f"{RDF}Property"},
}
_LABEL = PREFIXES["rdfs"] + "label"
_COMMENT = PREFIXES["rdfs"] + "comment"
_TYPE = f"{RDF}type"
_SAID_APART = {_LABEL, _COMMENT, _TYPE, PREFIXES["rdfs"] + "isDefinedBy"}


@dataclass(frozen=True, slots=True)
class DocumentedTerm:
    """A term of the ontology; `more` are its other statements, as prefixed names or words."""

    name: str
    label: str
    comment: str
    types: frozenset[str]
    more: tuple[tuple[str, tuple[str, ...]], ...]


def vocabulary(store: Store, addresses: Addresses) -> Blueprint:
    """Return the routes of the documents about the data of a store."""
    routes = Blueprint("vocabulary", __name__)
    ontology_graph = f"{addresses.base}graph/ontology"

    @routes.get("/ontology")
    def ontology() -> Response:
        return redirect(HTTPStatus.SEE_OTHER, addresses.href(f"ontology.{chosen_form().name}"))

    @routes.get("/ontology.html")
    def ontology_page() -> str:
        terms = read_terms(store, ontology_graph)
        parts = {
            title: [term for term in terms if term.types & kinds] for title, kinds in _PARTS.items()
        }
        parts["Values"] = [one for one in terms if not any(one in part for part in parts.values())]
        return render_template("ontology.html", parts=parts, namespace=FKG)

    @routes.get("/ontology.<any(ttl,jsonld,nt,rdf):name>")
    def ontology_data(name: str) -> Response:
        form = next(one for one in FORMS if one.name == name)
        return _graph(store, ontology_graph, form)

    @routes.get("/void.ttl")
    def void() -> Response:
        return _graph(store, f"{addresses.base}graph/dataset", GRAPHS[0])

    @routes.get("/.well-known/void")
    def well_known() -> Response:
        return redirect(HTTPStatus.SEE_OTHER, addresses.href("void.ttl"))

    @routes.get("/shapes")
    def shapes() -> Response:
        response = make_response(resources.shapes_file().read_bytes())
        response.content_type = GRAPHS[0].content_type
        return response

    return routes


def read_terms(store: Store, graph: str) -> list[DocumentedTerm]:
    """Return the terms of the ontology in a named graph, by name."""
    said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for term, p, o in store.select(_TERMS.format(graph=graph, namespace=FKG)).rows:
        if term is not None and p is not None and o is not None:
            said[term.value][p.value].append(o)
    return [
        DocumentedTerm(
            iri.removeprefix(FKG),
            _first(found[_LABEL]),
            _first(found[_COMMENT]),
            frozenset(one.value for one in found[_TYPE]),
            tuple(
                (compact(p), tuple(compact(one.value) for one in terms))
                for p, terms in found.items()
                if p not in _SAID_APART and terms
            ),
        )
        for iri, found in said.items()
    ]


def _first(terms: Iterable[Term]) -> str:
    return next((one.value for one in terms), "")


def _graph(store: Store, graph: str, form: Format) -> Response:
    response = make_response(store.answer(_WHOLE, form.written_as, default_graphs=[graph]))
    response.content_type = form.content_type
    return response
