"""While coverage is measured a thread reads workbooks: the process of its own may write no file, and is killed."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tui.numbers import apart
from tui.numbers.workbook_process import serve


class _ThreadThatReads:
    """Answers as the process does, through its pipes; it is neither bounded nor ended in the middle of an answer."""

    def __init__(self, path: Path) -> None:
        ours, its = socket.socketpair()
        self.stdin, self.stdout = ours.makefile("wb"), ours.makefile("rb")
        self._ours = ours
        self._thread = threading.Thread(target=self._serve, args=(path, its), daemon=True)
        self._thread.start()

    @staticmethod
    def _serve(path: Path, its: socket.socket) -> None:
        with suppress(OSError), its, its.makefile("rb") as asked, its.makefile("wb") as answers:
            serve(path, asked, answers)  # for as long as somebody listens

    def kill(self) -> None:
        with suppress(OSError):  # it may have ended
            self._ours.shutdown(socket.SHUT_RDWR)

    def wait(self) -> None:
        self._ours.close()
        self._thread.join()


@pytest.fixture
def a_process_reads() -> None:
    """Asked for by tests that are about the process."""


@pytest.fixture(autouse=True)
def workbooks_are_measured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "TESTS_MEASURED" not in os.environ or "a_process_reads" in request.fixturenames:
        return

    def started(self: apart._Process) -> _ThreadThatReads:
        thread = _ThreadThatReads(self._path.absolute())
        vars(self)["_process"] = thread  # a stand-in, which no annotation knows
        return thread

    monkeypatch.setattr(apart._Process, "_started", started)
