"""Is an entry a paper? A blog post, documentation, a tool or a company describes no paper."""

import re
from urllib.parse import urlsplit

from fedkg.ids import repository_of
from fedkg.model import Entry
from fedkg.resolve.vocabulary import Vocabulary

_NOT_PAPERS = re.compile(
    r"(?:^|\.)(?:youtube\.com|youtu\.be|medium\.com|twitter\.com|x\.com|zhihu\.com|weixin\.qq\.com"
    r"|huggingface\.co|kaggle\.com|wikipedia\.org|slideslive\.com|readthedocs\.io|substack\.com"
    r"|towardsdatascience\.com|colab\.research\.google\.com|docs\.google\.com|bilibili\.com)$"
)
_NOT_PAPER_PATH = re.compile(r"/(?:blogs?|docs?|documentation|tutorials?|wiki|news|posts?)(?:/|$)")
_POST_PATH = re.compile(r"/(?:blogs?|tutorials?|wiki|news|posts?)(?:/|$)")
_NOT_PAPER_HOST = re.compile(r"^(?:blogs?|docs?|wiki|news|developer|ai\.googleblog)\.")
_PUBLISHED = re.compile(
    r"(?:^|\.)(?:nature\.com|sciencedirect\.com|springer\.com|wiley\.com|mdpi\.com|acm\.org"
    r"|ieee\.org|usenix\.org|jmlr\.org|ijcai\.org|aaai\.org|thecvf\.com|vldb\.org|biorxiv\.org"
    r"|medrxiv\.org|neurips\.cc|nips\.cc|icml\.cc|iclr\.cc|mlr\.press|osf\.io|ssrn\.com"
    r"|tandfonline\.com|frontiersin\.org|plos\.org|semanticscholar\.org|adsabs\.harvard\.edu)$"
)
_TITLE_WORDS_AT_LEAST = 5
_FILE_TITLE_WORDS_AT_LEAST = 4


def is_paper(entry: Entry, vocabulary: Vocabulary) -> bool:
    """Return whether an entry describes a paper.

    Identifiers and publishers' pages say yes; otherwise posts, documentation, code and home pages
    say no, and so do sections that announce tools or companies. What is left is a paper where the
    row's form says so, or where the title is long enough to be one.
    """
    if entry.identifiers:
        return True
    address = entry.link or ""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    words = len(entry.title.split())
    if _PUBLISHED.search(host) or address.lower().endswith(".pdf"):
        path = parts.path.lower()
        # A file under /doc/ may be a paper as well as a manual: a title in full tells them apart.
        is_titled_file = path.endswith(".pdf") and words >= _FILE_TITLE_WORDS_AT_LEAST
        return not (_NOT_PAPER_PATH if not is_titled_file else _POST_PATH).search(path)
    says_paper = entry.claims_paper and (words >= _TITLE_WORDS_AT_LEAST or bool(entry.venue))
    if vocabulary.holds_no_papers(entry.section) and not says_paper:
        return False
    if _is_elsewhere(host, parts.path) or (address and repository_of(address)):
        return says_paper and bool(entry.authors or vocabulary.venue(entry.venue or ""))
    return says_paper or words >= _TITLE_WORDS_AT_LEAST


def _is_elsewhere(host: str, path: str) -> bool:
    """Whether an address is a post, documentation, a video or a home page."""
    if not host:
        return False
    if _NOT_PAPERS.search(host) or _NOT_PAPER_HOST.match(host):
        return True
    return path in {"", "/"} or bool(_NOT_PAPER_PATH.search(path.lower()))
