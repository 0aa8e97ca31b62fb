"""Jobs in processes of their own: all answers, in order, or an error."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fedkg.errors import FedkgError, InputError
from fedkg.processes import processes


class Died(FedkgError):
    """What a user is told of a process that was killed."""


def test_results_come_in_the_order_of_the_arguments():
    """Whichever job ends first."""
    with processes(Died()) as run:
        assert run(pow, [(2, exponent) for exponent in range(9)]) == [2**n for n in range(9)]


def test_an_error_of_a_job_is_raised_as_it_is():
    """It says more than that a job failed."""
    with processes(Died()) as run, pytest.raises(ZeroDivisionError):
        run(divmod, [(1, 1), (1, 0)])


def test_a_process_that_dies_is_an_error():
    """Killed in the middle, for want of memory perhaps: no verdict, least of all a good one."""
    with processes(Died("told")) as run, pytest.raises(Died, match="told"):
        run(os._exit, [(9,), (9,)])


def test_an_error_of_fedkg_comes_back_whole():
    """Its sentence and its exit code pass from one process to the other."""
    with processes(Died()) as run, pytest.raises(InputError, match="mend it") as raised:
        run(refuse, [("mend it",)])
    assert raised.value.exit_code == InputError.exit_code


def refuse(sentence):
    raise InputError(sentence)


PROGRAM = """
import os, sys, time
from fedkg.errors import FedkgError
from fedkg.processes import processes
if __name__ == "__main__":
    with processes(FedkgError()) as run:
        print(*run(os.getpid, [()]), flush=True)
        try:
            run(time.sleep, [(60,), (60,)])
        except KeyboardInterrupt:
            os._exit(3)
"""


@pytest.fixture
def busy(tmp_path):
    """A program whose jobs take a minute, in a session of its own, and the id of one of them."""
    (tmp_path / "program.py").write_text(PROGRAM)
    program = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield program, program.stdout.readline().strip()
    program.kill()
    program.communicate()


def test_jobs_end_with_a_program_that_is_killed(busy):
    """Nothing is left that waits for ever."""
    program, job = busy
    program.send_signal(signal.SIGKILL)
    program.wait()
    until_gone(job)


def test_ctrl_c_is_for_the_program_alone(busy):
    """The terminal sends it to all; jobs print no traceback of their own."""
    program, job = busy
    time.sleep(0.5)
    os.killpg(program.pid, signal.SIGINT)
    _, errors = program.communicate(timeout=30)
    assert (program.returncode, "Traceback" in errors) == (3, False)
    until_gone(job)


def until_gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    for _ in range(200):
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} is still there")
