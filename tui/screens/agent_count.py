"""How many agents of a queue are available: asked for where one stays at the queue, and why nobody knows."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tui.i18n.words import say
from tui.text.formats import sentence

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.app.dialog import Dialog
    from tui.operations.directory import Directory

_REST_SECONDS: Final = 0.4
_STAY_SECONDS: Final = 60.0  # until a queue that one stays at is asked about again: others want room too
_LIMITS: Final = ("provider.not_now", "provider.limit_reached")  # reasons that a wait ends


class AgentCount:
    """Of the queue at which one stays in a dialog. The provider answers two such look-ups a minute."""

    def __init__(self, dialog: Dialog[Any]) -> None:
        self._dialog = dialog
        self._queue: int | None = None
        self._rested = False  # one has stayed at it a moment
        self._resting: Timer | None = None

    @property
    def _directory(self) -> Directory:
        return self._dialog.services.directory

    def stay_at(self, queue: int | None) -> None:
        """One is at a queue now, or at none: it is asked for once one has stayed a moment."""
        if queue == self._queue:
            return
        self._queue, self._rested = queue, False
        if self._resting is not None:
            self._resting.stop()
        if queue is not None:
            self._resting = self._dialog.set_timer(_REST_SECONDS, self._rest)

    def _rest(self) -> None:
        self._rested = True
        self.ask()

    def ask(self) -> None:
        """Ask about the queue that one stays at, unless that was done lately. Cheap: to be called every few seconds."""
        queue = self._queue if self._rested else None
        counted = self._directory.agents_counted(queue) if queue is not None else None
        if queue is not None and (counted is None or counted[1] >= _STAY_SECONDS):
            self._dialog.work(partial(self._directory.agents, queue), group="agents")

    def wait_text(self, queue: int) -> str:
        """In how many seconds the provider's limit lets a queue be asked about again; empty where it does now."""
        problem, wait = self._directory.account.agents_problem, self._directory.agents_wait(queue)
        if problem is None or not problem.code.startswith(_LIMITS) or wait <= 0:
            return ""
        return say("screens.pick.agents_wait", count=math.ceil(wait))

    def failure_text(self) -> str:
        """What else went wrong when a queue was asked about last; empty where nothing did."""
        problem = self._directory.account.agents_problem
        return "" if problem is None or problem.code.startswith(_LIMITS) else sentence(problem)
