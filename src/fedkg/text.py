"""Words as people read them, wherever they come from."""

import re

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")


def tidy(text: str) -> str:
    """Return `text` without invisible characters, each run of white space one blank."""
    if not text.isprintable():  # as hardly any is
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
