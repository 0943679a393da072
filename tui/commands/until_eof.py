"""A process that ends with whoever started it, however that ends."""

from __future__ import annotations

import os
import signal
import sys
import threading


def end_with_input() -> None:
    """Send this process SIGTERM when its input closes: whoever started it holds the other end."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    # Past Python's own buffer: its lock, held here, would abort a process that ends by another signal.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
