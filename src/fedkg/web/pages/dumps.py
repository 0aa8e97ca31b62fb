"""`/dumps/`: the files that hold the whole graph, for people and, as DCAT 3, for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template

from fedkg.export.dumps import Dump
from fedkg.ids import web_url
from fedkg.model import Store, Term
from fedkg.namespaces import DCAT, DCTERMS, PREAMBLE, XSD
from fedkg.web.negotiation import GRAPHS
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.home import Edition
from fedkg.web.pages.host import absolute
from fedkg.web.pages.things import redirect

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
"""The licence of the graph."""
_SPDX = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LISTS = """SELECT ?list ?title ?source ?licence ?read WHERE {
  ?list a fkg:PaperList ; dcterms:title ?title
  OPTIONAL { ?list dcterms:source ?source }
  OPTIONAL { ?list dcterms:license ?licence }
  OPTIONAL { ?list dcterms:date ?read }
} ORDER BY ?title"""
_VERSION = "SELECT ?version WHERE {{ <{iri}> dcat:version ?version }}"
_UNITS = ("bytes", "kB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A list that the graph is read from; "" is what is not known."""

    iri: str
    title: str
    source: str
    licence: str
    read: str

    @property
    def licence_name(self) -> str:
        """The licence as its SPDX identifier where it has one."""
        return self.licence.removeprefix("https://spdx.org/licenses/") or "unknown"


def dumping(
    store: Store, addresses: Addresses, edition: Edition, dumps: Sequence[Dump]
) -> Blueprint:
    """Return the routes of the page and of the description; the files themselves are elsewhere."""
    routes = Blueprint("dumping", __name__)

    @routes.get("/dumps")
    def without_slash() -> Response:
        return redirect(HTTPStatus.MOVED_PERMANENTLY, addresses.href("dumps/"))

    @routes.get("/dumps/")
    def page() -> str:
        return render_template(
            "dumps.html",
            dumps=dumps,
            size=readable,
            lists=attributions(store),
            licence=CC0,
            edition=edition,
        )

    @routes.get("/dumps/dcat.ttl")
    def description() -> Response:
        where = absolute(addresses.href("dumps/"))
        dataset = f"{addresses.base}graph/dataset"
        rows = store.select(PREAMBLE + _VERSION.format(iri=dataset)).rows
        version = next((_text(value) for (value,) in rows), "")
        lines = _dataset(dataset, version, edition, where, dumps, attributions(store))
        response = make_response("".join(lines))
        response.content_type = GRAPHS[0].content_type
        return response

    return routes


def attributions(store: Store) -> list[Attribution]:
    """Return the lists of a graph, by title."""
    found: dict[str, Attribution] = {}
    for row in store.select(PREAMBLE + _LISTS).rows:
        iri, title, source, licence, read = map(_text, row)
        if web_url(iri):  # the files of others may name lists in other ways
            one = Attribution(iri, title, web_url(source) or "", web_url(licence) or "", read)
            found.setdefault(iri, one)
    return list(found.values())


def readable(size: int) -> str:
    """Return a number of bytes in the largest unit (SI) of which there is one: `2.5 GB`."""
    found, unit = float(size), 0
    while round(found, 1) >= 1000 and unit < len(_UNITS) - 1:
        found, unit = found / 1000, unit + 1
    return f"{found:.1f} {_UNITS[unit]}" if unit else f"{size} {_UNITS[0]}"


def _dataset(
    dataset: str,
    version: str,
    edition: Edition,
    where: str,
    dumps: Sequence[Dump],
    lists: Sequence[Attribution],
) -> Iterator[str]:
    """Yield the Turtle of the dataset, its distributions and the lists behind it."""
    yield f"@prefix dcat: <{DCAT}> .\n@prefix dcterms: <{DCTERMS}> .\n"
    yield f"@prefix spdx: <{_SPDX}> .\n@prefix xsd: <{XSD}> .\n\n"
    yield f'<{dataset}> a dcat:Dataset ;\n  dcterms:title "fedkg" ;\n  dcterms:license <{CC0}>'
    yield f" ;\n  dcat:landingPage <{where}>"
    if version:
        yield f" ;\n  dcat:version {_string(version)}"
    if edition.build:
        yield f" ;\n  dcterms:identifier {_string(edition.build)}"
    if edition.built:
        yield f' ;\n  dcterms:issued "{edition.built}"^^xsd:date'
    for one in lists:
        yield f" ;\n  dcterms:source <{one.iri}>"
    for dump in dumps:
        yield f" ;\n  dcat:distribution <{where}dcat.ttl#{dump.name}>"
    yield " .\n"
    for dump in dumps:
        yield _distribution(dump, where)
    for one in lists:
        yield f"\n<{one.iri}> dcterms:title {_string(one.title)}"
        yield f" ;\n  dcterms:source <{one.source}>" if one.source else ""
        yield f" ;\n  dcterms:license <{one.licence}>" if one.licence else ""
        yield " .\n"


def _distribution(dump: Dump, where: str) -> str:
    """Return the Turtle of a file (DCAT 3, section 6.8; SPDX 2.3 checksums)."""
    compression = (
        f"  dcat:compressFormat <{_MEDIA_TYPES}{dump.compression}> ;\n" if dump.compression else ""
    )
    return f"""
<{where}dcat.ttl#{dump.name}> a dcat:Distribution ;
  dcterms:title "{dump.name}" ;
  dcat:accessURL <{where}> ;
  dcat:downloadURL <{where}{dump.name}> ;
  dcat:byteSize "{dump.size}"^^xsd:nonNegativeInteger ;
  dcat:mediaType <{_MEDIA_TYPES}{dump.media_type}> ;
{compression}  dcterms:license <{CC0}> ;
  spdx:checksum <{where}dcat.ttl#{dump.name}-sha256> .

<{where}dcat.ttl#{dump.name}-sha256> a spdx:Checksum ;
  spdx:algorithm spdx:checksumAlgorithm_sha256 ;
  spdx:checksumValue "{dump.sha256}"^^xsd:hexBinary .
"""


def _string(text: str) -> str:
    """Return a Turtle string: the escapes of JSON are among its own (Turtle 1.1, 6.4)."""
    return json.dumps(text, ensure_ascii=False)


def _text(term: Term | None) -> str:
    return "" if term is None else term.value
