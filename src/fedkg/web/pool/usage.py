"""What processes take: memory, and time of the processor."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from resource import getpagesize

_PROC = Path("/proc")
_PAGE = getpagesize()
_KIB = 1024
_PATIENCE = 5


def resident(pids: Iterable[int]) -> dict[int, int]:
    """Return the resident bytes of processes by id; one that has ended is not among them.

    From proc(5), and from ps(1) where there is none.
    """
    wanted = tuple(pids)
    if (_PROC / "self/statm").exists():
        found = ((pid, _of_proc(pid)) for pid in wanted)
        return {pid: size for pid, size in found if size is not None}
    return _of_ps(wanted)


def cpu_seconds(pid: int) -> float | None:
    """Return the processor time that a process has had; None where that is not known (proc(5))."""
    try:
        stat = (_PROC / f"{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # its name may hold anything
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _of_proc(pid: int) -> int | None:
    try:
        return int((_PROC / f"{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        return None


def _of_ps(pids: tuple[int, ...]) -> dict[int, int]:
    """Return what ps(1) says; its sizes are in KiB."""
    if not pids:
        return {}
    listed = subprocess.run(  # noqa: S603 - numbers, and no shell
        ["/bin/ps", "-o", "pid=,rss=", "-p", ",".join(map(str, pids))],
        capture_output=True,
        text=True,
        check=False,  # it complains when one of them has ended
        timeout=_PATIENCE,
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return {int(row[0]): int(row[1]) * _KIB for row in rows}
