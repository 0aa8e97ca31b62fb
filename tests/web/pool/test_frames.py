"""What the server and a child say to each other arrives whole, however it is cut."""

import socket
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fedkg.web.pool import frames
from fedkg.web.pool.child import Asked
from fedkg.web.pool.frames import RECALL, RECALLED, Frame, Reading

SOME = st.builds(
    Frame, st.floats(0, 1e9), st.binary(max_size=40), st.binary(max_size=200) | st.just(b"x" * 9000)
)


def packed(frame: Frame) -> bytes:
    return frames.packed(frame.head, frame.body, frame.number)


@given(st.lists(SOME, max_size=5), st.lists(st.integers(0, 10_000), max_size=6))
def test_frames_are_read_wherever_the_parts_are_cut(said: list[Frame], cuts: list[int]) -> None:
    """A part may end within the lengths, hold several frames, or be empty."""
    data = b"".join(map(packed, said))
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    reading = Reading()
    found = [frame for start, end in pairwise(places) for frame in reading.feed(data[start:end])]
    assert found == said


def test_questions_are_answered_in_turn() -> None:
    """Several may be sent at once."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(frames.packed(b"{}", b"one") + frames.packed(b"{}", b"two"))
        asked = Asked(theirs)
        assert [asked.next().body, asked.next().body] == [b"one", b"two"]
        ours.close()
        assert asked.next() is None


def test_what_is_taken_back_is_not_begun_and_gets_its_answer() -> None:
    """One for each, so that the server knows which answer is whose."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        asked = Asked(theirs)
        ours.sendall(b"".join(frames.packed(b"{}", body) for body in (b"one", b"two", b"three")))
        assert asked.next().body == b"one"
        ours.sendall(frames.packed(RECALL) + frames.packed(b"{}", b"four"))
        assert asked.next().body == b"four"
        told = Reading().feed(ours.recv(1000))
        assert [frame.head for frame in told] == [RECALLED, RECALLED]
