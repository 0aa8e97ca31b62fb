"""Services on loopback: works with identifiers, and answers about them in the services' shapes."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response


@dataclass(frozen=True)
class Work:
    """A work as services know it: its number, DOI and title, and the numbers that it cites."""

    number: int
    title: str
    cites: tuple[int, ...] = ()

    @property
    def doi(self) -> str:
        return f"10.1000/{self.number}"

    @property
    def s2(self) -> str:
        return f"{self.number:040x}"


WORKS = (
    Work(1, "Ferret: Federated Full-Parameter Tuning at Scale", (2, 3, 99)),
    Work(2, "Federated Full-Parameter Tuning of Billion-Sized Models", (3,)),
    Work(3, "Flower: A Friendly Federated Learning Framework"),
    Work(4, "Gradient Inversion of Prompts in Federated Learning", (1, 98)),
    Work(5, "A Survey of Heterogeneous Federated Fine-Tuning", (1, 2, 3, 4)),
    Work(6, "Split Learning for Small Devices", (3, 97)),
)
LIST = "# Papers\n\n" + "".join(f"- [{one.title}](https://doi.org/{one.doi})\n" for one in WORKS)
"""A list of them."""
LINKS = {
    (f"doi-10-1000-{work.number}", f"doi-10-1000-{cited}")
    for work in WORKS
    for cited in work.cites
    if cited <= len(WORKS)
}
"""Which papers of the list cite which."""

Handler = Callable[[Request], Response]


def openalex_work(work: Work) -> dict[str, object]:
    """Return a work as OpenAlex has it, in answers and in dumps."""
    return {
        "id": f"https://openalex.org/W{work.number}",
        "doi": f"https://doi.org/{work.doi}",
        "title": work.title,
        "authorships": [{"author": {"id": "https://openalex.org/A1", "display_name": "Ada Low"}}],
        "referenced_works": [f"https://openalex.org/W{cited}" for cited in work.cites],
    }


def openalex(request: Request) -> Response:
    """Answer about the works of a filter, two a page."""
    wanted = request.args["filter"].removeprefix("doi:").split("|")
    works = [openalex_work(work) for work in WORKS if work.doi in wanted]
    start = int(request.args["cursor"].replace("*", "0"))
    after = str(start + 2) if start + 2 < len(works) else None
    return answered({"meta": {"next_cursor": after}, "results": works[start : start + 2]})


def crossref(request: Request) -> Response:
    """Answer about the work of a DOI."""
    doi = request.path.removeprefix("/works/")
    work = next((work for work in WORKS if work.doi == doi), None)
    if work is None:
        return Response("Resource not found.", 404, content_type="text/plain")
    references = [{"DOI": f"10.1000/{cited}"} for cited in work.cites]
    message = {
        "DOI": doi,
        "title": [work.title],
        "reference-count": len(references),
        "reference": references,
    }
    return answered({"message-type": "work", "message": message})


def s2(request: Request) -> Response:
    """Answer about the works of a batch."""
    dois = [one.removeprefix("DOI:") for one in json.loads(request.data)["ids"]]
    return answered([_s2_paper(one, WORKS) for one in dois])


def _s2_paper(doi: str, works: Iterable[Work]) -> dict[str, object] | None:
    work = next((work for work in works if work.doi == doi), None)
    if work is None:
        return None
    cited = [{"paperId": f"{one:040x}", "title": "A"} for one in work.cites]
    names = {"DOI": doi}
    return {"paperId": work.s2, "externalIds": names, "title": work.title, "references": cited}


def answered(body: object) -> Response:
    """Return JSON."""
    return Response(json.dumps(body), content_type="application/json")


def in_turn(*handlers: Handler) -> Handler:
    """Return what does one after the other, and the last for ever."""
    waiting = list(handlers)
    return lambda request: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(request)


def serve(server: HTTPServer, handler: Handler) -> str:
    """Let a server answer everything so, and return its address."""
    server.clear()
    server.expect_request(re.compile(".*")).respond_with_handler(handler)
    return server.url_for("")
