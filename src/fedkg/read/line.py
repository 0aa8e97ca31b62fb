"""One line of words and links → the work it describes.

The same line stands in bullets, headings, paragraphs and cells: a title link with words around
it, or a plain title followed by links such as [[paper]] and [[code]], or a printed reference.
"""

import re
from dataclasses import dataclass

from fedkg.ids import identifiers_of
from fedkg.model import Link
from fedkg.read.blocks import Span, Spans, Style, links_of, text_of
from fedkg.read.citation import parse_citation
from fedkg.read.dates import DatedWords, parse_date
from fedkg.read.mend import verbatim
from fedkg.read.names import looks_like_names
from fedkg.read.places import (
    ACRONYM,
    DASHES,
    EDGE,
    GROUP,
    SENTENCE,
    annotations,
    best_place,
    is_bracketed,
    is_note,
)
from fedkg.read.roles import Role, is_navigation, repository_behind, role_of
from fedkg.text import tidy

_NOTES_AT_MOST = 10
_TAIL_NOTE = re.compile(r"[\[（(【]([^\[\]()（）【】]{1,60})[\])）】]$")
_TAIL_DATE = re.compile(r"(?<![.\s])[.\s]+(?:19|20)\d{2}\.\d{1,2}$")
_EMPTIED = re.compile(r"\\?\[[\s:：,]*\\?\]|\(\s*\)")


@dataclass(frozen=True, slots=True)
class Work:
    """What one line says: words as they stand (see `fedkg.model.Words`)."""

    title: str
    line: int
    link: str | None = None
    others: tuple[Link, ...] = ()
    authors: str | None = None
    dated: DatedWords | None = None
    code: str | None = None
    has_paper_link: bool = False
    is_reference: bool = False


def parse_work(spans: Spans) -> Work | None:
    """Return the work that a line describes, or None where it describes none."""
    links = [(i, span) for i, span in enumerate(spans) if span.is_link]
    if links and all(is_navigation(span.url or "") for _, span in links):
        return None
    at = next((i for i, span in links if _is_title_link(spans, i)), None)
    if at is not None:
        return _with_title_link(spans, at)
    if links:
        return _without_title(spans) or _with_plain_title(spans) or _bare(spans)
    return _reference(spans)


def clean_title(title: str) -> str:
    """Return a title without marks and tags before it ("✅[Survey Article]…") or a final stop."""
    title = title.strip(" \t\n✅☑✔🔥⭐*_")
    match = GROUP.match(title)
    if match and len(match.group().split()) <= 3 and len(title) - match.end() > 8:
        title = title[match.end() :].strip(" :.-")
    return title if title.endswith("..") else title.rstrip(".").strip()


def _is_title_link(spans: Spans, at: int) -> bool:
    span = spans[at]
    if span.url is None or is_navigation(span.url) or role_of(span.text) is not None:
        return False
    return not is_bracketed(spans, at)


def _with_title_link(spans: Spans, at: int) -> Work:
    title = spans[at]
    before, after = spans[:at], spans[at + 1 :]
    # A tag before a title ("[Baseline]") is a venue only where it has an acronym or a date.
    tags = [note for note in annotations(before) if ACRONYM.search(note) or parse_date(note)]
    notes = annotations(after) + tags
    authors = _authors(before) or _authors_after(after)
    others, code = _other_links(before + after)
    return Work(
        verbatim(title.text),
        title.line,
        title.url,
        others,
        authors,
        best_place(notes),
        code,
        has_paper_link=any(role_of(link.text) is Role.PAPER for link in others),
    )


def _without_title(spans: Spans) -> Work | None:
    """A line that begins with a link without words, such as `[](https://…)`."""
    first = next((s for s in spans if s.url is not None or s.text.strip(EDGE)), None)
    if first is None or not first.is_link or first.text.strip():
        return None
    return Work("", first.line, first.url)


def _bare(spans: Spans) -> Work | None:
    """A line that is an address and no more, or a link to a paper that nothing names."""
    for span in links_of(spans):
        has_id = role_of(span.text) is Role.PAPER and identifiers_of(span.url or "")
        if has_id or span.text == span.url:
            return Work("", span.line, span.url)
    return None


def _strong_title(spans: Spans) -> tuple[str | None, str | None]:
    """Return the words in bold that are a title, and the authors behind them."""
    for at, span in enumerate(spans):
        if span.style is Style.STRONG and not span.url and len(span.text.split()) > 2:
            is_label = span.text.rstrip().endswith((":", "："))
            return (
                (None, None) if is_label else (verbatim(span.text), _authors_after(spans[at + 1 :]))
            )
    return None, None


