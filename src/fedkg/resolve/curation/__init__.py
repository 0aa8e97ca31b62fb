"""What a person decided where no rule can know: `data/curation.toml`.

`read_curation` gives the decisions. `apply_to_entries` comes before works are made,
`apply_to_works` after the rules made them, `renamed` and `curate_people` on the works that result.
Each returns what it made and what was `Applied`; `recorded` turns that into decisions of the graph.
Applying twice changes nothing, and neither does the order of decisions.
"""

from fedkg.resolve.curation.decisions import (
    Applied,
    CuratedDecision,
    Different,
    EntryName,
    Rejected,
    Rename,
    Same,
    SamePerson,
    SplitPerson,
    WrongFields,
    WrongLink,
    concerning,
    recorded,
)
from fedkg.resolve.curation.entries import apply_to_entries
from fedkg.resolve.curation.file import read_curation
from fedkg.resolve.curation.people import CuratedPeople, curate_people, suffix_of
from fedkg.resolve.curation.works import apply_to_works, renamed

__all__ = [
    "Applied",
    "CuratedDecision",
    "CuratedPeople",
    "Different",
    "EntryName",
    "Rejected",
    "Rename",
    "Same",
    "SamePerson",
    "SplitPerson",
    "WrongFields",
    "WrongLink",
    "apply_to_entries",
    "apply_to_works",
    "concerning",
    "curate_people",
    "read_curation",
    "recorded",
    "renamed",
    "suffix_of",
]
