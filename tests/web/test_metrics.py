"""What a monitor reads of a server."""

from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from .conftest import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of its own: the counts begin at nothing."""
    with serving(deadline=0.5, fast=1, slow=1) as (_, found):
        yield found


def metrics(site: Site) -> dict[tuple[str, str], float]:
    """Return the values by name and label."""
    text = site.ask("/metrics").body.decode()
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_queries_are_counted_by_what_became_of_them(site: Site) -> None:
    """Answers, errors, and processes that were ended, each with its reason."""
    site.query("ASK {}")
    site.query("no query")
    site.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    found = metrics(site)
    assert found["fedkg_queries_total", "answered,200"] == 1
    assert found["fedkg_queries_total", "query,400"] == 1
    assert found["fedkg_queries_total", "deadline,504"] == 1
    assert found["fedkg_kills_total", "deadline"] == 1
    assert found["fedkg_query_seconds_count", ""] == 3


def test_the_processes_are_counted_by_what_they_do(site: Site) -> None:
    """With what they take together."""
    site.query("ASK {}")
    found = metrics(site)
    states = [found["fedkg_processes", state] for state in ("idle", "fast", "slow")]
    assert sum(states) >= 1
    assert found["fedkg_queue", ""] == 0
    assert found["fedkg_query_resident_bytes", ""] > 10 * 2**20
