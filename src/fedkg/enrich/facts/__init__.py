"""Facts on disk: one file a source, JSON lines, sorted, each fact once.

The first line names the source, the last says how many facts stand between, so that a file that
lost its end is no shorter file. docs/enriching.md has the form for people.
"""

from fedkg.enrich.facts.files import facts_files, in_turn, merged, path_of, read_facts
from fedkg.enrich.facts.lines import Fact, line_of, place_of, reads_back

__all__ = [
    "Fact",
    "facts_files",
    "in_turn",
    "line_of",
    "merged",
    "path_of",
    "place_of",
    "read_facts",
    "reads_back",
]
