"""Identifiers, links, slugs and digests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.ids import (
    SCHEMES,
    SERVICE_SCHEMES,
    Identifier,
    arxiv_identifier,
    arxiv_month,
    assign_slugs,
    digest,
    fold,
    identifiers_of,
    identifiers_of_doi,
    repository_of,
    slug,
    url_within,
    web_url,
)

ANY_TEXT = st.text(st.characters())  # surrogates included


@pytest.mark.parametrize(
    ("url", "identifiers"),
    [
        ("https://arxiv.org/abs/2312.06353", "arxiv:2312.06353"),
        ("http://arxiv.org/pdf/2312.06353v2.pdf", "arxiv:2312.06353"),
        ("https://arxiv.org/html/2409.20135v3", "arxiv:2409.20135"),
        ("https://www.arxiv.org/abs/2312.06353/", "arxiv:2312.06353"),
        ("https://export.arxiv.org/abs/0704.0001", "arxiv:0704.0001"),
        ("https://ar5iv.labs.arxiv.org/html/2205.08514", "arxiv:2205.08514"),
        ("https://arxiv.org/abs/cs/0112017", "arxiv:cs/0112017"),
        ("https://arxiv.org/abs/math.GT/0309136v1", "arxiv:math/0309136"),
        ("https://doi.org/10.48550/arXiv.2404.11536", "arxiv:2404.11536"),
        ("https://doi.org/10.48550/ARXIV.2404.11536v2", "arxiv:2404.11536"),
        ("https://dl.acm.org/doi/abs/10.1145/3637528.3671573", "doi:10.1145/3637528.3671573"),
        ("https://dl.acm.org/doi/pdf/10.1109/TMC.2023.3302410", "doi:10.1109/tmc.2023.3302410"),
        ("https://doi.org/10.1145%2F3543507.3583518", "doi:10.1145/3543507.3583518"),
        ("https://link.springer.com/chapter/10.1007/978-3-1_2/", "doi:10.1007/978-3-1_2"),
        ("https://link.springer.com/content/pdf/10.1007/a-1.pdf", "doi:10.1007/a-1"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/x.1/full", "doi:10.1002/x.1"),
        ("https://www.biorxiv.org/content/10.1101/2023.1.2v3.full", "doi:10.1101/2023.1.2"),
        (
            "https://doi.org/10.18653/v1/2023.findings-acl.632",
            "doi:10.18653/v1/2023.findings-acl.632 acl:2023.findings-acl.632",
        ),
        ("https://doi.org/10.18653/v1/P19-1001", "doi:10.18653/v1/p19-1001 acl:P19-1001"),
        ("https://aclanthology.org/2023.emnlp-main.84/", "acl:2023.emnlp-main.84"),
        ("https://aclanthology.org/2023.acl-demo.54.pdf", "acl:2023.acl-demo.54"),
        ("https://www.aclweb.org/anthology/P19-1001v2.pdf", "acl:P19-1001"),
        ("https://openreview.net/forum?id=TXtRWPZIZ0", "openreview:TXtRWPZIZ0"),
        ("https://openreview.net/pdf?id=NLPzL6HWNl&noteId=x", "openreview:NLPzL6HWNl"),
        ("https://ieeexplore.ieee.org/document/10447454", "ieee:10447454"),
        ("https://ieeexplore.ieee.org/abstract/document/10447454/", "ieee:10447454"),
        ("https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=09384231", "ieee:9384231"),
        ("https://proceedings.mlr.press/v238/li24a.html", "pmlr:v238/li24a"),
        ("https://proceedings.mlr.press/v238/li24a/li24a.pdf", "pmlr:v238/li24a"),
        (
            "https://papers.nips.cc/paper_files/paper/2024/hash/28312c9491d60ed0c77f7fff4ad86dd1-A.html",
            "neurips:28312c9491d60ed0c77f7fff4ad86dd1",
        ),
    ],
)
def test_a_link_states_an_identifier(url, identifiers):
    """Addresses of the registries' own sites, and DOIs anywhere, name the work."""
    assert " ".join(map(str, identifiers_of(url))) == identifiers


