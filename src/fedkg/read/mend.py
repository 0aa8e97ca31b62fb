"""Mending text: mojibake, LaTeX, white space. What stands in the list is kept beside the result."""

import logging
import re
from functools import cache
from typing import Any

import ftfy
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

from fedkg.text import tidy

_DAMAGEABLE_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_LATEX = re.compile(r"\\[A-Za-z\"'`^~=.&%$#_{}]|\$[^$]{1,200}\$|\{[^{}]*\}")
_LATEX_AT_MOST = 1000
# What pylatexenc raises on broken LaTeX; the last two for commands that lack their arguments.
_LATEX_ERRORS = (
    LatexWalkerError,
    RecursionError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)
# Commands that read files, or that a later text would remember.
_LATEX_KEPT = ("author", "date", "include", "input", "maketitle", "title")
_BRACES_AT_MOST = 40
_PICTURE_CODE = re.compile(r"(?<![\w/]):[a-z][a-z0-9_+-]{1,40}:(?!\w)|:[a-z]{1,20}_[a-z_]{1,20}:")
_LINE_BREAK = re.compile(r"[^\S\r\n]*+[\r\n]\s*+")


def mend_mojibake(text: str) -> str:
    """Return `text` with each damaged run of characters mended, the rest untouched.

    Damage is UTF-8 that was read as Mac Roman ("Gr√©goire") or a Windows code page ("GrÃ©goire").
    """
    return text if text.isascii() else _DAMAGEABLE_RUN.sub(_mend_run, text)


def decode_latex(text: str) -> str:
    r"""Return `text` with LaTeX commands, accents, braces and formulas as plain characters.

    `F\textasciicircum3OCUS` becomes `F^3OCUS`. Text without LaTeX, too much of it, or LaTeX that
    cannot be parsed is returned as it is; unknown commands stay.
    """
    if len(text) > _LATEX_AT_MOST or text.count("{") > _BRACES_AT_MOST or not _LATEX.search(text):
        return text
    shielded = re.sub(r"(?<!\\)([%&#])", r"\\\1", text)
    try:
        return str(_latex_decoder().latex_to_text(shielded))
    except _LATEX_ERRORS:
        return text


def verbatim(text: str) -> str:
    """Return `text` as it stands, but for white space around it and line breaks inside it."""
    return _LINE_BREAK.sub(" ", text).strip()


def mend(text: str) -> str:
    """Return `text` mended, decoded and tidy: the readable form of words as listed.

    GitHub's picture codes (":mortar_board:") are no words.
    """
    return tidy(_PICTURE_CODE.sub(" ", decode_latex(mend_mojibake(text))))


def is_damaged(text: str) -> bool:
    """Return whether mending mojibake changes `text`."""
    return mend_mojibake(text) != text


def _mend_run(match: re.Match[str]) -> str:
    run = match.group()
    try:
        mended = run.encode("mac_roman").decode("utf-8")
    except UnicodeError:
        mended = ""
    # Two characters may be an honest “É; three that decode together never were.
    if mended and min(mended) >= "\u0800":
        return mended
    return ftfy.fix_encoding(run)


class _Decoder(LatexNodes2Text):  # type: ignore[misc]
    r"""A decoder that keeps a command without its arguments, such as a last `\frac`, as it is."""

    def apply_simplify_repl(self, node: Any, simplify_repl: Any, what: str) -> str:
        if isinstance(simplify_repl, str) and "%s" in simplify_repl:
            given = node.nodeargd.argnlist if node.nodeargd else None
            if len(given or ()) != simplify_repl.count("%s"):
                return _verbatim(node)
        return str(super().apply_simplify_repl(node, simplify_repl, what=what))


def _verbatim(node: Any) -> str:
    return str(node.latex_verbatim())


@cache
def _latex_decoder() -> LatexNodes2Text:
    # The library tells of LaTeX that it cannot read; here the words then stay as they are.
    logging.getLogger("pylatexenc").setLevel(logging.ERROR)
    context = get_default_latex_context_db()
    context.add_context_category(
        "plain-carets",
        prepend=True,
        macros=[
            MacroTextSpec("textasciicircum", simplify_repl="^"),
            MacroTextSpec("textasciitilde", simplify_repl="~"),
            *(MacroTextSpec(name, simplify_repl=_verbatim) for name in _LATEX_KEPT),
        ],
    )
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_verbatim))
    return _Decoder(latex_context=context, math_mode="text", strict_latex_spaces=False)
