"""Work beside a screen, which never stops it, with a single place for what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from tui.core.reason import Reason
from tui.core.shortage import shortage
from tui.i18n.words import language, say
from tui.operations.services import NotPossible
from tui.text.formats import sentence
from tui.widgets.presence import MISSING, gone, there

if TYPE_CHECKING:
    from tui.app.context import AppContext

Job = Callable[[], Coroutine[Any, Any, None]]
log = logging.getLogger("santral.screens")


def reasons_of(error: Exception) -> tuple[Reason, ...]:
    """The sentences that an error carries; none where it is a mistake of ours."""
    found = getattr(error, "reasons", None) or (getattr(error, "reason", None),)
    return tuple(reason for reason in found if isinstance(reason, Reason))


def refusal(check: Callable[[], None]) -> str | None:
    """What a check of the services has against it, in a sentence."""
    try:
        check()
    except NotPossible as refused:
        return sentence(refused.reason)
    return None


class ScreenWork:
    """The work of one screen."""

    def __init__(self, screen: Screen[Any], refresh_texts: Callable[[], None]) -> None:
        """`refresh_texts`: called where work ends in another language than it was begun in."""
        self._screen = screen
        self._refresh_texts = refresh_texts

    def run(self, job: Job, *, group: str, exclusive: bool, of: Widget | None) -> Worker[None]:
        """Run `job` beside the screen, as `AppScreen.work` says."""
        return self._screen.run_worker(partial(self.guarded, job, of), group=group, exclusive=exclusive)

    def under_way(self, group: str) -> bool:
        """Whether work of a group has not come to its end."""
        return any(worker.group == group and worker.node is self._screen and not worker.is_finished
                   for worker in self._screen.workers)

    def run_beyond(self, job: Job) -> Worker[None]:
        """Run `job` by the app: it goes on where the screen is left."""
        return self._screen.app.run_worker(partial(self.guarded, job), group="beyond")

    async def guarded(self, job: Job, of: Widget | None = None) -> None:
        """Do `job` within the handling of a key: keys typed ahead land in what it opens. It fails as beside."""
        begun_in = language()
        try:
            try:
                await job()
            finally:
                if language() != begun_in and there(self._screen):
                    self._refresh_texts()
        except MISSING as error:
            if not gone(of or self._screen):
                self.notify_failure(error)
        except Exception as error:  # noqa: BLE001 - the one place where what went wrong in a screen's work is shown
            self.notify_failure(error)

    def notify_failure(self, error: Exception) -> None:
        """A toast with the reasons of an error; of one without, that it is in the log."""
        reasons = reasons_of(error)
        if not reasons:
            log.error("unexpected failure", exc_info=error)
            short = shortage(error)
            reasons = () if short is None else (short,)
        failed = say("app.failed", log=str(cast("AppContext", self._screen.app).log_file))
        self._screen.notify("\n".join(map(sentence, reasons)) or failed, severity="error")
