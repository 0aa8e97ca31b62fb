"""Text of lists where no markup can keep its direction apart: the title of a page."""

import re

_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_direction(text: str) -> str:
    """Return a text without the characters that turn what follows (Unicode Annex 9, section 2)."""
    return _DIRECTION.sub("", text)
