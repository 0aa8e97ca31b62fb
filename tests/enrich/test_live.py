"""Services themselves, for people with a network: `pytest -n 0 -m live`. Nothing else asks them."""

from functools import partial

import pytest

from fedkg.client import Client
from fedkg.enrich import SERVICES, Wanted
from fedkg.enrich.asking import ask
from fedkg.enrich.found import Found, Known
from fedkg.enrich.manners import manners_of, sent
from fedkg.ids import Identifier

BERT = Wanted(
    "acl-N19-1423",
    (
        Identifier("arxiv", "1810.04805"),
        Identifier("doi", "10.18653/v1/n19-1423"),
        Identifier("acl", "N19-1423"),
    ),
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
)


@pytest.mark.live
@pytest.mark.parametrize("source", SERVICES)
def test_a_service_knows_a_well_known_paper(source):
    """In the shape in which its answers are read."""
    found = Found(Known([BERT]))
    manners = manners_of(source)

    with Client("https://w3id.org/fedkg/", interval=manners.interval) as client:
        asked = ask(SERVICES[source], [BERT], client, partial(sent, manners=manners), found)

    assert asked.failed == []
    assert found.papers == {BERT.key}
