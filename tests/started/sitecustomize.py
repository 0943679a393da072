"""The program's clock in tests: read by every Python that a test starts, and by the tests' own process.

It is ahead of this machine's by as much as the environment says, so that processes of one test agree; where that says
nothing, whoever asks is told to say what time it is. `tests/moment.py` sets it.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, tzinfo
from typing import Final

AHEAD: Final = "TESTS_CLOCK_AHEAD"  # seconds
asked: Final[list[str]] = []  # the tests in which somebody asked though nothing was said


def ahead() -> timedelta:
    said = os.environ.get(AHEAD)
    if said is None:
        asked.append(os.environ.get("PYTEST_CURRENT_TEST", "?"))
        raise AssertionError("a test asks the machine's clock: hand it another, or use the fixture `moment`")
    return timedelta(seconds=float(said))


class Told(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # as the program uses it
        return datetime.now(tz) + ahead()


try:
    from tui.core import clock
except ImportError:  # another program, of another environment
    pass
else:
    vars(clock)["datetime"] = Told
