"""What the endpoint says of itself, its graphs included (SPARQL 1.1 Service Description).

The classes and properties of the graph are there as partitions (VoID, section 4.5), so that an
editor can offer them. The sizes of graphs are those that the build wrote down; what else there is
to count is counted once, when it is first asked for, and left out where that takes too long.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from fedkg.web.pool.outcome import UnansweredError
from fedkg.web.protocol import Operation
from fedkg.web.sparql import Evaluate

_ROWS = "application/sparql-results+json"
_PATIENCE = 5.0
"""Seconds that a client waits for counting; a later one gets what was counted meanwhile."""
_FOR_NOW = frozenset({"busy", "client-busy", "stopping"})
"""Problems that are gone another time."""

_SIZES = "SELECT ?of (COUNT(*) AS ?n) WHERE { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"
_UNION = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_CLASSES = "SELECT ?of (COUNT(*) AS ?n) WHERE { ?s a ?of FILTER (isIRI(?of)) } GROUP BY ?of"
_PROPERTIES = "SELECT ?of (COUNT(*) AS ?n) WHERE { ?s ?of ?o } GROUP BY ?of"
_IN_CLASSES = """\
SELECT ?class ?of (COUNT(*) AS ?n) WHERE { ?s a ?class ; ?of ?o FILTER (isIRI(?class)) }
GROUP BY ?class ?of"""

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
        sd:defaultGraph [ a sd:Graph , void:Dataset ;
            void:triples {triples}{partitions} ]{graphs} ]"""
_GRAPH = """\
 ;
        sd:namedGraph [ a sd:NamedGraph ; sd:name <{name}> ;
            sd:graph [ a sd:Graph ; void:triples {triples} ] ]"""
_CLASS = """\
 ;
            void:classPartition [ void:class <{name}> ; void:entities {entities}{properties} ]"""
_PROPERTY = """\
 ;
{indent}void:propertyPartition [ void:property <{name}> ; void:triples {triples} ]"""

_Rows = list[dict[str, str]]


class Description:
    """The service description of a graph as Turtle; `sizes` are those of its named graphs."""

    def __init__(self, evaluate: Evaluate, sizes: Mapping[str, int] | None = None) -> None:
        self._evaluate = evaluate
        self._sizes = sizes
        self._counted: dict[str, _Rows] = {}
        self._counting: asyncio.Task[None] | None = None

    async def turtle(self) -> bytes:
        """Return the description, with what can be counted in time."""
        if self._counting is None or self._counting.done():
            self._counting = asyncio.create_task(self._count())
        await asyncio.wait({self._counting}, timeout=_PATIENCE)
        sizes = _counts(self._rows(_SIZES)) if self._sizes is None else self._sizes
        # No triple of a build stands in two graphs, so the union has as many as they together.
        union = sum(sizes.values())
        if self._sizes is None:
            union = next((int(row["n"]) for row in self._rows(_UNION)), 0)
        if not sizes and not union:
            return f"{_SERVICE} .\n".encode()
        graphs = "".join(
            _GRAPH.format(name=name, triples=triples) for name, triples in sorted(sizes.items())
        )
        dataset = _DATASET.format(triples=union, partitions=self._partitions(), graphs=graphs)
        return f"{_SERVICE}{dataset} .\n".encode()

    def _partitions(self) -> str:
        """Return the classes, each with the properties of its things, and all properties."""
        within: dict[str, _Rows] = defaultdict(list)
        for row in self._rows(_IN_CLASSES):
            within[row["class"]].append(row)
        classes = (
            _CLASS.format(
                name=name, entities=entities, properties=_properties(within[name], " " * 16)
            )
            for name, entities in sorted(_counts(self._rows(_CLASSES)).items())
        )
        return "".join(classes) + _properties(self._rows(_PROPERTIES), " " * 12)

    def _rows(self, query: str) -> _Rows:
        return self._counted.get(query, [])

    async def _count(self) -> None:
        """Count what is not counted yet; what takes too long stays uncounted for good."""
        wanted = (_CLASSES, _PROPERTIES, _IN_CLASSES)
        for query in wanted if self._sizes is not None else (_SIZES, _UNION, *wanted):
            if query not in self._counted:
                try:
                    answer = await self._evaluate(Operation(query), _ROWS)
                except UnansweredError as error:
                    if error.problem.kind not in _FOR_NOW:
                        self._counted[query] = []
                    continue
                found = json.loads(answer.body)["results"]["bindings"]
                self._counted[query] = [
                    {name: term["value"] for name, term in row.items()} for row in found
                ]


def _counts(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    return {row["of"]: int(row["n"]) for row in rows}


def _properties(rows: Iterable[Mapping[str, str]], indent: str) -> str:
    counts = sorted(_counts(rows).items())
    return "".join(
        _PROPERTY.format(indent=indent, name=name, triples=triples) for name, triples in counts
    )
