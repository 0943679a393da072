"""The launch of a draft from Review: the question, the request on its way, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final, Protocol, TypeVar

from textual.screen import Screen

from tui.app.screen_work import Job
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected
from tui.campaign.reach import CauseCounts
from tui.campaign.rules import Weight, errors, multiplies
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_request import Ready
from tui.operations.left_out import refusals_reason
from tui.screens.assume import assumptions_of
from tui.screens.form_context import FormContext
from tui.screens.launch import LaunchDialog, SendingDialog
from tui.screens.question import Notice
from tui.store import AlreadyLaunched
from tui.text.campaign import review_lines
from tui.text.formats import sentence, short
from tui.text.schedule import schedule_lines

_SLOW_SECONDS: Final = 0.3  # what takes longer shows how far it is

R = TypeVar("R")


class Reviewed(Protocol):
    """Review, as its launch knows it."""

    form: FormContext

    @property
    def ready(self) -> Ready | None:
        """The draft as it is shown; None while it is read."""

    @property
    def is_there(self) -> bool:
        """Whether it is seen still."""

    async def ask_provider(self) -> None:
        """Ask whom the provider has blocked, and read the draft anew."""

    async def webhook_problem(self) -> Reason | None:
        """Why results would not come, once that is known; None where they would, or are sent elsewhere."""

    def work(self, job: Job, *, group: str) -> None:
        """Run a job beside the form, which goes on where another section is shown."""

    async def ask(self, screen: Screen[R]) -> R | None:
        """The answer of a screen over the form; None where another section is shown."""

    async def look(self) -> None:
        """Read the draft as it is kept, and show what a launch of it would do."""

    def look_again(self) -> None:
        """`look` beside the screen, where it is seen still."""


class ReviewLaunch:
    """Nobody is called but by its question."""

    def __init__(self, review: Reviewed) -> None:
        self._review = review
        self.asking = False  # its question is there, or on its way

    def begin(self) -> None:
        """Ask beside the screen, and launch where that is confirmed."""
        self.asking = True
        self._review.work(self._launch, group="launch")

    async def _launch(self) -> None:
        try:
            ready = await self._confirmed()
        finally:
            self.asking = False
        if ready is not None:
            await self._send(ready)

    async def _confirmed(self) -> Ready | None:
        """The draft as it was confirmed; None, having said why, where it wasn't."""
        form, host = self._review.form, self._review.form.host
        host.services.must_be_writable()
        form.show_help(say("screens.review.asking_provider"))
        await self._review.ask_provider()
        ready = self._review.ready
        if ready is None or ready.request is None:
            count = len(errors(ready.problems)) if ready is not None else 0
            host.notify(say("screens.review.not_yet", count=count), severity="warning")
            return None
        lines = self._lines(ready)
        if (problem := await self._review.webhook_problem()) is not None:
            lines.append(sentence(problem))
        twin = ready.earlier.campaign.ref if ready.earlier is not None else None
        asked = LaunchDialog(ready.draft.name, lines, ready.recipients, host.services.profile.confirm_above,
                             multiplied=multiplies(problem.code for problem in ready.problems), twin=twin)
        if not self._review.is_there:  # what would be confirmed is not seen any more
            host.notify(say("screens.review.left"), severity="warning")
            return None
        if not await self._review.ask(asked):
            host.notify(say("screens.launch.stopped"))
            return None
        return ready

    def _lines(self, ready: Ready) -> list[str]:
        """What the question says: who is called and when, and what there is to be looked at."""
        host = self._review.form.host
        now = host.services.now()
        schedule = schedule_lines(ready.draft, ready.recipients, now, host.services.calling_policy(),
                                  assumptions_of(host), again=ready.again.rows)
        lines = review_lines(ready.draft, ready.recipients, ready.duplicates, now,
                             schedule=schedule)[:1 + max(1, len(schedule))]
        return lines + [sentence(problem.reason) for problem in ready.problems if problem.weight is Weight.WARNING]

    async def _send(self, ready: Ready) -> None:
        form, host = self._review.form, self._review.form.host
        upload, claim = Upload(), replace(ready.claim, again=ready.earlier is not None)
        dialog = SendingDialog(ready.draft.name, upload)

        async def show() -> None:
            if host.launching:
                await host.open(dialog)

        slow = host.set_timer(_SLOW_SECONDS, show)
        form.set_launching(True)
        try:
            try:
                outcome = await launch(host.services, ready, upload, claim)
            finally:
                slow.stop()
                if dialog in host.app.screen_stack:
                    await dialog.leave()
        except AlreadyLaunched as refused:  # another was quicker, and has not been confirmed
            host.notify(sentence(refused.reason), severity="error")
            self._review.look_again()
            return
        except NotKept as failure:
            why = [sentence(reason) for reason in failure.reasons]
            await host.app.push_screen_wait(Notice(say("screens.launch.write_down"), why))
            host.dismiss()
            return
        finally:
            form.set_launching(False)
        await self._notify_outcome(ready, outcome, upload.left_out)

    async def _notify_outcome(self, ready: Ready, outcome: Outcome, left_out: CauseCounts) -> None:
        host, name = self._review.form.host, short(ready.draft.name)
        if isinstance(outcome, Created):
            lines = [say("screens.launch.created", name=name, id=outcome.provider_id)]
            if left_out.recipients:
                lines.append(sentence(refusals_reason(left_out)))
            host.notify("\n".join(lines))
            if ready.campaign.replaces is not None:
                from tui.screens.replaced import delete_replaced

                host.screen_work.run_beyond(partial(delete_replaced, host, ready.campaign))
            host.dismiss()
        elif isinstance(outcome, Rejected | NotSent):
            key = "screens.launch.rejected" if isinstance(outcome, Rejected) else "screens.launch.not_sent"
            host.notify(say(key, name=name, why=sentence(outcome.reason)), severity="error")
            await self._review.form.keeper.read_again()
            await self._review.look()
        else:
            host.notify(say("screens.launch.unconfirmed", name=name, why=sentence(outcome.reason)), severity="error")
            host.dismiss()
