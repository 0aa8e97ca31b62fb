"""What the endpoint says of itself, read as a program reads it."""

import pyoxigraph as ox

from .conftest import Site


def test_without_a_query_a_program_gets_the_service_description(site: Site) -> None:
    """SPARQL 1.1 Service Description, with the endpoint's own address."""
    answer = site.ask("/sparql")
    assert answer.media_type == "text/turtle"
    base = f"http://{site.host}:{site.port}/sparql"
    quads = list(ox.parse(answer.body, ox.RdfFormat.TURTLE, base_iri=base))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(q.predicate.value.removeprefix(sd), q.object.value) for q in quads}
    assert ("endpoint", base) in said
    assert ("feature", f"{sd}UnionDefaultGraph") in said
    assert ("supportedLanguage", f"{sd}SPARQL11Query") in said
    assert sum(name == "resultFormat" for name, _ in said) == 8


def test_the_description_names_every_graph_with_its_size(site: Site) -> None:
    """So that a program can choose; the union is the default graph."""
    described = ox.Store()
    described.load(site.ask("/sparql").body, ox.RdfFormat.TURTLE, base_iri="http://a.example/")
    sizes = described.query("""
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?name ?triples WHERE { ?g sd:name ?name ; sd:graph/void:triples ?triples }""")
    found = {(row["name"].value, row["triples"].value) for row in sizes}
    counted = site.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    rows = counted.json()["results"]["bindings"]
    assert found == {(row["g"]["value"], row["n"]["value"]) for row in rows}
    assert len(found) > 1


def test_the_description_partitions_the_graph_by_class_and_property(site: Site) -> None:
    """So that an editor offers what there is: each count is that of a query."""
    described = ox.Store()
    described.load(site.ask("/sparql").body, ox.RdfFormat.TURTLE, base_iri="http://a.example/")

    def rows(pattern: str) -> set[tuple[str, ...]]:
        found = described.query(f"""
            PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
            PREFIX void: <http://rdfs.org/ns/void#>
            SELECT * WHERE {{ ?g ^sd:defaultGraph [] . {pattern} }}""")
        names = [variable.value for variable in found.variables if variable.value != "g"]
        return {tuple(row[name].value for name in sorted(names)) for row in found}

    def counted(query: str) -> set[tuple[str, ...]]:
        lines = site.query(query, "text/csv").body.decode().splitlines()[1:]
        return {tuple(line.split(",")) for line in lines}

    assert rows("?g void:classPartition [ void:class ?c ; void:entities ?n ]") == counted(
        "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c"
    )
    assert rows("?g void:propertyPartition [ void:property ?p ; void:triples ?x ]") == counted(
        "SELECT ?p (COUNT(*) AS ?x) { ?s ?p ?o } GROUP BY ?p"
    )
    within = """?g void:classPartition [ void:class ?c ;
                void:propertyPartition [ void:property ?p ; void:triples ?x ] ]"""
    found = rows(within)
    assert found == counted("SELECT ?c ?p (COUNT(*) AS ?x) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p")
    assert len(found) > 20
