"""The harness, with a program that is small enough to know what it paints and when."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import pseudo_terminal
from benchmarks.pseudo_terminal import NotShown, PseudoTerminal

pytestmark = pytest.mark.terminal

# `2` paints two frames with a pause between them; `b` the colours of one cell, as a blinking cursor does, then a text;
# `c` a single character; `l` a text and, when the key is long over, another; `q` ends it; any other key does nothing.
PROGRAM = r"""
import os, sys, time, tty
tty.setraw(0)
def write(text): os.write(1, text.encode())
write("\x1b[?2026$p")
answer = b""
while not answer.endswith(b"y"):
    answer += os.read(0, 1)
write("\x1b[?2026h\x1b[1;1Hready \x1b[?2026l")
while True:
    key = os.read(0, 1)
    if key == b"2":
        write("\x1b[?2026h\x1b[2;1Hfirst\x1b[?2026l")
        time.sleep(0.3)
        write("\x1b[?2026h\x1b[3;1Hlast\x1b[?2026l")
    elif key == b"b":
        write("\x1b[1;1H\x1b[7mr\x1b[0m")
        time.sleep(0.2)
        write("\x1b[2;1Htext")
    elif key == b"c":
        write("\x1b[1;1HR")
    elif key == b"l":
        write("\x1b[2;1Hnow")
        time.sleep(0.3)
        write("\x1b[3;1Hlater")
    elif key == b"q":
        sys.exit()
"""


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[PseudoTerminal]:
    with PseudoTerminal([sys.executable, "-c", PROGRAM], os.environ, (20, 4)) as started:
        started.wait("ready")
        monkeypatch.setattr(pseudo_terminal, "PATIENCE", 2.0)
        yield started


def test_the_moment_of_a_text_is_that_of_the_frame_that_showed_it() -> None:
    late = "import sys, time; time.sleep(0.3); print('ready', flush=True); time.sleep(0.6); print('more'); input()"
    with PseudoTerminal([sys.executable, "-uc", late], os.environ, (20, 4)) as terminal:
        shown = terminal.wait("ready") - terminal.begun
        assert 0.3 < shown < terminal.wait("more") - terminal.begun - 0.3


def test_first_and_last_paint_of_a_key(terminal: PseudoTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudo_terminal, "QUIET", 1.0)  # longer than any pause of a busy machine
    painting = terminal.press("2")
    assert 0 < painting.first < painting.last
    assert painting.last > 0.3
    assert terminal.text == "ready\nfirst\nlast\n"


def test_a_blinking_cursor_is_not_what_a_key_changed(terminal: PseudoTerminal) -> None:
    painting = terminal.press("b")
    assert painting.first == painting.last > 0.2
    assert "text" in terminal.text


def test_a_single_character_is(terminal: PseudoTerminal) -> None:
    terminal.press("c")
    assert terminal.text.startswith("Ready")


def test_a_key_that_changes_nothing_is_told(terminal: PseudoTerminal) -> None:
    with pytest.raises(NotShown, match=r"'x' changed nothing; the screen:\nready"):
        terminal.press("x")


def test_a_program_that_ends_is_told_at_once(terminal: PseudoTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudo_terminal, "PATIENCE", 3600.0)
    with pytest.raises(NotShown, match="'q' changed nothing"):
        terminal.press("q")
    with pytest.raises(NotShown, match="'never' did not appear"):
        terminal.wait("never")


def test_what_comes_by_itself_belongs_to_no_key(terminal: PseudoTerminal) -> None:
    terminal.press("l")
    terminal.rest(1.0)
    assert "later" in terminal.text
    with pytest.raises(NotShown, match="'x' changed nothing"):
        terminal.press("x")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc here")
def test_memory_is_that_of_the_program(terminal: PseudoTerminal) -> None:
    assert 1 << 20 < terminal.resident_bytes() < 1 << 28


def test_nothing_is_left_running() -> None:
    with PseudoTerminal([sys.executable, "-c", PROGRAM], os.environ, (20, 4)) as terminal:
        terminal.wait("ready")
    assert terminal.process.poll() is not None
