"""What can be mended in a list without asking: garbled characters, forms of links, spellings.

Everything else stays as it is, byte for byte: line ends, a byte order mark, blanks at the end of
lines, bytes that are no UTF-8, code and comments. Repairing twice changes nothing more.
"""

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fedkg.ids import arxiv_identifier
from fedkg.lint.editable import stretches
from fedkg.lint.run import LINE_END
from fedkg.lint.spelling import spellings
from fedkg.model import PaperList
from fedkg.read import read_bytes
from fedkg.read.files import BYTES_AT_MOST
from fedkg.read.mend import mend_mojibake
from fedkg.resolve import Vocabulary

_ROUNDS = 3
_LABEL_AT_MOST = 300
# An address inside another (a proxy's, an archive's) is part of that one.
_ALONE = r"(?<![\w/=?&%.-])"
_ENDS = r"(?=[\s<>()\[\]{}\"'|,;!\\]|\.?(?:\s|$))"
_ARXIV_PDF = re.compile(
    rf"{_ALONE}(https?://(?:www\.|export\.)?arxiv\.org)/pdf/"
    rf"([a-z.-]{{1,20}}/\d{{7}}(?:v\d+)?|\d{{4}}\.\d{{4,5}}(?:v\d+)?)(?:\.pdf)?{_ENDS}",
    re.IGNORECASE,
)
_DOI = r"(10\.\d{4,9}/[^\s<>()\[\]\"'|]*)"
_OLD_DOI = re.compile(
    rf"{_ALONE}(?:https?://(?:dx|www)\.doi\.org|http://doi\.org)/{_DOI}", re.IGNORECASE
)
_BARE_DOI = re.compile(rf"(?:(?<=\]\()|(?<=<)|(?<=href=\"))doi:{_DOI}(?=[)>\"])", re.IGNORECASE)
_SAYS_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)
_WORDS_BEHIND = re.compile(r"[\"']?[^<>]{0,300}>([^<]{0,100})")
_ADDRESS = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|[a-z]{2,9}://[^\s<>]+", re.IGNORECASE
)
_DAMAGEABLE_WORD = re.compile(r"[A-Za-z]{0,20}[^\x00-\x7f]{2,}[A-Za-z]{0,20}")
_UNDECODED = re.compile("[\udc80-\udcff]")
_HARMFUL = {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}

_Edit = tuple[int, int, str]
"""Start, end and new words within a stretch."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a line that were replaced."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A list as it is after repairs, and what was changed, in the order of its lines."""

    content: bytes
    changes: tuple[Change, ...] = ()


def repair(content: bytes, paper_list: PaperList, vocabulary: Vocabulary) -> Repaired:
    """Return a list with what is safe to mend mended; never raises on any content.

    Mojibake becomes what it was; `arxiv.org/pdf/X` becomes `arxiv.org/abs/X` unless the link calls
    itself a PDF; `dx.doi.org`, `http://doi.org` and `doi:` links become `https://doi.org/…`; a
    name in a datasets field gets its official spelling. A file that is too large is left alone.
    """
    if len(content) > BYTES_AT_MOST:
        return Repaired(content)
    lines = _with_ends(content.decode("utf-8", "surrogateescape"))
    changes: list[Change] = []
    for _ in range(_ROUNDS):
        found = [*_edit(lines, _garbled_words), *_edit(lines, _links)]
        found += _spell(lines, paper_list, vocabulary)
        changes += found
        if not found:
            break
    changes.sort(key=lambda change: change.line)
    return Repaired(_bytes(lines), tuple(changes))


def _with_ends(text: str) -> list[str]:
    """Return the lines of a text, each with its end."""
    ends = [match.end() for match in LINE_END.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]


def _bytes(lines: list[str]) -> bytes:
    return "".join(lines).encode("utf-8", "surrogateescape")


def _edit(lines: list[str], edits_in: Callable[[str], Iterator[_Edit]]) -> list[Change]:
    """Apply to the lines, in place, the edits in each editable stretch; return the changes."""
    edits: dict[int, list[_Edit]] = defaultdict(list)
    for stretch in stretches(lines):
        part = lines[stretch.line - 1][stretch.start : stretch.end]
        for start, end, words in edits_in(part):
            edits[stretch.line].append((stretch.start + start, stretch.start + end, words))
    changes = []
    for number, found in edits.items():
        line = lines[number - 1]
        changes += [Change(number, line[start:end], words) for start, end, words in found]
        lines[number - 1] = _edited(line, found)
    return changes


def _edited(line: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, words in edits:
        parts += [line[at:start], words]
        at = end
    return "".join([*parts, line[at:]])


def _spell(lines: list[str], paper_list: PaperList, vocabulary: Vocabulary) -> Iterator[Change]:
    reading = read_bytes(_bytes(lines), paper_list)
    for number, start, before, after in reversed(list(spellings(reading, lines, vocabulary))):
        lines[number - 1] = _edited(lines[number - 1], [(start, start + len(before), after)])
        yield Change(number, before, after)


def _garbled_words(text: str) -> Iterator[_Edit]:
    """Yield mojibake outside addresses. A text with bytes that are no UTF-8 is left alone."""
    if text.isascii() or _UNDECODED.search(text):
        return
    addresses = deque(match.span() for match in _ADDRESS.finditer(text))
    for match in _DAMAGEABLE_WORD.finditer(text):
        start, end = match.span()
        while addresses and addresses[0][1] <= start:
            addresses.popleft()
        if addresses and addresses[0][0] < end:
            continue
        mended = mend_mojibake(match.group())
        new = set(mended) - set(match.group())
        if mended != match.group() and not any(map(_is_harmful, new)):
            yield start, end, mended


def _is_harmful(char: str) -> bool:
    """Whether a repair must not bring in a character: a control, a line end, markup, a loss."""
    return char.isascii() or char == "\ufffd" or unicodedata.category(char) in _HARMFUL


def _links(text: str) -> Iterator[_Edit]:
    """Yield links in a form that ages badly, in order."""
    found: list[_Edit] = []
    for match in _ARXIV_PDF.finditer(text):
        host, name = match.groups()
        if arxiv_identifier(name) and not _is_called_pdf(text, *match.span()):
            found.append((*match.span(), f"{host}/abs/{name}"))
    for pattern in (_OLD_DOI, _BARE_DOI):
        for match in pattern.finditer(text):
            found.append((*match.span(), f"https://doi.org/{match.group(1)}"))
    yield from sorted(found)


def _is_called_pdf(text: str, start: int, end: int) -> bool:
    """Return whether a link's own words promise a PDF: `[PDF](…)`, `<a href="…">pdf</a>`."""
    behind = _WORDS_BEHIND.match(text, end) if text[start - 1 : start] in {'"', "'", "="} else None
    words = _words_before(text, start) + (f" {behind.group(1)}" if behind else "")
    return bool(_SAYS_PDF.search(words))


def _words_before(text: str, start: int) -> str:
    """Return the words of the Markdown link whose address begins at `start`, or nothing."""
    head = text[max(0, start - _LABEL_AT_MOST) : start].rstrip("<")
    if not head.endswith(("](", "]: ")):
        return ""
    closing = head.rindex("]")
    depth = 0
    for at in range(closing, -1, -1):
        depth += {"]": 1, "[": -1}.get(head[at], 0)
        if depth == 0:
            return head[at + 1 : closing]
    return head[:closing]
