"""Mending words: mojibake, LaTeX, white space."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.read.mend import decode_latex, is_damaged, mend
from fedkg.text import tidy


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Gr√©goire Danoy", "Grégoire Danoy"),
        ("GrÃ©goire Danoy", "Grégoire Danoy"),
        ("AAAI‚Äô24 version", "AAAI’24 version"),
        ("Survey ‚Äì NIST blog", "Survey – NIST blog"),
        ("Grégoire – “É” 联邦学习 😎", "Grégoire – “É” 联邦学习 😎"),
        ("√2 is no damage", "√2 is no damage"),
    ],
)
def test_damaged_runs_are_mended_and_the_rest_is_left(text, mended):
    """Only what decodes as UTF-8 read in another encoding changes."""
    assert mend(text) == mended
    assert is_damaged(text) == (text != mended)


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        (r"F\textasciicircum3OCUS", "F^3OCUS"),
        (r"{LoRA} and {Q}LoRA", "LoRA and QLoRA"),
        (r"Schr\"odinger's \'etude", "Schrödinger's étude"),
        (r"an $\alpha$-fair rule at 50% of \textit{cost}", "an α-fair rule at 50% of cost"),
        ("costs $5 and no more", "costs $5 and no more"),
        (r"\unknown{} stays", r"\unknown stays"),
        (r"a last \frac", r"a last \frac"),
        (r"a bare \date", r"a bare \date"),
        (r"no file is read: \input{/etc/hostname}", r"no file is read: \input{/etc/hostname}"),
    ],
)
def test_latex_becomes_plain_characters(text, decoded):
    """Accents, braces and formulas are decoded; what cannot be read stays."""
    assert tidy(decode_latex(text)) == decoded


def test_broken_latex_says_nothing(caplog):
    """A list full of broken formulas does not fill the log of a build."""
    decode_latex(r"$\frac{ \begin{x} \date \input } $")
    assert caplog.records == []


def test_no_text_remembers_another():
    """LaTeX keeps a title for the whole document; a list is not one document."""
    decode_latex(r"\title{Secret} \author{Somebody}")
    assert "Secret" not in decode_latex(r"\maketitle")


@given(st.text(max_size=60))
def test_mending_never_raises_and_leaves_tidy_words(text):
    """Whatever it gets, mending returns words with single blanks."""
    mended = mend(text)
    assert mended == tidy(mended)
    assert "  " not in mended


@given(st.lists(st.sampled_from(["\\", "{", "}", "$", "frac", "date", "begin", "[", "a", "%s"])))
def test_any_heap_of_latex_is_decoded(pieces):
    """LaTeX that is no LaTeX stays text."""
    assert isinstance(decode_latex("".join(pieces)), str)
