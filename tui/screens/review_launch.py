"""The launch of a draft from Review: the question, the request on its way, and what became of it."""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec.structs import replace

from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected
from tui.campaign.reach import CauseCounts
from tui.campaign.rules import Weight, errors, multiplies
from tui.i18n.words import say
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_request import Ready
from tui.operations.left_out import refusals_reason
from tui.screens.assume import assumptions_of
from tui.screens.launch import LaunchDialog, SendingDialog
from tui.screens.question import Notice
from tui.screens.review_context import ReviewContext
from tui.screens.review_webhook import ReviewWebhook
from tui.screens.trial_call import ask_for_test_call
from tui.store import AlreadyLaunched
from tui.text.campaign import review_lines
from tui.text.formats import sentence, short
from tui.text.schedule import schedule_lines
from tui.widgets.command_owner import CommandOwner

_SLOW_SECONDS: Final = 0.3  # what takes longer shows how far it is

class ReviewLaunch(CommandOwner):
    """Nobody is called but by its questions."""

    def __init__(self, review: ReviewContext, webhook: ReviewWebhook) -> None:
        self._review = review
        self._webhook = webhook
        self._asking = False  # its question is there, or on its way

    def why_not(self, action: str) -> str | None:
        if self._review.form.host.launching:
            return say("screens.form.wait")
        return say("screens.review.asking") if self._asking else None

    async def action_test(self) -> None:
        """Call a single number, to hear how the draft sounds."""
        form = self._review.form
        if form.model.campaign is not None:
            await ask_for_test_call(form.host, form.model.campaign.id, self._review.look_again)

    def action_begin(self) -> None:
        """Ask beside the screen, and launch where that is confirmed."""
        self._asking = True
        self._review.work(self._launch, group="launch")

    async def _launch(self) -> None:
        try:
            ready = await self._confirmed()
        finally:
            self._asking = False
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
        if (problem := await self._webhook.problem()) is not None:
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
