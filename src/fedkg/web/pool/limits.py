"""What a query may take, and how many may run."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and numbers of processes; each has a setting of its own.

    deadline         seconds from a request's receipt to its answer
    answer           bytes of one answer
    memory           bytes that a query may take above what its process has when it is ready
    fast             queries at once that look quick
    slow             queries at once that turned out slow
    queue            queries that wait to be begun
    cache            bytes of answers that are kept, 0 for none
    """

    deadline: float = 10.0
    answer: int = 64 * MIB
    memory: int = 2048 * MIB
    fast: int = 2
    slow: int = 2
    queue: int = 64
    cache: int = 64 * MIB

    @property
    def slow_of_one_client(self) -> int:
        """How many slow queries one client may have at once: half of them, at least one."""
        return max(1, self.slow // 2)
