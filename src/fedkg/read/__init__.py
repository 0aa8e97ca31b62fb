"""Lists → entries, failures and template rows, whatever forms a list mixes.

bytes → files → markdown | html → blocks → bullets | tables | headings → draft → entry
"""

from fedkg.read.bibtex import read_bibtex, read_bibtex_file
from fedkg.read.catalogue import Source, given_sources, shipped_sources
from fedkg.read.facts import read_author_facts, read_citation_facts
from fedkg.read.facts import read_sources as read_fact_sources
from fedkg.read.files import content_of, lines_of, read_all, read_bytes, read_source
from fedkg.read.published import KEY_COLUMNS, read_aliases, read_keys

__all__ = [
    "KEY_COLUMNS",
    "Source",
    "content_of",
    "given_sources",
    "lines_of",
    "read_aliases",
    "read_all",
    "read_author_facts",
    "read_bibtex",
    "read_bibtex_file",
    "read_bytes",
    "read_citation_facts",
    "read_fact_sources",
    "read_keys",
    "read_source",
    "shipped_sources",
]
