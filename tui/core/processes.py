"""This program once more, as a process of its own that ends with this one, however this one ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.core.environment import handed_on


def command_line(*arguments: str) -> Sequence[str]:
    """What starts `santral` with these arguments; with `--until-eof` it ends when its input does."""
    # The same program whatever the folder one is in: without -P a folder named like it would be taken first.
    return sys.executable, "-P", "-m", "tui", *arguments, "--until-eof"


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment to start it in: without settings, and without a key, which it has no use for."""
    kept = handed_on(environ)
    search = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), environ.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}


def end_with_input() -> None:
    """Send this process SIGTERM when its input closes: the program that started it holds the other end."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    # Past Python's own buffer: its lock, held here, would abort a process that ends by another signal.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
