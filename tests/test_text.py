"""Words as people read them."""

from fedkg.text import tidy


def test_invisible_characters_are_dropped():
    """Zero-width and bidirectional marks are no words, white space is one blank."""
    assert tidy(" a\u200b\u202eb\n\t c\u00a0d \x00") == "ab c d"
