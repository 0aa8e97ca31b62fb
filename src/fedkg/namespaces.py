"""The namespaces of the graph, as plain strings; `PREFIXES` is the one prefix table."""

FKG = "https://w3id.org/fedkg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
DCTERMS = "http://purl.org/dc/terms/"
FABIO = "http://purl.org/spar/fabio/"
CITO = "http://purl.org/spar/cito/"
PRO = "http://purl.org/spar/pro/"
FRBR = "http://purl.org/vocab/frbr/core#"
PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
SCHEMA = "https://schema.org/"
FAIR4ML = "https://w3id.org/fair4ml#"

PREFIXES: dict[str, str] = {
    "cito": CITO,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "fabio": FABIO,
    "fair4ml": FAIR4ML,
    "fkg": FKG,
    "foaf": FOAF,
    "frbr": FRBR,
    "owl": OWL,
    "prism": PRISM,
    "pro": PRO,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}

PREAMBLE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
"""The same as the prologue of a SPARQL query."""


def compact(iri: str) -> str:
    """Return an IRI as a prefixed name where one of the graph's prefixes fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
