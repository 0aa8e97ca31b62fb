"""The identifiers that services print, as `fedkg.ids` knows them.

Forms: OpenAlex (docs.openalex.org, "The OpenAlex ID"), Semantic Scholar
(api.semanticscholar.org/api-docs/graph, "Details about a paper"), DBLP keys (dblp.org/faq), OMID
(opencitations.net/meta), PubMed.
"""

import re
from collections.abc import Iterable

from fedkg.ids import (
    Identifier,
    arxiv_identifier,
    identifiers_of,
    identifiers_of_doi,
    is_orcid,
)

Identifiers = tuple[Identifier, ...]

_LENGTH_AT_MOST = 500
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/[^\s\x00-\x1f]+)", re.I)
_SERVICES = {
    "openalex": re.compile(r"(?:https://openalex\.org/)?(W[1-9]\d{0,14})", re.ASCII),
    "s2": re.compile(r"([0-9a-f]{40})"),
    "corpus": re.compile(r"([1-9]\d{0,14})", re.ASCII),
    "dblp": re.compile(r"([a-z]+(?:/[\w.+-]+){1,4})", re.ASCII),
    "omid": re.compile(r"(br/\d{3,40})", re.ASCII),
    "pmid": re.compile(r"(?:https://pubmed\.ncbi\.nlm\.nih\.gov/)?([1-9]\d{0,9})", re.ASCII),
}
_ORCID_ADDRESS = re.compile(r"https?://(?:www\.)?orcid\.org/")
_PRINTED_ARXIV = re.compile(r"\barXiv\s*:\s*(\d{4}\.\d{4,5})(?!\d)", re.IGNORECASE)
_PRINTED_DOI = re.compile(r"\bdoi\.org/(10\.\d{4,9}/[^\s,;\"<>()]+)", re.IGNORECASE)
_PRINTED_AT_MOST = 2000


def service_identifiers(scheme: str, words: str) -> Identifiers:
    """Return what is an identifier of a service's own scheme, bare or as its address."""
    match = _SERVICES[scheme].fullmatch(words)
    return (Identifier(scheme, match.group(1)),) if match else ()


def doi_identifiers(words: str) -> Identifiers:
    """Return what a DOI, bare, behind "doi:" or as an address, stands for."""
    match = _DOI.fullmatch(words.strip()) if len(words) <= _LENGTH_AT_MOST else None
    return identifiers_of_doi(match.group(1)) if match else ()


def arxiv_identifiers(words: str) -> Identifiers:
    """Return the arXiv identifier that words are, with a version or "arXiv:" or without."""
    found = arxiv_identifier(re.sub(r"^arxiv:", "", words.strip(), flags=re.IGNORECASE))
    return (found,) if found else ()


def acl_identifiers(words: str) -> Identifiers:
    """Return the identifier of the ACL Anthology that words are."""
    return identifiers_of(f"https://aclanthology.org/{words.strip()}")


def packed_identifiers(words: str) -> Identifiers:
    """Return those of "omid:br/06… doi:10.1145/… pmid:…", as OpenCitations packs them.

    The shape is that of opencitations.net/index/api/v2, fields "citing" and "cited".
    """
    found: list[Identifier] = []
    for word in words.split():
        scheme, _, value = word.partition(":")
        if scheme == "doi":
            found += doi_identifiers(value)
        elif scheme == "arxiv":
            found += arxiv_identifiers(value)
        elif scheme in _SERVICES:
            found += service_identifiers(scheme, value)
    return strongest_first(found)


def printed_identifiers(words: str) -> Identifiers:
    """Return the DOI or the arXiv id that a printed reference states as such."""
    if len(words) > _PRINTED_AT_MOST:
        return ()
    doi = _PRINTED_DOI.search(words)
    if doi:
        return doi_identifiers(doi.group(1).rstrip("."))
    arxiv = _PRINTED_ARXIV.search(words)
    return arxiv_identifiers(arxiv.group(1)) if arxiv else ()


def strongest_first(found: Iterable[Identifier]) -> Identifiers:
    """Return the identifiers, each once, from the strongest scheme to the weakest."""
    return tuple(sorted(set(found), key=lambda one: (one.rank, one)))


def orcid_of(words: str) -> str | None:
    """Return the ORCID iD that words are, bare or as an address, or None."""
    bare = _ORCID_ADDRESS.sub("", words.strip()).upper()
    return bare if is_orcid(bare) else None
