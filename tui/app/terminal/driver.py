"""How the app takes the terminal, gives it back and lives through being stopped: Textual's driver, its gaps closed.

Nothing is done inside a signal's handler, which may interrupt the very write it would make: all of it is handed to the
loop.
"""

from __future__ import annotations

import contextlib
import os
import signal
import termios
import tty
from selectors import EVENT_READ, SelectSelector
from typing import IO, Any, Final, Protocol, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.app.terminal.typed import Reader

# Whatever a program may have switched on: alternate screen, mouse, focus, paste, keyboard protocol, hidden cursor.
RESTORED: Final = ("\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2048l\x1b[?2004l\x1b[?7h"
                   "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m")
_LOOK_SECONDS: Final = 0.1  # how soon the thread that reads sees that the app leaves
_TAKEN: Final = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"


class Deaf:
    """What is written to the terminal. One that has gone takes nothing, and nobody is held up by that."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.gone = False

    def write(self, text: str) -> None:
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        self._try(self._file.flush)

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return not self.gone and self._file.isatty()

    def _try(self, write: Any) -> None:  # noqa: ANN401 - whatever a write returns
        if self.gone:
            return
        try:
            write()
        except OSError:
            self.gone = True
            # What is still held back would fail again at the end of the program, and change its exit status.
            with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
                os.dup2(nowhere.fileno(), self._file.fileno())


class DrivenApp(Protocol):
    """What the driver tells the app, and asks of it."""

    def publish_unseen(self) -> None:
        """Nobody sees the screen, or saw it until now."""

    def notify_no_shell(self) -> None:
        """There is no shell that would bring a stopped program back."""

    def size_may_differ(self, size: tuple[int, int]) -> None: ...

    def hang_up(self) -> None:
        """The terminal has gone."""

    def crash(self, error: Exception) -> None: ...

    def refresh(self) -> Any: ...  # noqa: ANN401 - Textual's own


class TerminalDriver(LinuxDriver):
    """Stops and goes on with the terminal in order; a terminal that has gone ends the app."""

    def __init__(self, app: App[Any], **options: Any) -> None:  # noqa: ANN401 - Textual's own
        super().__init__(app, **options)
        self._out = Deaf(cast("IO[str]", self._file))
        self._file = cast("Any", self._out)
        self._continued = False

    @property
    def app(self) -> DrivenApp:
        return cast("DrivenApp", self._app)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Of the terminal that is written to: Textual asks stdout, which may be a file, and believes $COLUMNS."""
        try:
            width, height = os.get_terminal_size(self._out.fileno())
        except OSError:
            width = height = 0
        return width or 80, height or 24

    def _sigtstp_application(self, *_: object) -> None:
        self._on_loop(self._stop)

    def _sigcont_application(self, *_: object) -> None:
        self._continued = True
        self._on_loop(self._go_on)

    def _on_loop(self, job: Any) -> None:  # noqa: ANN401 - a callback
        with contextlib.suppress(RuntimeError):  # the loop has ended: there is nothing to put in order
            self._loop.call_soon_threadsafe(job)

    def _stop(self) -> None:
        """Give the terminal back and stop; come back when continued in the foreground."""
        if self._key_thread is None or not self._key_thread.is_alive():
            return  # it is being left
        self.app.publish_unseen()
        self.suspend_application_mode()
        slept = False
        while self._sleep():
            slept = True
            if not self._in_background():
                break
        self._continued = False
        self.resume_application_mode()
        self.app.refresh()
        if not slept:
            self.app.notify_no_shell()

    def _sleep(self) -> bool:
        """Stop, as any program does; False where nobody could continue us: then the system does not stop us."""
        self._continued = False
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        try:
            os.kill(os.getpid(), signal.SIGTSTP)
        finally:
            signal.signal(signal.SIGTSTP, ours)
        return self._continued

    def _in_background(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        except OSError:  # no terminal of ours
            return False

    def _go_on(self) -> None:
        """After a stop that nobody could see coming: the shell has had the terminal, and left it in its own order."""
        if not self._continued:
            return  # `_stop` has seen to it
        if self._in_background():
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self._continued = False
        self.app.publish_unseen()
        self._take_again()

    def _take_again(self) -> None:
        if self.attrs_before is not None:
            raw = termios.tcgetattr(self.fileno)
            raw[tty.LFLAG] = self._patch_lflag(raw[tty.LFLAG])
            raw[tty.IFLAG] = self._patch_iflag(raw[tty.IFLAG])
            raw[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, raw)
        self.write(_TAKEN)
        self._enable_mouse_support()
        self.app.size_may_differ(self._get_terminal_size())
        self.app.refresh()

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            self._on_loop(self.app.hang_up)
        except Exception as error:  # noqa: BLE001 - told where every mistake of ours is
            self._on_loop(lambda error=error: self.app.crash(error))

    def run_input_thread(self) -> None:
        """Read keys until the app leaves. OSError where the terminal has gone; Textual's own would spin on that."""
        reader = Reader(mouse=self._mouse)
        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(min(reader.cutter.wait or _LOOK_SECONDS, _LOOK_SECONDS)):
                    data = os.read(self.fileno, 4096)
                    if not data:
                        raise OSError("the terminal has gone")
                    messages = reader.feed(data)
                else:  # only then is it quiet, however late this thread is on a busy machine
                    messages = reader.tick()
                for message in messages:
                    self.process_message(message)

    def _query_in_band_window_resize(self) -> None:
        """Not asked for: the system tells the size, and a false report would hide every true one."""

    def give_back_at_once(self) -> None:
        """From whatever thread, and without waiting for anybody: for a program that does not come to its end."""
        with contextlib.suppress(OSError, termios.error, ValueError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.set_blocking(self._out.fileno(), False)
            os.write(self._out.fileno(), RESTORED.encode())
