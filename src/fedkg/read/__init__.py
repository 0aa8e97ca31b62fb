"""Lists → entries, failures and template rows, whatever forms a list mixes.

bytes → files → markdown | html → blocks → bullets | tables | headings → draft → entry
"""

from fedkg.read.catalogue import Source, given_sources, shipped_sources
from fedkg.read.files import read_bytes, read_source

__all__ = ["Source", "given_sources", "read_bytes", "read_source", "shipped_sources"]