@pytest.mark.parametrize(
    "url",
    [
        "https://dl.acm.org/doi/10.5555/3692070.3693756",  # ACM's number for pages without a DOI
        "https://example.org/2312.06353",  # a path that looks like an arXiv id
        "https://example.org/abs/2312.06353",
        "https://arxiv.org.evil.example/abs/2312.06353",
        "https://notarxiv.org/abs/2312.06353",
        "https://arxiv.org/abs/2313.06353",  # no month 13
        "https://arxiv.org/list/cs.LG/2312",
        "https://arxiv.org/abs/",
        "https://doi.org/10.48550/arXiv.nonsense",
        "https://doi.org/",
        "https://example.org/v10.1/x",
        "https://aclanthology.org/venues/acl/",
        "https://aclanthology.org/2023.emnlp-main.84.bib.zip",
        "https://openreview.net/group?id=ICLR.cc/2024",
        "https://openreview.net/forum?id=",
        "https://ieeexplore.ieee.org/xpl/conhome/10447454/proceeding",
        "https://proceedings.mlr.press/v238/",
        "https://neurips.cc/virtual/2024/103959",
        "javascript:alert('https://arxiv.org/abs/2312.06353')",
        "arxiv.org/abs/2312.06353",
        "",
    ],
)
def test_a_tempting_link_states_none(url):
    """What only looks like an identifier is none."""
    assert identifiers_of(url) == ()


def test_a_number_inside_a_doi_is_no_arxiv_id():
    """The digits of an ACM DOI have the shape of an arXiv id."""
    (found,) = identifiers_of("https://dl.acm.org/doi/10.1145/2312.06353")
    assert found == Identifier("doi", "10.1145/2312.06353")


def test_a_doi_with_blanks_is_none():
    """Words behind a DOI make it unreadable rather than part of it."""
    assert identifiers_of_doi("10.1145/12345 and more") == ()


def test_an_arxiv_id_says_its_month():
    """Ids since April 2007 begin with year and month; older ones do not."""
    assert arxiv_month("2312.06353") == (2023, 12)
    assert arxiv_month("cs/0112017") is None
    assert arxiv_identifier("2312.06353v2 ") is None


def test_keys_keep_the_dots_that_matter():
    """Dots stay in keys of arXiv and ACL; schemes rank as the design says."""
    keys = [
        Identifier("arxiv", "2312.06353").key,
        Identifier("doi", "10.1145/3543507.3583518").key,
        Identifier("acl", "2023.findings-acl.632").key,
        Identifier("pmlr", "v238/li24a").key,
    ]
    assert keys == [
        "arxiv-2312.06353",
        "doi-10-1145-3543507-3583518",
        "acl-2023.findings-acl.632",
        "pmlr-v238-li24a",
    ]
    assert Identifier("arxiv", "x").rank < Identifier("doi", "x").rank


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.b/c", "https://a.b/c"),
        (" HTTP://Example.ORG/Path?q=1#f ", "http://example.org/Path?q=1#f"),
        ("https://a.b/c d", "https://a.b/c%20d"),
        ('https://a.b/<x>"y"{z}|^`\\', "https://a.b/%3Cx%3E%22y%22%7Bz%7D%7C%5E%60%5C"),
        ("https://a.b/100%", "https://a.b/100%25"),
        ("https://a.b/%41%zz", "https://a.b/%41%25zz"),
        ("https://a.b/\u202egpj.exe", "https://a.b/%E2%80%AEgpj.exe"),
        ("https://a.b/论文", "https://a.b/%E8%AE%BA%E6%96%87"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://a.b:8080/", "https://a.b:8080/"),
        ("https://a.b/x?q='1'&r=[2]", "https://a.b/x?q='1'&r=%5B2%5D"),
        ("https://a.b/\nc", "https://a.b/c"),
    ],
)
def test_a_web_address_is_made_safe(text, url):
    """What no IRI may hold is percent-encoded; the rest stays as it is."""
    assert web_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "", "#x", "/x", "x.md", "//a.b/c", "a.b/c", "mailto:a@b.c", "ftp://a.b/c", "file:///etc",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
        "vbscript:x", "http:", "https://", "https:///x", "https://user@a.b/", "https://u:p@a.b/",
        "https://a.b:port/", "https://a.b:99999/", "https://[::1", "https://a b/", "https://a<b/",
        "https://\u202ea.b/", "https://-/", "https://./", f"https://{'a' * 300}.b/",
        "https://a..b/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text):
    """Other schemes, relative links, user names, bad hosts and ports give nothing."""
    assert web_url(text) is None


