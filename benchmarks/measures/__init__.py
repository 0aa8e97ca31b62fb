"""What is resolved from lists, compared with a gold standard made by hand.

standard (the gold standard, and whether the lists fit it) → papers, fields (the measures)
"""

from measures.fields import measure_fields
from measures.papers import PaperScore, measure_kind, measure_papers, measure_tempting
from measures.standard import Gold, MisfitError, Score, check_fit, load

__all__ = [
    "Gold",
    "MisfitError",
    "PaperScore",
    "Score",
    "check_fit",
    "load",
    "measure_fields",
    "measure_kind",
    "measure_papers",
    "measure_tempting",
]
