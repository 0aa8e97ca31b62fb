"""What a process gives up before it runs strangers' queries. Linux; elsewhere little of it exists.

seccomp(2), prctl(2), setrlimit(2). The filter is classic BPF (linux/filter.h, linux/seccomp.h).
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # 1: EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
_X32 = 0x40000000

# Audit architecture, and the numbers of socket, connect, bind, listen, execve, execveat, ptrace,
# process_vm_readv, process_vm_writev, io_uring_setup (arch/x86/entry/syscalls/syscall_64.tbl,
# include/uapi/asm-generic/unistd.h).
_FORBIDDEN = {
    "x86_64": (0xC000003E, (41, 42, 49, 50, 59, 322, 101, 310, 311, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 221, 281, 117, 270, 271, 425)),
}


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent, a process id, ends; at once if it has."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def forbid_network() -> bool:
    """Forbid this process and its threads new sockets and programs. False where that is unknown.

    Call it before there are threads: a filter holds for the thread and those that it begins.
    """
    known = _FORBIDDEN.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    program = _program(*known)
    filters = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(filters))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header, len(header)))
    return True


def _program(architecture: int, forbidden: tuple[int, ...]) -> bytes:
    """Return the filter: kill for calls of another architecture, refuse the forbidden ones."""
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_AT_LEAST, len(forbidden) + 1, 0, _X32),
    ]
    for at, number in enumerate(forbidden):
        lines.append((_JUMP_IF_EQUAL, len(forbidden) - at, 0, number))
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def limit_memory(more: int) -> bool:
    """Let this process take so many bytes of address space more than now, and write no core.

    False where the kernel does not hold to that: then somebody has to watch.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    holds = sys.platform == "linux"
    if holds:
        most = _address_space() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return holds


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - proc(5)
        return int(file.read().split()[0]) * resource.getpagesize()


def _prctl(option: int, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, *arguments, *([0] * (4 - len(arguments)))) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
