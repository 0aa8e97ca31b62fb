"""Answers that were given, kept for who asks the same of the same build."""

from collections import OrderedDict

from fedkg.web.pool.outcome import Answer

_LARGEST_SHARE = 8
"""An answer of more than an eighth of the room is not kept: it would drive out too many."""
_OVERHEAD = 512
"""Bytes that a kept answer takes besides its body, about."""


class Cache:
    """The answers used last, of so many bytes at most; 0 keeps none.

    A build never changes, so an answer is right as long as its build is served.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> Answer | None:
        """Return the answer that was kept under a key."""
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
        return answer

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, and forget those that were not asked for in the longest time."""
        weight = _weight(answer)
        if weight * _LARGEST_SHARE > self._room or key in self._kept:
            return
        self._kept[key] = answer
        self.size += weight
        while self.size > self._room:
            self.size -= _weight(self._kept.popitem(last=False)[1])


def _weight(answer: Answer) -> int:
    return len(answer.body) + _OVERHEAD
