"""Terms of a graph: asked for, named for a person, and written into a query."""

from fedkg.model import Store, Term
from fedkg.namespaces import PREAMBLE

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def ask(store: Store, query: str) -> list[tuple[Term, ...]]:
    """Return the rows of a SELECT whose variables are all bound; the graph's prefixes are known."""
    rows = store.select(PREAMBLE + query).rows
    return [tuple(term for term in row if term is not None) for row in rows]


def names_of(store: Store, value: Term) -> list[str]:
    """Return what a thing is called, its main name first; a literal is called what it says."""
    if value.kind != "iri":
        return [value.value]
    rows = ask(
        store,
        f"""SELECT ?name (MIN(?order) AS ?rank) WHERE {{
          VALUES (?property ?order) {{ (skos:prefLabel 0) (rdfs:label 0) (foaf:name 0)
            (schema:codeRepository 0) (dcterms:title 0) (skos:altLabel 1) (dcterms:alternative 1) }}
          {iri(value.value)} ?property ?name }} GROUP BY ?name ORDER BY ?rank ?name""",
    )
    return [row[0].value for row in rows]


def label(store: Store, value: Term) -> str:
    """Return the main name of a thing and its path ("ICML (venue/icml)"), or a literal as it is."""
    if value.kind != "iri":
        return value.value
    path = "/".join(value.value.split("/")[-2:])
    names = names_of(store, value)
    return f"{names[0]} ({path})" if names else path


def iri(address: str) -> str:
    """Return an IRI of the graph as SPARQL."""
    return f"<{address}>"


def literal(words: str) -> str:
    """Return a string as SPARQL, whatever characters it holds."""
    return f'"{words.translate(_ESCAPES)}"'


def sparql(term: Term) -> str:
    """Return a term of the graph as SPARQL."""
    if term.kind == "iri":
        return iri(term.value)
    if term.language:
        return f"{literal(term.value)}@{term.language}"
    return f"{literal(term.value)}^^{iri(term.datatype)}" if term.datatype else literal(term.value)
