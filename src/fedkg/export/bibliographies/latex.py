"""Text for LaTeX: its special characters, and letters that old BibTeX cannot read as UTF-8."""

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexencode import UnicodeToLatexEncoder

from fedkg.export.bibliographies.text import one_line

_SPECIAL = str.maketrans(
    {
        **{c: f"\\{c}" for c in "&%$#_"},
        # BibTeX counts braces and does not know that a backslash escapes them.
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "\\": r"{\textbackslash}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
    }
)
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)")
"""Between signs that LaTeX would print as one other: `--` as a dash, ``?` `` as ¿."""
_ENCODER = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)
_DECODER = LatexNodes2Text()


def escaped(text: str) -> str:
    """Return a text in one line for LaTeX that reads UTF-8: what it prints is the text."""
    return _LIGATURE.sub("{}", one_line(text).translate(_SPECIAL))


def in_ascii(text: str) -> str:
    """Return a text as LaTeX of any age reads it, letters with accents as commands.

    Of no accent, CJK for example, is what LaTeX has no command for: that stays as it is.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c.isascii() else _command(c) for c in escaped(composed))


@lru_cache(maxsize=4096)
def _command(character: str) -> str:
    """Return the command for a character in braces, the character where that says another."""
    command = _ENCODER.unicode_to_latex(character)
    found = f"{{{command}}}"
    if command != character and _DECODER.latex_to_text(found) == character:
        return found if not command.startswith("{") else command
    return character
