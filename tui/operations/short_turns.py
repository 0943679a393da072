"""What keeps the screen's thread from waiting while another thread computes for long."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# How long a thread that computes keeps others waiting: a key is painted in several turns.
_TURN_SECONDS: Final = 0.0002
# After each batch of rows, so that the screen's thread is not left waiting where all processors are busy.
PAUSE_SECONDS: Final = 0.001


@contextmanager
def short_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN_SECONDS))
    # Rows come and go by the thousand: looking through the whole app for cycles each time would hold up every key, and
    # so would looking through all of it once they are there. What is there now stays out of it.
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        sys.setswitchinterval(before)
