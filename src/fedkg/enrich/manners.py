"""How each service wants to be asked: how often, and with which key.

Sources: developers.openalex.org/api-reference/authentication, api.semanticscholar.org/api-docs,
crossref.org/documentation/retrieve-metadata/rest-api ("Access and authentication": who is told a
contact answers sooner), opencitations.net/accesstoken, info.arxiv.org/help/api/tou.html (one
request in three seconds). Where they name a higher pace, ours is below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from fedkg.client import Request as Sent
from fedkg.enrich import arxiv, crossref, openalex, opencitations, semantic_scholar
from fedkg.enrich.request import JSON, Request


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds between requests, and where a key goes: into a header or into the query."""

    interval: float = 1.0
    header: str = ""
    query: str = ""


MANNERS: Mapping[str, Manners] = {
    openalex.SOURCE: Manners(0.2, query="api_key"),
    semantic_scholar.SOURCE: Manners(1.0, header="x-api-key"),
    crossref.SOURCE: Manners(0.2),
    opencitations.SOURCE: Manners(0.4, header="authorization"),
    arxiv.SOURCE: Manners(3.0),
}
"""The services that differ from one request a second without a key."""


def manners_of(source: str) -> Manners:
    """Return how a service wants to be asked."""
    return MANNERS.get(source, Manners())


def key_variable(source: str) -> str:
    """Return the environment variable that holds the key for a service."""
    return f"FEDKG_{source.upper()}_KEY"


def sent(request: Request, manners: Manners, key: str = "", endpoint: str = "") -> Sent:
    """Return a request as the client sends it: to the service, or to a mirror at `endpoint`."""
    url = request.url
    if endpoint:
        url = endpoint.rstrip("/") + urlsplit(url).path
    if request.params:
        url = f"{url}?{urlencode(request.params)}"
    return Sent(
        url,
        request.media_types,
        request.body or b"",
        JSON if request.body else "",
        {manners.header: key} if key and manners.header else {},
        {manners.query: key} if key and manners.query else {},
        request.may_be_absent,
    )
