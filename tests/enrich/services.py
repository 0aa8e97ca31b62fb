"""The cases of tests/cases/enrich: answers as services give them, and what they say."""

from collections.abc import Callable
from pathlib import Path

from fedkg.enrich import acl, arxiv, crossref, dblp, openalex, opencitations, semantic_scholar
from fedkg.enrich.answer import Answer
from fedkg.ids import SCHEMES, SERVICE_SCHEMES, Identifier, web_url

MARK = "\n=>\n"
CASES = sorted((Path(__file__).parents[1] / "cases" / "enrich").glob("*.txt"))
PARSES: dict[str, Callable[[bytes], Answer]] = {
    "acl": acl.parse,
    "arxiv": arxiv.parse,
    "crossref": crossref.parse,
    "dblp": dblp.parse,
    "openalex": openalex.parse,
    "opencitations": opencitations.parse,
    "s2": semantic_scholar.parse,
}


def case_of(path: Path) -> tuple[str, bytes, str]:
    """Return the service of a case, its answer, and what that says."""
    content, expected = path.read_text(encoding="utf-8").split(MARK)
    return path.stem.split("-")[0], content.encode(), expected.strip()


def check(answer: Answer) -> None:
    """Assert what holds of any answer: whole records, identifiers, addresses, sentences."""
    for record in answer.records:
        assert record.title
        assert all(name.strip() for name in record.authors)
        assert len(record.author_ids) in {0, len(record.authors)}
        assert record.identifiers
        _check_identifiers(record.identifiers)
        assert web_url(record.primary_source) == record.primary_source
    for one in answer.references:
        _check_identifiers((one.citing, *one.citing_also))
        _check_identifiers((one.cited, *one.cited_also))
        assert web_url(one.primary_source) == one.primary_source
    for one in answer.lists:
        assert one.references > 0
        assert one.citing in {record.identifiers[0] for record in answer.records}
    for failure in answer.failures:
        assert failure.line > 0
        assert failure.reason
    str(answer).encode()  # half a character would raise


def _check_identifiers(found: tuple[Identifier | str, ...]) -> None:
    assert all(isinstance(one, Identifier) for one in found), "a title alone names no work"
    assert all(one.scheme in SCHEMES + SERVICE_SCHEMES for one in found)
    assert len(set(found)) == len(found)
    assert sorted(found, key=lambda one: (one.rank, one)) == list(found)
