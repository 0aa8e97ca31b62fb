"""Files that are whole or not there: written beside, compressed by their name, then renamed."""

import gzip
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from fedkg.errors import ExportError

_LEVEL = 6
"""Of gzip: 9, the default, takes four times as long for a twelfth less."""


def write_file(parts: Iterable[bytes], target: Path) -> None:
    """Write parts to a file; one whose name ends in `.gz` or `.zst` is compressed.

    Raises ExportError where that cannot be done, and what the parts raise: then there is no file,
    or the one that was there before.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _opened(beside, target.suffix) as file:
            for part in parts:
                file.write(part)
        beside.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(
            f"{target} cannot be written ({reason}): choose another place."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, suffix: str) -> Iterator[BinaryIO]:
    with path.open("wb") as plain:
        if suffix == ".gz":
            # No name and no time in it: the same bytes for the same content.
            with gzip.GzipFile("", "wb", _LEVEL, plain, mtime=0) as file:
                yield cast(BinaryIO, file)
        elif suffix == ".zst":
            with _zstd(plain) as file:
                yield file
        else:
            yield plain
        plain.flush()
        os.fsync(plain.fileno())


def _zstd(plain: BinaryIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    return cast(BinaryIO, zstd.open(plain, "wb"))
