"""Why does the graph say so? The list, line, heading and words behind each statement on a paper.

papers (which paper is meant) → statements (what its entries state) → text (for a person)
"""

from fedkg.why.explain import Explanation, explain, render_explanation
from fedkg.why.papers import find_paper, title_of
from fedkg.why.properties import IDENTIFIERS, NOUNS
from fedkg.why.sources import Fact, Source, headings_of
from fedkg.why.statements import Answer, decisions, why
from fedkg.why.text import grouped, render

__all__ = [
    "IDENTIFIERS",
    "NOUNS",
    "Answer",
    "Explanation",
    "Fact",
    "Source",
    "decisions",
    "explain",
    "find_paper",
    "grouped",
    "headings_of",
    "render",
    "render_explanation",
    "title_of",
    "why",
]
