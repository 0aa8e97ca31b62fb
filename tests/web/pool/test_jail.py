"""What a process that runs strangers' queries has given up, tried in processes of their own."""

import subprocess
import sys

import pytest

JAILED = "from fedkg.web.pool import jail; assert jail.forbid_network(); "


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('127.0.0.1', 1))",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.socketpair()[0].connect('/x')",
        "import os; os.execv('/bin/true', ['true'])",
        "import subprocess; subprocess.run(['/bin/true'])",
    ],
)
def test_no_socket_is_opened_and_no_program_is_run(attempt: str) -> None:
    """Whoever makes the engine do so meets a refusal by the kernel."""
    tried = run(JAILED + attempt)
    assert tried.returncode == 1
    assert "PermissionError" in tried.stderr


def test_threads_that_begin_later_are_in_the_jail_too() -> None:
    """Those of the engine's storage are."""
    tried = run(
        JAILED + "import socket, threading\n"
        "def attempt():\n"
        "    try: socket.socket()\n"
        "    except PermissionError: print('refused')\n"
        "one = threading.Thread(target=attempt); one.start(); one.join()"
    )
    assert tried.stdout == "refused\n"


def test_files_and_open_lines_work_as_before() -> None:
    """The graph is read, and answers are sent."""
    tried = run(
        "import os, socket; one, other = socket.socketpair(); "
        + JAILED
        + "os.write(one.fileno(), b'x'); open('/dev/null').read(); "
        + "print(os.read(other.fileno(), 1))"
    )
    assert (tried.returncode, tried.stdout) == (0, "b'x'\n")


def test_a_process_over_its_memory_ends_by_itself() -> None:
    """Python says so; the engine aborts."""
    tried = run(
        "from fedkg.web.pool import jail; jail.limit_memory(64 * 2**20); x = bytes(10 * 2**20); "
        "print('fine', flush=True); bytes(100 * 2**20)"
    )
    assert tried.stdout == "fine\n"
    assert "MemoryError" in tried.stderr


def test_a_process_whose_parent_is_already_gone_ends_at_once() -> None:
    """It would wait for ever for a question."""
    tried = run("from fedkg.web.pool import jail; jail.die_with_parent(1); print('alive')")
    assert (tried.returncode, tried.stdout) == (1, "")
