"""Papers → what open services say of them: what to ask, what answers mean, and the facts on disk.

requests_for → asking (through fedkg.client) → parse → found → facts. What services say names works
by identifiers: whose they are is decided when a graph is built.
"""

from collections.abc import Mapping

from fedkg.enrich import acl, arxiv, crossref, dblp, openalex, opencitations, semantic_scholar
from fedkg.enrich.answer import Answer
from fedkg.enrich.dumps import DUMPS, Bounds, read_dump
from fedkg.enrich.request import Request, Wanted, no_next_page
from fedkg.enrich.service import Service

__all__ = ["DUMPS", "SERVICES", "Answer", "Bounds", "Request", "Service", "Wanted", "read_dump"]

SERVICES: Mapping[str, Service] = {
    openalex.SOURCE: Service(
        "OpenAlex",
        openalex.requests_for,
        openalex.next_request,
        openalex.parse,
        gives_references=True,
    ),
    semantic_scholar.SOURCE: Service(
        "Semantic Scholar",
        semantic_scholar.requests_for,
        no_next_page,
        semantic_scholar.parse,
        semantic_scholar.narrower,
        gives_references=True,
    ),
    crossref.SOURCE: Service(
        "Crossref", crossref.requests_for, no_next_page, crossref.parse, gives_references=True
    ),
    opencitations.SOURCE: Service(
        "OpenCitations",
        opencitations.requests_for,
        no_next_page,
        opencitations.parse,
        gives_authors=False,
        gives_references=True,
    ),
    arxiv.SOURCE: Service("arXiv", arxiv.requests_for, no_next_page, arxiv.parse),
    dblp.SOURCE: Service("DBLP", dblp.requests_for, dblp.next_request, dblp.parse),
    acl.SOURCE: Service("ACL Anthology", acl.requests_for, no_next_page, acl.parse),
}
"""The services by the slug of their source. Another one is a module and a row."""
