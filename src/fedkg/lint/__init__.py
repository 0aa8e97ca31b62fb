"""What should be mended in one list, for the person who keeps it.

run (read and resolve, alone or beside others) → formats
repairing (what is safe: editable parts, spelling) → replacing
"""

from fedkg.lint.formats import FORMATS, changes, visible
from fedkg.lint.others import others_of
from fedkg.lint.repairing import Change, Repaired, repair
from fedkg.lint.replacing import difference, rewrite
from fedkg.lint.run import Linted, lint

__all__ = [
    "FORMATS",
    "Change",
    "Linted",
    "Repaired",
    "changes",
    "difference",
    "lint",
    "others_of",
    "repair",
    "rewrite",
    "visible",
]
