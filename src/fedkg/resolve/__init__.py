"""Entries → papers, people, venues, datasets, models, techniques and findings.

entries → papers (which entries are one work) → places (its versions) → assemble (a collection)
"""

from fedkg.resolve.assemble import resolve
from fedkg.resolve.vocabulary import Vocabulary

__all__ = ["Vocabulary", "resolve"]
