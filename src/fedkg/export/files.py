"""Files that are whole or not there: written beside, compressed by their name, then renamed."""

import gzip
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
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


def write_folder(
    parts: Iterable[tuple[str, bytes]], target: Path, replaces: Callable[[Path], bool]
) -> None:
    """Write parts of files, each under the name of its file, to a folder.

    It may be there when it is empty, or when `replaces` says that it may go. Raises ExportError
    where it may not or cannot be written, and what the parts raise: then nothing has changed.
    """
    target = target.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    before = target.with_name(f".{target.name}.{os.getpid()}.before")
    try:
        # Before the work, not after it.
        if target.exists() and any(target.iterdir()) and not replaces(target):
            raise ExportError(
                f"{target} holds other files: choose a folder that is empty or not there, or one"
                " that holds nothing but an earlier export of this format."
            )
        beside.mkdir()
        _write_files(parts, beside)
        _switch(beside, target, before)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(
            f"{target} cannot be written ({reason}): choose another place."
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def _write_files(parts: Iterable[tuple[str, bytes]], folder: Path) -> None:
    files: dict[str, BinaryIO] = {}
    with ExitStack() as stack:
        for name, part in parts:
            if name not in files:
                files[name] = stack.enter_context(_opened(folder / name, ""))
            files[name].write(part)


def _switch(beside: Path, target: Path, before: Path) -> None:
    if not target.exists():
        beside.replace(target)
        return
    target.replace(before)
    try:
        beside.replace(target)
    except OSError:
        before.replace(target)
        raise


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
