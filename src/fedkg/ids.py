"""Identifiers, links, slugs and digests: pure functions, no input or output.

Rules for keys and slugs are section 3 of the design; the formats of the identifiers are those of
their registries: arXiv (info.arxiv.org/help/arxiv_identifier), DOI Handbook section 2.2, the ACL
Anthology (aclanthology.org/info/ids), OpenReview, IEEE Xplore, PMLR and the NeurIPS proceedings.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, quote, unquote, urlsplit

from anyascii import anyascii

SCHEMES = ("arxiv", "doi", "acl", "openreview", "ieee", "pmlr", "neurips")
"""Schemes from the strongest to the weakest: a paper's key is made of its strongest identifier."""

SERVICE_SCHEMES = ("openalex", "s2", "corpus", "dblp", "omid", "pmid")
"""Schemes of services that describe works; weaker than any under which works are published."""

REMEMBERED = 1 << 15
"""How many answers a pure function keeps for what comes again and again: words, names."""
_LINKS_REMEMBERED = 1 << 18
"""Every stage comes back to the links of all entries: fewer than there are would help none."""

_RANKS = {scheme: rank for rank, scheme in enumerate(SCHEMES + SERVICE_SCHEMES)}
_SLUG_LENGTH = 80
_OTHER_RUN = re.compile(r"[^a-z0-9]+")
_OTHER_RUN_KEEPING_DOTS = re.compile(r"[^a-z0-9.]+")

