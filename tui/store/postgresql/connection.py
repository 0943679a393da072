"""A connection that gives up on a server that has fallen silent: stopped, or behind a network that holds all back.

Whatever carries it acknowledges what is sent all the same, so that the system sees nothing wrong with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psycopg

from tui.store.database import Row

if TYPE_CHECKING:
    from psycopg.abc import PQGen

T = TypeVar("T")

SILENT_SECONDS: Final = 8.0


class SilentServer(psycopg.OperationalError):
    """Nothing has come from the server, and it is not at work on what it was asked for. The connection is closed."""


class Connection(psycopg.Connection[Row]):
    """After each `patience` seconds of silence `is_at_work` is asked, over some other way, whether to wait on."""

    patience: float = SILENT_SECONDS
    is_at_work: Callable[[], bool] = staticmethod(lambda: False)

    def wait(self, gen: PQGen[T], *limits: Any, **named: Any) -> T:  # noqa: ANN401 - the driver's versions differ in them
        """As the driver's own, which looks in between again and again. SilentServer."""
        try:
            return super().wait(self._watched(gen), *limits, **named)
        except SilentServer:
            self.close()
            raise

    def _watched(self, gen: PQGen[T]) -> PQGen[T]:
        """The driver's steps, each begun as soon as the socket is ready, or after a moment without that."""
        try:
            wanted = next(gen)
            answered_at = time.monotonic()
            doubted = False
            while True:
                ready = yield wanted
                if ready:
                    answered_at, doubted = time.monotonic(), False
                elif doubted:  # nor has it answered while somebody else was asked
                    raise SilentServer(f"no answer for {round(time.monotonic() - answered_at)} seconds")
                elif time.monotonic() - answered_at >= self.patience:
                    doubted = not self.is_at_work()
                    if not doubted:
                        answered_at = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result
