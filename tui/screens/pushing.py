"""Whoever waits to be blocked at the provider, and the question before it: nothing here unblocks a number again."""

from __future__ import annotations

from functools import partial

from tui.app.screen import AppScreen
from tui.app.screen_work import refusal
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.opt_out_push import confirm_push
from tui.store.opt_out_pushes import PushQueue
from tui.text.formats import sentence
from tui.widgets.command_owner import CommandOwner


class Pushing(CommandOwner):
    """`queue` is None where the profile does not push, or before it is read.

    `confirmed`: whether a person has said that whoever waits is to be blocked.
    """

    def __init__(self, screen: AppScreen[None]) -> None:
        self._screen = screen
        self.queue: PushQueue | None = None
        self.confirmed = True

    async def read(self) -> None:
        """Ask the store anew. StoreError."""
        services = self._screen.services
        if not services.profile.push_opt_outs:
            self.queue = None
            return
        pushes, name = services.store.opt_out_pushes, services.profile.name
        self.queue = await services.thread(pushes.queue, name)
        self.confirmed = await services.thread(pushes.confirmed, name)

    def why_not(self, action: str) -> str | None:
        if action != "push":
            return None
        services = self._screen.services
        if refused := refusal(services.must_be_writable):
            return refused
        if not services.profile.push_opt_outs:
            return sentence(Reason("operations.push.off", {"profile": services.profile.name}))
        if self.queue is None:
            return say("screens.still_reading")
        return None if self.queue.open or self.queue.refused else say("screens.dnc.push_none")

    async def action_push(self) -> None:
        from tui.screens.question import Question

        assert self.queue is not None  # noqa: S101 - `why_not` has seen to it
        count = self.queue.open + self.queue.refused

        def answered(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a question
            if sure:
                self._screen.work(partial(self._push, count))

        await self._screen.open(Question(
            say("screens.dnc.push_title", count=count), [say("screens.dnc.push_text"), say("screens.dnc.push_undo")],
            say("screens.dnc.push_yes")), answered)

    async def _push(self, count: int) -> None:
        await confirm_push(self._screen.services)
        self._screen.santral.push_again()
        self._screen.notify(say("screens.dnc.push_begun", count=count))
