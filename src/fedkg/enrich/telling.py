"""What an enrichment tells people: what would be asked, and what became of it."""

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlencode

from fedkg.enrich.asking import Asked
from fedkg.enrich.dumping import Dumped
from fedkg.enrich.found import Found
from fedkg.enrich.request import Request, Wanted
from fedkg.enrich.service import Service

SHOWN_AT_MOST = 10


def plan(source: str, service: Service, papers: Sequence[Wanted]) -> Iterator[str]:
    """Yield what would be asked of a service, and the papers of which nothing can be asked."""
    requests = list(service.requests_for(papers))
    asked = {key for request in requests for key in request.keys}
    without = [paper.key for paper in papers if paper.key not in asked]
    yield (
        f"{source}: {_many(len(requests), 'request')} and what they lead to, about {len(asked):,} "
        f"of {_many(len(papers), 'paper')}"
    )
    for request in requests:
        yield f"  {request.method} {_address(request)} ({_many(len(request.keys), 'paper')})"
    for key in without:
        yield f"  nothing can be asked of {key}: {_lack(service)}"


def asked_lines(
    source: str, asked: Asked, sent: int, found: Found, papers: Collection[Wanted]
) -> Iterator[str]:
    """Yield what became of asking a service: asked, found, not found, failed and why."""
    whole = asked.papers - asked.waiting
    about = whole & found.papers
    unknown = whole - found.papers - asked.unanswered
    without = {paper.key for paper in papers} - asked.papers - asked.waiting
    yield (
        f"{source}: {_many(asked.requests, 'request')} about {_many(len(whole), 'paper')}, "
        f"{asked.requests - sent:,} of them answered before"
    )
    yield f"  found: {_many(len(about), 'paper')}; not found: {len(unknown):,}"
    yield f"  {_counts(found)}"
    if without:
        yield f"  nothing can be asked of {_many(len(without), 'paper')}: see --dry-run"
    if asked.unread:
        yield f"  parts of answers that could not be read: {len(asked.unread):,}"
        yield from _first(asked.unread)
    if asked.failed:
        many = _many(len(asked.failed), "request")
        yield f"  failed: {many}, about {_many(len(asked.unanswered), 'paper')}"
        yield from _first(asked.failed)
    if asked.waiting:
        yield (
            "  left alone, since one request after the other failed; not asked about: "
            f"{_many(len(asked.waiting), 'paper')}; run it again later"
        )


def dumped_lines(source: str, dumped: Dumped, found: Found) -> Iterator[str]:
    """Yield what became of reading a dump."""
    many = _many(dumped.read, "record")
    yield f"{source}: {many} read, some about {_many(len(found.papers), 'paper')}"
    yield f"  {_counts(found)}"
    if dumped.unread:
        yield f"  could not be read: {dumped.unread:,}"
        yield from _first(dumped.shown)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _counts(found: Found) -> str:
    odd = f"; too odd to be kept: {found.counts['odd']:,}" if found.counts["odd"] else ""
    return (
        f"kept: {_many(found.counts['records'], 'record')}, "
        f"{_many(found.counts['references'], 'reference')}, "
        f"{_many(found.counts['lists'], 'reference list')} by length{odd}"
    )


def _first(sentences: Sequence[str]) -> Iterator[str]:
    yield from (f"    {one}" for one in sentences[:SHOWN_AT_MOST])
    if len(sentences) > SHOWN_AT_MOST:
        yield f"    … and {len(sentences) - SHOWN_AT_MOST:,} more"


def _address(request: Request) -> str:
    return f"{request.url}?{urlencode(request.params)}" if request.params else request.url


def _lack(service: Service) -> str:
    return f"it has no identifier that {service.title} takes"
