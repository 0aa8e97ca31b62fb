"""Identifiers as services print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich.identifiers import (
    acl_identifiers,
    arxiv_identifiers,
    doi_identifiers,
    orcid_of,
    packed_identifiers,
    printed_identifiers,
    service_identifiers,
)
from fedkg.ids import SERVICE_SCHEMES


def names(found: tuple[object, ...]) -> list[str]:
    """Return identifiers as text."""
    return list(map(str, found))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("https://doi.org/10.1109/MWC.009", ["doi:10.1109/mwc.009"]),
        ("doi:10.1109/mwc", ["doi:10.1109/mwc"]),
        ("10.48550/arXiv.2404.11536v2", ["arxiv:2404.11536"]),
        ("10.18653/v1/P19-1001", ["doi:10.18653/v1/p19-1001", "acl:P19-1001"]),
        ("11.1109/x", []),
        ("10.1/x", []),
        ("10.1109/a b", []),
        ("10.1109/" + "x" * 500, []),
        ("", []),
    ],
)
def test_a_doi_stands_for_what_it_names(words, expected):
    """Bare, as an address, or none at all."""
    assert names(doi_identifiers(words)) == expected


def test_arxiv_and_anthology_ids_lose_version_and_prefix():
    """The version belongs to the preprint, not to the paper."""
    assert names(arxiv_identifiers("arXiv:2404.11536v3")) == ["arxiv:2404.11536"]
    assert names(arxiv_identifiers("cs/0112017")) == ["arxiv:cs/0112017"]
    assert names(acl_identifiers("2023.acl-long.1v2")) == ["acl:2023.acl-long.1"]
    assert arxiv_identifiers("about 2404.11536") == acl_identifiers("../x") == ()


def test_packed_identifiers_come_from_the_strongest():
    """What is no scheme that we know is left out."""
    packed = "omid:br/0612 pmid:33 doi:10.1145/1 isbn:978 arxiv:2601.17238v1 doi:bad nothing"
    expected = ["arxiv:2601.17238", "doi:10.1145/1", "omid:br/0612", "pmid:33"]
    assert names(packed_identifiers(packed)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A. B. Title. arXiv:1602.05629v2, 2016", ["arxiv:1602.05629"]),
        ("A. B. Title. https://doi.org/10.1145/3543507.3583518.", ["doi:10.1145/3543507.3583518"]),
        ("A. B. Title. J. Work 1602.05629 (2016) 10.1145/1.2", []),
        ("arXiv:1602.056291", []),
        ("arXiv:1602.05629 " * 200, []),
    ],
)
def test_a_printed_reference_names_a_work_only_as_such(words, expected):
    """A number that merely looks like an id is none."""
    assert names(printed_identifiers(words)) == expected


def test_an_orcid_has_its_check_digit():
    """As an address or bare; others name nobody."""
    assert orcid_of("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert orcid_of("0000-0002-9079-593x") == "0000-0002-9079-593X"
    assert orcid_of("0000-0002-1825-0098") is None
    assert orcid_of("") is None


@given(st.sampled_from(SERVICE_SCHEMES), st.text(st.characters(), max_size=30))
def test_a_service_identifier_is_plain(scheme, words):
    """Nothing but signs of an address gets into one."""
    for found in service_identifiers(scheme, words):
        assert found.value.isascii()
        assert not set(found.value) & set(' \t\n\r"<>\\^`{|}')
