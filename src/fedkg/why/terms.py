"""Terms of a graph: asked for, named for a person, and written into a query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fedkg.model import Store, Term
from fedkg.namespaces import PREAMBLE

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def ask(store: Store, query: str) -> list[tuple[Term, ...]]:
    """Return the rows of a SELECT whose variables are all bound; the graph's prefixes are known."""
    rows = store.select(PREAMBLE + query).rows
    return [tuple(term for term in row if term is not None) for row in rows]


def names_of(store: Store, values: Iterable[Term]) -> Mapping[Term, Sequence[str]]:
    """Return what things are called, their main names first; a literal is called what it says."""
    values = set(values)
    named: dict[str, list[str]] = defaultdict(list)
    things = sorted(value.value for value in values if value.kind == "iri")
    if things:
        rows = ask(
            store,
            f"""SELECT ?thing ?name (MIN(?order) AS ?rank) WHERE {{
              VALUES ?thing {{ {iris(things)} }}
              VALUES (?property ?order) {{ (skos:prefLabel 0) (rdfs:label 0) (foaf:name 0)
                (schema:codeRepository 0) (dcterms:title 0) (skos:altLabel 1)
                (dcterms:alternative 1) }}
              ?thing ?property ?name }} GROUP BY ?thing ?name ORDER BY ?rank ?name""",
        )
        for thing, name, _ in rows:
            named[thing.value].append(name.value)
    return {one: named[one.value] if one.kind == "iri" else [one.value] for one in values}


def main_names(names: Mapping[Term, Sequence[str]]) -> Mapping[Term, str]:
    """Return the first name of each thing of `names_of`, the path of one that has none."""
    return {one: called[0] if called else path_of(one.value) for one, called in names.items()}


def label(value: Term, name: str) -> str:
    """Return the name of a thing with its path ("ICML (venue/icml)"), or a literal as it is."""
    path = path_of(value.value)
    return name if value.kind != "iri" or name == path else f"{name} ({path})"


def path_of(address: str) -> str:
    """Return the end of the IRI of a thing that names it under any base: `venue/icml`."""
    return "/".join(address.split("/")[-2:])


def iri(address: str) -> str:
    """Return an IRI of the graph as SPARQL."""
    return f"<{address}>"


def iris(addresses: Iterable[str]) -> str:
    """Return IRIs of the graph as SPARQL, for VALUES."""
    return " ".join(map(iri, addresses))


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