def _with_plain_title(spans: Spans) -> Work | None:
    words = _plain_words(_without_description(spans))
    strong, authors = _strong_title(spans)
    reference = None if strong else parse_citation(words)
    title = strong or _strip_notes(words)
    if reference is not None:
        title, authors = reference.title, reference.authors
    if not any(char.isalpha() for char in title):
        return None
    dated = best_place(_notes_beside(title, spans))
    if reference is not None and not (dated and dated.date and dated.bare):
        dated = reference.dated or dated
    others, code = _other_links(spans)
    paper = _paper_link(spans)
    link = paper if paper or code else next((s for s in spans if s.url in _urls(others)), None)
    first = next((s for s in spans if s.text.strip(EDGE) and not s.is_link), spans[0])
    return Work(
        title,
        link.line if link else first.line,
        link.url if link else None,
        tuple(other for other in others if link is None or other.url != link.url),
        authors,
        dated,
        code,
        has_paper_link=paper is not None,
        is_reference=reference is not None,
    )


def _notes_beside(title: str, spans: Spans) -> list[str]:
    """Return the annotations of a line that are no part of its title, nor hold it."""
    whole = f"{title} {tidy(GROUP.sub(' ', title))}"
    return [note for note in annotations(spans) if note not in whole and title not in note]


def _urls(links: tuple[Link, ...]) -> set[str | None]:
    return {link.url for link in links}


def _reference(spans: Spans) -> Work | None:
    """A line without a link is a work only where it reads as a printed reference."""
    reference = parse_citation(_plain_words(spans))
    if reference is None or not reference.is_certain:
        return None
    line = next(span.line for span in spans if span.text.strip())
    return Work(
        reference.title, line, None, (), reference.authors, reference.dated, is_reference=True
    )


def _without_description(spans: Spans) -> Spans:
    """Return the spans before a dash or colon behind a link: what follows describes the work."""
    named = linked = False
    for at, span in enumerate(spans):
        if named and linked and span.text.lstrip().startswith(DASHES):
            return spans[:at]
        linked = linked or span.is_link
        named = named or (not (linked or span.url) and any(char.isalpha() for char in span.text))
    return spans


def _plain_words(spans: Spans) -> str:
    """Return the words outside links and images, with the emptied brackets removed."""
    words = "".join(span.text for span in spans if span.url is None)
    return tidy(_EMPTIED.sub(" ", words))


def _strip_notes(words: str) -> str:
    """Return words without leading tags such as "[ICML]" and notes behind the title."""
    for _ in range(_NOTES_AT_MOST):
        before = words
        words = words.strip(" \t\n,;·|*_-–—✅☑✔")
        match = GROUP.match(words)
        if match and len(words) - match.end() > 8:
            words = words[match.end() :]
        tail = _TAIL_NOTE.search(words)
        if tail and tail.start() > 8 and is_note(tail.group(1)):
            words = words[: tail.start()]
        words = _TAIL_DATE.sub("", words)
        if words == before:
            break
    # The colon of a picture code (":fire:") is not a stop.
    stops = " .,;" if words.rstrip(" .,;").endswith(":") and words.count(":") > 1 else " .:,;"
    return words.rstrip(stops)


def _authors(spans: Spans) -> str | None:
    """Return the words before a title link where they are people."""
    words = tidy(GROUP.sub(" ", _plain_words(spans))).strip(" .,:;-")
    if spans and words and looks_like_names(words) and ("," in words or " " in words):
        return words
    return None


def _authors_after(spans: Spans) -> str | None:
    """Return the first sentence behind a title link where it is a list of people."""
    words = tidy(GROUP.sub(" ", _plain_words(spans)))
    for sentence in SENTENCE.split(words):
        candidate = sentence.strip(" .,:;-–—")
        if candidate.count(",") and looks_like_names(candidate):
            return candidate
    return None


def _other_links(spans: Spans) -> tuple[tuple[Link, ...], str | None]:
    """Return the links beside a title, and the first that leads to code (a badge counts)."""
    links = tuple(
        Link(verbatim(span.text), span.url)
        for span in spans
        if span.is_link and span.url and not is_navigation(span.url)
    )
    code = next((link.url for link in links if role_of(link.text) is Role.CODE), None)
    if code is None:
        hidden = (repository_behind(span) for span in spans if span.style is Style.IMAGE)
        code = next((url for url in hidden if url), None)
    return links, code


def _paper_link(spans: Spans) -> Span | None:
    """Return the link that leads to the paper itself: called so, else named after its venue."""
    links = [(i, span) for i, span in enumerate(spans) if span.is_link and span.url]
    called = [span for _, span in links if role_of(span.text) is Role.PAPER]
    tagged = [span for i, span in links if role_of(span.text) is None and is_bracketed(spans, i)]
    return next(iter(called + tagged), None)


def words_of(spans: Spans) -> str:
    """Return the words of a line as they stand."""
    return verbatim(text_of(spans))
