"""Where things are: the IRIs that are published, and the links on this host."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from fedkg.config import DEFAULT_BASE
from fedkg.ids import web_url
from fedkg.namespaces import FKG

KINDS = (
    *("paper", "version", "authorship", "person", "venue", "edition", "dataset", "model"),
    *("family", "technique", "repository", "list", "section", "entry", "record", "citation"),
    *("assignment", "finding", "decision", "graph"),
)
"""First steps of the paths of things."""


Parameter = str | int | tuple[str, ...] | None
"""The value of a parameter, or several of them."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Things are published under `base`; the site is below the path `root` of its host.

    A path is what follows the base: `paper/arxiv-2312.06353`. `root` is "" or begins with a slash.
    """

    base: str = DEFAULT_BASE
    root: str = ""

    def iri(self, path: str) -> str | None:
        """Return the IRI of a path, None where it can be none."""
        found = web_url(self.base + path)
        return found if found and found.startswith(self.base) else None

    def path(self, iri: str) -> str | None:
        """Return the path of an IRI under the base, None for any other."""
        return iri.removeprefix(self.base) if iri.startswith(self.base) else None

    def href(self, path: str = "", fragment: str = "", /, **parameters: Parameter) -> str:
        """Return the link to a path of this host, with the parameters that are not None or ""."""
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        asked = f"?{urlencode(given, doseq=True)}" if given else ""
        return f"{self.root}/{quote(path)}{asked}{fragment and f'#{quote(fragment)}'}"

    def link(self, iri: str) -> str | None:
        """Return the link to the page of a thing, or of a term of the ontology; else None."""
        if iri.startswith(FKG):
            return self.href("ontology.html", iri.removeprefix(FKG))
        path = self.path(iri)
        if path is None or path.partition("/")[0] not in KINDS:
            return None
        return self.href(path)
