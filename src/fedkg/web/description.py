"""What the endpoint says of itself, its graphs included (SPARQL 1.1 Service Description).

The sizes are those that the build wrote down, else they are counted once.
"""

import json
from collections.abc import Mapping

from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.protocol import Operation
from fedkg.web.sparql import Evaluate

_ROWS = "application/sparql-results+json"
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_UNION = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_SERVICE = """\
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .

<> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML ,
        formats:SPARQL_Results_CSV , formats:SPARQL_Results_TSV ,
        formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML"""
_DATASET = """\
 ;
    sd:defaultDataset [ a sd:Dataset ;
        sd:defaultGraph [ a sd:Graph ; void:triples {triples} ]{graphs} ]"""
_GRAPH = """\
 ;
        sd:namedGraph [ a sd:NamedGraph ; sd:name <{name}> ;
            sd:graph [ a sd:Graph ; void:triples {triples} ] ]"""


class Description:
    """The service description of a graph as Turtle; `sizes` are those of its named graphs."""

    def __init__(self, evaluate: Evaluate, sizes: Mapping[str, int] | None = None) -> None:
        self._evaluate = evaluate
        self._sizes = sizes
        # No triple of a build stands in two graphs, so the union has as many as they together.
        self._union = None if sizes is None else sum(sizes.values())

    async def turtle(self) -> bytes:
        """Return the description; without graphs where they take too long to be counted."""
        try:
            if self._sizes is None:
                rows = await self._rows(_SIZES)
                self._sizes = {row["g"]: int(row["n"]) for row in rows}
            if self._union is None:
                self._union = int((await self._rows(_UNION))[0]["n"])
        except UnansweredError:
            return f"{_SERVICE} .\n".encode()
        graphs = "".join(
            _GRAPH.format(name=name, triples=triples)
            for name, triples in sorted(self._sizes.items())
        )
        return f"{_SERVICE}{_DATASET.format(triples=self._union, graphs=graphs)} .\n".encode()

    async def _rows(self, query: str) -> list[dict[str, str]]:
        answer = await self._evaluate(Operation(query), _ROWS)
        found = json.loads(answer.body)
        return [
            {name: term["value"] for name, term in row.items()}
            for row in found["results"]["bindings"]
        ]
