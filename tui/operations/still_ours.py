"""Asked of the store before anything leaves: whether what was begun is still this process's to send."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from tui.store import StoreError

if TYPE_CHECKING:
    from tui.operations.services import Services

T = TypeVar("T")

log = logging.getLogger("santral.still_ours")

_FRESH_SECONDS: Final = 1.0  # for which the store's word counts: who was stopped since asks again
_TRIES: Final = 2  # the first finds that a session has ended, the next has another


class StillOurs(Generic[T]):
    """Whether a launch, a switch or a number to be blocked may leave.

    No, where another has given it up; nor where the store can't be asked.
    """

    def __init__(self, services: Services, ours: Callable[[T], bool], entry: T) -> None:
        self._thread = services.thread
        self._ours = ours
        self._entry = entry
        self._seconds = services.seconds
        self.let_go = False  # it was once allowed to leave: some of it may have
        self.given_up = False  # the last answer was no
        self.failure: StoreError | None = None  # why the store couldn't be asked

    async def __call__(self) -> bool:
        """Within a moment of the store's saying so: a process that was stopped in between asks again."""
        while True:
            try:
                asked_at, ours = await self._thread(self._ask)
            except StoreError as failure:
                log.warning("%s is not sent: it can't be told whether it is ours still", self._entry, exc_info=failure)
                self.failure = failure
                return False
            self.given_up = not ours
            if not ours:
                return False
            if self._seconds() - asked_at < _FRESH_SECONDS:
                self.let_go = True
                return True

    def _ask(self) -> tuple[float, bool]:
        for _ in range(_TRIES - 1):
            try:
                return self._seconds(), self._ours(self._entry)
            except StoreError:
                log.info("the store is asked once more", exc_info=True)
        return self._seconds(), self._ours(self._entry)
