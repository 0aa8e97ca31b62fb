"""The list whose author wants to be more than text, as it is read."""

import re
from pathlib import Path

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
"""What turns the direction of text."""

_LIST = Path(__file__).parent / "cases" / "hostile.md"
_CHARACTER = re.compile("⟨([0-9A-F]+)⟩")
_LONG = "Long" * 1250


def write_hostile_list(target: Path) -> None:
    """Write the list with the characters that its file only names, byte for byte."""
    text = _LIST.read_text(encoding="utf-8").replace("⟨long⟩", _LONG)
    target.write_bytes(_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text).encode())
