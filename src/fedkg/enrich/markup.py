"""XML from strangers: without document types, outside files or depth."""

from functools import cache

from lxml import etree

from fedkg.enrich.decoding import OddShapeError

XML_BYTES_AT_MOST = 40_000_000
"""The largest collections of the ACL Anthology have some ten million."""
TAGS_AT_MOST = 2_000_000
"""A tag costs memory some twenty times its three bytes."""

Element = etree._Element


def element_of(content: bytes) -> Element:
    """Return the root of an XML document in UTF-8. Raises OddShapeError.

    A document type is refused, for it may define entities; the encoding is given, lest one be
    hidden in another.
    """
    if len(content) > XML_BYTES_AT_MOST:
        raise OddShapeError(f"it has over {XML_BYTES_AT_MOST} bytes")
    if content.count(b"<") > TAGS_AT_MOST:
        raise OddShapeError(f"it has over {TAGS_AT_MOST} tags")
    if b"<!DOCTYPE" in content:
        raise OddShapeError("it declares a document type, which is refused")
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise OddShapeError(f"it is no XML: {error.msg}") from None


def words_in(element: Element, path: str, namespaces: dict[str, str] | None = None) -> str:
    """Return the words inside the first element at a path, without markup; "" if none is there."""
    found = element.find(path, namespaces)
    return "" if found is None else words_of(found)


def words_of(element: Element) -> str:
    """Return the words inside an element, without the markup between them."""
    return "".join(str(piece) for piece in element.itertext())


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
