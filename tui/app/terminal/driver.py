"""How the app takes the terminal, gives it back and lives through being stopped.

Nothing is done inside a signal's handler, which may interrupt the very write it would make: all of it is handed to the
loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import termios
import tty
from selectors import EVENT_READ, SelectSelector
from threading import Event, Thread
from typing import IO, Any, Final, Protocol, cast

from textual import constants
from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from tui.app.terminal.output import Output, Writer
from tui.app.terminal.typed import Reader

_LOOK_SECONDS: Final = 0.1  # how soon the thread that reads sees that the app leaves
# Private modes of xterm, each switched on and off.
_ALTERNATE_SCREEN, _MAIN_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
_HIDDEN_CURSOR, _CURSOR = "\x1b[?25l", "\x1b[?25h"
_FOCUS, _NO_FOCUS = "\x1b[?1004h", "\x1b[?1004l"
_PASTE, _NO_PASTE = "\x1b[?2004h", "\x1b[?2004l"
_NO_WRAP, _WRAP = "\x1b[?7l", "\x1b[?7h"
_MOUSE = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"  # its buttons, its way; places beyond the 223rd column
_NO_MOUSE = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
_SYNCHRONIZED_OUTPUT: Final = "\x1b[?2026$p"  # whether there is any
# Unambiguous codes, for all keys, with their text: https://sw.kovidgoyal.net/kitty/keyboard-protocol/
_KITTY_KEYS: Final = f"\x1b[>{0b1 | 0b1000 | 0b10000}u"
_NO_KITTY_KEYS: Final = "\x1b[<u"  # before the alternate screen is left, which has a setting of its own
_PLAIN: Final = "\x1b[0m"
_GIVEN_BACK: Final = _NO_KITTY_KEYS + _MAIN_SCREEN + _CURSOR + _NO_FOCUS


class DrivenApp(Protocol):
    """What the driver posts to the app, and asks of it."""

    def publish_unseen(self) -> None:
        """Nobody sees the screen, or saw it until now."""

    def notify_no_shell(self) -> None:
        """There is no shell that would bring a stopped program back."""

    def hang_up(self) -> None:
        """The terminal has gone."""

    def crash(self, error: Exception) -> None: ...

    def refresh(self) -> Any: ...  # noqa: ANN401 - Textual's own


class TerminalDriver(Driver):
    """Takes the terminal and gives it back; stops and goes on in order; a terminal that has gone ends the app."""

    def __init__(self, app: App[Any], **options: Any) -> None:  # noqa: ANN401 - Textual's own
        """`options`: as of Textual's `Driver`. To be called where the loop runs."""
        super().__init__(app, **options)
        self._driven = cast("DrivenApp", app)
        self._wants_mouse: bool = options.get("mouse", True)
        self._app_loop = asyncio.get_running_loop()
        self._input = cast("IO[str]", sys.__stdin__).fileno()
        self._output = Output(cast("IO[str]", sys.__stderr__))
        self._writer: Writer | None = None  # while the terminal is taken
        self._keys: Thread | None = None
        self._leaving = Event()
        self._found: list[Any] | None = None  # the terminal's attributes before it was taken
        self._continued = False
        signal.signal(signal.SIGTSTP, self._asked_to_stop)
        signal.signal(signal.SIGCONT, self._asked_to_go_on)

    @property
    def can_suspend(self) -> bool:
        return True

    def write(self, data: str) -> None:
        if self._writer is not None:
            self._writer.write(data)

    # taking the terminal, and giving it back

    def start_application_mode(self) -> None:
        while self._in_background():  # nothing may be written, nor asked of the terminal
            os.kill(os.getpid(), signal.SIGSTOP)
        self._continued = False
        self._writer = Writer(self._output)
        signal.signal(signal.SIGWINCH, self._resized)
        self._send_size()
        self.write(_ALTERNATE_SCREEN)
        with contextlib.suppress(termios.error):
            self._found = termios.tcgetattr(self._input)
            self._make_raw()
        self.write(_HIDDEN_CURSOR + _FOCUS)
        if not constants.DISABLE_KITTY_KEY:
            self.write(_KITTY_KEYS)
        self._keys = Thread(target=self._run_keys, name="terminal-input")
        self._keys.start()
        self._ask_for_synchronized_output()
        self.write(_PASTE + _NO_WRAP)
        self._take_mouse()  # after the alternate screen: some terminals forget it with that

    def disable_input(self) -> None:
        if self._leaving.is_set():
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        if self._wants_mouse:
            self.write(_NO_MOUSE)
        self._leaving.set()
        if self._keys is not None:
            self._keys.join()
            self._keys = None
        self._leaving.clear()
        with contextlib.suppress(termios.error):
            termios.tcflush(self._input, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        self.write(_NO_PASTE + _WRAP)
        self.disable_input()
        with contextlib.suppress(termios.error):
            if self._found is not None:
                termios.tcsetattr(self._input, termios.TCSANOW, self._found)
        self.write(_GIVEN_BACK)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.stop()
            self._writer = None

    def _make_raw(self) -> None:
        """Each byte as it is typed. VMIN of 1: on Solaris it is 4 otherwise, as it shares its place with VEOF."""
        raw = termios.tcgetattr(self._input)
        raw[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[tty.IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        raw[tty.CC][termios.VMIN] = 1
        termios.tcsetattr(self._input, termios.TCSANOW, raw)

    def _take_mouse(self) -> None:
        if self._wants_mouse:
            self.write(_MOUSE)

    def _ask_for_synchronized_output(self) -> None:
        """Apple's terminal has none, and shows the question's last letter."""
        if os.isatty(self._input) and os.environ.get("TERM_PROGRAM") != "Apple_Terminal":
            self.write(_SYNCHRONIZED_OUTPUT)

    def _size_of_terminal(self) -> tuple[int, int]:
        """Of the terminal that is written to: stdout may be a file, and $COLUMNS outdated."""
        try:
            width, height = os.get_terminal_size(self._output.fileno())
        except OSError:
            width = height = 0
        return width or 80, height or 24

    def _resized(self, *_: object) -> None:
        self._on_loop(self._send_size)

    def _send_size(self) -> None:
        size = Size(*self._size_of_terminal())
        self.send_message(Resize(size, size))

    # being stopped, and going on

    def _asked_to_stop(self, *_: object) -> None:
        self._on_loop(self._stop)

    def _asked_to_go_on(self, *_: object) -> None:
        self._continued = True
        self._on_loop(self._go_on)

    def _on_loop(self, job: Any) -> None:  # noqa: ANN401 - a callback
        with contextlib.suppress(RuntimeError):  # the loop has ended: there is nothing to put in order
            self._app_loop.call_soon_threadsafe(job)

    def _stop(self) -> None:
        """Give the terminal back and stop; come back when continued in the foreground."""
        if self._keys is None or not self._keys.is_alive():
            return  # it is being left
        self._driven.publish_unseen()
        self.suspend_application_mode()
        slept = False
        while self._sleep():
            slept = True
            if not self._in_background():
                break
        self._continued = False
        self.resume_application_mode()
        self._driven.refresh()
        if not slept:
            self._driven.notify_no_shell()

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
            return os.tcgetpgrp(self._input) != os.getpgrp()
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
        self._driven.publish_unseen()
        self._take_again()

    def _take_again(self) -> None:
        if self._found is not None:
            self._make_raw()
        self.write(_ALTERNATE_SCREEN + _HIDDEN_CURSOR + _FOCUS + _PASTE + _NO_WRAP)
        self._take_mouse()
        self._send_size()
        self._driven.refresh()

    # keys

    def _run_keys(self) -> None:
        try:
            self._read_keys()
        except OSError:
            self._on_loop(self._driven.hang_up)
        except Exception as error:  # noqa: BLE001 - reported where every mistake of ours is
            self._on_loop(lambda error=error: self._driven.crash(error))

    def _read_keys(self) -> None:
        """Read keys until the app leaves. OSError where the terminal has gone."""
        reader = Reader(mouse=self._wants_mouse)
        with SelectSelector() as selector:
            selector.register(self._input, EVENT_READ)
            while not self._leaving.is_set():
                if selector.select(min(reader.cutter.wait or _LOOK_SECONDS, _LOOK_SECONDS)):
                    data = os.read(self._input, 4096)
                    if not data:
                        raise OSError("the terminal has gone")
                    messages = reader.feed(data)
                else:  # only then is it quiet, however late this thread is on a busy machine
                    messages = reader.tick()
                for message in messages:
                    self.process_message(message)

    def give_back_at_once(self) -> None:
        """From whatever thread, and without waiting for anybody: for a program that does not come to its end."""
        with contextlib.suppress(OSError, termios.error, ValueError):
            if self._found is not None:
                termios.tcsetattr(self._input, termios.TCSANOW, self._found)
            os.set_blocking(self._output.fileno(), False)
            os.write(self._output.fileno(), (_NO_MOUSE + _NO_PASTE + _WRAP + _GIVEN_BACK + _PLAIN).encode())
