"""Why does the graph say so? The list, line, heading and words behind each statement on a paper.

papers (which paper is meant) → statements (what its entries state) → text (for a person)
"""

from fedkg.why.explain import explain, render_explanation
from fedkg.why.papers import find_paper, title_of
from fedkg.why.statements import Answer, Source, decisions, why
from fedkg.why.text import render

__all__ = [
    "Answer",
    "Source",
    "decisions",
    "explain",
    "find_paper",
    "render",
    "render_explanation",
    "title_of",
    "why",
]
