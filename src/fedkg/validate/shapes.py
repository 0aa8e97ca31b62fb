"""Reading shapes, and what a shape says of itself: its path as text, its message."""

from pathlib import Path

from rdflib import BNode, Graph
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fedkg.errors import InputError
from fedkg.namespaces import compact

_TARGETS = {SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf}


def load(graph: Graph, path: Path, form: str) -> None:
    """Add a file of RDF to a graph, `form` being one of oxrdflib's. Raises InputError."""
    try:
        with path.open("rb") as file:
            graph.parse(file, format=form, publicID=path.absolute().as_uri())
    except OSError as error:
        raise unreadable(path, error) from error
    except SyntaxError as error:
        raise InputError(f"{path} is not valid RDF, mend or rebuild it: {error}.") from error


def unreadable(path: Path, error: OSError) -> InputError:
    """Return the error that says why a file cannot be read."""
    return InputError(f"{path} cannot be read ({error.strerror}): name another file.")


def unusable(reason: object) -> InputError:
    """Return the error that says why an engine refuses the shapes."""
    return InputError(f"The shapes cannot be used, mend them: {reason}.")


def read_shapes(path: Path) -> Graph:
    """Return the shapes in a Turtle file. Raises InputError when it cannot be read."""
    shapes = Graph()
    load(shapes, path, "ox-turtle")
    return shapes


def spread(shapes: Graph) -> Graph:
    """Return the shapes with the targets of node shapes moved down to their property shapes.

    The results are the same, but pyshacl evaluates a property shape once for all its focus nodes
    instead of anew for each. Shapes that other shapes refer to stay whole, and so do closed ones.
    """
    moved = Graph() + shapes
    for node_shape, property_shape in shapes.subject_objects(SH.property):
        targets = [(p, o) for p, o in shapes.predicate_objects(node_shape) if p in _TARGETS]
        whole = (node_shape, SH.closed, None) in shapes or (None, None, node_shape) in shapes
        if targets and not whole:
            moved.remove((node_shape, SH.property, property_shape))
            for predicate, target in targets:
                moved.add((property_shape, predicate, target))
    return moved


def path_of(shapes: Graph, shape: Node) -> str | None:
    """Return the path of a property shape as in SPARQL, None for a node shape."""
    path = shapes.value(shape, SH.path)
    return None if path is None else _path_text(shapes, path)


def branches(shapes: Graph, path: Node) -> list[list[tuple[str, bool]]] | None:
    """Return the ways along a path, each its steps: a predicate, and whether it goes backwards.

    None for paths without an end (`*`, `+`) and optional ones.
    """
    if not isinstance(path, BNode):
        return [[(str(path), False)]]
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return None if isinstance(inverse, BNode) else [[(str(inverse), True)]]
    choices = shapes.value(path, SH.alternativePath)
    if choices is None and (path, RDF.first, None) not in shapes:
        return None
    parts = [branches(shapes, part) for part in Collection(shapes, choices or path)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if choices is not None:
        return [way for part in known for way in part]
    ways: list[list[tuple[str, bool]]] = [[]]
    for part in known:
        ways = [[*way, *step] for way in ways for step in part]
    return ways


def _path_text(shapes: Graph, path: Node) -> str:
    if not isinstance(path, BNode):
        return _compact(str(path))
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + _path_text(shapes, inverse)
    choices = shapes.value(path, SH.alternativePath)
    steps = Collection(shapes, path if choices is None else choices)
    return ("/" if choices is None else "|").join(_path_text(shapes, step) for step in steps)


def _compact(iri: str) -> str:
    short = compact(iri)
    return f"<{iri}>" if short == iri else short
