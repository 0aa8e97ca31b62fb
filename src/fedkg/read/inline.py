"""Inline tokens of markdown-it-py → spans."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from fedkg.read import html
from fedkg.read.blocks import Span, Spans, Style, with_bare_links

_STYLES = {"strong_open": Style.STRONG, "em_open": Style.EMPHASIS}


def read_spans(tokens: Sequence[Token], line: int) -> Spans:
    """Return the words and links of one inline text whose first line is given."""
    return _Spans(line).read(tokens)


@dataclass
class _Spans:
    """Inline tokens → spans, keeping count of lines and of the styles and links that are open."""

    line: int
    styles: list[Style] = field(default_factory=list)
    url: str | None = None
    link_line: int = 0
    link_words: list[str] = field(default_factory=list)
    badge: str = ""
    found: list[Span] = field(default_factory=list)

    def read(self, tokens: Sequence[Token]) -> Spans:
        for token in tokens:
            self._read(token)
        self._close_link()
        return with_bare_links(tuple(self.found))

    def _read(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._add(token.content)
            case "softbreak" | "hardbreak":
                self._add(" ")
                self.line += 1
            case "code_inline":
                self._add(token.content, Style.CODE)
            case "strong_open" | "em_open":
                self.styles.append(_STYLES[token.type])
            case "strong_close" | "em_close":
                self.styles.pop()
            case "link_open":
                self._open_link(str(token.attrGet("href") or ""))
            case "link_close":
                self._close_link()
            case "image":
                self._image(str(token.attrGet("src") or ""), token.content)
            case "html_inline":
                self._tag(token.content)

    def _add(self, words: str, style: Style | None = None) -> None:
        if self.url is not None:
            self.link_words.append(words)
            return
        span = Span(words, self.line, None, style or self._style())
        last = self.found[-1] if self.found else None
        if last and last.url is None and (last.line, last.style) == (span.line, span.style):
            self.found[-1] = replace(last, text=last.text + words)
        else:
            self.found.append(span)

    def _style(self) -> Style:
        return self.styles[0] if self.styles else Style.PLAIN

    def _open_link(self, url: str) -> None:
        self._close_link()
        self.url, self.link_line, self.link_words, self.badge = url, self.line, [], ""

    def _close_link(self) -> None:
        if self.url is None:
            return
        words = "".join(self.link_words)
        if self.badge and not words.strip():
            words = f"[{self.badge}]"  # brackets: the words of a badge are never a title
        self.found.append(Span(words, self.link_line, self.url, self._style()))
        self.url = None

    def _image(self, source: str, words: str) -> None:
        self.found.append(Span(words, self.line, source, Style.IMAGE))
        self.badge = words or "badge"

    def _tag(self, tag: str) -> None:
        self.line += tag.count("\n")
        name, attributes, closes = html.read_tag(tag)
        if name == "br":
            self._add(" ")
        elif name == "img":
            self._image(attributes.get("src", ""), attributes.get("alt", ""))
        elif name == "a":
            self._close_link()
            if not closes and "href" in attributes:
                self._open_link(attributes["href"])
        elif name in html.STYLES and closes and self.styles:
            self.styles.pop()
        elif name in html.STYLES and not closes:
            self.styles.append(html.STYLES[name])
