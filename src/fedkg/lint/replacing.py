"""Putting a repaired list in the place of the old one, or showing the difference."""

import difflib
import os
import re
import shutil
import tempfile
from pathlib import Path

from fedkg.errors import InputError


def rewrite(path: Path, content: bytes) -> None:
    """Replace what a file holds, at once: a reader sees the old file or the new, never half.

    The file keeps its mode, and a link to it stays a link. Raises InputError for what is no
    ordinary file, is write-protected, or lies where nothing can be written.
    """
    target = path.resolve()
    if not target.is_file():
        raise InputError(f"{path} is no ordinary file: give one to --fix, or - for a pipe.")
    if not os.access(target, os.W_OK):
        raise InputError(f"{path} is write-protected: allow writing, or see --diff.")
    beside = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=".fedkg-lint-", delete=False
        ) as file:
            beside = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise InputError(
            f"{path} cannot be replaced ({error.strerror}): its folder must be writable."
        ) from error


def difference(before: bytes, after: bytes, name: str) -> bytes:
    """Return a unified diff that `patch` can apply, byte for byte; empty where nothing changes."""
    changed = difflib.diff_bytes(
        difflib.unified_diff, _lines(before), _lines(after), name.encode(), name.encode()
    )
    return b"".join(
        line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
        for line in changed
    )


def _lines(content: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", content)
