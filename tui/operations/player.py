"""A recording played by whatever the desktop plays sounds with: it gets a file, and never an address."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.core.environment import handed_on
from tui.core.files import temporary_folder
from tui.core.reason import Reason

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_SSH: Final = ("SSH_CONNECTION", "SSH_TTY")
_SCREENS: Final = ("WAYLAND_DISPLAY", "DISPLAY")
_PATIENCE: Final = 5.0  # seconds: some openers end at once, others with the player


class NotPlayed(Exception):
    """Nothing here plays a sound. `reason` says why, and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def opener(environ: Mapping[str, str], platform: str) -> tuple[str, ...]:
    """The command that opens a file as a double click does; () where the system itself does that.

    NotPlayed where there is no desktop, or nothing to open it with. Over SSH the sound would come out elsewhere.
    """
    if any(environ.get(name) for name in _SSH):
        raise NotPlayed(Reason("operations.player.ssh"))
    if platform == "win32":
        return ()
    if platform != "darwin" and not any(environ.get(name) for name in _SCREENS):
        raise NotPlayed(Reason("operations.player.no_desktop"))
    name = "open" if platform == "darwin" else "xdg-open"
    found = shutil.which(name, path=environ.get("PATH"))
    if found is None:
        raise NotPlayed(Reason("operations.player.no_opener", {"name": name}))
    return (found,)


class Player:
    """Recordings that are played lie in a folder for their owner alone, until the program ends."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """Where they lie. OSError where there is no room for such a folder."""
        if self._folder is None:
            self._folder = temporary_folder()
        return Path(self._folder.name)

    def check(self) -> None:
        """NotPlayed where there is nothing to play with."""
        opener(os.environ, sys.platform)

    async def play(self, path: Path) -> None:
        """Have a file, by its whole path, played, and don't wait for its end.

        NotPlayed where there is nothing to play it with.
        """
        command = opener(os.environ, sys.platform)
        if not command:
            await asyncio.to_thread(_start, path)
            return
        try:
            status = await asyncio.wait_for(_ended([*command, os.fspath(path)]), _PATIENCE)
        except TimeoutError:  # it plays
            return
        except OSError:
            status = -1
        if status:
            raise NotPlayed(Reason("operations.player.failed", {"path": str(path)}))

    def close(self) -> None:
        """Take the recordings away."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _ended(command: list[str]) -> asyncio.Future[int]:
    """The exit status of a command, which may outlive whoever waits for it. OSError."""
    status: Future[int] = Future()
    status.set_running_or_notify_cancel()  # it goes on where nobody waits any more

    def run() -> None:
        try:
            status.set_result(subprocess.run(  # noqa: S603 - what the desktop opens files with
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, env=handed_on(os.environ), check=False).returncode)
        except OSError as error:
            status.set_exception(error)

    threading.Thread(target=run, name="player", daemon=True).start()
    return asyncio.wrap_future(status)


def _start(path: Path) -> None:
    try:
        os.startfile(path)  # type: ignore[attr-defined,unused-ignore] # noqa: S606 - Windows has it, and a file is meant
    except OSError:
        raise NotPlayed(Reason("operations.player.failed", {"path": str(path)})) from None
