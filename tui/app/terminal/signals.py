"""The signals that ask a program to end. By themselves they would end it with the terminal left raw."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
# As long as a receiver of ours may take to end, and what is under way to be settled.
PATIENCE: Final = 15.0


class EndSignals:
    """Held from before the terminal is taken until it is given back.

    The first signal asks the app to leave; those after it change nothing: a closed terminal sends several, and what is
    being settled is settled to its end. Where that does not come, `last_resort` is called and the process ends.
    """

    def __init__(self, leave: Callable[[], None], last_resort: Callable[[], None], patience: float = PATIENCE) -> None:
        """`leave` is called in the handler: in the main thread, in the middle of whatever that does."""
        self.signal: int | None = None
        self._leave = leave
        self._last_resort = last_resort
        self._patience = patience
        self._before: dict[int, Any] = {}
        self._watchdog: threading.Timer | None = None

    @property
    def status(self) -> int | None:
        """The exit status, as a shell gives it of a program that a signal ended; None where none came."""
        return None if self.signal is None else 128 + self.signal

    def __enter__(self) -> EndSignals:
        if threading.current_thread() is threading.main_thread():
            for name in _SIGNALS:
                number = getattr(signal, name, None)  # Windows lacks some
                # Under nohup a closed terminal ends nothing.
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._asked)
        return self

    def __exit__(self, *_failure: object) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
        for number, handler in self._before.items():
            # The last of several may come when all is settled: what ends by one signal isn't ended by another.
            after = signal.SIG_IGN if self.signal is not None else handler
            signal.signal(number, after if after is not None else signal.SIG_DFL)
        # Those that Textual sets and leaves behind would hand their work to a loop that has ended.
        for name in ("SIGTSTP", "SIGCONT", "SIGWINCH"):
            with contextlib.suppress(AttributeError, ValueError):
                signal.signal(getattr(signal, name), signal.SIG_DFL)

    def _asked(self, number: int, _frame: FrameType | None) -> None:
        if self.signal is not None:
            return
        self.signal = number
        self._watchdog = threading.Timer(self._patience, self._end_at_once)
        self._watchdog.daemon = True
        self._watchdog.start()
        self._leave()

    def _end_at_once(self) -> None:
        self._last_resort()
        os._exit(128 + (self.signal or 0))
