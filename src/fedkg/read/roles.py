"""What a link's words say it is: the paper, code, something beside it, or a title."""

import re
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from fedkg.ids import identifiers_of, repository_of
from fedkg.read.blocks import Span


class Role(StrEnum):
    """The part a link plays for the work beside it."""

    PAPER = "paper"
    CODE = "code"
    OTHER = "other"


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, for looking them up."""
    return frozenset(text.split())


_PAPER = word_set(
    """
    paper papers pdf arxiv pub link url html doi openreview abs abstract preprint publication
    proceedings acl ieee acm springer here download read fulltext official 论文 原文 链接
    """
)
_CODE = word_set(
    """
    code codes github gitlab repo repository git implementation source tensorflow pytorch jax
    official 代码 源码
    """
)
_OTHER = word_set(
    """
    slide slides poster video videos talk blog website site project page homepage demo data
    dataset datasets model models bib bibtex cite citation supplement supplementary supp
    appendix news tutorial youtube web webpage docs doc documentation huggingface hf colab
    twitter tweet summary note notes related review reviews material materials leaderboard
    checkpoint checkpoints weights announcement comic medium company 解读 新闻 视频 知乎 主页
    v1 v2 v3 v4 v5
    """
)
_VERSION_ENDINGS = {"version", "poster", "slides", "slide", "video", "code"}
_WORD = re.compile(r"[^\W_]+")
_ARXIV_LABEL = re.compile(r"arxiv\s*[:\s]\s*\d{4}\.\d", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_PARENTHESIS = re.compile(r"[(（:：]")
_STARS = re.compile(r"^/(?:github/)?(?:stars|last-commit|forks)/([\w.-]+)/([\w.-]+)")
_ANCHOR_HOSTS = {"github.com", "gitlab.com"}


def role_of(words: str) -> Role | None:
    """Return the role that a link's words name, or None where they are a title or a name."""
    if _ADDRESS.match(words):
        return _role_of_address(words)
    if _ARXIV_LABEL.match(words.strip(" []()")):
        return Role.PAPER
    head = _PARENTHESIS.split(words.strip(" []()"), maxsplit=1)[0]
    tokens = [token.lower() for token in _WORD.findall(head)]
    if not any(char.isalpha() for token in tokens for char in token):
        return Role.OTHER
    known = [_role_of_token(token) for token in tokens]
    if all(known) and len(tokens) <= 4:
        return next((role for role in known if role is not Role.PAPER), Role.PAPER)
    if len(tokens) <= 4 and tokens[-1] in _VERSION_ENDINGS:
        return Role.CODE if tokens[-1] == "code" else Role.OTHER
    return None


def _role_of_token(token: str) -> Role | None:
    if token in _PAPER:
        return Role.PAPER
    if token in _CODE:
        return Role.CODE
    return Role.OTHER if token in _OTHER else None


def _role_of_address(url: str) -> Role:
    """Return the role of a link whose words are its address."""
    if repository_of(url):
        return Role.CODE
    is_paper = identifiers_of(url) or url.lower().endswith(".pdf")
    return Role.PAPER if is_paper else Role.OTHER


def is_navigation(url: str) -> bool:
    """Return whether a link leads inside the list itself: an anchor, or another of its files."""
    parts = _split(url)
    if parts is None:
        return False
    if not parts.scheme and not parts.netloc:
        return (
            bool(parts.fragment) or parts.path.endswith((".md", "/")) or parts.path.startswith("#")
        )
    host = (parts.hostname or "").removeprefix("www.")
    if host not in _ANCHOR_HOSTS:
        return False
    steps = [step for step in parts.path.split("/") if step]
    return (len(steps) == 2 and bool(parts.fragment)) or parts.path.lower().endswith("readme.md")


def is_code_host(url: str) -> bool:
    """Return whether a link leads to a source repository."""
    return repository_of(url) is not None


def repository_behind(badge: Span) -> str | None:
    """Return the repository that a badge image of shields.io hides, as a URL, or None.

    `https://img.shields.io/github/stars/OWNER/NAME` counts the stars of github.com/OWNER/NAME.
    """
    parts = _split(badge.url or "")
    if parts is None or parts.hostname != "img.shields.io":
        return None
    match = _STARS.match(parts.path)
    if not match:
        return None
    owner, name = match.group(1), match.group(2).removesuffix(".svg")
    return f"https://github.com/{owner}/{name}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.hostname
    except ValueError:
        return None
    return parts