_ARXIV = re.compile(r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?")
_ARXIV_PATH = re.compile(rf"/(?:abs|pdf|html|format|ps|e-print)/({_ARXIV.pattern})(?:\.pdf)?/?")
_DOI_IN_PATH = re.compile(r"(?:^|/)(10\.\d{4,9}/.+)")
_DOI_TAIL = re.compile(r"(?:/(?:pdf|epdf|full|meta|abstract|html|fulltext)|\.pdf|\.html?|/)$")
_ACL = re.compile(r"\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+|[A-Z]\d{2}-\d{4}")
_ACL_DOI = "10.18653/v1/"
_ARXIV_DOI = "10.48550/arxiv."
_UNREGISTERED_DOI = "10.5555/"  # reserved for tests; ACM puts it on pages that have no DOI
_BIORXIV_DOI = "10.1101/"  # bioRxiv and medRxiv put the version behind it in their addresses
_BIORXIV_VERSION = re.compile(r"v\d+(?:\.full(?:-text)?)?$")
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{6,}")
_IEEE_PATH = re.compile(r"/(?:abstract/)?document/0*(\d{5,})/?")
_PMLR_PATH = re.compile(r"/(v\d+|r\d+)/([a-z0-9-]+)(?:/|\.html|$)")
_NEURIPS_PATH = re.compile(r"/paper(?:_files/paper)?/\d{4}/(?:file|hash)/([0-9a-f]{32})(?:-|$)")
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]", re.ASCII)
_HOST_AT_MOST = 254  # one character more than a name may have (RFC 1035, section 2.3.4)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_NO_OWNERS = {"apps", "collections", "features", "marketplace", "orgs", "sponsors", "topics"}
_URL_IN_TEXT = re.compile(r"https?://[^\s<>\"\[\]]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """An identifier of a work in one scheme, in its canonical form (arXiv without version)."""

    scheme: str
    value: str

    @property
    def key(self) -> str:
        """The paper key made of it: `arxiv-2312.06353`, `doi-10-1145-3543507-3583518`."""
        keeps_dots = self.scheme in {"arxiv", "acl"}
        return f"{self.scheme}-{slug(self.value, keep_dots=keeps_dots)}"

    @property
    def rank(self) -> int:
        """0 for the strongest scheme."""
        return _RANKS[self.scheme]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


def slug(text: str, *, keep_dots: bool = False) -> str:
    """Return `text` as lower-case ASCII letters and digits joined by hyphens, 80 at most.

    May be empty ("++"): `assign_slugs` gives such a name a slug of its own.
    """
    pattern = _OTHER_RUN_KEEPING_DOTS if keep_dots else _OTHER_RUN
    return pattern.sub("-", anyascii(text).lower()).strip("-")[:_SLUG_LENGTH].strip("-")


def assign_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each name, all different, whatever the order of the names.

    A slug that is empty or that several names share gets `-` and 8 hex digits of the name's digest.
    """
    slugs = {name: slug(name) for name in names}
    return disambiguate(slugs)


def disambiguate(slugs: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping of names to slugs with digests added to empty and shared slugs."""
    holders: dict[str, int] = {}
    for value in slugs.values():
        holders[value] = holders.get(value, 0) + 1
    return {
        name: value if value and holders[value] == 1 else told_apart(value, name)
        for name, value in slugs.items()
    }


def told_apart(slug: str, name: str) -> str:
    """Return the slug with 8 hex digits of the name's digest: the key of one of several."""
    return f"{slug}-{digest(name, length=8)}"


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """Return the letters and digits of `text`, transliterated and lower-cased, for comparing.

    `fold("Pre-Training à la carte!") == "pretrainingalacarte"`. Folding twice changes nothing.
    """
    return _OTHER_RUN.sub("", anyascii(text).lower())


def digest(*parts: str, length: int = 12) -> str:
    """Return the first `length` hex digits of the SHA-256 of the parts joined by U+001F."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


@lru_cache(_LINKS_REMEMBERED)
def web_url(text: str) -> str | None:
    """Return `text` as an http(s) URL that is safe in an IRI, or None when it is not one.

    Characters that no IRI may hold are percent-encoded; the host is lower case and ASCII.
    `javascript:`, `data:`, relative and userinfo-carrying links give None.
    """
    try:
        parts = urlsplit(text.encode().decode().strip())
        host = (parts.hostname or "")[:_HOST_AT_MOST].encode("idna").decode()
        port = parts.port
    except ValueError:  # a bad port or bracket, a surrogate, or a host that has no ASCII form
        return None
    if len(host) >= _HOST_AT_MOST or not _HOST.fullmatch(host):
        return None
    if parts.scheme.lower() not in {"http", "https"}:
        return None
    if "@" in parts.netloc:
        return None
    place = host if port is None else f"{host}:{port}"
    rest = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        rest += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    if parts.fragment:
        rest += "#" + quote(parts.fragment, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme.lower()}://{place}{_repair_percents(rest)}"


def url_within(text: str) -> str | None:
    """Return the first http(s) URL inside a damaged link such as `[x.pdf](https://…/x.pdf)`."""
    found = (web_url(match.group().rstrip(")}.,;")) for match in _URL_IN_TEXT.finditer(text))
    return next((url for url in found if url), None)


def identifiers_of(url: str) -> tuple[Identifier, ...]:
    """Return the identifiers that a link states: none, one, or a DOI with the ACL id it names.

    Only registries' own hosts and DOIs count: a number in another path that merely looks like an
    arXiv id gives nothing.
    """
    safe = web_url(url)
    if safe is None:
        return ()
    parts = urlsplit(safe)
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    for read in (_arxiv, _acl, _openreview, _ieee, _pmlr, _neurips):
        found = read(host, path, parts.query)
        if found:
            return (found,)
    match = _DOI_IN_PATH.search(path)
    return identifiers_of_doi(match.group(1)) if match else ()


def identifiers_of_doi(doi: str) -> tuple[Identifier, ...]:
    """Return what a DOI stands for: an arXiv id, a DOI with its ACL id, a DOI, or nothing.

    DOI 10.48550/arXiv.X is the arXiv id X and no DOI of a publication.
    """
    value = _trim_doi(doi.strip()).lower()
    if value.startswith(_UNREGISTERED_DOI):
        return ()
    if value.startswith(_ARXIV_DOI):
        found = arxiv_identifier(value.removeprefix(_ARXIV_DOI))
        return (found,) if found else ()
    if re.search(r"\s", value):
        return ()
    result = [Identifier("doi", value)]
    if value.startswith(_ACL_DOI):
        anthology = value.removeprefix(_ACL_DOI)
        anthology = anthology.upper() if re.fullmatch(r"[a-z]\d{2}-\d{4}", anthology) else anthology
        if _ACL.fullmatch(anthology):
            result.append(Identifier("acl", anthology))
    return tuple(result)


def arxiv_identifier(text: str) -> Identifier | None:
    """Return the arXiv identifier that `text` ("2312.06353v2", "cs/0112017") is, or None."""
    if not _ARXIV.fullmatch(text):
        return None
    plain = re.sub(r"\.[A-Za-z]{2}/", "/", text)  # math.GT/0309136 is math/0309136
    return Identifier("arxiv", re.sub(r"v\d+$", "", plain))


def arxiv_month(value: str) -> tuple[int, int] | None:
    """Return (year, month) of an arXiv id of the form in use since April 2007, else None."""
    match = re.match(r"(\d{2})(\d{2})\.", value)
    return (2000 + int(match.group(1)), int(match.group(2))) if match else None


def is_orcid(text: str) -> bool:
    """Whether `text` has the form of an ORCID iD, and its check digit (ISO 7064, MOD 11-2)."""
    if not _ORCID.fullmatch(text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return text[-1] == "0123456789X"[(12 - total % 11) % 11]


def repository_of(url: str) -> tuple[str, str, str] | None:
    """Return (host, owner, name) of a source repository on a known forge, or None.

    Only `github.com` is case-insensitive: its owner and name are lower-cased.
    """
    safe = web_url(url)
    if safe is None:
        return None
    parts = urlsplit(safe)
    host = (parts.hostname or "").removeprefix("www.")
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if host not in {"github.com", "gitlab.com", "bitbucket.org", "gitee.com", "codeberg.org"}:
        return None
    if len(steps) < 2 or steps[0] in _NO_OWNERS:
        return None
    owner, name = steps[0], steps[1].removesuffix(".git")
    return (host, owner.lower(), name.lower()) if host == "github.com" else (host, owner, name)


def _trim_doi(doi: str) -> str:
    trimmed = _DOI_TAIL.sub("", doi)
    if trimmed.startswith(_BIORXIV_DOI):
        trimmed = _BIORXIV_VERSION.sub("", trimmed)
    return trimmed if trimmed.count("/") >= 1 else doi


def _repair_percents(text: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)


def _arxiv(host: str, path: str, _query: str) -> Identifier | None:
    if host != "arxiv.org" and not host.endswith(".arxiv.org") and host != "ar5iv.org":
        return None
    match = _ARXIV_PATH.fullmatch(path)
    return arxiv_identifier(match.group(1)) if match else None


def _acl(host: str, path: str, _query: str) -> Identifier | None:
    if host == "aclweb.org":
        path = path.removeprefix("/anthology")
    elif host != "aclanthology.org":
        return None
    name = re.sub(r"v\d+$", "", path.strip("/").removesuffix(".pdf"))
    return Identifier("acl", name) if _ACL.fullmatch(name) else None


def _openreview(host: str, path: str, query: str) -> Identifier | None:
    if host != "openreview.net" or path.rstrip("/") not in {"/forum", "/pdf", "/attachment"}:
        return None
    value = parse_qs(query).get("id", [""])[0]
    return Identifier("openreview", value) if _OPENREVIEW.fullmatch(value) else None


def _ieee(host: str, path: str, query: str) -> Identifier | None:
    if host != "ieeexplore.ieee.org":
        return None
    match = _IEEE_PATH.fullmatch(path)
    number = match.group(1) if match else parse_qs(query).get("arnumber", [""])[0].lstrip("0")
    return Identifier("ieee", number) if re.fullmatch(r"\d{5,}", number) else None


def _pmlr(host: str, path: str, _query: str) -> Identifier | None:
    match = _PMLR_PATH.match(path) if host == "proceedings.mlr.press" else None
    return Identifier("pmlr", f"{match.group(1)}/{match.group(2)}") if match else None


def _neurips(host: str, path: str, _query: str) -> Identifier | None:
    if host not in {"proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"}:
        return None
    match = _NEURIPS_PATH.match(path)
    return Identifier("neurips", match.group(1)) if match else None
