"""A generated person with many papers and co-authors, more than any of the five lists has."""

import pyoxigraph as ox

from .conftest import BASE

_HEAD = f"""@base <{BASE}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fkg: <https://w3id.org/fedkg/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
PERSON = "person/maximiliane-alexandrowna"
HOSTILE = "Mallory </script><b onclick=alert(1)> \\u202e\\\"'& Ampère"


def crowd(papers: int = 60, others: int = 213, name: str = "Maximiliane Alexandrowna") -> ox.Store:
    """Return a graph of a person with so many papers, on which so many others stand too.

    The first of them stand on more papers than the last. Every fifth paper states no technique.
    """
    people = [f"<person/co-{at}>" for at in range(others)]
    said = [_HEAD, f'<{PERSON}> a fkg:Person, foaf:Person ; foaf:name "{name}" .']
    for at, one in enumerate(people):
        long = f"Bartholomäus-{at} Wolkenstein van der Überlandstraße"
        said.append(f'{one} a fkg:Person ; foaf:name "{long if at % 2 else f"{at} {HOSTILE}"}" .')
    for at in range(papers):
        turns = {*range(at * 4, at * 4 + 4), *(at * 7 + step * step for step in range(9))}
        company = {people[turn % others] for turn in turns} if others else set()
        authors = [f"<{PERSON}>", *sorted(company)]
        title = f"Paper {at}: {'Federated Tuning of Large Language Models ' * 3}"
        said.append(_paper(f"paper/p-{at}", title, 2008 + at % 17, authors, at))
    for at in range(30):
        said.append(f'<technique/t-{at}> a fkg:Technique ; skos:prefLabel "Technique {at}" .')
        said.append(f'<venue/v-{at}> a fkg:Venue ; skos:prefLabel "Conference on Learning {at}" .')
    store = ox.Store()
    store.load("\n".join(said).encode(), ox.RdfFormat.TURTLE)
    return store


def _paper(path: str, title: str, year: int, authors: list[str], at: int) -> str:
    held = "\n".join(
        f"<{path}> fkg:authorship <authorship/{path[6:]}/{place}> ."
        f"<authorship/{path[6:]}/{place}> fkg:author {one} ; fkg:position {place} ."
        for place, one in enumerate(authors, start=1)
    )
    technique = f"; fkg:technique <technique/t-{at % 30}>, <technique/t-1>" if at % 5 else ""
    return f"""<{path}> a fkg:Paper ; fkg:listed true ; dcterms:title "{title}" ; fkg:year {year} ;
        fkg:venue <venue/v-{at % 30}> ; dcterms:creator {", ".join(authors)} {technique} .
        {held}"""
