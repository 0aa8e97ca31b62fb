"""Entries → papers, people, venues, datasets, models, techniques and findings.

units → blocking → evidence → papers (which entries are one work, and whose an identifier is)
places (its versions) · people · things · records · citing → members → assemble (a collection)
"""

from fedkg.resolve.assemble import resolve
from fedkg.resolve.curation import concerning, read_curation
from fedkg.resolve.given import NO_FACTS, Facts
from fedkg.resolve.permanence import check_permanence, lasting_paths, with_former_paths
from fedkg.resolve.services import Served
from fedkg.resolve.vocabulary import Vocabulary

__all__ = [
    "NO_FACTS",
    "Facts",
    "Served",
    "Vocabulary",
    "check_permanence",
    "concerning",
    "lasting_paths",
    "read_curation",
    "resolve",
    "with_former_paths",
]
