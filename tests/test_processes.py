"""Jobs in processes of their own: all answers, in order, or an error."""

import os

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
