"""The XML dump of DBLP."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.enrich import Bounds, read_dump
from fedkg.enrich.dumps import bounds

from ..printing import printed
from ..services import check

DUMP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article mdate="2023-01-01" key="journals/corr/abs-2203-06904" publtype="informal">
<author orcid="0000-0002-1825-0097">Wei Wang 0001</author>
<author>J&uuml;rgen M&#252;ller</author>
<title>Caf&eacute; &amp; <i>Federated</i> Prompt Tuning.</title>
<journal>CoRR</journal><volume>abs/2203.06904</volume><year>2022</year>
<ee type="oa">https://doi.org/10.48550/arXiv.2203.06904</ee>
</article><inproceedings key="conf/focs/Yao82a">
<author>Andrew Chi-Chih Yao</author><title>Trapdoors (Extended Abstract)</title>
<booktitle>FOCS</booktitle><year>1982</year><month>November</month>
<ee>https://doi.org/10.1109/SFCS.1982.45</ee><crossref>conf/focs/FOCS23</crossref>
</inproceedings>
<www key="homepages/g/OdedGoldreich"><author>Oded Goldreich</author><title>Home Page</title></www>
<proceedings key="conf/acl/2023"><editor>Ada Bell</editor><title>Proceedings.</title>
<publisher>ACL</publisher><year>2023</year></proceedings>
</dblp>
"""
SAID = """RECORD journals/corr/abs-2203-06904 Café & Federated Prompt Tuning
  at https://dblp.org/rec/journals/corr/abs-2203-06904
  identifiers arxiv:2203.06904 dblp:journals/corr/abs-2203-06904
  author Wei Wang, orcid 0000-0002-1825-0097
  author Jürgen Müller
  date 2022
  venue CoRR
RECORD conf/focs/Yao82a Trapdoors (Extended Abstract)
  at https://dblp.org/rec/conf/focs/Yao82a
  identifiers doi:10.1109/sfcs.1982.45 dblp:conf/focs/Yao82a
  author Andrew Chi-Chih Yao
  date 1982-11
  venue FOCS
RECORD conf/acl/2023 Proceedings
  at https://dblp.org/rec/conf/acl/2023
  identifiers dblp:conf/acl/2023
  author Ada Bell
  date 2023
  venue ACL"""


def said(text: str | bytes, limits: Bounds | None = None) -> str:
    """Return all that a dump says, and check it."""
    content = text if isinstance(text, bytes) else text.encode("latin-1")
    answers = list(read_dump("dblp", io.BytesIO(content), limits))
    for answer in answers:
        check(answer)
    return "\n".join(map(printed, answers))


@pytest.mark.parametrize("chunk", [1, 7, 100, 1 << 20])
def test_publications_are_read_whatever_the_chunks(chunk, monkeypatch):
    """Named characters are those of HTML; persons are passed over."""
    monkeypatch.setattr(bounds, "CHUNK", chunk)
    assert said(DUMP) == SAID


def test_a_letter_of_latin_1_is_read_as_the_dump_declares_it():
    """Older dumps are not plain ASCII; those without a declaration are UTF-8."""
    record = '<article key="journals/x/A1"><title>Müller.</title></article>'
    assert "Müller" in said(f'<?xml version="1.0" encoding="ISO-8859-1"?>{record}')
    assert "Müller" in said(record.encode())
    assert "only iso-8859-1, us-ascii, utf-8 are read" in said(
        f'<?xml version="1.0" encoding="UTF-7"?>{record}'
    )


def test_the_document_type_is_never_read(tmp_path):
    """What it declares does not exist, inside the dump or beside it."""
    secret = tmp_path / "dblp.dtd"
    secret.write_text('<!ENTITY nosuch "SECRET">')
    text = DUMP.replace("dblp.dtd", secret.as_uri()).replace("&eacute;", "&nosuch;")
    inside = text.replace('">\n<dblp>', '" [<!ENTITY nosuch "SECRET">]>\n<dblp>')
    for found in (said(text), said(inside)):
        assert "FAILURE 4 it is no XML: Entity 'nosuch' not defined" in found
        assert "SECRET" not in found


def test_an_odd_publication_is_a_failure_with_its_line():
    """The others are read, also where one has no end."""
    broken = DUMP.replace("</article>", "").replace("<year>2023</year>", "<year>2023")
    found = said(broken)
    assert found.count("RECORD") == 1
    assert "RECORD conf/focs/Yao82a" in found
    assert "FAILURE 4 it is no XML" in found
    assert "FAILURE 16 it is no XML" in found


def test_a_publication_that_is_too_long_is_a_failure(monkeypatch):
    """It is never held as a whole, and the next is read."""
    monkeypatch.setattr(bounds, "CHUNK", 1000)
    long = DUMP.replace("Andrew", "Andrew " * 5000)
    found = said(long, Bounds(line=5000))
    assert found.startswith("RECORD journals/corr/abs-2203-06904")
    assert "FAILURE 10 it is no XML" in found
    assert "RECORD conf/acl/2023 Proceedings" in found


def test_a_dump_that_breaks_off_says_so():
    """The publication at its end is a failure."""
    assert "FAILURE 10 it is no XML" in said(DUMP[: DUMP.index("<booktitle>")])


@given(st.integers(0, len(DUMP)), st.integers(0, 60), st.text('<>/&;a\n"', max_size=9))
def test_a_damaged_dump_is_read(start, length, inside):
    """What is lost or changed is a failure at most."""
    said(DUMP[:start] + inside + DUMP[start + length :])
