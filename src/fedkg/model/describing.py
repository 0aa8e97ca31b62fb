"""The description of a thing: what a site says of it, and what an export takes away with it.

A symmetric concise description: the thing's triples, those that point to it as far as there is
room, and the labels of its neighbours (Stickler, CBD, W3C Member Submission 3 June 2005, with
inverse arcs).
"""

from fedkg.namespaces import DCTERMS, FOAF, RDFS, SKOS

POINTING = 1000
"""How many triples that point to a thing are part of its description."""
LABELS = (f"{DCTERMS}title", f"{FOAF}name", f"{SKOS}prefLabel", f"{RDFS}label")
"""The properties that name things, the best first."""
_DESCRIPTION = """\
CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> . ?near ?named ?label }} WHERE {{
  {{ <{iri}> ?p ?o }}
  UNION {{ SELECT ?s ?q WHERE {{ ?s ?q <{iri}> }} LIMIT {most} }}
  UNION {{
    {{ SELECT DISTINCT ?near WHERE {{
      {{ <{iri}> ?a ?near }} UNION {{ SELECT ?near WHERE {{ ?near ?b <{iri}> }} LIMIT {most} }}
      FILTER (isIRI(?near))
    }} }}
    VALUES ?named {{ {labels} }}
    ?near ?named ?label
  }}
}}"""


def description_query(iri: str) -> str:
    """Return the CONSTRUCT query for the description of a thing."""
    labels = " ".join(f"<{label}>" for label in LABELS)
    return _DESCRIPTION.format(iri=iri, most=POINTING, labels=labels)
