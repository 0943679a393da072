"""What a program writes is cut into frames, however it arrives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.frames import SYNC_BEGIN, SYNC_END, Frame, FrameCutter

PLAIN = st.binary(min_size=1, max_size=8).map(lambda data: data.replace(b"\x1b", b"."))
SYNCED = PLAIN.map(lambda data: SYNC_BEGIN + data + SYNC_END)


def test_what_is_not_synchronized_is_a_frame_as_it_comes() -> None:
    cutter = FrameCutter()
    assert list(cutter.feed(b"one", 1.0)) == [Frame(1.0, b"one")]
    assert list(cutter.feed(b"two", 2.0)) == [Frame(2.0, b"two")]


def test_a_synchronized_frame_is_there_when_its_end_is() -> None:
    cutter = FrameCutter()
    assert list(cutter.feed(b"before" + SYNC_BEGIN + b"half", 1.0)) == [Frame(1.0, b"before")]
    assert list(cutter.feed(b" the other" + SYNC_END[:3], 2.0)) == []
    assert list(cutter.feed(SYNC_END[3:] + b"after", 3.0)) == [
        Frame(3.0, SYNC_BEGIN + b"half the other" + SYNC_END), Frame(3.0, b"after")]


def test_a_beginning_that_is_cut_in_two_is_one() -> None:
    cutter = FrameCutter()
    assert list(cutter.feed(b"before" + SYNC_BEGIN[:4], 1.0)) == [Frame(1.0, b"before")]
    assert list(cutter.feed(SYNC_BEGIN[4:] + b"x" + SYNC_END, 2.0)) == [Frame(2.0, SYNC_BEGIN + b"x" + SYNC_END)]


@given(st.lists(PLAIN | SYNCED), st.integers(1, 9))
def test_no_byte_is_lost_and_no_synchronized_frame_is_torn(parts: list[bytes], size: int) -> None:
    written = b"".join(parts)
    cutter = FrameCutter()
    frames = [frame for start in range(0, len(written), size)
              for frame in cutter.feed(written[start:start + size], float(start))]
    assert b"".join(frame.data for frame in frames) == written
    synced = [frame.data for frame in frames if SYNC_BEGIN in frame.data]
    assert synced == [part for part in parts if SYNC_BEGIN in part]
    assert [frame.when for frame in frames] == sorted(frame.when for frame in frames)