@given(ANY_TEXT)
def test_any_text_is_a_safe_address_or_none(text):
    """Making an address safe twice changes nothing; nothing raises."""
    url = web_url(f"https://a.b/{text}")
    assert url is None or web_url(url) == url
    assert url is None or (url.isascii() and not set(' <>"{}|\\^`\n') & set(url))
    assert web_url(text) is None or text.strip().lower().startswith("http")


@given(ANY_TEXT)
def test_reading_identifiers_never_raises(text):
    """Any text is a link without an identifier at worst."""
    for host in ("arxiv.org/", "doi.org/10.1145/", "openreview.net/forum?id=", "github.com/"):
        url = f"https://{host}{text}"
        assert all(identifier.value for identifier in identifiers_of(url))
        assert repository_of(url) is None or all(repository_of(url))
    assert url_within(text) is None or "http" in text.lower()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[x.pdf](https://a.b/x.pdf)", "https://a.b/x.pdf"),
        ("https://[https://a.b/c/](https://a.b/c/)", "https://a.b/c/"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("see https://a.b/c, and more", "https://a.b/c"),
        ("paper link", None),
    ],
)
def test_the_address_inside_a_damaged_link_is_found(text, url):
    """A link that was pasted twice still leads somewhere."""
    assert url_within(text) == url


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/Alibaba/FederatedScope/tree/FedKSeed", ("alibaba", "federatedscope")),
        ("http://www.github.com/a/B.git", ("a", "b")),
    ],
)
def test_a_repository_on_github_has_no_case(url, repository):
    """Owner and name are lower case; a branch or folder behind them is left out."""
    assert repository_of(url) == ("github.com", *repository)


def test_a_repository_elsewhere_keeps_its_case():
    """Other forges tell `Owner` from `owner`."""
    assert repository_of("https://gitlab.com/Owner/Name") == ("gitlab.com", "Owner", "Name")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/alibaba",
        "https://github.com/topics/federated-learning",
        "https://gist.github.com/a/b",
        "https://github.io/a/b",
        "https://example.org/a/b",
    ],
)
def test_other_pages_are_no_repositories(url):
    """A person's page, a topic or another site is no repository."""
    assert repository_of(url) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GSM8K", "gsm8k"),
        ("Grégoire Danoy", "gregoire-danoy"),
        ("  F^3OCUS -- Tuning! ", "f-3ocus-tuning"),
        ("联邦学习", "lianbangxuexi"),
        ("++", ""),
    ],
)
def test_a_slug_is_plain(text, expected):
    """Transliterated, lower case, joined by hyphens."""
    assert slug(text) == expected


@given(ANY_TEXT)
def test_a_slug_is_its_own_slug(text):
    """Letters, digits and single hyphens, 80 at most; making it twice changes nothing."""
    made = slug(text)
    assert len(made) <= 80
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in made
    assert slug(made) == made


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    """Folding leaves lower-case letters and digits."""
    assert fold(fold(text)) == fold(text)
    assert fold(text) == slug(text).replace("-", "") or len(slug(text)) > 70


@given(st.lists(st.text(st.sampled_from("aAbB+# é1"), max_size=6), unique=True), st.randoms())
def test_assigned_slugs_differ_whatever_the_order(names, random):
    """Each name has a slug of its own, the same one in any order of the names."""
    made = assign_slugs(names)
    shuffled = list(names)
    random.shuffle(shuffled)
    assert len(set(made.values())) == len(names)
    assert assign_slugs(shuffled) == made
    assert "" not in made.values()


def test_c_plus_plus_is_not_c():
    """Names that share a slug all get a digest: none of them takes the plain one."""
    made = assign_slugs(["C", "C++", "D"])
    assert made["D"] == "d"
    assert made["C"] == f"c-{digest('C', length=8)}"
    assert made["C++"] == f"c-{digest('C++', length=8)}"


def test_what_a_work_is_published_under_is_stronger_than_a_service_s_own_number():
    """A paper's key is its strongest identifier: one of a service only where there is no other."""
    ranks = [Identifier(scheme, "1").rank for scheme in SCHEMES + SERVICE_SCHEMES]
    assert ranks == list(range(len(ranks)))


def test_a_digest_tells_its_parts_apart():
    """What is hashed is joined by a separator: moving a letter changes the digest."""
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == "ca978112ca1b"
    assert len(digest("a", length=8)) == 8
