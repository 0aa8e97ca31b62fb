"""Words that are no words: identifiers, and links to what they identify."""

import re
from urllib.parse import urlsplit

from fedkg.ids import SCHEMES, Identifier, arxiv_identifier, identifiers_of, identifiers_of_doi

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?")


def papers_named(words: str) -> list[str]:
    """Return the paths of the papers that words may mean when they are an identifier or a link."""
    if " " in words or not words:
        return []
    found: list[Identifier] = []
    if _is_link(words):
        found.extend(identifiers_of(words))
    scheme, _, value = words.partition(":")
    if scheme.lower() in SCHEMES and value:
        words = value if scheme.lower() in {"arxiv", "doi"} else words
        found.append(Identifier(scheme.lower(), value))
    if (arxiv := arxiv_identifier(words)) is not None:
        found.append(arxiv)
    if words.startswith("10."):
        found.extend(identifiers_of_doi(words))
    if words[:1].isalnum() and "." in words and "/" not in words:
        found.append(Identifier("acl", words))
    return [f"paper/{one.key}" for one in found]


def papers_of(scheme: str, value: str) -> list[str]:
    """Return the paths of the papers that a value of one scheme may mean, as a link or bare."""
    if _is_link(value):
        return papers_named(value)
    return papers_named(f"{scheme}:{value}") if scheme in SCHEMES else []


def orcid_of(words: str) -> str | None:
    """Return the ORCID iD that words are, bare or as a link."""
    found = _ORCID.fullmatch(words)
    return found[1].upper() if found else None


def _is_link(words: str) -> bool:
    try:
        return urlsplit(words).scheme in {"http", "https"}
    except ValueError:  # a bracket that is not closed
        return False
