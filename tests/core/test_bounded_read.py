"""Files that others made: read to their end, never further than they may be long, never waited for without an end."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core.bounded_read import SilentFile, TooLarge, read_bounded


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A pipe, and what writes to it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # so that the other end can be opened
    writing = os.open(path, os.O_WRONLY)
    yield path, writing
    os.close(reading)


def test_a_pipe_that_can_not_be_asked_whether_it_has_something_is_read_to_its_end(
    pipe: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    path, writing = pipe
    os.write(writing, b"all of it")
    os.close(writing)
    monkeypatch.delattr(select, "poll")
    assert read_bounded(path, 100) == b"all of it"


def test_what_looks_as_if_it_had_something_to_say_is_not_waited_for_either(
    pipe: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, writing = pipe

    def nothing_yet(_descriptor: int, _count: int) -> bytes:
        raise BlockingIOError

    os.write(writing, b"x")
    with monkeypatch.context() as odd:
        odd.setattr(os, "read", nothing_yet)
        with pytest.raises(SilentFile):
            read_bounded(path, 100, seconds=0.01)
    os.close(writing)


def test_what_is_too_long_is_read_no_further(pipe: tuple[Path, int], tmp_path: Path) -> None:
    path, writing = pipe
    os.write(writing, b"x" * 101)
    with pytest.raises(TooLarge):
        read_bounded(path, 100)
    os.close(writing)
    (tmp_path / "file").write_bytes(b"x" * 101)
    with pytest.raises(TooLarge):
        read_bounded(tmp_path / "file", 100)
    assert len(read_bounded(tmp_path / "file", 101)) == 101
