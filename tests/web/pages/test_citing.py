"""One paper as a file for a reference manager."""

import pytest
from bibliographies import READERS
from flask.testing import FlaskClient

from fedkg.store.engine import Engine
from fedkg.web.pages.app import create_app

KEY = "arxiv-2312.06353"
FORMS = {
    "bib": ("bibtex", "application/x-bibtex; charset=utf-8"),
    "ris": ("ris", "application/x-research-info-systems; charset=utf-8"),
    "json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}
pytestmark = pytest.mark.filterwarnings(
    "ignore:The following arguments for Reference are unsupported. event_title:UserWarning"
)


@pytest.fixture(scope="module")
def client(store: Engine) -> FlaskClient:
    """The pages of the five lists."""
    return create_app(store).test_client()


@pytest.mark.parametrize("suffix", FORMS)
def test_a_paper_is_a_file_to_keep(client: FlaskClient, suffix: str) -> None:
    """With its media type and its name, and a parser reads that one paper."""
    name, media_type = FORMS[suffix]
    answer = client.get(f"/cite/{KEY}.{suffix}")
    assert answer.status_code == 200
    assert answer.content_type == media_type
    wanted = f"attachment; filename={KEY}.{suffix}"
    assert answer.headers["Content-Disposition"] == wanted
    (read,) = READERS[name](answer.data)
    assert read.key == KEY
    assert "Federated Full-Parameter Tuning" in read.title


def test_the_page_of_a_paper_leads_to_its_citations(client: FlaskClient) -> None:
    """Each form under its name, and every link leads to a file."""
    page = client.get(f"/paper/{KEY}.html").text
    assert "<h2>Cite it</h2>" in page
    for suffix in FORMS:
        assert f'href="/cite/{KEY}.{suffix}"' in page


@pytest.mark.parametrize(
    "name",
    [
        "arxiv-0000.00000.bib",
        f"{KEY}.html",
        f"{KEY}.toString",
        KEY,
        ".bib",
        "..bib",
        "a> <b.bib",
        "%22%0A.bib",
        "yaliang-li.ris",
    ],
)
def test_what_is_no_paper_or_no_form_is_not_found(client: FlaskClient, name: str) -> None:
    """As a problem that a program can read."""
    answer = client.get(f"/cite/{name}", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.content_type.startswith("application/problem+json")
    assert "Content-Disposition" not in answer.headers
