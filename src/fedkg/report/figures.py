"""How many there are of everything, and the few lines that a build prints."""

from collections import Counter

from fedkg.model import Collection


def figures(collection: Collection) -> dict[str, int]:
    """Return how many there are of everything, by plural name."""
    papers = collection.papers
    return {
        "lists": len(collection.lists),
        "entries": len(collection.statements),
        "failures": len(collection.failures),
        "papers": len(papers),
        "papers with authors": sum(bool(paper.authorships) for paper in papers),
        "papers with datasets": sum(bool(paper.datasets) for paper in papers),
        "papers with models": sum(bool(paper.models) for paper in papers),
        "people": len(collection.people),
        "venues": len(collection.venues),
        "editions": len(collection.editions),
        "datasets": len(collection.datasets),
        "models": len(collection.models),
        "repositories": len(collection.repositories),
        "findings": len(collection.findings),
    }


def summary(collection: Collection, triples: int) -> str:
    """Return a few lines for a person, ending in a newline."""
    n = figures(collection)
    kinds = Counter(finding.kind for finding in collection.findings)
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return (
        f"{n['lists']} lists, {n['entries']} entries, {n['failures']} rows that could not be read\n"
        f"{n['papers']} papers ({n['papers with authors']} with authors, "
        f"{n['papers with datasets']} with datasets, {n['papers with models']} with models), "
        f"{n['people']} people\n"
        f"{n['venues']} venues, {n['datasets']} datasets, {n['models']} models, "
        f"{n['repositories']} repositories\n"
        f"{triples} triples; {n['findings']} findings" + (f": {found}\n" if found else "\n")
    )
