"""What is asked, in files, and the graph that it is asked of.

The nine `.rq` files here are the questions, those in `load/` belong to the load. `<PAPER>`,
`<PERSON>`, `<DATASET>` and `"WORD"` stand for what is drawn from the graph.
"""

from questions.drawing import NINE, Drawing, read, title
from questions.graph import Graph, indexed, prepare

__all__ = ["NINE", "Drawing", "Graph", "indexed", "prepare", "read", "title"]
