"""Papers → what open services say of them: what to ask, and what the answers mean.

Nothing here opens a connection. A service is asked with `requests_for` and `next_request`; its
answers go through `parse`. What they say names works by identifiers: whose they are is found later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fedkg.enrich import acl, arxiv, crossref, dblp, openalex, opencitations, semantic_scholar
from fedkg.enrich.answer import Answer
from fedkg.enrich.dumps import DUMPS, Bounds, read_dump
from fedkg.enrich.request import Request, Wanted, no_next_page, not_narrower

__all__ = ["DUMPS", "SERVICES", "Answer", "Bounds", "Request", "Service", "Wanted", "read_dump"]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: what it is called, what to ask it, how to go on, and what an answer says.

    `narrower` makes smaller requests of one whose answer is too large.
    """

    title: str
    requests_for: Callable[[Iterable[Wanted]], Iterator[Request]]
    next_request: Callable[[Request, Answer], Request | None]
    parse: Callable[[bytes], Answer]
    narrower: Callable[[Request], tuple[Request, ...]] = not_narrower


SERVICES: Mapping[str, Service] = {
    openalex.SOURCE: Service(
        "OpenAlex", openalex.requests_for, openalex.next_request, openalex.parse
    ),
    semantic_scholar.SOURCE: Service(
        "Semantic Scholar",
        semantic_scholar.requests_for,
        no_next_page,
        semantic_scholar.parse,
        semantic_scholar.narrower,
    ),
    crossref.SOURCE: Service("Crossref", crossref.requests_for, no_next_page, crossref.parse),
    opencitations.SOURCE: Service(
        "OpenCitations", opencitations.requests_for, no_next_page, opencitations.parse
    ),
    arxiv.SOURCE: Service("arXiv", arxiv.requests_for, no_next_page, arxiv.parse),
    dblp.SOURCE: Service("DBLP", dblp.requests_for, dblp.next_request, dblp.parse),
    acl.SOURCE: Service("ACL Anthology", acl.requests_for, no_next_page, acl.parse),
}
"""The services by the slug of their source. Another one is a module and a row."""
