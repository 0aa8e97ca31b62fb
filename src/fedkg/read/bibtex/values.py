"""Field values as BibTeX evaluates them: braces, quotation marks, abbreviations, `#`.

The rules are those of "BibTeXing" (Patashnik, 1988), section 2.2.
"""

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXPANDED_AT_MOST = 10_000_000
"""Characters that the abbreviations of one file may stand for in all."""

_PIECE = re.compile(r'[\s#]+|[^\s#{"]+|[{"]')
_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r'(?<!\\)[{}"]')


class Abbreviations:
    """What `@string` blocks define, in the order of the file; the months are there already.

    An abbreviation may be made of others, so that a small file could stand for a very long text:
    beyond `EXPANDED_AT_MOST` characters, names stay names and `is_exhausted` is true.
    """

    def __init__(self) -> None:
        self._values = {month: month for month in MONTHS}
        self._left = EXPANDED_AT_MOST

    @property
    def is_exhausted(self) -> bool:
        """Whether the abbreviations stand for more than a file may hold."""
        return self._left < 0

    def define(self, name: str, value: str) -> None:
        """Let a name stand for a value, given as it stands in the file."""
        self._values[name.lower()] = self.evaluate(value)

    def evaluate(self, value: str) -> str:
        """Return the text of a value: `{a {B}} # jan` is "a {B}jan"."""
        if "#" not in value and not value.startswith(("{", '"')):
            return self._expand(value)
        parts = []
        at = 0
        while match := _PIECE.match(value, at):
            piece = match.group()
            at = match.end()
            if piece in {"{", '"'}:
                end = _closing(value, at, piece)
                parts.append(value[at:end])
                at = end + 1
            elif piece.strip(" #\t\n"):
                parts.append(self._expand(piece))
        return "".join(parts)

    def _expand(self, word: str) -> str:
        value = self._values.get(word.lower())
        if value is None or self._left < 0:
            return word
        self._left -= len(value)
        return value if self._left >= 0 else word


def _closing(value: str, start: int, opening: str) -> int:
    """Return where the group ends that opens before `start`; the end of the value if nowhere."""
    depth = 0
    for mark in (_BRACE if opening == "{" else _BRACE_OR_QUOTE).finditer(value, start):
        char = mark.group()
        if char == "{":
            depth += 1
        elif depth == 0:
            if (char == "}") == (opening == "{"):
                return mark.start()
        elif char == "}":
            depth -= 1
    return len(value)
