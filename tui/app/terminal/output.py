"""What is written to the terminal: beside the app, and into nothing once the terminal has gone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from queue import Queue
from threading import Thread
from typing import IO, Final

_MAX_WAITING: Final = 30  # pictures that a slow terminal may be behind before the app waits for it


class Output:
    """The terminal as a file. One that has gone takes nothing, and nobody is held up by that."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> None:
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        self._try(self._file.flush)

    def fileno(self) -> int:
        return self._file.fileno()

    def _try(self, write: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            write()
        except OSError:
            self._gone = True
            # What is still held back would fail again at the end of the program, and change its exit status.
            with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
                os.dup2(nowhere.fileno(), self._file.fileno())


class Writer:
    """Writes in a thread of its own, in the order of the calls."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._waiting: Queue[str | None] = Queue(_MAX_WAITING)
        self._thread = Thread(target=self._run, daemon=True, name="terminal-output")
        self._thread.start()

    def write(self, text: str) -> None:
        self._waiting.put(text)

    def stop(self) -> None:
        """Returns when all is written."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (text := self._waiting.get()) is not None:
            self._output.write(text)
            if self._waiting.empty():
                self._output.flush()
        self._output.flush()
